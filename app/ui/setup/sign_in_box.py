"""Starting at sign-in: a tick that shows the true state, and says so where the computer's own settings forbid it."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.system.autostart import Autostart, AutostartState
from app.ui.setup import texts
from app.ui.setup.result_line import Result, ResultLine


class SignInBox(QWidget):
    """The tick; nothing is switched before `apply`."""

    def __init__(self, autostart: Autostart, parent: QWidget | None = None) -> None:
        """Take the switch."""
        super().__init__(parent)
        self._autostart = autostart
        self._state = AutostartState.OFF
        self.box = QCheckBox(texts.START_AT_SIGN_IN)
        self.result = ResultLine("sign_in_result")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        column.addWidget(self.result)

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
