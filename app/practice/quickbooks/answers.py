"""Writing answers: elements, records and responses as text.

Rule: text out, nothing else. Answers are pure ASCII and start without encoding and without a qbxml instruction, as
QuickBooks writes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.practice.quickbooks.faults import severity_of

STATUS_OK = "Status OK"
NO_MATCH = "A query request did not find a matching object in QuickBooks"

_MARKUP = str.maketrans(
    # QuickBooks keeps control characters that were pasted into a text, and writes them though XML forbids them.
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {chr(code): f"&#{code};" for code in range(32) if chr(code) not in "\t\n\r"}
)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What an answer needs for error recovery: where to find what the request made."""

    id_field: str
    record_id: str
    txn_number: int | None = None
    edit_sequence: str = ""
    external_guid: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Where an iterator stands."""

    iterator_id: str
    remaining: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one request."""

    code: int = 0
    message: str = STATUS_OK
    body: str = ""
    ret_count: int | None = None
    page: Page | None = None
    recovery: Recovery | None = None


def escape(text: str) -> str:
    """Escape text for an element or a quoted attribute, in ASCII."""
    if not text.isascii():
        return text.translate(_MARKUP).encode("ascii", "xmlcharrefreplace").decode("ascii")
    return text.translate(_MARKUP)


def leaf(name: str, text: str) -> str:
    """Write an element with text."""
    return f"<{name}>{escape(text)}</{name}>"


def node(name: str, *children: str) -> str:
    """Write an element with children."""
    return f"<{name}>{''.join(children)}</{name}>"


def ref(name: str, list_id: str, full_name: str) -> str:
    """Write a reference to a list record."""
    return f"<{name}><ListID>{list_id}</ListID><FullName>{escape(full_name)}</FullName></{name}>"


def record(name: str, fields: Iterable[tuple[str, str]], only: Collection[str]) -> str:
    """Write a record, narrowed to the elements asked for with IncludeRetElement.

    Args:
        name: The record's element, such as `SalesOrderRet`.
        fields: Its parts in order: each element's name and its text as XML; empty ones are left out.
        only: Names of the elements wanted; all if empty.
    """
    inside = "".join(xml for field, xml in fields if xml and (not only or field in only))
    return f"<{name}>{inside}</{name}>\n"


def response(name: str, request_id: str | None, outcome: Outcome, *, with_data: bool = True) -> str:
    """Write one response."""
    request = "" if request_id is None else f' requestID="{escape(request_id)}"'
    counted = "" if outcome.ret_count is None else f' retCount="{outcome.ret_count}"'
    page = ""
    if outcome.page is not None:
        page = f' iteratorRemainingCount="{outcome.page.remaining}" iteratorID="{outcome.page.iterator_id}"'
    start = (
        f'<{name}{request} statusCode="{outcome.code}" statusSeverity="{severity_of(outcome.code)}" '
        f'statusMessage="{escape(outcome.message)}"{counted}{page}'
    )
    if outcome.body and with_data:
        return f"{start}>\n{outcome.body}</{name}>\n"
    return f"{start} />\n"


def error_recovery(recovery: Recovery) -> str:
    """Write the aggregate by which a recovered answer tells what was made."""
    return node(
        "ErrorRecovery",
        leaf(recovery.id_field, recovery.record_id),
        "" if recovery.txn_number is None else leaf("TxnNumber", str(recovery.txn_number)),
        leaf("EditSequence", recovery.edit_sequence) if recovery.edit_sequence else "",
        leaf("ExternalGUID", recovery.external_guid) if recovery.external_guid else "",
    )


def document(responses: Iterable[str], set_id: str | None = None, set_status: int | None = None) -> str:
    """Write a whole answer.

    Args:
        responses: The responses in order.
        set_id: The newMessageSetID, if the request used ids.
        set_status: The message-set status, if the request used ids.
    """
    ids = "" if set_id is None else f' newMessageSetID="{escape(set_id)}"'
    status = "" if set_status is None else f' messageSetStatusCode="{set_status}"'
    return (
        f'<?xml version="1.0" ?>\n<QBXML>\n<QBXMLMsgsRs{ids}{status}>\n{"".join(responses)}</QBXMLMsgsRs>\n</QBXML>\n'
    )
