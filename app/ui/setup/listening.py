"""Answers the Web Connector while the wizard waits for its first call. No Qt.

Rule: where the program already runs in this home, its own endpoint answers and this one stays silent.
"""

import threading
import time
from types import TracebackType
from typing import Final, Self

from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.domain.faults import KnownFault
from app.domain.values import replace
from app.system.listening import PortTaken
from app.ui.setup import texts
from app.ui.setup.checks import BooksFound, CauseFound, books_found, cause_found
from app.ui.setup.keeping import want_introduction
from app.ui.setup.place import Place

LOOK_EVERY: Final = 10.0
"""Seconds between two looks at the Web Connector's own log and settings."""


class PortInUse(KnownFault):
    """Another program has the port the Web Connector should call."""

    def __init__(self, port: int, free: int) -> None:
        super().__init__(texts.PORT_IN_USE_TAKE.format(port=port, free=free))
        self.port = port
        self.free = free
        """A port nobody uses at the moment."""


class Listening:
    """The endpoint for the time of the wizard."""

    def __init__(self, place: Place) -> None:
        """Take the connection; nothing listens yet."""
        self._place = place
        self._lock = threading.Lock()
        self._installation: Installation | None = None
        self._program: RunningProgram | None = None
        self._cause: CauseFound | None = None
        self._looked_at: float | None = None
        self._is_over = False
        self._is_added = not place.is_there()
        self.waits_for_start = False
        """The running program answers, and knows a connection that is added only from its next start on."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Answer calls from now on, and have the company file introduce itself; harmless if repeated.

        Raises:
            PortInUse: If another program has the port.
            KnownFault: If the home or the settings cannot be used.
        """
        with self._lock:
            if self._is_over or self._installation is not None:
                return
            installation = Installation(self._place.home, credentials=self._place.credentials)
            try:
                want_introduction(installation, self._place.connection)
                self._program = self._listen(installation)
            except BaseException:
                installation.close()
                raise
            self._installation = installation

    def ask_again(self) -> None:
        """Have QuickBooks tell its customers and items once more."""
        with self._lock:
            if self._installation is not None:
                want_introduction(self._installation, self._place.connection)

    def found(self) -> BooksFound | None:
        """Tell who has called until now, or what keeps the Web Connector from it; None while nothing listens."""
        with self._lock:
            if self._installation is None:
                return None
            found = books_found(self._installation, self._place.connection)
            return replace(found, cause=self._look(self._installation)) if found.last_contact is None else found

    def _look(self, installation: Installation) -> CauseFound | None:
        now = time.monotonic()
        if self._looked_at is None or now - self._looked_at > LOOK_EVERY:
            self._looked_at = now
            self._cause = cause_found(kit_of(installation, self._place.connection), is_connecting=True)
        return self._cause

    def renew(self) -> None:
        """Listen anew, with settings that have changed."""
        self._close()
        self.start()

    def stop(self) -> None:
        """Listen no more; harmless if repeated."""
        self._is_over = True
        self._close()

    def _close(self) -> None:
        with self._lock:
            program, installation = self._program, self._installation
            self._program = self._installation = None
        if program is not None:
            program.endpoint.stop()
        if installation is not None:
            installation.close()

    def _listen(self, installation: Installation) -> RunningProgram | None:
        program = RunningProgram(installation)
        try:
            program.endpoint.start()
        except PortTaken as exc:
            if installation.home.is_running():
                self.waits_for_start = self._is_added
                return None
            raise PortInUse(installation.settings.web_connector.port, free_port()) from exc
        return program


def free_port() -> int:
    """Find a port nobody uses at the moment, near the usual one."""
    from app.system.listening import listen

    for port in range(8086, 8200):
        try:
            listeners = listen(port)
        except PortTaken:
            continue
        for listener in listeners:
            listener.close()
        return port
    return 8085
