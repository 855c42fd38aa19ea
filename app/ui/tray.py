"""The icon near the clock, and the toasts that come from it: shows states, says what a person did with it."""

from functools import cache

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from app.ui.icons import TaskBar, state_icon
from app.ui.ports import Notice
from app.ui.screen_watch import ScreenWatch
from app.ui.tray_menu import TrayMenu
from app.ui.tray_state import Icon, TrayState, starting
from app.ui.windows_desktop import task_bar

_TOAST_SECONDS = 8

_OPENING = frozenset({QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick})
"""A click, or Enter; the second half of a double click finds the window open."""


class Tray(QObject):
    """Qt's tray icon behind ``TrayPort`` and ``ToastPort``; it appears by itself where a tray comes late."""

    opened = Signal()
    """A person wants the window."""

    toast_clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Be ready to be shown."""
        super().__init__(parent)
        self.menu = TrayMenu(self)
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self.menu.widget)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.toast_clicked)
        self._state = starting()
        self._bar = task_bar()
        self._draw()
        # Windows keeps the one picture it was given; on another scale it would stretch it.
        self._screens = ScreenWatch(self)
        self._screens.changed.connect(self._on_screens_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def is_available(self) -> bool:
        """Tell whether this desktop has a place for the icon now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear."""
        self._icon.show()

    def hide(self) -> None:
        """Disappear."""
        self._icon.hide()

    def show_state(self, state: TrayState) -> None:
        """Take icon, tooltip and menu."""
        bar = task_bar()
        if state != self._state or bar is not self._bar:
            self._state, self._bar = state, bar
            self._draw()

    def show_notice(self, notice: Notice) -> None:
        """Show a toast."""
        kinds = QSystemTrayIcon.MessageIcon
        kind = kinds.Warning if notice.is_warning else kinds.Information
        self._icon.showMessage(notice.title, notice.text, kind, _TOAST_SECONDS * 1000)

    def _draw(self) -> None:
        self._icon.setIcon(_icon(self._state.icon, self._bar))
        self._icon.setToolTip(self._state.tooltip)
        self.menu.show_items(self._state.menu)

    @Slot()
    def _on_scheme_changed(self) -> None:
        self.show_state(self._state)

    @Slot()
    def _on_screens_changed(self) -> None:
        self._icon.setIcon(_icon(self._state.icon, self._bar))

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _OPENING:
            self.opened.emit()


@cache
def _icon(icon: Icon, bar: TaskBar) -> QIcon:
    return state_icon(icon, bar)
