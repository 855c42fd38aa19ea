"""Stands in for the tray where a program is to have no icon: beside the real one a second would only confuse."""

from app.ui.ports import Notice
from app.ui.tray_state import TrayState


class NoTray:
    """A tray and its toasts that show nothing; the window tells it all."""

    is_available = False
    """There is never a place for an icon, so the window is what a person has."""

    def show(self) -> None:
        """Show nothing."""

    def hide(self) -> None:
        """Hide nothing."""

    def show_state(self, state: TrayState) -> None:
        """Show nothing."""

    def show_notice(self, notice: Notice) -> None:
        """Show nothing."""
