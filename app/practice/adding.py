"""Adding a .QWC file, as a person does in the Web Connector before the first update.

Reads the file, fetches the support page, stamps the practice company file. Refuses what Intuit's program refuses, with
its codes (QBWC Programmer's Guide, p. 34-39 and 83-98).
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx
from lxml import etree

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.soap import ConnectorError

_REQUIRED: Final = ("AppName", "AppURL", "AppDescription", "AppSupport", "UserName", "OwnerID", "FileID", "QBType")
_GUID: Final = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_FILE_ID: Final = "FileID"


@dataclass(frozen=True, slots=True)
class AddedApplication:
    """What the Web Connector keeps of a .QWC file."""

    name: str
    """AppName, under which QuickBooks knows the application."""
    url: str
    """AppURL."""
    support_url: str
    """AppSupport."""
    username: str
    """UserName."""
    owner_id: str
    """OwnerID with braces."""
    file_id: str
    """FileID with braces."""
    run_every_minutes: int
    """From the Scheduler; 0 if there is none."""


def add_application(qwc: bytes, company: CompanyFile) -> AddedApplication:
    """Add an application to the Web Connector, with this company file open in QuickBooks.

    Raises:
        ConnectorError: If the Web Connector would not add it.
    """
    added = application_of(qwc)
    _fetch(added.support_url)
    stamps = company.stamps.setdefault(added.owner_id.casefold(), {})
    if _FILE_ID in stamps:
        raise ConnectorError("QBWC1039", "Unique OwnerID/FileID pair value required.")
    stamps[_FILE_ID] = added.file_id
    return added


def application_of(qwc: bytes) -> AddedApplication:
    """Read a .QWC file.

    Raises:
        ConnectorError: If the Web Connector would not take what is in it.
    """
    fields = _fields(qwc)
    added = AddedApplication(
        name=fields["AppName"],
        url=fields["AppURL"],
        support_url=fields["AppSupport"],
        username=fields["UserName"],
        owner_id=fields["OwnerID"],
        file_id=fields["FileID"],
        run_every_minutes=_minutes(fields.get("RunEveryNMinutes", "0")),
    )
    _check_addresses(added)
    return added


def _minutes(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,7}", text.strip()) is None:
        raise ConnectorError("QBWC1039", "RunEveryNMinutes is no number.")
    return int(text)


def _fields(qwc: bytes) -> dict[str, str]:
    """Read the elements by name and check what needs no network."""
    try:
        root = etree.fromstring(qwc, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as exc:
        raise ConnectorError("QBWC1039", "The file is not well-formed XML.") from exc
    fields = {str(each.tag): each.text or "" for each in root.iter(etree.Element)}
    missing = [name for name in _REQUIRED if not fields.get(name)]
    if root.tag != "QBWCXML" or missing or "AppID" not in fields:
        raise ConnectorError("QBWC1039", f"Elements are missing: {missing}")
    if fields["QBType"] not in ("QBFS", "QBPOS"):
        raise ConnectorError("QBWC1065", "QBType is not recognised.")
    if fields.get("IsReadOnly", "false") == "true":
        raise ConnectorError("QBWC1080", "A read-only application cannot be stamped.")
    if not all(_GUID.fullmatch(fields[name]) for name in ("OwnerID", "FileID")):
        raise ConnectorError("QBWC1039", "OwnerID and FileID must be GUIDs in braces.")
    return fields


def _check_addresses(added: AddedApplication) -> None:
    try:
        url, support = urlsplit(added.url), urlsplit(added.support_url)
    except ValueError as exc:
        raise ConnectorError("QBWC1039", "An address cannot be read.") from exc
    if _is_ip_address(url.hostname):
        raise ConnectorError("QBWC1001", "AppURL is an IP address.")
    if _is_ip_address(support.hostname):
        raise ConnectorError("QBWC1002", "AppSupport is an IP address.")
    if url.hostname != support.hostname:
        raise ConnectorError("QBWC1000", "AppURL and AppSupport are on different hosts.")
    if url.scheme != "https" and url.hostname != "localhost":
        raise ConnectorError("QBWC1010", "AppURL is not https.")


def _is_ip_address(host: str | None) -> bool:
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def _fetch(url: str) -> None:
    """Fetch the support page; without a login, and it must say 200 or 202."""
    try:
        status = httpx.get(url, timeout=10, trust_env=False).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise ConnectorError("QBWC1004", f"AppSupport cannot be reached ({type(exc).__name__}).") from exc
    if status not in (httpx.codes.OK, httpx.codes.ACCEPTED):
        raise ConnectorError("QBWC1003", f"AppSupport answered {status}.")
