"""What window and About say of updates, and what they offer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app import __version__
from app.ui import texts
from app.ui.window.figures import moment
from app.updates.version import is_newer


class UpdateStep(StrEnum):
    """What is being done about an update."""

    NOTHING = "nothing"
    LOOKING = "looking"
    FETCHING = "fetching"
    WAITING = "waiting"
    """It is here, and waits for the end of what must not be broken off."""
    STARTING = "starting"


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version the feed has."""

    version: str
    notes: str


@dataclass(frozen=True, slots=True)
class UpdateState:
    """What is known of updates."""

    has_feed: bool
    """Whether this build looks for updates at all."""
    is_wanted: bool
    """Whether a person wants the daily look."""
    can_install: bool
    """Whether a setup installed this copy, so that another one can replace it."""
    offer: Offer | None = None
    step: UpdateStep = UpdateStep.NOTHING
    problem: str = ""
    """Why it did not come here although a person asked for it; a key of `texts.UPDATE_PROBLEMS`."""
    look_problem: str = ""
    """The same of a look a person asked for."""
    failed: str = ""
    """The version that was installed and did not start here; empty if none."""
    tells_failed: bool = False
    """Whether a person has still to hear of that."""
    is_put_off: bool = False
    answered_at: datetime | None = None
    """When the feed last answered."""
    tried_at: datetime | None = None

    @property
    def offered(self) -> Offer | None:
        """The newer version that is offered: one that did not start here is not, as long as it is the newest."""
        is_worth_it = self.offer is not None and (not self.failed or is_newer(self.offer.version, self.failed))
        return self.offer if is_worth_it else None

    @property
    def version(self) -> str:
        """The version that would be installed; empty if none."""
        return self.failed if self.offered is None else self.offered.version

    @property
    def can_update(self) -> bool:
        """Whether a person may have it installed now."""
        return self.has_feed and self.can_install and self.step is UpdateStep.NOTHING and bool(self.version)


@dataclass(frozen=True, slots=True)
class UpdateView:
    """What is shown."""

    line: str = ""
    """In the window; empty shows nothing there."""
    about: str = ""
    notes: str = ""
    """What is new, in the makers' words; empty offers no look at it."""
    version: str = ""
    """Which version these words, and the button, are about."""
    action: str = ""
    """What the button that installs it says; empty offers none."""
    can_put_off: bool = False
    can_look: bool = False


def view(state: UpdateState, now: datetime) -> UpdateView:
    """Say how it stands with updates.

    Args:
        state: What is known.
        now: Aware; times of today are written as times.
    """
    offered, is_idle = state.offered, state.step is UpdateStep.NOTHING
    line = _under_way(state) or _line(state)
    if not state.has_feed:
        about = texts.ABOUT_NO_FEED
    elif state.step is UpdateStep.LOOKING:
        about = texts.ABOUT_LOOKING
    else:
        about = _under_way(state) or "\n".join(_sentences(state, now))
    is_again = bool(state.problem) or offered is None
    return UpdateView(
        line=line,
        about=about,
        notes="" if offered is None else offered.notes,
        version=state.version,
        action=(texts.UPDATE_AGAIN if is_again else texts.UPDATE_NOW) if state.can_update else "",
        can_put_off=bool(line) and is_idle,
        can_look=state.has_feed and is_idle,
    )


def _under_way(state: UpdateState) -> str:
    words = _STEPS.get(state.step, "")
    return words.format(version=state.version)


def _line(state: UpdateState) -> str:
    if state.is_put_off:
        return ""
    if state.problem:
        return texts.UPDATE_PROBLEMS[state.problem]
    if state.offered is None:
        return _failed(state) if state.tells_failed else ""
    return _ready(state)


def _sentences(state: UpdateState, now: datetime) -> list[str]:
    """Say what is known, a sentence a line."""
    found: list[str] = []
    problem = state.problem or state.look_problem
    if problem:
        found.append(texts.UPDATE_PROBLEMS[problem])
    if state.offered is not None:
        found.append(_ready(state))
    elif state.failed:
        found.append(_failed(state))
    elif state.answered_at is not None and not problem:
        found.append(texts.ABOUT_NEWEST)
    if not state.is_wanted:
        found.append(texts.ABOUT_OFF)
    if state.answered_at is None:
        found.append(texts.ABOUT_NEVER)
    else:
        found.append(texts.ABOUT_LOOKED.format(time=moment(state.answered_at, now)))
    if state.tried_at is not None and not problem and (state.answered_at is None or state.tried_at > state.answered_at):
        found.append(texts.ABOUT_TRIED.format(time=moment(state.tried_at, now)))
    return found


def _ready(state: UpdateState) -> str:
    return (texts.UPDATE_READY if state.can_install else texts.UPDATE_ELSEWHERE).format(version=state.version)


def _failed(state: UpdateState) -> str:
    return texts.UPDATE_FAILED.format(version=state.failed, running=__version__)


_STEPS: Final = {
    UpdateStep.FETCHING: texts.UPDATE_FETCHING,
    UpdateStep.WAITING: texts.UPDATE_WAITING,
    UpdateStep.STARTING: texts.UPDATE_STARTING,
}
