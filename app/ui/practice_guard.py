"""Keeps the practice company's file for the Web Connector away from this computer's real Web Connector."""

from typing import Final

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from app.ui.ports import DialogsPort
from app.ui.window.texts import PRACTICE_NO_FILE

_SCHEME: Final = "file"
_REAL: Final = ".qwc"


class PracticeGuard(QObject):
    """Opens files as the system does, but for those a real Web Connector would take for an order."""

    def __init__(self, dialogs: DialogsPort, parent: QObject | None = None) -> None:
        """Stand at the door."""
        super().__init__(parent)
        self._dialogs = dialogs
        self._begin()

    def _begin(self) -> None:
        # A text, and nothing else, is what it takes; its annotation says bytes.
        QDesktopServices.setUrlHandler(_SCHEME, self, "open_file")  # type: ignore[arg-type]

    def stop(self) -> None:
        """Leave the door."""
        QDesktopServices.unsetUrlHandler(_SCHEME)

    @Slot(QUrl)
    def open_file(self, url: QUrl) -> None:
        """Open a file, or say why not."""
        if url.fileName().lower().endswith(_REAL):
            self._dialogs.tell(PRACTICE_NO_FILE)
            return
        self.stop()
        QDesktopServices.openUrl(url)
        self._begin()
