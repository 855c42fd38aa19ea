"""HTTP by hand, so that the tests decide every byte and see every segment."""

import socket
from dataclasses import dataclass
from xml.sax.saxutils import escape

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NAMESPACE = "http://developer.intuit.com/"


@dataclass(frozen=True)
class Answer:
    """One HTTP response."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


def envelope(operation: str, **parameters: str) -> bytes:
    """Write a call."""
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parameters.items())
    return (
        f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'
        f'<{operation} xmlns="{NAMESPACE}">{inner}</{operation}></soap:Body></soap:Envelope>'
    ).encode()


def head(port: int, line: str = "POST /qbwc HTTP/1.1", *headers: str, host: str | None = None) -> bytes:
    """Write a request line and headers; Host is right unless given, and left out for ``""``."""
    name = f"localhost:{port}" if host is None else host
    lines = [line, *([f"Host: {name}"] if name else []), *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def post(port: int, body: bytes, *headers: str) -> bytes:
    """Write a whole POST."""
    return head(port, "POST /qbwc HTTP/1.1", f"Content-Length: {len(body)}", *headers) + body


def connect(port: int, address: str = "127.0.0.1", timeout: float = 10.0) -> socket.socket:
    """Open a connection."""
    return socket.create_connection((address, port), timeout)


def read(connection: socket.socket, *, has_body: bool = True) -> Answer:
    """Read one response."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError(f"closed after {data!r}")
        data += piece
    raw, _, body = data.partition(b"\r\n\r\n")
    lines = raw.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = int(headers.get("content-length", "0")) if has_body else 0
    pieces = [body]
    got = len(body)
    while got < length:
        piece = connection.recv(1 << 20)
        if not piece:
            raise ConnectionError(f"closed after {got} of {length} bytes")
        pieces.append(piece)
        got += len(piece)
    return Answer(int(lines[0].split()[1]), headers, b"".join(pieces))


def exchange(port: int, data: bytes, address: str = "127.0.0.1") -> Answer:
    """Send one request on a connection of its own."""
    with connect(port, address) as connection:
        connection.sendall(data)
        return read(connection, has_body=not data.startswith(b"HEAD"))


def is_closed(connection: socket.socket, seconds: float) -> bool:
    """Tell whether the other side closes within so many seconds."""
    connection.settimeout(seconds)
    try:
        return connection.recv(65536) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True
