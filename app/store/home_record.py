"""The record of one home, for as long as a program lives with it: opened, looked over, copied once a day, closed.

Rule: whoever meets damage only notes it. The file is looked over, and replaced, where a long life with it begins.
"""

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime

from app.diagnostics import logs
from app.domain.facts import EVERY_CONNECTION
from app.domain.faults import NotConfigured
from app.store import copies, facts, rescue
from app.store.backend import Backend
from app.store.database import Record, translated
from app.system import identities
from app.system.home import Home
from app.system.settings_file import NAME as SETTINGS_FILE

log = logging.getLogger(__name__)


class HomeRecord:
    """Opens a home's record at its first use, and looks after its file."""

    def __init__(self, home: Home, url: str, password: Callable[[], str | None], now: Callable[[], datetime]) -> None:
        """Take where the record is; nothing is opened yet.

        Args:
            home: The home.
            url: Of the server that has the record; empty where it is a file in the home.
            password: Gives the server's password; None where the address needs no other than it has.
            now: The time.
        """
        self._home = home
        self._url = url
        self._password = password
        self._now = now
        self.on_damage: Callable[[], None] = lambda: None
        """Called once, in whichever thread met damage in the record: whoever runs the program begins anew then."""
        self._is_damaged = False
        self._is_looked_over = False
        self._open: Record | None = None

    @property
    def record(self) -> Record:
        """The record, opened at its first use.

        Raises:
            HomeUnusable: If it cannot be used.
            NotConfigured: If the server's address is none.
        """
        if self._open is None:
            self._open = Record.open(self._server() or self._home.record)
            self._open.on_damage = self._note_damage
        return self._open

    def close(self) -> None:
        """Give the record back; the next use opens it again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def mend(self) -> None:
        """Look the record's file over before a long life with it; a damaged one is set aside and replaced.

        Raises:
            HomeUnusable: If it cannot be looked at or replaced, or another program uses it.
        """
        # What is on a server is the server's to look after.
        if not self._is_looked_over and not self._url:
            self._look_over()
            self._is_looked_over = True

    def copy_daily(self) -> None:
        """Make today's copy of the record if it is missing; what keeps it from being made is logged."""
        if self.record.is_shared:
            return
        file, now = self._home.record, self._now()
        try:
            if copies.is_due(file, now):
                copies.make_daily(self.record, file, now)
        except copies.DamagedCopy as exc:
            log.error("the record is damaged: %s", exc)  # noqa: TRY400 (a traceback would tell nothing)
            self._note_damage()
        except (OSError, sqlite3.Error) as exc:
            log.warning("no copy of the record was made: %s", exc)

    def _server(self) -> Backend | None:
        """Give the server the settings name; None where the record is a file in the home."""
        if not self._url:
            return None
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        from app.store.postgresql import PostgresqlServer

        try:
            address = make_url(self._url)
        except (ArgumentError, ValueError) as exc:
            raise NotConfigured(f"{self._home.path / SETTINGS_FILE}: the setting store.url is no address.") from exc
        if address.password is not None:
            logs.never_log(str(address.password))
        password = self._password()
        return PostgresqlServer(address if password is None else address.set(password=password))

    def _look_over(self) -> None:
        file = self._home.record
        with translated(file):
            if rescue.damage(file) is None:
                return
        # Nobody else may be at work in it while it is moved away.
        with self._home.claimed(), translated(file):
            complaint = rescue.damage(file)
            if complaint is None:
                return
            self.close()
            rescued = rescue.rescue(file, complaint, self._now())
            known = identities.kept(self._home.path)
            with self.record.write() as tx:
                facts.put(tx, EVERY_CONNECTION, rescued)
                for name, identity in known.items():
                    # The copy may be older than the pair.
                    facts.put(tx, name, identity)
            rescue.finish(file)

    def _note_damage(self) -> None:
        """Have the file looked over at the next start, and whoever runs this program begin anew."""
        if self._is_damaged:
            return
        self._is_damaged = True
        log.error("the record is damaged; it is looked over when the program begins anew")
        try:
            rescue.suspect(self._home.record)
        except OSError as exc:
            log.warning("that could not be noted: %s", exc)
        self.on_damage()
