"""What can go wrong while a feed is read: each kind with its sentence for the command line. No I/O.

Rule: whatever went wrong, nothing is installed; the window says it in words of its own, by the kind.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.domain.faults import KnownFault


class FeedProblem(StrEnum):
    """Why a feed gave nothing."""

    UNREACHABLE = "unreachable"
    """Its server does not answer, or has not what it should have."""
    TOO_SLOW = "too_slow"
    TOO_LONG = "too_long"
    """It sends more than was signed, or than such a file may have."""
    STALE = "stale"
    """What it says has expired: nobody has signed it for too long, or somebody holds newer words back."""
    OLDER = "older"
    """It shows an older state than the one seen last."""
    NOT_SIGNED = "not_signed"
    """Not by the keys this build trusts."""
    CHANGED = "changed"
    """A file is another one than was signed."""
    NONSENSE = "nonsense"


SENTENCES: Final[Mapping[FeedProblem, str]] = {
    FeedProblem.UNREACHABLE: (
        "The update server cannot be reached; check the internet connection, the proxy and the firewall, and try again."
    ),
    FeedProblem.TOO_SLOW: "The update server sends too slowly; try again later.",
    FeedProblem.TOO_LONG: "The update server sends more than it should; nothing was installed, tell support.",
    FeedProblem.STALE: (
        "What the update server says has expired; nothing was installed. Check this computer's date, and tell support "
        "if it stays so."
    ),
    FeedProblem.OLDER: (
        "The update server shows an older state than it did before; nothing was installed, tell support if it stays so."
    ),
    FeedProblem.NOT_SIGNED: (
        "What the update server says is not signed by the makers of this program; nothing was installed, tell support."
    ),
    FeedProblem.CHANGED: (
        "What the update server sent is not what its makers signed; nothing was installed, tell support."
    ),
    FeedProblem.NONSENSE: "The update server's answer cannot be understood; nothing was installed, tell support.",
}


class FeedFault(KnownFault):
    """The feed gave nothing that may be used."""

    def __init__(self, problem: FeedProblem) -> None:
        super().__init__(SENTENCES[problem])
        self.problem = problem
