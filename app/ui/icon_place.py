"""Where the icon near the clock is, and how it stays in sight: in words, with a small drawn picture."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QSystemTrayIcon, QVBoxLayout, QWidget

from app.ui import texts
from app.ui.icons import program_icon

_LINE: Final = 0.09
"""A stroke's width, of the height of a line of text."""


class IconPicture(QWidget):
    """A piece of task bar: the little arrow, what it hides, and the way of the icon out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Take as much room as some letters."""
        super().__init__(parent)
        self._icon = program_icon()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(texts.ICON_NAME)

    def sizeHint(self) -> QSize:
        """Grow with the text."""
        unit = self.fontMetrics().height()
        return QSize(unit * 17, unit * 7)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw in the colours of this computer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = float(self.fontMetrics().height())
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(QPen(ink, unit * _LINE))
        painter.setBrush(self.palette().brush(QPalette.ColorRole.Base))
        bar = QRectF(unit * 0.2, unit * 4.6, unit * 16.6, unit * 2.2)
        hidden = QRectF(unit * 1.0, unit * 0.4, unit * 5.0, unit * 3.4)
        painter.drawRoundedRect(bar, unit * 0.3, unit * 0.3)
        painter.drawRoundedRect(hidden, unit * 0.3, unit * 0.3)
        self._draw_arrow_head(painter, QPointF(unit * 3.5, unit * 5.4), unit)
        side = unit * 1.4
        where = QRectF(hidden.center().x() - side / 2, hidden.center().y() - side / 2, side, side)
        painter.setOpacity(0.45)
        self._icon.paint(painter, where.toRect())
        painter.setOpacity(1.0)
        where.moveCenter(QPointF(unit * 9.6, bar.center().y()))
        self._icon.paint(painter, where.toRect())
        self._draw_way(painter, QPointF(hidden.center().x() + unit, hidden.center().y()), where, ink.name(), unit)
        painter.setPen(ink)
        clock = QRectF(unit * 11.6, bar.top(), unit * 5.0, bar.height())
        painter.drawText(clock, Qt.AlignmentFlag.AlignCenter, texts.PICTURE_CLOCK)

    def _draw_arrow_head(self, painter: QPainter, top: QPointF, unit: float) -> None:
        painter.drawPolyline(
            [
                QPointF(top.x() - unit * 0.5, top.y() + unit * 0.5),
                top,
                QPointF(top.x() + unit * 0.5, top.y() + unit * 0.5),
            ]
        )

    def _draw_way(self, painter: QPainter, start: QPointF, end: QRectF, ink: str, unit: float) -> None:
        tip = QPointF(end.center().x(), end.top() - unit * 0.3)
        way = QPainterPath(start)
        way.quadTo(QPointF(tip.x(), start.y()), tip)
        pen = QPen(ink)
        pen.setWidthF(unit * _LINE)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(way)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawPolyline(
            [
                QPointF(tip.x() - unit * 0.35, tip.y() - unit * 0.4),
                tip,
                QPointF(tip.x() + unit * 0.35, tip.y() - unit * 0.4),
            ]
        )


class IconPlace(QWidget):
    """The words and the picture; where there is no icon, the words that say so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Look whether this desktop has a place for the icon."""
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.picture = IconPicture()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.picture)
        self.show_place(has_icon=QSystemTrayIcon.isSystemTrayAvailable())

    def show_place(self, *, has_icon: bool) -> None:
        """Say where the icon is."""
        self.words.setText(texts.ICON_WHERE if has_icon else texts.ICON_NOWHERE)
        self.picture.setVisible(has_icon)
