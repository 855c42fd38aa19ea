"""The endpoint's listening sockets: 127.0.0.1 and ::1, exclusively, and nothing else.

``localhost`` may mean either address, and Windows tries ::1 first. A port that another program holds is an error to be
shown, never a reason to choose another one: the address stands in the .QWC file.
"""

import errno
import logging
import socket
import sys
from typing import Final

_logger = logging.getLogger(__name__)

_BACKLOG: Final = 64
_ATTEMPTS: Final = 8
_NO_IPV6: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})
_TAKEN: Final = frozenset({errno.EADDRINUSE, errno.EACCES})  # Windows says EACCES for a port held exclusively


class PortTaken(Exception):
    """The port cannot be had, usually because another program listens on it."""

    def __init__(self, port: int) -> None:
        """Remember the port."""
        super().__init__(f"Port {port} on this computer is in use by another program")
        self.port = port


def listen(port: int) -> tuple[socket.socket, ...]:
    """Bind and listen on loopback.

    Args:
        port: The port; 0 lets the system choose one (for tests).

    Raises:
        PortTaken: If one of the two addresses cannot be had.
    """
    for _ in range(_ATTEMPTS if port == 0 else 1):
        first = _listener(socket.AF_INET, "127.0.0.1", port)
        chosen: int = first.getsockname()[1]
        try:
            return first, _listener(socket.AF_INET6, "::1", chosen)
        except PortTaken:
            first.close()
        except OSError as exc:
            if exc.errno not in _NO_IPV6:
                first.close()
                raise
            _logger.debug("IPv6 is not available; listening on 127.0.0.1 only")
            return (first,)
    raise PortTaken(port)


def _listener(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There, SO_REUSEADDR would let any program take over the port of another.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Only past connections are disregarded: a second listener still fails.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(_BACKLOG)
    except OSError as exc:
        listener.close()
        if exc.errno in _TAKEN:
            raise PortTaken(port) from exc
        raise
    return listener
