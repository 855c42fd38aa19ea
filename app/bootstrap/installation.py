"""One home: its settings and whatever all its connections share, built once and closed together."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from app.bootstrap.online_accesses import OnlineAccesses
from app.diagnostics import logs
from app.domain.choices import OnVoid
from app.domain.faults import NotConfigured
from app.domain.references import reference_form
from app.store.database import Record
from app.store.home_record import HomeRecord
from app.sync.belonging import sides_of
from app.sync.clock import Clock, SystemClock
from app.sync.events import Events
from app.sync.holder import Holder
from app.sync.service import SyncService, WatchedConnection
from app.system.credentials import STORE, Credentials, Secret, SystemCredentials
from app.system.home import Home
from app.system.kept_secrets import KeptSecrets
from app.system.network import answers
from app.system.settings import Settings
from app.system.settings_file import change, load
from app.system.settings_watch import SettingsWatch
from app.system.web_connector_install import NoWebConnector, WebConnectorInstall, system_install


class Installation:
    """One home with its settings and its record."""

    def __init__(
        self,
        home: Path,
        *,
        settings: Settings | None = None,
        credentials: Credentials | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Take a home.

        Args:
            home: The folder.
            settings: In place of the file's, for a scratch copy.
            credentials: In place of the system's.
            clock: In place of the computer's.

        Raises:
            NotConfigured: If the settings are missing or unusable.
            HomeUnusable: If the home cannot be used.
        """
        loaded = None if settings is not None else load(home)
        self.settings: Settings = loaded.settings if loaded is not None else settings or Settings()
        self.unknown_settings = loaded.unknown if loaded is not None else ()
        if not self.settings.connections:
            raise NotConfigured('The settings name no connection; run "cedar-sync configure" to make one.')
        self._watch = SettingsWatch(home) if loaded is not None else None
        self.home = Home(home)
        self.clock: Clock = clock or SystemClock()
        self.events = Events()
        """Whoever shows how things stand listens here."""
        self.credentials: Credentials = credentials or SystemCredentials(
            is_only_connection=len(self.settings.connections) == 1
        )
        self.secrets = KeptSecrets(self.credentials, logs.never_log)
        self.web_connector: WebConnectorInstall = system_install() if self.secrets.are_the_systems else NoWebConnector()
        """This computer's, to be looked at. Who is given other secrets than the system's, as the practice company is,
        does not belong to the real one."""
        self.home_record = HomeRecord(
            self.home,
            self.settings.store.url,
            lambda: self.secrets.get(STORE, Secret.DATABASE_PASSWORD),
            self.clock.now,
        )
        self.holder = Holder(self.home, lambda: self.record, self.events)
        self.accesses = OnlineAccesses(self.home.path, self.credentials, self.secrets, self.clock.now)
        self.awake_since: datetime | None = None
        """Since when the long-lived program listens, the time the computer slept not counted."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def record(self) -> Record:
        """The record, opened at its first use."""
        return self.home_record.record

    @cached_property
    def service(self) -> SyncService:
        """The facade for all connections."""
        return SyncService(
            self.record,
            self.clock,
            _watched(self.settings),
            self.events,
            lambda: self.awake_since,
            lambda: self.holder.id,
        )

    def reloads(self) -> bool:
        """Take the settings anew if their file has changed; unusable ones leave those in force as they are.

        Returns:
            Whether other settings are in force now.
        """
        fresh = self._watch.fresh(self.settings) if self._watch is not None else None
        if fresh is None:
            return False
        self.settings = fresh
        self.__dict__.pop("service", None)
        return True

    def write_setting(self, connection: str, path: str, value: str) -> None:
        """Write one setting of a connection into the file; settings that came from none stay in memory.

        Raises:
            HomeUnusable: If the file cannot be written.
        """
        if self._watch is not None:
            change(self.home.path, connection, {path: value}, None)

    def is_listening(self) -> bool:
        """Tell whether the long-lived program of this home answers on its port."""
        return self.home.is_running() and answers(self.settings.web_connector.port)

    def close(self) -> None:
        """Give the record back, and close connections to accounting systems."""
        self.accesses.close()
        self.home_record.close()


def _watched(settings: Settings) -> list[WatchedConnection]:
    """Tell the facade what it needs to know of each connection's settings."""
    return [
        WatchedConnection(
            each.name,
            each.calls_every,
            OnVoid(each.destination.on_void),
            each.reads_every,
            reference_form(each.system),
            each.system,
            sides_of(settings, each),
        )
        for each in settings.connections
    ]
