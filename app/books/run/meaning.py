"""What an answer of the books asks of us. No I/O."""

from enum import Enum


class Meaning(Enum):
    """What an answer to one request asks of us."""

    DONE = "done"
    """It was carried out, or there was nothing to find."""
    DATA = "data"
    """The same request will fail again until a person mends something."""
    REFERENCE = "reference"
    """A list entry or document it names is not there: look it up again, then tell which."""
    LOCKED = "locked"
    """Somebody has it open: try again."""
    LATER = "later"
    """The books are not able just now: try again."""
    STALE = "stale"
    """Somebody changed it since we read it: read again, compare."""
    CLOSED = "closed"
    """The date is in a closed period."""
    UNAVAILABLE = "unavailable"
    """These books have no such document, or it is switched off: stop writing."""
    DENIED = "denied"
    """Our permission is too low: stop writing."""
    NAME_TAKEN = "name_taken"
    """A list entry with this name exists."""
    NUMBER_TAKEN = "number_taken"
    """Another document has the number, and the books allow it once."""
    NOT_RUN = "not_run"
    """Not tried, because of an earlier error in the set."""
    BUG = "bug"
    """Our request is wrong."""
