"""What window and About say of updates, and what they offer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    offer, is_idle = state.offer, state.step is UpdateStep.NOTHING
    is_known_to_fail = offer is None or not (not state.failed or is_newer(offer.version, state.failed))
    version = state.failed if is_known_to_fail else offer.version if offer is not None else ""
    line = _line(state, version, is_known_to_fail=is_known_to_fail)
    has_failed = bool(state.problem) or (is_known_to_fail and bool(state.failed))
    action = texts.UPDATE_AGAIN if has_failed else texts.UPDATE_NOW
    return UpdateView(
        line=line,
        about=line or _about(state, version, now, is_known_to_fail=is_known_to_fail),
        notes=offer.notes if offer is not None and not is_known_to_fail else "",
        version=version,
        action=action if version and is_idle and state.can_install else "",
        can_put_off=bool(line) and is_idle,
        can_look=state.has_feed and is_idle,
    )


def _line(state: UpdateState, version: str, *, is_known_to_fail: bool) -> str:
    match state.step:
        case UpdateStep.FETCHING:
            return texts.UPDATE_FETCHING.format(version=version)
        case UpdateStep.WAITING:
            return texts.UPDATE_WAITING.format(version=version)
        case UpdateStep.STARTING:
            return texts.UPDATE_STARTING.format(version=version)
        case _:
            pass
    if state.is_put_off:
        return ""
    if state.problem:
        return texts.UPDATE_PROBLEMS[state.problem].format(version=version)
    if is_known_to_fail:
        return _failed(state) if state.tells_failed else ""
    return (texts.UPDATE_READY if state.can_install else texts.UPDATE_ELSEWHERE).format(version=version)


def _failed(state: UpdateState) -> str:
    return texts.UPDATE_FAILED.format(version=state.failed, running=__version__)


def _about(state: UpdateState, version: str, now: datetime, *, is_known_to_fail: bool) -> str:
    if not state.has_feed:
        return texts.ABOUT_NO_FEED
    if state.step is UpdateStep.LOOKING:
        return texts.ABOUT_LOOKING
    sentences: list[str] = []
    if state.look_problem:
        sentences.append(texts.UPDATE_PROBLEMS[state.look_problem].format(version=version))
    if is_known_to_fail and state.failed:
        sentences.append(_failed(state))
    elif version:
        sentences.append((texts.UPDATE_READY if state.can_install else texts.UPDATE_ELSEWHERE).format(version=version))
    elif state.answered_at is not None and not state.look_problem:
        sentences.append(texts.ABOUT_NEWEST)
    if not state.is_wanted:
        sentences.append(texts.ABOUT_OFF)
    if state.answered_at is None:
        sentences.append(texts.ABOUT_NEVER)
    else:
        sentences.append(texts.ABOUT_LOOKED.format(time=moment(state.answered_at, now)))
    is_silent = state.tried_at is not None and (state.answered_at is None or state.tried_at > state.answered_at)
    if is_silent and state.tried_at is not None and not state.look_problem:
        sentences.append(texts.ABOUT_TRIED.format(time=moment(state.tried_at, now)))
    return "\n".join(sentences)
