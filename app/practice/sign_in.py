"""The practice world's switch for starting at sign-in: in memory, so that the computer's own is never touched."""

from app.system.autostart import AutostartState


class PracticeAutostart:
    """A switch that switches nothing."""

    def __init__(self) -> None:
        """Be off."""
        self.now = AutostartState.OFF

    def state(self) -> AutostartState:
        """Tell how it stands."""
        return self.now

    def turn_on(self) -> None:
        """Be on."""
        self.now = AutostartState.ON

    def turn_off(self) -> None:
        """Be off."""
        self.now = AutostartState.OFF
