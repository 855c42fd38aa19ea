"""Page tokens: opaque to the client, signed, and good only for the request they were handed out for.

Rule: a token names the row a page ends at, not a page number, so rows that come or go in between shift nothing.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

import msgspec

from app.practice.cedar.errors import malformed

_SIGNATURE_BYTES = 16


class Cursor(msgspec.Struct, frozen=True):
    """The row next to a page that was handed out."""

    is_forward: bool
    """Whether the wanted page comes after that row, or before it."""
    values: tuple[str | None, ...]
    """The row's values of the columns sorted by, as text."""
    charge_id: int
    """The row."""


class PageTokens:
    """Seals cursors into tokens and opens them again."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def seal(self, cursor: Cursor, request: bytes) -> str:
        """Make a token.

        Args:
            cursor: Where the listing stands.
            request: The part of the request that must be the same when the token comes back.
        """
        content = msgspec.json.encode(cursor)
        return base64.urlsafe_b64encode(self._sign(content, request) + content).decode()

    def open(self, token: str, request: bytes) -> Cursor:
        """Read a token.

        Raises:
            RefusedError: It was not made here, or for another request.
        """
        try:
            sealed = base64.b64decode(token, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as exc:
            raise malformed("the page token is damaged") from exc
        signature, content = sealed[:_SIGNATURE_BYTES], sealed[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(content, request)):
            raise malformed("the page token belongs to another request")
        return msgspec.json.decode(content, type=Cursor)

    def _sign(self, content: bytes, request: bytes) -> bytes:
        """Return the signature of a cursor for a request."""
        mark = hashlib.sha256(request).digest()
        return hmac.digest(self._secret, mark + content, "sha256")[:_SIGNATURE_BYTES]
