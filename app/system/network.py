"""Questions about this computer's own ports."""

import socket


def answers(port: int) -> bool:
    """Tell whether anything answers on a port of this computer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
