"""The named steps of the wizard at its side: which are done, where one is, what is still to come."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.setup import texts
from app.ui.setup.flow import ORDER, Page
from app.ui.window import shapes
from app.ui.window.shapes import Shape
from app.ui.window.tones import Tone


class StepList(QWidget):
    """Shows progress; it is looked at, not clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show all steps as still to come."""
        super().__init__(parent)
        self.setAccessibleName(texts.STEPS_NAME)
        grid = QGridLayout(self)
        self._marks: dict[Page, QLabel] = {}
        self.labels: dict[Page, QLabel] = {}
        for row, page in enumerate(ORDER):
            self._marks[page], self.labels[page] = QLabel(), QLabel(texts.STEPS[page])
            grid.addWidget(self._marks[page], row, 0)
            grid.addWidget(self.labels[page], row, 1)
        grid.setRowStretch(len(ORDER), 1)
        grid.setColumnStretch(1, 1)

    def show_at(self, here: Page) -> None:
        """Show where one is."""
        place = ORDER.index(here)
        side = self.fontMetrics().height()
        for row, page in enumerate(ORDER):
            label, mark = self.labels[page], self._marks[page]
            font = label.font()
            font.setBold(row == place)
            label.setFont(font)
            mark.setFixedWidth(side + 4)
            mark.clear()
            if row < place:
                icon = shapes.icon(Shape.SYNCED, Tone.GOOD, self.palette())
                mark.setPixmap(icon.pixmap(QSize(side, side)))
            elif row == place:
                mark.setText("▸")
            words = texts.STEP_DONE if row < place else texts.STEP_HERE if row == place else texts.STEP_OPEN
            label.setAccessibleName(words.format(step=texts.STEPS[page]))
