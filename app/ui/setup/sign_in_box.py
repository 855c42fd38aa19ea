"""Starting at sign-in: a tick that shows the true state, and says so where the computer's own settings forbid it."""

from typing import Final

from PySide6.QtCore import QEvent, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.system.autostart import Autostart, AutostartState
from app.ui.setup import texts
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.wrapped_box import WrappedCheckBox

STARTUP_APPS: Final = "ms-settings:startupapps"
"""The page of Windows' own settings where the switch is."""


class SignInBox(QWidget):
    """The tick; nothing is switched before `apply`."""

    def __init__(self, autostart: Autostart, parent: QWidget | None = None) -> None:
        """Take the switch."""
        super().__init__(parent)
        self._autostart = autostart
        self._state = AutostartState.OFF
        self.box = WrappedCheckBox(texts.START_AT_SIGN_IN)
        self.result = ResultLine("sign_in_result")
        self.open_system = QPushButton(texts.OPEN_STARTUP_APPS)
        self.open_system.setAutoDefault(False)
        self.open_system.hide()
        row = QHBoxLayout()
        row.addWidget(self.open_system)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        column.addWidget(self.result)
        column.addLayout(row)
        self.open_system.clicked.connect(self._on_open_system)

    def show_state(self, *, wants_it: bool = False) -> None:
        """Show how the switch stands.

        Args:
            wants_it: Tick the box although it is off, as an offer.
        """
        self._state = self._autostart.state()
        is_refused = self._state is AutostartState.OFF_BY_SYSTEM
        self.box.setEnabled(not is_refused)
        self.box.setChecked(self._state is AutostartState.ON or (wants_it and not is_refused))
        self.result.tell(Result.NOTE if is_refused else Result.NOTHING, texts.SIGN_IN_REFUSED)
        self.open_system.setVisible(is_refused)

    def changeEvent(self, event: QEvent) -> None:
        """Look again when a person comes back from the computer's own settings."""
        super().changeEvent(event)
        is_back = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_back and self._state is AutostartState.OFF_BY_SYSTEM:
            self.show_state()

    @Slot()
    def _on_open_system(self) -> None:
        if not QDesktopServices.openUrl(QUrl(STARTUP_APPS)):
            self.result.tell(Result.BAD, texts.STARTUP_APPS_NOT_OPENED)

    def switching(self) -> "Switching":
        """Give what `apply` would do, for another thread."""
        return Switching(self._autostart, self._state, wanted=self.box.isChecked())


class Switching:
    """A switch that is to be turned."""

    def __init__(self, autostart: Autostart, state: AutostartState, *, wanted: bool) -> None:
        """Take how it stands and how it shall."""
        self._autostart = autostart
        self._state = state
        self._wanted = wanted

    def apply(self) -> None:
        """Turn the switch if it stands otherwise; one that the system forbids is left alone.

        Raises:
            HomeUnusable: If the system refuses.
        """
        if self._state is AutostartState.OFF_BY_SYSTEM:
            return
        if self._wanted and self._state is AutostartState.OFF:
            self._autostart.turn_on()
        if not self._wanted and self._state is AutostartState.ON:
            self._autostart.turn_off()
