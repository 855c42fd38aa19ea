"""Questions about this computer's own ports and addresses, and whom it trusts."""

import ipaddress
import socket
import ssl


def answers(port: int) -> bool:
    """Tell whether anything answers on a port of this computer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this computer."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def trusted_authorities() -> ssl.SSLContext:
    """Trust the well-known authorities and those of this computer, where a company's own proxy may be among them."""
    # Needed only by whoever calls out, and slow to import.
    import httpx

    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context
