"""The settings' page about starting at sign-in: the true state, also where the computer's own settings decide."""

from PySide6.QtWidgets import QWidget

from app.system.autostart import Autostart
from app.ui.setup import texts
from app.ui.setup.settings_page import Kept, SettingsPage
from app.ui.setup.sign_in_box import SignInBox


class StartupSettingsPage(SettingsPage):
    """One tick."""

    def __init__(self, autostart: Autostart, parent: QWidget | None = None) -> None:
        """Take the switch."""
        super().__init__(texts.PAGE_STARTUP, parent)
        self.sign_in = SignInBox(autostart)
        self.form.addRow(self.sign_in)
        self.body.addStretch(1)

    def fill(self, _: Kept, /) -> None:
        """Show how the switch stands."""
        self.sign_in.show_state()
