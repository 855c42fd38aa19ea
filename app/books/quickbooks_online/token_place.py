"""Where a connection's tokens are kept: the credential store, or an owner-only file in the home where there is none."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.books.quickbooks_online import sign_in_texts as texts
from app.domain.faults import HomeUnusable, NotConfigured
from app.domain.values import replace
from app.system.credentials import LONGEST, Credentials, Secret, length_of
from app.system.whole_file import write_whole

log = logging.getLogger(__name__)

_SECRET: Final = Secret.QBO_REFRESH_TOKEN
_KEPT_BEGINS: Final = "{"
"""What we keep is a JSON object; anything else in the entry or the variable is a first value a person put there."""


_NAMES: Final = {
    "stamp": "s",
    "refresh": "r",
    "previous": "p",
    "access": "a",
    "access_until": "t",
    "refresh_until": "u",
    "hard_until": "h",
    "first": "f",
    "is_lost": "l",
    "signed_in": "i",
}
"""Short, so that an access token of a thousand characters has room in Windows' store."""


class KeptTokens(msgspec.Struct, frozen=True, omit_defaults=True, rename=_NAMES):
    """What is kept of a grant, as one text. Shown nowhere: `repr` leaves the tokens out."""

    stamp: int = 0
    """Grows with each writing; of two places, the one with the larger stamp counts."""
    refresh: str = ""
    """Empty where the grant was lost or somebody signed out."""
    previous: str = ""
    """The refresh token before that, until the newer one has proved itself."""
    access: str = ""
    """For the other programs of this home; left out where the store has no room for it."""
    access_until: datetime | None = None
    refresh_until: datetime | None = None
    hard_until: datetime | None = None
    first: str = ""
    """The digest of the first value that was taken, so that it is taken once."""
    is_lost: bool = False
    signed_in: int = 0
    """Tells the tokens of one sign-in from those of another, and stays through all refreshes; 0 without a sign-in."""

    def __repr__(self) -> str:
        return f"KeptTokens(stamp={self.stamp}, is_lost={self.is_lost})"


def digest(value: str) -> str:
    """Give what tells a first value from another, and does not tell what it is."""
    return hashlib.blake2b(value.encode(), digest_size=8).hexdigest()


class TokenPlace:
    """Reads and writes one connection's tokens. Who writes holds the keeper's lock."""

    def __init__(self, credentials: Credentials, connection: str, home: Path, now: Callable[[], datetime]) -> None:
        """Take the places there are."""
        self._credentials = credentials
        self._connection = connection
        self._file = home / f"tokens-{connection}.json"
        self._now = now

    def load(self) -> KeptTokens:
        """Read what is kept; nothing of it is set where there is nothing."""
        found = [_read(text) for text in (self._in_store(), self._in_file()) if text.startswith(_KEPT_BEGINS)]
        return max(found, key=lambda each: each.stamp, default=KeptTokens())

    def first_value(self) -> str:
        """Give the refresh token a person provided by variable, or put into the store's entry; empty without one."""
        given = (self._credentials.get(self._connection, _SECRET) or "").strip()
        return "" if given.startswith(_KEPT_BEGINS) else given

    def save(self, tokens: KeptTokens, before: KeptTokens) -> KeptTokens:
        """Keep tokens; once this returns, they survive a crash.

        Args:
            tokens: What to keep; its stamp is set here.
            before: What was read before, under the same lock.

        Returns:
            What is kept now.

        Raises:
            HomeUnusable: If neither place takes them.
        """
        stamped = replace(tokens, stamp=max(before.stamp + 1, int(self._now().timestamp() * 1000)))
        text = _written(stamped)
        if length_of(text) > LONGEST:
            # An access token that leaves no room is not shared; each program asks for its own then.
            text = _written(replace(stamped, access="", access_until=None))
        if self._is_in_store(text):
            self._remove_file()
        else:
            self._save_in_file(stamped)
        return stamped

    def _is_in_store(self, text: str) -> bool:
        """Keep a text in the store; some take everything and keep nothing, so it is read again."""
        try:
            self._credentials.put(self._connection, _SECRET, text)
        except (HomeUnusable, NotConfigured):
            return False
        return self._in_store() == text

    def _save_in_file(self, tokens: KeptTokens) -> None:
        try:
            write_whole(self._file, _written(tokens))
        except OSError as exc:
            raise HomeUnusable(texts.NOT_KEPT.format(file=self._file, why=exc.strerror)) from exc

    def _remove_file(self) -> None:
        try:
            self._file.unlink(missing_ok=True)
        except OSError as exc:
            # What is in the store is newer, and counts.
            log.warning("%s cannot be removed: %s", self._file, exc.strerror)

    def _in_store(self) -> str:
        return self._credentials.stored(self._connection, _SECRET) or ""

    def _in_file(self) -> str:
        try:
            return self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as exc:
            log.warning("%s cannot be read: %s", self._file, type(exc).__name__)
            return ""


def _written(tokens: KeptTokens) -> str:
    return msgspec.json.encode(tokens).decode()


def _read(text: str) -> KeptTokens:
    try:
        return msgspec.json.decode(text, type=KeptTokens)
    except msgspec.MsgspecError as exc:
        # Its words name the place in the text, not what stands there.
        log.warning("the kept sign-in cannot be read: %s", type(exc).__name__)
        return KeptTokens()
