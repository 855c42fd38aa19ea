"""Which of Cedar's columns holds what: five choices with an example each, and what was found without a doubt."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.cedar.columns import ColumnDefinition
from app.system.settings import ColumnSettings
from app.ui.setup import texts, words
from app.ui.setup.checks import find_columns
from app.ui.setup.column_list import ColumnsFound, FieldFound
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.quiet_label import QuietLabel
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks


class ColumnsForm(QWidget):
    """Shows the columns found, and lets a person choose others."""

    tested = Signal()
    """Whether the columns will do is known anew: see `is_good`."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show nothing yet; `read` asks Cedar."""
        super().__init__(parent)
        self._place = place
        self._question = Question(tasks, self)
        self.is_good = False
        self.chosen: dict[str, str] = dict.fromkeys(texts.FIELDS, "")
        """The columns a person chose, by field; empty ones are found by themselves."""
        self.result = ResultLine("columns_result")
        self.again = QPushButton(texts.TRY_AGAIN)
        self.again.setAutoDefault(False)
        self.again.setVisible(False)
        self.fields: dict[str, QComboBox] = {}
        self._examples: dict[str, QLabel] = {}
        self._others = QuietLabel()
        self._lay_out()
        self.again.clicked.connect(self.read)

    def fill(self, settings: ColumnSettings) -> None:
        """Take the columns that are kept as chosen."""
        self.chosen = {field: getattr(settings, field) for field in texts.FIELDS}

    @Slot()
    def read(self) -> None:
        """Ask Cedar for its columns."""
        self.is_good = False
        self.again.setVisible(False)
        self.result.tell(Result.BUSY, texts.READING_COLUMNS)
        place, chosen = self._place, dict(self.chosen)
        self._question.ask(
            lambda is_unwanted: find_columns(place, chosen, is_unwanted), self._on_found, self._on_failed
        )

    def stop(self) -> None:
        """Want no answer any more."""
        self._question.drop()

    @Slot(int)
    def _on_chosen(self, _: int) -> None:
        name = self.sender().objectName()
        self.chosen[name] = str(self.fields[name].currentData() or "")
        self.tested.emit()
        self.read()

    def _on_found(self, found: ColumnsFound) -> None:
        for each in found.choosable:
            self._show(each, found.columns)
        others = [texts.OTHER_COLUMN.format(words=each.words, key=each.key) for each in found.others]
        self._others.setText(texts.OTHER_COLUMNS.format(columns=", ".join(others)) if others else "")
        self.is_good = not found.problem
        self.result.tell(Result.GOOD if self.is_good else Result.BAD, found.problem or texts.COLUMNS_GOOD)
        self.tested.emit()

    def _show(self, found: FieldFound, columns: tuple[ColumnDefinition, ...]) -> None:
        box = self.fields[found.field]
        names = {column.key: column.name for column in columns}
        chosen = self.chosen[found.field]
        with QSignalBlocker(box):
            box.clear()
            box.addItem(_by_itself(found, names) if not chosen else texts.FIND_BY_ITSELF, "")
            for column in columns:
                box.addItem(_named(column.key, column.name), column.key)
            box.setCurrentIndex(max(0, box.findData(found.key if chosen else "")))
            if chosen and not found.key:
                box.setCurrentIndex(max(0, box.findData(chosen)))
        example = texts.EXAMPLE.format(example=found.example) if found.example else texts.NO_EXAMPLE
        self._examples[found.field].setText(example if found.key else "")
        box.setAccessibleDescription(
            texts.FIELD_DESCRIPTION.format(what_for=texts.FIELD_WHAT_FOR[found.field], example=example)
        )
        box.setEnabled(True)

    def _on_failed(self, fault: Exception) -> None:
        self.is_good = False
        self.again.setVisible(True)
        self.result.tell(Result.BAD, words.sentence_of(fault))
        self.tested.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for number, (field, words_) in enumerate(texts.FIELDS.items()):
            label, box, example = QLabel(words_), QComboBox(), QLabel()
            label.setBuddy(box)
            box.setObjectName(field)
            box.setAccessibleName(words_.replace("&", ""))
            box.setToolTip(texts.FIELD_WHAT_FOR[field])
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            box.setEnabled(False)
            box.currentIndexChanged.connect(self._on_chosen)
            example.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            example.setWordWrap(True)
            what_for = QuietLabel(texts.FIELD_WHAT_FOR[field])
            grid.addWidget(label, 2 * number, 0)
            grid.addWidget(box, 2 * number, 1)
            grid.addWidget(example, 2 * number, 2)
            grid.addWidget(what_for, 2 * number + 1, 1, 1, 2)
            self.fields[field], self._examples[field] = box, example
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.result)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._others)


def _by_itself(found: FieldFound, names: dict[str, str]) -> str:
    if found.key:
        return texts.FOUND_BY_ITSELF.format(column=_named(found.key, names.get(found.key, "")))
    return texts.NOTHING_FOUND if found.is_needed else texts.NOT_PUBLISHED


def _named(key: str, name: str) -> str:
    return texts.COLUMN.format(name=name, key=key) if name and name != key else key
