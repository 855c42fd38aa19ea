"""What connects a program with a company: codes, access tokens, refresh tokens, and when each of them ends.

Intuit: an access token lives an hour; a refresh token 101 days from its making, and five years from the person's
consent at most; a refresh returns a new value when the present one is a day old, and the old one dies soon after.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from app.practice.quickbooks_online.company import Clock

CODE_LIFE: Final = timedelta(minutes=5)
ACCESS_LIFE: Final = timedelta(hours=1)
REFRESH_LIFE: Final = timedelta(seconds=8_726_400)
HARD_LIFE: Final = timedelta(days=5 * 365)
_ROTATION: Final = timedelta(days=1)
_ACCESS_LENGTH: Final = 1000
"""Characters; a real access token is an encrypted JWT of about that size."""
_REFRESH_LENGTH: Final = 46


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the token endpoint hands out."""

    access: str
    refresh: str
    refresh_expires_in: int
    """Seconds."""
    hard_expires_in: int
    """Seconds until the grant ends for good."""


@dataclass(slots=True)
class _Grant:
    """A person's consent for one company."""

    realm_id: str
    consented: datetime
    refresh: str
    refresh_made: datetime
    previous: str = ""
    previous_dies: datetime | None = None
    is_over: bool = False


@dataclass(slots=True)
class _Code:
    realm_id: str
    redirect_uri: str
    dies: datetime


class Grants:
    """All grants of one program; safe to use from any thread."""

    def __init__(self, clock: Clock) -> None:
        """Make a book of grants.

        Args:
            clock: Tells the practice time.
        """
        self._clock = clock
        self._lock = Lock()
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, tuple[_Grant, datetime]] = {}
        self._grants: list[_Grant] = []
        self.rotates_always = False
        """Whether every refresh returns a new value at once."""
        self.grace = timedelta(minutes=10)
        """How long a replaced refresh token still works; using it replaces the newer one in turn."""

    def new_code(self, realm_id: str, redirect_uri: str) -> str:
        """Make a code for one exchange."""
        with self._lock:
            code = f"AB11{secrets.token_hex(20)}"
            self._codes[code] = _Code(realm_id, redirect_uri, self._clock() + CODE_LIFE)
            return code

    def exchange(self, code: str, redirect_uri: str) -> Tokens | None:
        """Give tokens for a code; None if it is unknown, used, too old, or was made for another address."""
        with self._lock:
            found = self._codes.pop(code, None)
            if found is None or found.redirect_uri != redirect_uri or self._clock() >= found.dies:
                return None
            return self._consent(found.realm_id)

    def consent(self, realm_id: str) -> Tokens:
        """Give tokens without a browser, for tests."""
        with self._lock:
            return self._consent(realm_id)

    def refresh(self, value: str) -> Tokens | None:
        """Give tokens for a refresh token; None if it is not or no longer good for anything."""
        with self._lock:
            now = self._clock()
            for grant in self._grants:
                if value == grant.refresh and self._lives(grant, now):
                    if self.rotates_always or now - grant.refresh_made >= _ROTATION:
                        self._rotate(grant, now)
                    return self._hand_out(grant)
                if value == grant.previous and self._lives(grant, now) and _before(now, grant.previous_dies):
                    # Two refreshes at once: each invalidates the other's result, and the last one wins.
                    grant.refresh = value
                    self._rotate(grant, now)
                    return self._hand_out(grant)
            return None

    def realm_of(self, access: str) -> str | None:
        """Tell which company an access token opens; None if it is unknown, too old, or its grant is over."""
        with self._lock:
            found = self._access.get(access)
            if found is None or found[0].is_over or self._clock() >= found[1]:
                return None
            return found[0].realm_id

    def revoke(self, token: str) -> bool:
        """End the grant a token belongs to. Returns whether there is one."""
        with self._lock:
            held = self._access.get(token)
            for grant in self._grants:
                if not grant.is_over and (token == grant.refresh or (held is not None and held[0] is grant)):
                    grant.is_over = True
                    return True
            return False

    def disconnect(self, realm_id: str) -> None:
        """Let a person disconnect the program from a company: every grant for it ends."""
        with self._lock:
            for grant in self._grants:
                grant.is_over = grant.is_over or grant.realm_id == realm_id

    def expire_access(self) -> None:
        """Let every access token have expired by now; refresh tokens are as good as before."""
        with self._lock:
            self._access.clear()

    def _consent(self, realm_id: str) -> Tokens:
        now = self._clock()
        grant = _Grant(realm_id, now, _new_refresh(), now)
        self._grants.append(grant)
        return self._hand_out(grant)

    def _lives(self, grant: _Grant, now: datetime) -> bool:
        return not grant.is_over and now < min(grant.refresh_made + REFRESH_LIFE, grant.consented + HARD_LIFE)

    def _rotate(self, grant: _Grant, now: datetime) -> None:
        grant.previous, grant.previous_dies = grant.refresh, now + self.grace
        grant.refresh, grant.refresh_made = _new_refresh(), now

    def _hand_out(self, grant: _Grant) -> Tokens:
        now = self._clock()
        access = f"eyJ{secrets.token_hex(_ACCESS_LENGTH // 2)}"
        self._access[access] = (grant, now + ACCESS_LIFE)
        hard = grant.consented + HARD_LIFE
        dies = min(grant.refresh_made + REFRESH_LIFE, hard)
        return Tokens(access, grant.refresh, int((dies - now).total_seconds()), int((hard - now).total_seconds()))


def _new_refresh() -> str:
    return f"AB11{secrets.token_hex(_REFRESH_LENGTH // 2)}"


def _before(now: datetime, end: datetime | None) -> bool:
    return end is not None and now < end
