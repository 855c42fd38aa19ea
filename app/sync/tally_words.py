"""Says how many rows came to which end, for people. No I/O."""

from collections import Counter

from app.domain.states import State

_WORDS = (
    (State.SYNCED, "in QuickBooks"),
    (State.REMOVED, "taken back"),
    (State.FAILED, "failed"),
    (State.CONFLICT, "to decide"),
    (State.WAITING, "to be tried again"),
)


def tally_words(tally: Counter[State]) -> str:
    """Count the rows by where they ended; empty where none did."""
    return ", ".join(f"{tally[state]} {words}" for state, words in _WORDS if tally[state])
