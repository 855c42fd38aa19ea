"""Updates as the desktop has them: a quiet look once a day, an offer, and on a person's word the setup.

Rules: nothing is installed unless a person says so; never while QuickBooks is being updated or Cedar read; only what
still is, right before it is started, the file that was signed. A version that did not start here is told of once and
not offered again by itself.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from app import __version__
from app.domain.values import replace
from app.sync.clock import Clock
from app.ui.tasks import Tasks
from app.ui.texts import UPDATE_PROBLEMS
from app.ui.ui_state import UiState
from app.ui.update_child import BROKEN_OFF, Answer, UpdateChild
from app.ui.update_view import Offer, UpdateState, UpdateStep, UpdateView, view
from app.updates.setup_file import SetupFile
from app.updates.version import is_newer

log = logging.getLogger(__name__)

BETWEEN_LOOKS: Final = timedelta(days=1)
GRACE: Final = timedelta(minutes=5)
"""After a start and after sleep the network may not be there yet, and a person waits for other things."""


@dataclass(frozen=True, slots=True)
class UpdateParts:
    """The outside of updates."""

    has_feed: bool
    command: Sequence[str]
    """Prints what a look at the feed found."""
    can_install: bool
    """Whether a setup installed this copy."""
    start_setup: Callable[[Path], bool]
    """Starts a setup that outlives this program; tells whether that worked."""
    spread: timedelta
    """How much later than another copy this one looks: all of them together would be a crowd."""


class _Now(StrEnum):
    """Whether the setup may be started now."""

    BUSY = "busy"
    FREE = "free"
    CHANGED = "changed"


class Updates(QObject):
    """Looks, offers, fetches, waits, starts the setup."""

    changed = Signal(object)
    """Something else is to be shown: an `UpdateView`."""

    started = Signal()
    """The setup runs; this program has to end."""

    def __init__(
        self,
        parts: UpdateParts | None,
        ui_state: UiState,
        clock: Clock,
        tasks: Tasks,
        is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """Remember what the run before left.

        Args:
            parts: The outside; None in a practice world, where nothing is looked for and nothing said.
            ui_state: Where it is remembered.
            clock: What time it is.
            tasks: Where what takes time is done.
            is_busy: Tells whether something is under way that must not be broken off; called in another thread.
            parent: Who it belongs to.
        """
        super().__init__(parent)
        self._parts, self._memory, self._clock, self._tasks, self._is_busy = parts, ui_state, clock, tasks, is_busy
        self._not_before = clock.now() + GRACE + (parts.spread if parts is not None else timedelta(0))
        self._setup: SetupFile | None = None
        self._is_asked_for = False
        self._is_asking = self._asks_again = False
        self._child: UpdateChild | None = None
        self._state = UpdateState(
            has_feed=parts is not None and parts.has_feed,
            is_wanted=True,
            can_install=parts is not None and parts.can_install,
            answered_at=ui_state.updates_answered_at,
            tried_at=ui_state.updates_tried_at,
        )
        if self._state.has_feed:
            self._remember()

    @property
    def view(self) -> UpdateView:
        """What is to be shown now."""
        return UpdateView() if self._parts is None else view(self._state, self._clock.now())

    def tick(self, *, is_wanted: bool) -> None:
        """Hear that a minute went by, and look if a day did.

        Args:
            is_wanted: Whether a person wants the daily look.
        """
        if is_wanted != self._state.is_wanted:
            self._change(is_wanted=is_wanted)
        if self._state.step is UpdateStep.WAITING:
            self.go_on()
        elif is_wanted and self._is_due():
            self._look(is_asked_for=False)

    def woke(self) -> None:
        """Hear that the computer slept."""
        self._not_before = max(self._not_before, self._clock.now() + GRACE)

    @Slot()
    def look(self) -> None:
        """Look now, because a person asks."""
        if self._state.has_feed and self._state.step is UpdateStep.NOTHING:
            self._look(is_asked_for=True)

    @Slot()
    def update(self) -> None:
        """Fetch the newest version and install it, because a person asks."""
        if self._state.can_update:
            log.info("an update is asked for")
            self._change(step=UpdateStep.FETCHING, problem="", look_problem="", is_put_off=False)
            self._run(fetches=True)

    @Slot()
    def put_off(self) -> None:
        """Say no more in the window until the next start; About still says it."""
        self._change(is_put_off=True, problem="", tells_failed=False)

    def seen(self) -> None:
        """Hear that a person has the window in front: what failed is told by that."""
        if self._state.tells_failed:
            self._memory.tells_failed_update = False

    @Slot()
    def go_on(self) -> None:
        """Start the setup that waits, if nothing is under way any more."""
        setup = self._setup
        if self._state.step is not UpdateStep.WAITING or setup is None:
            return
        if self._is_asking:
            self._asks_again = True
            return
        self._is_asking, self._asks_again = True, False

        def look_around() -> _Now:
            if self._is_busy():
                return _Now.BUSY
            return _Now.FREE if setup.is_whole() else _Now.CHANGED

        self._tasks.run(look_around, self._on_looked_around, self._on_unsure)

    def stop(self) -> None:
        """Look no more; what is under way is ended."""
        if self._child is not None:
            self._child.stop()

    def _remember(self) -> None:
        memory = self._memory
        begun, memory.update_begun = memory.update_begun, ""
        if is_newer(begun, __version__):
            log.warning("the update to %s did not start here", begun)
            memory.update_failed, memory.tells_failed_update = begun, True
        elif begun:
            log.info("updated to %s", __version__)
        if memory.update_failed and not is_newer(memory.update_failed, __version__):
            memory.update_failed, memory.tells_failed_update = "", False
        version, notes = memory.update_offer
        self._state = replace(
            self._state,
            offer=Offer(version, notes) if is_newer(version, __version__) else None,
            failed=memory.update_failed,
            tells_failed=bool(memory.update_failed) and memory.tells_failed_update,
        )

    def _is_due(self) -> bool:
        state, now = self._state, self._clock.now()
        if not state.has_feed or state.step is not UpdateStep.NOTHING or now < self._not_before:
            return False
        # A last time that is still to come was written while the clock was wrong.
        return state.tried_at is None or not now - BETWEEN_LOOKS < state.tried_at <= now

    def _look(self, *, is_asked_for: bool) -> None:
        self._is_asked_for = is_asked_for
        now = self._clock.now()
        self._memory.updates_tried_at = now
        self._change(step=UpdateStep.LOOKING, tried_at=now, look_problem="")
        self._run(fetches=False)

    def _run(self, *, fetches: bool) -> None:
        if self._child is None:
            self._child = UpdateChild(self)
            self._child.ended.connect(self._on_ended)
        if self._parts is not None:
            self._child.run(self._parts.command, fetches=fetches)

    @Slot(object)
    def _on_ended(self, answer: Answer) -> None:
        was, problem = self._state.step, answer.problem
        if problem is not None:
            log.info("no update came: %s", problem)
            problem = problem if problem in UPDATE_PROBLEMS else BROKEN_OFF
            if was is UpdateStep.FETCHING:
                self._change(step=UpdateStep.NOTHING, problem=problem)
            else:
                self._change(step=UpdateStep.NOTHING, look_problem=problem if self._is_asked_for else "")
            return
        self._take_answer(answer)
        setup = answer.setup
        if was is UpdateStep.FETCHING and setup is not None:
            self._setup = SetupFile(Path(setup.path), setup.size, setup.sha256)
            self._change(step=UpdateStep.WAITING)
            self.go_on()
        else:
            self._change(step=UpdateStep.NOTHING)

    def _take_answer(self, answer: Answer) -> None:
        now, newer = self._clock.now(), answer.newer
        offer = None if newer is None else Offer(newer.version, newer.notes)
        self._memory.updates_answered_at = now
        self._memory.update_offer = ("", "") if offer is None else (offer.version, offer.notes)
        is_other = offer is not None and (self._state.offer is None or offer.version != self._state.offer.version)
        self._state = replace(
            self._state, offer=offer, answered_at=now, is_put_off=self._state.is_put_off and not is_other
        )

    def _on_looked_around(self, found: _Now) -> None:
        self._is_asking = False
        setup, parts = self._setup, self._parts
        if self._state.step is not UpdateStep.WAITING or setup is None or parts is None:
            return
        if found is _Now.BUSY:
            if self._asks_again:
                self.go_on()
            return
        if found is _Now.CHANGED:
            self._change(step=UpdateStep.NOTHING, problem="changed")
            return
        offer = self._state.offer
        self._change(step=UpdateStep.STARTING)
        self._memory.update_begun = "" if offer is None else offer.version
        self._memory.flush()
        if parts.start_setup(setup.path):
            log.info("the setup %s was started", setup.path.name)
            self.started.emit()
        else:
            self._memory.update_begun = ""
            self._change(step=UpdateStep.NOTHING, problem="not_started")

    def _on_unsure(self, _: Exception) -> None:
        # Whoever cannot tell how things stand waits; the next minute asks again.
        self._is_asking = False

    def _change(self, **fields: object) -> None:
        self._state = replace(self._state, **fields)  # type: ignore[arg-type]
        self.changed.emit(self.view)


def start_setup(setup: Path) -> bool:
    """Start a setup without a window, as an update; it closes this program, replaces it and starts it again."""
    process = QProcess()
    process.setProgram(str(setup))
    process.setArguments(["/S", "/UPDATE"])
    # Whoever works in the installed folder keeps it from being replaced.
    process.setWorkingDirectory(str(setup.parent))
    environment = QProcessEnvironment.systemEnvironment()
    # The program the setup starts is no part of this one, whatever PyInstaller's variables say.
    environment.insert("PYINSTALLER_RESET_ENVIRONMENT", "1")
    process.setProcessEnvironment(environment)
    # PySide's own description promises a tuple, as the function of the class gives; the method gives the bare truth.
    started: object = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)
