"""What QuickBooks Online's faults mean for us. Data; no I/O.

Source: Intuit's page of error codes and recorded answers. Sources disagree on some numbers, so closed books and numbers
or names that are taken are told by the text first.
"""

from typing import Final

from app.books.quickbooks_online.wire import Complaint
from app.books.run.meaning import Meaning

_MEANINGS: Final = {
    "500": Meaning.UNAVAILABLE,
    "610": Meaning.REFERENCE,
    "2010": Meaning.BUG,
    "2020": Meaning.BUG,
    "2030": Meaning.BUG,
    "2050": Meaning.BUG,
    "2170": Meaning.BUG,
    "2500": Meaning.REFERENCE,
    "3001": Meaning.LATER,
    "3100": Meaning.DENIED,
    "3200": Meaning.DENIED,
    "120": Meaning.DENIED,
    "4000": Meaning.BUG,
    "4001": Meaning.BUG,
    "4002": Meaning.BUG,
    "5010": Meaning.STALE,
    "5020": Meaning.UNAVAILABLE,
    "5030": Meaning.UNAVAILABLE,
    "6000": Meaning.DATA,
    "6070": Meaning.BUG,
    "6140": Meaning.NUMBER_TAKEN,
    "6190": Meaning.DENIED,
    "6200": Meaning.CLOSED,
    "6210": Meaning.CLOSED,
    "6240": Meaning.NAME_TAKEN,
    "6250": Meaning.REFERENCE,
    "10000": Meaning.LATER,
    "10200": Meaning.DENIED,
}

_BY_TEXT: Final = (
    ("period closed", Meaning.CLOSED),
    ("books cannot be updated", Meaning.CLOSED),
    ("books are closed", Meaning.CLOSED),
    ("duplicate document number", Meaning.NUMBER_TAKEN),
    ("duplicate name", Meaning.NAME_TAKEN),
    # Last: one of these that says more is known by that.
    ("stale object", Meaning.STALE),
)


def meaning(complaint: Complaint) -> Meaning:
    """Tell what an error asks of us; one that is not known wants a person, and is never tried for ever."""
    words = f"{complaint.message} {complaint.detail}".casefold()
    for text, means in _BY_TEXT:
        if text in words:
            return means
    return _MEANINGS.get(complaint.code.lstrip("0"), Meaning.DATA)


def words(complaint: Complaint) -> str:
    """Give an error's words for people.

    The detail of a stale document names a person, and that of a refused token repeats the token: there the heading
    has to do.
    """
    if meaning(complaint) in {Meaning.STALE, Meaning.DENIED} or not complaint.detail:
        return complaint.message
    return complaint.detail


def raw(complaint: Complaint, trace: str = "") -> str:
    """Give an error with its code, and Intuit's mark of the call for its support."""
    return f"{complaint.code} {words(complaint)}".strip() + trace_words(trace)


def trace_words(trace: str) -> str:
    """Give Intuit's mark of a call, which its support asks for, to stand behind other words; empty if there is none."""
    return f" (intuit_tid {trace})" if trace else ""
