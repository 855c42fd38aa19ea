"""Looks whether the settings' file has changed, and whether what it says can count while the program runs."""

import logging
from pathlib import Path

from app.domain.faults import KnownFault
from app.system.settings import Settings
from app.system.settings_file import NAME, load

log = logging.getLogger(__name__)


class SettingsWatch:
    """Watches the settings of one home."""

    def __init__(self, home: Path) -> None:
        """Take the home; its file as it is now counts as known."""
        self._home = home
        self._seen = _stamp(home)

    def fresh(self, in_force: Settings) -> Settings | None:
        """Read the settings anew if their file has changed since the last look.

        Returns:
            None if it has not, or what it says cannot be used, or counts from the next start on: those in force stay.
        """
        stamp = _stamp(self._home)
        if stamp == self._seen:
            return None
        self._seen = stamp
        try:
            fresh = load(self._home).settings
        except KnownFault as fault:
            log.warning("the settings were changed and cannot be used; the earlier ones stay in force: %s", fault)
            return None
        complaint = _from_next_start(in_force, fresh)
        if complaint is not None:
            log.warning("%s; that counts from the next start on", complaint)
            return None
        log.info("the settings were changed and are in force")
        return fresh


def _from_next_start(before: Settings, after: Settings) -> str | None:
    """Say what of a change a running program cannot take; None if it can take all of it."""
    if [each.name for each in before.connections] != [each.name for each in after.connections]:
        return "connections were added or taken away"
    if [each.system for each in before.connections] != [each.system for each in after.connections]:
        return "a connection is to go to another accounting system"
    if before.store.url != after.store.url:
        return "the record is to be at another place"
    return None


def _stamp(home: Path) -> tuple[int, int] | None:
    try:
        found = (home / NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
