"""Saves a table as a file, off the main thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.system.whole_file import write_whole_bytes
from app.ui.tasks import OnFailure, Tasks
from app.ui.window import texts

Content = Callable[[bool], bytes]
"""Makes what is in the file, CSV or a workbook; called off the main thread."""


class Exporting(QObject):
    """Asks for a file, and writes it."""

    said = Signal(str)

    def __init__(
        self,
        title: str,
        file: str,
        prepare: Callable[[], Content],
        tasks: Tasks,
        on_failure: OnFailure,
        parent: QWidget,
    ) -> None:
        """Ask nothing yet.

        Args:
            title: The title of the dialog.
            file: The name it offers.
            prepare: Says on the main thread what is to be saved.
            tasks: Where it is written.
            on_failure: Hears of a failure.
            parent: The widget the dialog belongs to.
        """
        super().__init__(parent)
        self._title = title
        self._file = file
        self._prepare = prepare
        self._tasks = tasks
        self._on_failure = on_failure
        self._widget = parent

    @Slot()
    def ask(self) -> None:
        """Ask where to save it."""
        dialog = QFileDialog(self._widget, self._title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([texts.EXPORT_XLSX, texts.EXPORT_CSV])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(self._file)
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save(self, name: str) -> None:
        """Write the file; its ending decides the kind."""
        file, content = Path(name), self._prepare()

        def work() -> str:
            written = content(file.suffix.casefold() == ".csv")
            try:
                write_whole_bytes(file, written)
            except OSError as exc:
                return texts.FAILED_FILE.format(file=file, why=exc.strerror)
            return texts.DONE_EXPORT.format(file=file)

        self._tasks.run(work, self.said.emit, self._on_failure)
