"""The window while the program stands still: what is wrong, why, and the buttons that mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import PRODUCT
from app.domain.faults import KnownFault
from app.domain.status import Overall
from app.system.credentials import Credentials
from app.ui import texts
from app.ui.ports import RowsFilter
from app.ui.screen_room import room_for
from app.ui.setup.listening import PortInUse, free_port
from app.ui.setup.place import Place, first_connection
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.settings_rules import PORT, keep
from app.ui.standstill import Standstill
from app.ui.tasks import Tasks
from app.ui.update_view import UpdateView
from app.ui.window import shapes

_LARGER = 1.35
_LINES_HIGH = 2


@dataclass(frozen=True, slots=True)
class StoppedCommands:
    """What the window asks of the shell; all of them return at once."""

    try_again: Callable[[], None]
    port_kept: Callable[[int], None]
    """Another port stands in the settings: begin with it."""
    set_up: Callable[[], None]
    quit: Callable[[], None]


class StoppedWindow(QWidget):
    """Stands in for the main window until the core runs."""

    def __init__(
        self, home: Path, credentials: Credentials, tasks: Tasks, standstill: Standstill, commands: StoppedCommands
    ) -> None:
        """Say what is wrong; where it is the port, look for a free one."""
        super().__init__()
        self._home, self._credentials = home, credentials
        self._commands = commands
        self._question = Question(tasks, self)
        self._free = 0
        self.setWindowTitle(texts.STOPPED_TITLE)
        self._shape = QLabel()
        self.line = QLabel(standstill.line)
        self.why = QLabel(standstill.why)
        self.fix = QLabel(standstill.fix)
        self.safe = QLabel(texts.STOPPED_SAFE)
        self.result = ResultLine("stopped_result")
        self.take_port = QPushButton()
        self.try_again = QPushButton(texts.STOPPED_TRY_AGAIN)
        self.set_up = QPushButton(texts.STOPPED_SET_UP)
        self.leave = QPushButton(texts.QUIT)
        self.take_port.hide()
        self.set_up.setVisible(standstill.may_set_up)
        self._lay_out()
        self.take_port.clicked.connect(self._on_take_port)
        self.try_again.clicked.connect(self._on_try_again)
        self.set_up.clicked.connect(self._on_set_up)
        self.leave.clicked.connect(self._on_quit)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        self._enlarge()
        self.resize(room_for(self, 88, 20))
        if standstill.port:
            self.result.tell(Result.BUSY, texts.PORT_LOOKING)
            self._question.ask(lambda _: free_port(), self._offer, self._on_failed)

    def show_update(self, view: UpdateView) -> None:
        """Say nothing of updates: what stands still comes first."""

    def show_and_raise(self) -> None:
        """Come to the front, also out of the task bar."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_rows(self, _: RowsFilter) -> None:
        """Come to the front: while nothing runs there are no rows to show."""
        self.show_and_raise()

    def changeEvent(self, event: QEvent) -> None:
        """Keep line and shape as large as the text asks, in the colours there are."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ApplicationFontChange, QEvent.Type.PaletteChange} and hasattr(self, "leave"):
            self._enlarge()

    def _offer(self, port: int) -> None:
        self._free = port
        self.take_port.setText(texts.PORT_TAKE.format(port=port))
        self.take_port.show()
        self.take_port.setDefault(True)
        self.take_port.setFocus()
        self.result.tell(Result.NOTHING)

    @Slot()
    def _on_take_port(self) -> None:
        home, credentials, port = self._home, self._credentials, self._free
        self._set_enabled(is_enabled=False)
        self._question.ask(
            lambda _: keep(Place(home, credentials, first_connection(home)), {PORT: port}),
            self._on_kept,
            self._on_failed,
        )

    def _on_kept(self, _: None) -> None:
        self._commands.port_kept(self._free)

    def _on_failed(self, fault: Exception) -> None:
        self._set_enabled(is_enabled=True)
        if isinstance(fault, PortInUse):
            self._offer(fault.free)
            self.result.tell(Result.BAD, texts.PORT_TAKEN_TOO.format(port=fault.port, free=fault.free))
        else:
            self.result.tell(Result.BAD, str(fault) if isinstance(fault, KnownFault) else texts.WENT_WRONG)

    @Slot()
    def _on_try_again(self) -> None:
        self._set_enabled(is_enabled=False)
        self.result.tell(Result.BUSY, texts.STOPPED_TRYING)
        self._commands.try_again()

    @Slot()
    def _on_set_up(self) -> None:
        self._commands.set_up()

    @Slot()
    def _on_quit(self) -> None:
        self._commands.quit()

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for button in (self.take_port, self.try_again, self.set_up):
            button.setEnabled(is_enabled)

    def _enlarge(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        font.setBold(True)
        self.line.setFont(font)
        side = self.line.fontMetrics().height() * _LINES_HIGH
        shape, tone = shapes.OF_OVERALL[Overall.STOPPED]
        self._shape.setPixmap(shapes.icon(shape, tone, self.palette()).pixmap(side, side))

    def _lay_out(self) -> None:
        self.setAccessibleName(PRODUCT)
        grid = QGridLayout()
        grid.addWidget(self._shape, 0, 0, Qt.AlignmentFlag.AlignTop)
        for row, label in enumerate((self.line, self.why, self.fix, self.safe)):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        for button in (self.take_port, self.try_again, self.set_up):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.addLayout(grid)
        column.addWidget(self.result)
        column.addStretch(1)
        column.addLayout(buttons)
