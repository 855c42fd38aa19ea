"""Which order of the shell stands behind each entry of the tray's menu, and behind each command of the window."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.ui.ports import UpdateCommands, WindowCommands
from app.ui.tray_state import Choice

if TYPE_CHECKING:
    from app.ui.shell import Shell


def chosen(shell: "Shell") -> Mapping[Choice, Callable[[], None]]:
    """Give what each choice of the menu does."""
    orders = shell.orders
    return {
        Choice.OPEN: shell.open_window,
        Choice.FINISH_SETUP: shell.open_wizard,
        Choice.RETRY_ALL: orders.retry_all,
        Choice.CHECK_NOW: orders.check_now,
        Choice.PAUSE_HOUR: orders.pause_hour,
        Choice.PAUSE_TOMORROW: orders.pause_until_tomorrow,
        Choice.PAUSE_OPEN: orders.pause_until_resumed,
        Choice.RESUME: orders.resume,
        Choice.SETTINGS: shell.open_settings,
        Choice.GUIDE: shell.open_help,
        Choice.LOGS: orders.open_logs,
        Choice.SUPPORT: shell.open_support,
        Choice.PRACTICE: orders.open_practice,
        Choice.ABOUT: shell.open_about,
        Choice.QUIT: shell.quit,
    }


def window_commands(shell: "Shell") -> WindowCommands:
    """Give what the window may ask."""
    orders = shell.orders
    return WindowCommands(
        check_now=orders.check_now,
        pause=orders.pause,
        resume=orders.resume,
        retry_all=orders.retry_all,
        open_settings=shell.open_settings,
        open_sign_in=shell.open_sign_in,
        open_wizard=shell.open_wizard,
        open_logs=orders.open_logs,
        open_help=shell.open_help,
        open_practice=orders.open_practice,
        open_about=shell.open_about,
        quit=shell.quit,
        save_support_file=shell.open_support,
        open_news=shell.open_news,
        new_version=shell.new_version,
        updates=update_commands(shell),
    )


def update_commands(shell: "Shell") -> UpdateCommands:
    """Give what window and About may ask about updates."""
    updates = shell.updates
    return UpdateCommands(updates.update, updates.put_off, updates.look, shell.show_update_notes)
