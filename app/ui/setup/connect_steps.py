"""The clicks that add Cedar Sync to the Web Connector, with the words on its buttons."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import PRODUCT
from app.system.settings import DEFAULT_CONNECTION
from app.ui.setup import texts, words
from app.ui.setup.button_picture import ButtonPicture
from app.ui.setup.keeping import FileMade, make_file
from app.ui.setup.password_box import PasswordBox
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks
from app.ui.window.flow import FlowLayout

_STEP_LETTERS = 30
"""So much room has a step's text beside what is to be clicked."""


class ConnectSteps(QWidget):
    """Six numbered steps; the file and the password are made when they are first needed."""

    made = Signal()
    """The file and the password are there, or could not be made: see `is_made`."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show the steps; `prepare` makes file and password."""
        super().__init__(parent)
        self._place = place
        self._question = Question(tasks, self)
        self.file: Path | None = None
        self.is_made = False
        self._grid = QGridLayout()
        self._sides: list[tuple[int, QVBoxLayout, QWidget]] = []
        """What is to be clicked, with the row of its step and the place below the step's text."""
        self._are_below = False
        self.open_file = QPushButton(texts.OPEN_FILE)
        self.save_file = QPushButton(texts.SAVE_FILE)
        self.password = PasswordBox()
        self.result = ResultLine("file_result")
        for button in (self.open_file, self.save_file):
            button.setAutoDefault(False)
            button.setEnabled(False)
        self._lay_out()
        self.open_file.clicked.connect(self._on_open)
        self.save_file.clicked.connect(self._on_save)
        self.password.new_wanted.connect(self._on_new_password)

    def prepare(self) -> None:
        """Make the file anew, and a password if there is none."""
        self._make(lambda: make_file(self._place))

    def stop(self) -> None:
        """Want no answer any more."""
        self._question.drop()

    def _make(self, make: Callable[[], FileMade]) -> None:
        self._question.ask(lambda _: make(), self._on_made, self._on_failed)

    @Slot()
    def _on_open(self) -> None:
        if self.file is None:
            return
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file))):
            self.result.tell(Result.NOTE, texts.FILE_WRITTEN.format(path=self.file))
        else:
            self.result.tell(Result.BAD, texts.NOTHING_OPENS.format(path=self.file))

    @Slot()
    def _on_save(self) -> None:
        if self.file is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, texts.SAVE_FILE.replace("&", ""), self.file.name, texts.FILE_KIND)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Write the file to another place."""

        def written(made: FileMade) -> None:
            self.result.tell(Result.GOOD, texts.FILE_WRITTEN.format(path=made.path))

        self._question.ask(lambda _: make_file(self._place, target), written, self._on_failed)

    @Slot()
    def _on_new_password(self) -> None:
        self._make(lambda: make_file(self._place, new_password=True))

    def _on_made(self, made: FileMade) -> None:
        self.file = made.path
        self.is_made = True
        if made.password:
            self.password.show_password(made.password)
        for button in (self.open_file, self.save_file):
            button.setEnabled(True)
        self.result.tell(Result.NOTHING)
        self.made.emit()

    def _on_failed(self, fault: Exception) -> None:
        self.result.tell(Result.BAD, words.sentence_of(fault))
        self.made.emit()

    def _lay_out(self) -> None:
        name = self._place.connection
        application = PRODUCT if name == DEFAULT_CONNECTION else f"{PRODUCT} {name}"
        pictures = ButtonPicture
        steps: list[tuple[str, list[QWidget]]] = [
            (texts.STEP_QUICKBOOKS, []),
            (texts.STEP_FILE, [self.open_file, self.save_file]),
            (texts.STEP_AUTHORIZE, [pictures(texts.PICTURE_OK)]),
            (texts.STEP_CERTIFICATE, [pictures(texts.PICTURE_CONTINUE), pictures(texts.PICTURE_DONE)]),
            (texts.STEP_TYPE.format(application=application), [pictures(texts.PICTURE_YES)]),
            (texts.STEP_AUTO_RUN.format(application=application), [pictures(texts.PICTURE_UPDATE)]),
        ]
        grid = self._grid
        grid.setColumnStretch(1, 1)
        row = 0
        for number, (step, widgets) in enumerate(steps, start=1):
            label = QLabel(step)
            label.setWordWrap(True)
            label.setAccessibleName(texts.STEP_NAME.format(number=number, words=step))
            grid.addWidget(QLabel(texts.STEP_NUMBER.format(number=number)), row, 0, Qt.AlignmentFlag.AlignRight)
            cell = QVBoxLayout()
            cell.addWidget(label)
            grid.addLayout(cell, row, 1)
            if widgets:
                side = QWidget()
                line = FlowLayout(side)
                line.setContentsMargins(0, 0, 0, 0)
                for widget in widgets:
                    line.addWidget(widget)
                self._sides.append((row, cell, side))
            row += 1
            if step == steps[4][0]:
                grid.addWidget(self.password, row, 1, 1, 2)
                row += 1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.result)
        self._place_sides(are_below=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is to be clicked below its step where there is no room beside it."""
        super().resizeEvent(event)
        beside = max(side.sizeHint().width() for _, _, side in self._sides)
        are_below = self.width() < beside + _STEP_LETTERS * self.fontMetrics().averageCharWidth()
        if are_below is not self._are_below:
            self._place_sides(are_below=are_below)

    def _place_sides(self, *, are_below: bool) -> None:
        self._are_below = are_below
        for row, cell, side in self._sides:
            self._grid.removeWidget(side)
            cell.removeWidget(side)
            if are_below:
                cell.addWidget(side)
            else:
                self._grid.addWidget(side, row, 2, Qt.AlignmentFlag.AlignVCenter)
