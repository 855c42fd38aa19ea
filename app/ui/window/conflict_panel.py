"""A conflict: Cedar beside QuickBooks, and three ways out, each of which says what will happen before it does."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.row import Row
from app.sync.orders_by_hand import Resolution
from app.ui.window import texts
from app.ui.window.comparing import compare
from app.ui.window.confirmation import Confirmation
from app.ui.window.conflict_words import WayOut, ways_out
from app.ui.window.listing import Listing


class ConflictPanel(QWidget):
    """Shows one row in conflict."""

    resolved = Signal(str, str)
    """The row's id and the `Resolution`, once confirmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._row: Row | None = None
        self._ways: dict[Resolution, WayOut] = {}
        self._question: Confirmation | None = None
        self._asked: tuple[str, Resolution] | None = None
        self.lines = Listing(texts.CONFLICT_NAME, texts.CONFLICT_COLUMNS, wide=(1, 2, 3), is_whole=True)
        self._buttons: dict[Resolution, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._effects: dict[Resolution, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        choices = QGridLayout()
        choices.setColumnStretch(1, 1)
        for line, resolution in enumerate(Resolution):
            button, effect = QPushButton(), QLabel()
            effect.setWordWrap(True)
            self._buttons[resolution], self._effects[resolution] = button, effect
            self._group.addButton(button)
            choices.addWidget(button, line, 0, Qt.AlignmentFlag.AlignTop)
            choices.addWidget(effect, line, 1)
        layout.addLayout(choices)
        legend = QLabel(texts.CONFLICT_LEGEND)
        legend.setWordWrap(True)
        layout.addWidget(self.lines)
        layout.addWidget(legend)

    def button(self, resolution: Resolution) -> QPushButton:
        """Give the button of a choice."""
        return self._buttons[resolution]

    def effect(self, resolution: Resolution) -> str:
        """Give the sentence below the button of a choice."""
        return self._effects[resolution].text()

    @property
    def question(self) -> Confirmation | None:
        """The confirmation that is open; None if none is."""
        return self._question

    def show_row(self, row: Row) -> None:
        """Show a row."""
        self._row = row
        self.lines.clear()
        for line in compare(row):
            sentence = texts.CONFLICT_SENTENCE.format(
                what=line.what, sign=texts.SIGN_WORDS[line.sign], in_cedar=line.in_cedar, in_books=line.in_books
            )
            self.lines.add(
                line.sign, line.what, line.in_cedar, line.in_books, is_bold=not line.is_same, sentence=sentence
            )
        self._ways = {way.resolution: way for way in ways_out(row)}
        for resolution, way in self._ways.items():
            self._buttons[resolution].setText(way.label)
            self._buttons[resolution].setToolTip(way.consequence)
            self._buttons[resolution].setAccessibleDescription(way.effect)
            self._effects[resolution].setText(way.effect)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        row = self._row
        if row is None or self._question is not None:
            return
        resolution = next(each for each, known in self._buttons.items() if known is button)
        way = self._ways[resolution]
        title = texts.CONFIRM_TITLE.format(invoice=row.invoice or texts.NO_INVOICE)
        self._asked = (row.id, resolution)
        self._question = Confirmation(self.window(), title, way.consequence, way.label)
        self._question.confirmed.connect(self._on_confirmed)
        self._question.finished.connect(self._on_answered)
        self._question.open()

    @Slot()
    def _on_confirmed(self) -> None:
        if self._asked is not None:
            row_id, resolution = self._asked
            self.resolved.emit(row_id, resolution.value)

    @Slot(int)
    def _on_answered(self, _: int) -> None:
        self._question = self._asked = None
