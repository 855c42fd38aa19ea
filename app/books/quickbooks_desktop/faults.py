"""What the Web Connector reports when QuickBooks could not be reached or did not take a message set at all.

Source: Intuit's request processor HRESULTs, and texts seen by other integrators. Data; no I/O.
"""

from typing import Final

from app.domain.reason_texts import ANSWER
from app.domain.reasons import Reason, ReasonCode

NOT_UNDERSTOOD: Final = 0x80040400
"""The message set could not be parsed: nothing of it was run."""

VERSION_UNSUPPORTED: Final = 0x80040423
"""This QuickBooks does not know the qbXML version of the message set: nothing of it was run."""

ANOTHER_FILE_OPEN: Final = 0x8004040A

_DENIED: Final = frozenset({0x8004041A, 0x8004041B, 0x80040420, 0x80040421})

_DETAILS: Final = {
    0x80040401: "",
    0x80040402: ": it had an unexpected error",
    0x80040408: ": it could not be started",
    0x8004040D: ": it was closed in the middle",
    0x80040410: ": the company file is open in another mode (single-user or multi-user)",
    0x80040414: ": a message window is open in it",
    0x80040416: ": it is not running, and no company file was named",
    0x80040417: ": the company file could not be opened",
    0x80040422: ": the company file is in single-user mode and another program is using it",
    0x80004005: ": the company file may be locked, or rights are missing",
}


def code_of(hresult: str) -> int | None:
    """Read an HRESULT as the Web Connector writes it, hexadecimal with or without ``0x``, or a signed number."""
    text = hresult.strip().casefold()
    if not text:
        return None
    try:
        if text.startswith("-"):
            return int(text) & 0xFFFFFFFF
        return int(text.removeprefix("0x"), 16)
    except ValueError:
        return None


def unreadable_reason(why: str) -> Reason:
    """Tell that an answer could not be read: nobody can mend that by closing a window in QuickBooks."""
    return Reason(ReasonCode.REQUEST_NOT_UNDERSTOOD, {"case": ANSWER}, why)


def connection_reason(hresult: str, message: str, expected_file: str) -> Reason:
    """Tell why QuickBooks could not be reached; none of it says anything about an invoice."""
    code = code_of(hresult)
    raw = f"{hresult} {message}".strip()
    if code == ANOTHER_FILE_OPEN:
        facts = {"found": "another company file", "expected": expected_file or "the company file it was set up with"}
        return Reason(ReasonCode.WRONG_COMPANY_FILE, facts, raw)
    if code in _DENIED:
        return Reason(ReasonCode.PERMISSION_DENIED, {}, raw)
    return Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": _DETAILS.get(code or 0, "")}, raw)
