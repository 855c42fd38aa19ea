"""QuickBooks' status codes, and what each means for us. Data; no I/O.

Source: Intuit's tables of qbXML status codes, and texts captured by other integrators.
"""

from typing import Final

from app.books.run.meaning import Meaning

WARN_LIMIT: Final = 1000

_MEANINGS: Final = {
    1000: Meaning.LATER,
    1010: Meaning.LATER,
    1030: Meaning.BUG,
    1060: Meaning.BUG,
    3000: Meaning.REFERENCE,
    3100: Meaning.NAME_TAKEN,
    3120: Meaning.REFERENCE,
    3140: Meaning.REFERENCE,
    3150: Meaning.BUG,
    3151: Meaning.BUG,
    3152: Meaning.BUG,
    3153: Meaning.BUG,
    3161: Meaning.CLOSED,
    3162: Meaning.LATER,
    3171: Meaning.CLOSED,
    3175: Meaning.LOCKED,
    3176: Meaning.LOCKED,
    3177: Meaning.LOCKED,
    3200: Meaning.STALE,
    3220: Meaning.DENIED,
    3230: Meaning.LATER,
    3231: Meaning.NOT_RUN,
    3240: Meaning.LATER,
    3250: Meaning.UNAVAILABLE,
    3260: Meaning.DENIED,
    3261: Meaning.DENIED,
    3263: Meaning.DENIED,
}
"""Codes not named here are `Meaning.DATA` from 1000 on, `Meaning.DONE` below."""

_MAY_BE_A_LOCK: Final = frozenset({3170, 3180})
_LOCK_TEXTS: Final = (
    "list has been modified by another user",
    "internals could not be locked",
    "failed to acquire the lock",
    "list element is in use",
)


def meaning(status: int, severity: str, message: str) -> Meaning:
    """Tell what an answer asks of us.

    Args:
        status: ``statusCode``; negative where the answer had none.
        severity: ``statusSeverity``: Info, Warn or Error.
        message: ``statusMessage``; codes 3170 and 3180 are a lock only with certain texts.
    """
    if status < 0:
        return Meaning.DATA
    if status < WARN_LIMIT:
        return Meaning.DONE
    if status in _MAY_BE_A_LOCK and any(text in message.casefold() for text in _LOCK_TEXTS):
        return Meaning.LOCKED
    known = _MEANINGS.get(status)
    if known is not None:
        return known
    return Meaning.DONE if severity.casefold() in {"info", "warn"} else Meaning.DATA
