"""The states of a row, and the only moves between them. Data first; no I/O."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a row stands."""

    QUEUED = "queued"
    """Differs from what the books hold; goes out at the next chance."""
    SENDING = "sending"
    """Handed to the books, answer not yet seen."""
    WAITING = "waiting"
    """A fault that heals; tried again at a stated time."""
    SYNCED = "synced"
    """The books hold exactly what Cedar holds."""
    FAILED = "failed"
    """Refused for a reason a person must mend."""
    CONFLICT = "conflict"
    """Somebody changed, invoiced, closed or deleted it in the books."""
    SKIPPED = "skipped"
    """Nothing in it may sync: left out."""
    HELD = "held"
    """A person left it out."""
    REMOVED = "removed"
    """Voided in Cedar and taken back in the books."""


_Q, _G, _W, _S, _F, _C, _K, _H, _R = (
    State.QUEUED,
    State.SENDING,
    State.WAITING,
    State.SYNCED,
    State.FAILED,
    State.CONFLICT,
    State.SKIPPED,
    State.HELD,
    State.REMOVED,
)

TRANSITIONS: Final[Mapping[State | None, frozenset[State]]] = {
    # A row is born queued, left out, or refused by our own rules before anything was sent; and held where a person
    # left its charges out when they were billed to another customer.
    None: frozenset({_Q, _K, _F, _H}),
    _Q: frozenset({_G, _W, _S, _F, _C, _K, _H, _R}),
    # Whatever was handed out stays "sending" until the books have answered, whatever Cedar does meanwhile. A person may
    # leave it out: then nothing more is sent of it.
    _G: frozenset({_Q, _W, _S, _F, _C, _K, _H, _R}),
    _W: frozenset({_Q, _G, _S, _F, _C, _K, _H, _R}),
    # An order in the books can still become one that our own rules refuse, when Cedar changes it.
    _S: frozenset({_Q, _F, _C, _H}),
    _F: frozenset({_Q, _S, _C, _K, _H, _R}),
    _C: frozenset({_Q, _S, _F, _K, _H, _R}),
    _K: frozenset({_Q, _F, _C, _H}),
    # What is left out while its answer is awaited, and brought back before that, is on its way again.
    _H: frozenset({_Q, _G, _S, _F, _C, _K}),
    _R: frozenset({_Q, _F, _K, _H}),
}
"""From each state the states it may move to; None is "no row yet"."""

NEEDS_PERSON: Final = frozenset({State.FAILED, State.CONFLICT})
ON_THE_WAY: Final = frozenset({State.QUEUED, State.SENDING, State.WAITING})


class IllegalTransitionError(Exception):
    """A move the table does not know: our own mistake, never the user's."""

    def __init__(self, before: State | None, after: State) -> None:
        super().__init__(f"a row cannot go from {before} to {after}")


def check_move(before: State | None, after: State) -> None:
    """Make sure a row may go from one state to another; staying where it is always may.

    Raises:
        IllegalTransitionError: If it may not.
    """
    if before is not after and after not in TRANSITIONS[before]:
        raise IllegalTransitionError(before, after)
