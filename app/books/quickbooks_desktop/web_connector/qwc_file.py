"""The .QWC file with which a person adds a connection to the Web Connector.

No I/O: the file's content as bytes. What the Web Connector would refuse only after several dialogs (wrong host, bad
GUID) is refused here, when the file is made. The password is never in it.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit
from xml.sax.saxutils import escape

LONGEST_DESCRIPTION: Final = 80
"""More is cut off in the Web Connector's window (QBWC Programmer's Guide, p. 35)."""

_GUID: Final = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class UnusableQwc(ValueError):
    """A field that the Web Connector would not accept; the text names it and what is allowed."""


@dataclass(frozen=True, slots=True)
class QwcApplication:
    """One connection as the Web Connector knows it."""

    app_name: str
    """Shown in the Web Connector and in QuickBooks' permission dialog; unique per connection, since it is the key
    in the Web Connector's registry."""
    app_url: str
    """The endpoint. Plain http only for ``localhost``; never an IP address (QBWC1001, QBWC1010)."""
    app_support: str
    """A page that answers 200 without a login, on the same host and port (QBWC1000, QBWC1003)."""
    app_description: str
    """What the connection does, at most 80 characters."""
    user_name: str
    """Sent as strUserName."""
    owner_id: str
    """GUID in braces, the same for every connection of this installation."""
    file_id: str
    """GUID in braces, one per company file; kept for ever (QBWC1039)."""
    run_every_minutes: int = 5
    """How often Auto-Run asks; the user may change it."""

    def __post_init__(self) -> None:
        """Check every field.

        Raises:
            UnusableQwc: If the Web Connector would refuse the file.
        """
        for name in ("app_name", "app_description", "user_name"):
            text: str = getattr(self, name)
            if not text.strip():
                raise UnusableQwc(f"{name} must not be empty")
            if _CONTROL.search(text):
                raise UnusableQwc(f"{name} must not hold control characters")
        if len(self.app_description) > LONGEST_DESCRIPTION:
            raise UnusableQwc(f"app_description must have at most {LONGEST_DESCRIPTION} characters")
        for name in ("owner_id", "file_id"):
            if not _GUID.fullmatch(getattr(self, name)):
                raise UnusableQwc(f"{name} must be a GUID in braces")
        if self.run_every_minutes < 1:
            raise UnusableQwc("run_every_minutes must be 1 or more")
        endpoint = _checked_url("app_url", self.app_url)
        support = _checked_url("app_support", self.app_support)
        if (endpoint.hostname, endpoint.port) != (support.hostname, support.port):
            raise UnusableQwc("app_support must be on the same host and port as app_url")


def render(app: QwcApplication) -> bytes:
    """Return the file: UTF-8 without byte order mark, line feeds only.

    IsReadOnly is false because the Web Connector itself writes the FileID into the company file (QBWC1080), and
    personal data (social security numbers and the like) is never asked for.
    """
    lines = (
        '<?xml version="1.0"?>',
        "<QBWCXML>",
        _element("AppName", app.app_name),
        _element("AppID", ""),
        _element("AppURL", app.app_url),
        _element("AppDescription", app.app_description),
        _element("AppSupport", app.app_support),
        _element("UserName", app.user_name),
        _element("OwnerID", app.owner_id),
        _element("FileID", app.file_id),
        _element("QBType", "QBFS"),
        _element("Style", "Document"),
        f"<Scheduler>{_element('RunEveryNMinutes', str(app.run_every_minutes))}</Scheduler>",
        _element("IsReadOnly", "false"),
        _element("UnattendedModePref", "umpOptional"),
        _element("PersonalDataPref", "pdpNotNeeded"),
        "</QBWCXML>",
        "",
    )
    return "\n".join(lines).encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _checked_url(name: str, url: str) -> SplitResult:
    """Apply the Web Connector's rules for addresses (QBWC1001, QBWC1002, QBWC1010, QBWC1051)."""
    if _CONTROL.search(url) or " " in url:
        raise UnusableQwc(f"{name} must not hold spaces or control characters")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as exc:
        raise UnusableQwc(f"{name} is not an address") from exc
    if not host or parts.username is not None:
        raise UnusableQwc(f"{name} must be an address with a host name")
    if _is_ip_address(host):
        raise UnusableQwc(f"{name} must name the host, as in http://localhost, not give its IP address")
    if parts.scheme != "https" and (parts.scheme, host) != ("http", "localhost"):
        raise UnusableQwc(f"{name} must be https, or http on localhost")
    return parts


def _is_ip_address(host: str) -> bool:
    """Tell addresses from names, also in the short forms that Windows resolves (``127.1``, ``2130706433``)."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last) is not None
    return True
