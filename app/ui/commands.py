"""Which order of the shell stands behind each entry of the tray's menu, and behind each command of the window."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.ui.ports import WindowCommands
from app.ui.tray_state import Choice

if TYPE_CHECKING:
    from app.ui.shell import Shell


def chosen(shell: "Shell") -> Mapping[Choice, Callable[[], None]]:
    """Give what each choice of the menu does."""
    orders, side = shell.orders, shell.side
    return {
        Choice.OPEN: shell.open_window,
        Choice.FINISH_SETUP: side.open_wizard,
        Choice.RETRY_ALL: orders.retry_all,
        Choice.CHECK_NOW: orders.check_now,
        Choice.PAUSE_HOUR: orders.pause_hour,
        Choice.PAUSE_TOMORROW: orders.pause_until_tomorrow,
        Choice.PAUSE_OPEN: orders.pause_until_resumed,
        Choice.RESUME: orders.resume,
        Choice.SETTINGS: side.open_settings,
        Choice.GUIDE: side.open_help,
        Choice.LOGS: orders.open_logs,
        Choice.SUPPORT: side.open_support,
        Choice.PRACTICE: orders.open_practice,
        Choice.ABOUT: side.open_about,
        Choice.QUIT: shell.quit,
    }


def window_commands(shell: "Shell") -> WindowCommands:
    """Give what the window may ask."""
    orders, side = shell.orders, shell.side
    return WindowCommands(
        check_now=orders.check_now,
        pause=orders.pause,
        resume=orders.resume,
        retry_all=orders.retry_all,
        open_settings=side.open_settings,
        open_sign_in=side.open_sign_in,
        open_wizard=side.open_wizard,
        open_logs=orders.open_logs,
        open_help=side.open_help,
        open_practice=orders.open_practice,
        open_about=side.open_about,
        quit=shell.quit,
        save_support_file=side.open_support,
        open_news=side.open_news,
        new_version=shell.new_version,
        updates=side.update_commands,
    )
