"""The two ways QuickBooks says no: a refused call and a refused request.

Rule: `ProcessorFault` means that no answer text exists; `Refusal` is one request's status inside an answer.
"""

from __future__ import annotations

from enum import IntEnum


class HResult(IntEnum):
    """COM results the request processor throws (Intuit SDK: HRESULT values)."""

    NOT_UNDERSTOOD = 0x80040400
    """The text could not be parsed: order, unknown element, bad format, illegal character."""
    UNEXPECTED = 0x80040402
    """Something went wrong inside QuickBooks."""
    CANNOT_START = 0x80040408
    """QuickBooks could not be started."""
    OTHER_COMPANY_OPEN = 0x8004040A
    """Another company file is open on this computer."""
    SESSION_LOST = 0x8004040D
    """The ticket is invalid, mostly because QuickBooks was closed meanwhile."""
    OTHER_FILE_MODE = 0x80040410
    """The company file is open in the other mode (single or multi user)."""
    DIALOG_OPEN = 0x80040414
    """A modal dialog is open in QuickBooks."""
    NO_COMPANY_OPEN = 0x80040416
    """QuickBooks is not running and no company file was named."""
    NO_PERMISSION = 0x8004041A
    """The application has no permission for this company file."""
    ACCESS_DENIED = 0x80040420
    """The QuickBooks user denied access, or automatic login is not allowed."""
    VERSION_NOT_SUPPORTED = 0x80040423
    """This QuickBooks does not know the qbXML version of the request."""


_MESSAGES = {
    HResult.NOT_UNDERSTOOD: "QuickBooks found an error when parsing the provided XML text stream.",
    HResult.UNEXPECTED: 'Unexpected error. Check the "qbsdklog.txt" file for possible additional information.',
    HResult.CANNOT_START: "Could not start QuickBooks.",
    HResult.OTHER_COMPANY_OPEN: "A QuickBooks company data file is already open and it is different from the one "
    "requested.",
    HResult.SESSION_LOST: "The ticket parameter is invalid.",
    HResult.OTHER_FILE_MODE: "The QuickBooks company data file is currently open in a mode other than the one "
    "specified by your application.",
    HResult.DIALOG_OPEN: "A modal dialog box is showing in the QuickBooks user interface. Your application cannot "
    "access QuickBooks until the user dismisses the dialog box.",
    HResult.NO_COMPANY_OPEN: "If QuickBooks is not running, a call to BeginSession must include the name of the data "
    "file.",
    HResult.NO_PERMISSION: "This application does not have permission to access this QuickBooks company data file.",
    HResult.ACCESS_DENIED: "The QuickBooks user has denied access.",
    HResult.VERSION_NOT_SUPPORTED: "This version of QuickBooks does not support the requested qbXML version.",
}


class ProcessorFault(Exception):
    """A call that failed as a whole: there is no answer text.

    Attributes:
        hresult: The COM result as the Web Connector writes it, like `0x80040400`.
        message: What QuickBooks says. For a parse error it names no place, as in the real product.
        detail: Why the practice company refused, for people and tests; the real product keeps silent about it.
    """

    def __init__(self, code: HResult, detail: str = "") -> None:
        super().__init__(f"0x{int(code):08X} {_MESSAGES[code]} {detail}".rstrip())
        self.hresult = f"0x{int(code):08X}"
        self.message = _MESSAGES[code]
        self.detail = detail


class Malformed(Exception):
    """A text that breaks the grammar; becomes `HResult.NOT_UNDERSTOOD` at the door."""


class Refusal(Exception):
    """One request that QuickBooks refuses, with its status code and text."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


def severity_of(code: int) -> str:
    """Name the severity of a status code (Intuit SDK: statusCode ranges)."""
    if code < 500:
        return "Info"
    return "Warn" if code < 1000 else "Error"
