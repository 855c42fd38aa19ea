"""One desktop program a home: the first holds a lock, and listens for those that are started after it.

The lock is the truth and falls with its process, so a dead program blocks nobody. What comes through the socket is
one short line, ``cedar-sync 1 open``; anything else is turned away.
"""

import getpass
import hashlib
import os
import time
from enum import StrEnum
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.domain.faults import HomeUnusable
from app.ui import texts
from app.ui.windows_desktop import let_the_other_come_forward

LOCK: Final = "desktop.lock"
SOCKET: Final = "desktop.socket"
LONGEST_LINE: Final = 64
_GREETING: Final = "cedar-sync 1"
_LONGEST_PATH: Final = 80
"""Bytes; a socket's path has at most 107, and Qt makes it in a folder of a longer name first."""
_MOMENT: Final = 2000
"""Milliseconds one step of a conversation may take."""


class Order(StrEnum):
    """What a later start asks of the first."""

    OPEN = "open"
    """Show the window."""
    HIDDEN = "hidden"
    """Nothing: it was started at sign-in, and there is one already."""
    QUIT = "quit"


class Claim:
    """The right to be the one desktop program of a home."""

    def __init__(self, home: Path) -> None:
        """Take the home; nothing is claimed yet."""
        self._lock = FileLock(home / LOCK)

    def take(self) -> bool:
        """Claim it; tell whether it worked.

        Raises:
            HomeUnusable: If the home cannot be written.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as exc:
            raise HomeUnusable(texts.HOME_REFUSED.format(why=exc.strerror)) from exc
        return True

    def give_back(self) -> None:
        """Let another one be the first; harmless if nothing is claimed."""
        self._lock.release()


class Doorman(QObject):
    """Listens for later starts; made by whoever holds the claim."""

    open_asked = Signal()
    quit_asked = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        """Begin to listen; what a dead program left in the way is removed."""
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = server_name(home)
        QLocalServer.removeServer(name)
        self.is_listening = self._server.listen(name)

    def stop(self) -> None:
        """Listen no more."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(LONGEST_LINE)
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            self._hear(socket)

    @Slot()
    def _on_ready(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() >= LONGEST_LINE:
                socket.abort()
            return
        order = parsed(bytes(socket.readLine(LONGEST_LINE).data()))
        if order is None:
            socket.abort()
            return
        socket.write(f"{_GREETING} ok\n".encode())
        socket.flush()
        socket.disconnectFromServer()
        if order is Order.OPEN:
            self.open_asked.emit()
        elif order is Order.QUIT:
            self.quit_asked.emit()


def server_name(home: Path) -> str:
    """Name the socket: a file in the home where that is the owner's alone, else after the user and the home.

    In a folder for everybody's temporary files another user could make a socket of that name first, and answer in our
    place. Windows has no such folder: there the name is a pipe's, which lets in its own user alone.
    """
    inside = home.resolve() / SOCKET
    if os.name == "posix" and len(os.fsencode(inside)) <= _LONGEST_PATH:
        return str(inside)
    place = os.path.normcase(home.resolve())
    digest = hashlib.blake2b(f"{getpass.getuser()}\0{place}".encode(), digest_size=12).hexdigest()
    return f"cedar-sync-{digest}"


def parsed(line: bytes) -> Order | None:
    """Read an order; None for anything that is none."""
    try:
        greeting, _, word = line.decode("ascii").strip().rpartition(" ")
        return Order(word) if greeting == _GREETING else None
    except ValueError:
        return None


def tell_the_first(home: Path, order: Order) -> bool:
    """Hand an order to the running program; tell whether it took it."""
    own = None if QCoreApplication.instance() is not None else QCoreApplication([])
    try:
        return _told(home, order)
    finally:
        if own is not None:
            # Whoever becomes the first itself needs an application of another kind.
            own.shutdown()


def claim_or_tell(claim: Claim, home: Path, order: Order, patience: float = 15.0) -> bool:
    """Become the first, or hand the order to the first.

    Returns:
        Whether the claim is ours now.

    Raises:
        HomeUnusable: If there is a first one that does not answer.
    """
    deadline = time.monotonic() + patience
    while not claim.take():
        if tell_the_first(home, order):
            return False
        if time.monotonic() > deadline:
            raise HomeUnusable(texts.DOES_NOT_ANSWER)
        time.sleep(0.1)
    return True


def _told(home: Path, order: Order) -> bool:
    let_the_other_come_forward()
    socket = QLocalSocket()
    socket.connectToServer(server_name(home))
    if not socket.waitForConnected(_MOMENT):
        return False
    socket.write(f"{_GREETING} {order}\n".encode())
    socket.flush()
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_MOMENT):
            return False
    return bytes(socket.readLine(LONGEST_LINE).data()).decode("ascii", "replace").strip() == f"{_GREETING} ok"
