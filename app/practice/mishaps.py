"""What can go wrong around a call of the Web Connector, as scripts for its stand-in.

No I/O. A script is asked before every call what is to become of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


class Fate(Enum):
    """What becomes of one call."""

    GOES_WELL = auto()
    """The call is made and its answer used."""
    VANISH_BEFORE = auto()
    """The connector disappears without making the call (crash, power cut, sleep)."""
    DROP_ANSWER = auto()
    """The endpoint does its work, but the answer never arrives and the connector disappears."""
    TWICE = auto()
    """The call is made twice, as after a connection that broke at the wrong moment; the second answer counts."""
    SKIP = auto()
    """The call is left out and the session goes on; closeConnection only."""


@dataclass(frozen=True, slots=True)
class CallAhead:
    """A call about to be made."""

    number: int
    """Position in the update, from 1."""
    operation: str
    """Intuit's name."""
    occurrence: int
    """How many calls of this operation there were in the update, this one included."""


Script = Callable[[CallAhead], Fate]
"""Decides the fate of each call."""


def as_planned(_: CallAhead) -> Fate:
    """Let everything go well."""
    return Fate.GOES_WELL


def at_call(number: int, fate: Fate) -> Script:
    """Let call `number` of the update meet `fate`."""
    return lambda ahead: fate if ahead.number == number else Fate.GOES_WELL


def at_operation(operation: str, fate: Fate, occurrence: int = 1) -> Script:
    """Let the n-th call of an operation meet `fate`; with ``occurrence=0`` every one.

    A request that QuickBooks carried out and whose response never left is
    ``at_operation("receiveResponseXML", Fate.VANISH_BEFORE)``; one that QuickBooks never saw is
    ``at_operation("sendRequestXML", Fate.DROP_ANSWER)``.
    """
    return lambda ahead: (
        fate if ahead.operation == operation and occurrence in (0, ahead.occurrence) else Fate.GOES_WELL
    )
