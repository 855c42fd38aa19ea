"""The settings' page about messages near the clock, and what closing the window does; kept in the home's ``ui.ini``."""

from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from app.ui.ports import Level
from app.ui.setup import texts
from app.ui.setup.settings_page import Kept, SettingsPage
from app.ui.setup.wrapped_box import WrappedCheckBox, WrappedRadioButton
from app.ui.ui_state import UiState


class NotificationSettingsPage(SettingsPage):
    """All, problems, or none; none means none."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        """Take where the choice is kept."""
        super().__init__(texts.PAGE_NOTIFICATIONS, parent)
        self._state = state
        self.levels = {Level(level): WrappedRadioButton(words) for level, words in texts.NOTIFY_CHOICES.items()}
        group = QGroupBox(texts.NOTIFY)
        column = QVBoxLayout(group)
        for button in self.levels.values():
            column.addWidget(button)
        self.quits_on_close = WrappedCheckBox(texts.QUITS_ON_CLOSE)
        self.form.addRow(group)
        self.form.addRow(self.quits_on_close)
        self.body.addStretch(1)

    def fill(self, _: Kept, /) -> None:
        """Show what is kept."""
        self.levels[self._state.notifications].setChecked(True)
        self.quits_on_close.setChecked(self._state.quits_on_close)

    def keep(self) -> None:
        """Keep the choices."""
        self._state.notifications = next(level for level, button in self.levels.items() if button.isChecked())
        self._state.quits_on_close = self.quits_on_close.isChecked()
        self._state.flush()
