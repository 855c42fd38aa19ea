"""Hands toasts from the gate to where they appear, and keeps what was told beyond the end of the program."""

from datetime import datetime

from app import PRODUCT
from app.ui import texts
from app.ui.notifications import Gate
from app.ui.ports import Level, Notice, RowsFilter, ToastPort
from app.ui.state_reader import Reading
from app.ui.ui_state import UiState


class Announcer:
    """Every toast of the program goes through here."""

    def __init__(self, state: UiState, toasts: ToastPort, started_at: datetime) -> None:
        """Take what is remembered, and where toasts appear."""
        self._state = state
        self._toasts = toasts
        self._gate = Gate(started_at, state.told_problems)

    def announce(self, reading: Reading, now: datetime, *, is_window_active: bool) -> None:
        """Tell of how things stand, if that is worth a toast; who has the window in front sees it there."""
        level = Level.NONE if is_window_active else self._state.notifications
        before = self._gate.told
        notice = self._gate.consider(reading.snapshot, reading.needing, level, now)
        if self._gate.told != before:
            self._state.told_problems = self._gate.told
        self._show(notice)

    def tell_of_closing(self) -> None:
        """Tell, once in a lifetime, that the program goes on without its window."""
        if not self._state.was_told_of_closing:
            self._state.closing_was_told()
            title = texts.CLOSING_TITLE.format(product=PRODUCT)
            self._hint(Notice(title, texts.CLOSING_TEXT, None, is_warning=False))

    def tell_of_standstill(self, line: str) -> None:
        """Tell that the program stands still, where no window says it."""
        self._hint(Notice(texts.STOPPED_TOAST.format(product=PRODUCT), line, None))

    def resumed(self, now: datetime) -> None:
        """Keep quiet for a moment: the computer slept."""
        self._gate.resumed(now)

    def clicked(self) -> RowsFilter | None:
        """Give the rows the last toast spoke of, once."""
        return self._gate.clicked()

    def _hint(self, notice: Notice) -> None:
        self._show(self._gate.hint(notice, self._state.notifications))

    def _show(self, notice: Notice | None) -> None:
        if notice is not None:
            self._toasts.show_notice(notice)
