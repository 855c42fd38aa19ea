"""Saves the shown rows as a file, off the main thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.sync.export import as_csv, as_xlsx
from app.sync.service import SyncService
from app.ui.tasks import OnFailure, Tasks
from app.ui.window import texts
from app.ui.window.feed import Question
from app.ui.window.filters import STATES


class Exporting(QObject):
    """Asks for a file, and writes it."""

    said = Signal(str)

    def __init__(
        self, service: Callable[[], SyncService], tasks: Tasks, on_failure: OnFailure, parent: QWidget
    ) -> None:
        """Take the facade, where to call it, and the widget the dialog belongs to."""
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._on_failure = on_failure
        self._widget = parent
        self._question = Question()

    def ask(self, question: Question) -> None:
        """Ask where to save what a question shows."""
        self._question = question
        dialog = QFileDialog(self._widget, texts.EXPORT_TITLE)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([texts.EXPORT_XLSX, texts.EXPORT_CSV])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(texts.EXPORT_FILE)
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save(self, name: str) -> None:
        """Write the file; its ending decides the kind."""
        file, service, question = Path(name), self._service(), self._question

        def work() -> str:
            rows = service.rows(STATES[question.filter], question.text)
            content = as_csv(rows) if file.suffix.casefold() == ".csv" else as_xlsx(rows)
            try:
                file.write_bytes(content)
            except OSError as exc:
                return texts.FAILED_FILE.format(file=file, why=exc.strerror)
            return texts.DONE_EXPORT.format(file=file)

        self._tasks.run(work, self.said.emit, self._on_failure)
