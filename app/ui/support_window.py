"""Help, Save support file: what is in the file and what is not, the text of each part, and then where to."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.diagnostics.support_file import NOT_IN_IT
from app.domain.faults import KnownFault
from app.domain.language import plural
from app.ui import support, texts
from app.ui.screen_room import room_for
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks

LONGEST_PREVIEW: Final = 50_000
"""Characters of a part that are shown: more would hold the window up."""


ENDING: Final = ".zip"
"""Not every system's dialog adds it to a name that was typed."""


class SupportWindow(QWidget):
    """Shows first, writes then."""

    def __init__(self, tasks: Tasks, gather: Callable[[], dict[str, str]], parent: QWidget | None = None) -> None:
        """Begin to gather.

        Args:
            tasks: Who runs what takes time.
            gather: Gives the texts by file name.
            parent: The window it belongs to.
        """
        super().__init__(parent)
        self._question = Question(tasks, self)
        self._files: dict[str, str] = {}
        self._written: Path | None = None
        self.setWindowTitle(texts.SUPPORT_TITLE)
        self.files = QListWidget()
        self.files.setAccessibleName(texts.SUPPORT_FILES_NAME)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(texts.SUPPORT_TEXT_NAME)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self.result = ResultLine("support_result")
        self.save = QPushButton(texts.SUPPORT_SAVE)
        self.save.setEnabled(False)
        self.folder = QPushButton(texts.SUPPORT_FOLDER)
        self.folder.hide()
        self.leave = QPushButton(texts.SUPPORT_CLOSE)
        self._lay_out()
        self.resize(self.sizeHint())
        self.files.currentRowChanged.connect(self._on_row)
        self.save.clicked.connect(self._on_save)
        self.folder.clicked.connect(self._on_folder)
        self.leave.clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        self.result.tell(Result.BUSY, texts.SUPPORT_GATHERING)
        self._question.ask(lambda _: gather(), self._on_gathered, self._on_failed)

    def sizeHint(self) -> QSize:
        """Ask for a size that grows with the text, and stays on the screen."""
        return room_for(self, letters=130, lines=40)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Want no answer any more."""
        self._question.drop()
        event.accept()

    def save_to(self, target: Path) -> None:
        """Write the file."""
        files = self._files
        self.save.setEnabled(False)
        self.result.tell(Result.BUSY, texts.SUPPORT_SAVING)
        self._question.ask(lambda _: support.write(files, target), self._on_written, self._on_failed)

    def _on_gathered(self, files: dict[str, str]) -> None:
        self._files = files
        for name, text in files.items():
            size = plural(texts.SUPPORT_BYTES, len(text.encode()))
            self.files.addItem(texts.SUPPORT_FILE_ROW.format(name=name, size=size))
        self.files.setCurrentRow(0)
        wanted = self.files.sizeHintForColumn(0) + 3 * self.fontMetrics().averageCharWidth()
        self._parts.setSizes([wanted, max(self._parts.width() - wanted, wanted)])
        self.save.setEnabled(True)
        self.save.setDefault(True)
        self.result.tell(Result.NOTE, texts.SUPPORT_READY)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        text = list(self._files.values())[row] if 0 <= row < len(self._files) else ""
        if len(text) > LONGEST_PREVIEW:
            end = text[-LONGEST_PREVIEW:].partition("\n")[2]
            text = texts.SUPPORT_SHORTENED.format(shown=f"{len(end):,}", all=f"{len(text):,}", text=end)
        self.text.setPlainText(text)

    @Slot()
    def _on_save(self) -> None:
        day = f"{datetime.now().astimezone():%Y-%m-%d %H%M}"
        proposed = str(Path.home() / texts.SUPPORT_FILE_NAME.format(day=day))
        chosen, _ = QFileDialog.getSaveFileName(self, texts.SUPPORT_TITLE, proposed, texts.SUPPORT_KIND)
        if chosen:
            target = Path(chosen)
            self.save_to(target if target.suffix.lower() == ENDING else target.with_name(target.name + ENDING))

    def _on_written(self, target: Path) -> None:
        self._written = target
        self.save.setEnabled(True)
        self.folder.show()
        self.result.tell(Result.GOOD, texts.SUPPORT_SAVED.format(path=target))

    def _on_failed(self, fault: Exception) -> None:
        self.save.setEnabled(bool(self._files))
        self.result.tell(Result.BAD, str(fault) if isinstance(fault, KnownFault) else texts.WENT_WRONG)

    @Slot()
    def _on_folder(self) -> None:
        if self._written is not None:
            folder = QUrl.fromLocalFile(str(self._written.parent))
            if not QDesktopServices.openUrl(folder):
                self.result.tell(Result.BAD, texts.SUPPORT_FOLDER_CLOSED.format(path=self._written))

    def _lay_out(self) -> None:
        intro = QLabel(texts.SUPPORT_INTRO)
        absent = QLabel(
            "\n".join([texts.SUPPORT_NOT_IN_IT, *(texts.SUPPORT_NOT_ITEM.format(what=each) for each in NOT_IN_IT)])
        )
        for label in (intro, absent):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        heading = QLabel(texts.SUPPORT_IN_IT)
        heading.setBuddy(self.files)
        parts = self._parts
        parts.addWidget(self.files)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        for widget in (intro, absent, heading):
            column.addWidget(widget)
        column.addWidget(parts, 1)
        column.addWidget(self.result)
        column.addLayout(buttons)
