"""Keeps one connection's access token fresh, for all threads and programs of a home at once.

Rules: whoever refreshes holds a lock in the home and reads first what others left. A new refresh token is kept, as
durably as the place allows, before the access token that came with it is used. The one before is kept until a call has
gone well, and tried once if the newer one is refused. Killed between Intuit's answer and the keeping, the program comes
back with the older token, which Intuit takes for a while. Source: Intuit's page on refresh tokens.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.books.quickbooks_online.grants import GrantLost, NotSignedIn, Standing, Tokens, TokensUnreachable
from app.books.quickbooks_online.oauth import InvalidGrant, TokenServer
from app.books.quickbooks_online.token_place import KeptTokens, TokenPlace, digest
from app.domain.faults import HomeUnusable, KnownFault
from app.domain.values import replace
from app.system import unwanted

log = logging.getLogger(__name__)

EARLY: Final = timedelta(minutes=5)
"""How long before its end an access token is replaced."""

PATIENCE: Final = 180.0
"""Seconds to wait for another program that refreshes: more than its calls may take."""

_BUSY: Final = "another program of this home has been refreshing for minutes"


class Concealed:
    """The tokens that no log may show, and no longer than they open anything."""

    def __init__(self, conceal: Callable[[str], None], reveal: Callable[[str], None]) -> None:
        """Take what hides a text from the log, and what lets go of it."""
        self._conceal, self._reveal = conceal, reveal
        self._hidden: list[str] = []

    def hide(self, *tokens: str) -> None:
        """Hide these, and let go of all but the newest few."""
        for token in filter(None, tokens):
            if token in self._hidden:
                self._hidden.remove(token)
            else:
                self._conceal(token)
            self._hidden.append(token)
        for old in self._hidden[:-_HIDDEN_AT_ONCE]:
            self._hidden.remove(old)
            self._reveal(old)


_HIDDEN_AT_ONCE: Final = 16
"""Tokens; four refreshes' worth of the pairs before and after."""


class TokenKeeper:
    """One connection's tokens. Safe for several threads."""

    def __init__(
        self,
        connection: str,
        server: TokenServer,
        place: TokenPlace,
        home: Path,
        now: Callable[[], datetime],
        concealed: Concealed,
    ) -> None:
        """Take what it needs; nothing is asked yet."""
        self._connection = connection
        self._server = server
        self._place = place
        self._lock_file = home / f"tokens-{connection}.lock"
        self._now = now
        self._concealed = concealed
        self._guard = threading.Lock()
        self._access, self._access_until = "", datetime.min.replace(tzinfo=UTC)
        self._unproved = ""
        """The refresh token no call has gone well with yet."""
        self._unkept: tuple[Tokens, KeptTokens] | None = None
        """Tokens the place would not take, and what was kept when they were made."""

    def access(self, refused: str = "") -> str:
        """Give an access token that is good for some minutes at least.

        Args:
            refused: The one a server has refused; another one is given.

        Raises:
            NotSignedIn: If there is no grant.
            GrantLost: If Intuit does not take it any more.
            WrongClient: If the app's id or secret is wrong.
            NotConfigured: If one of them is missing.
            TokensUnreachable: If Intuit's token server gives no answer.
            HomeUnusable: If new tokens cannot be kept; they are not used then.
        """
        with self._guard:
            if self._is_good(self._access, self._access_until, refused):
                return self._access
            # Whoever waits may go; what has been asked of Intuit is kept all the same, since it replaces what there is.
            return unwanted.begun(lambda: self._from_place_alone(refused), "tokens", must_end=True).result()

    def prove(self, access: str) -> None:
        """Note that a call with this token has gone well: the refresh token before is needed no more."""
        with self._guard:
            if not self._unproved or access != self._access:
                return
            proved, self._unproved = self._unproved, ""
            try:
                with self._alone():
                    kept = self._place.load()
                    if kept.refresh == proved and kept.previous:
                        self._place.save(replace(kept, previous=""), kept)
            except KnownFault as fault:
                # The call went well; one token too many does no harm.
                log.warning("the refresh token before the last could not be removed: %s", fault)

    def keep(self, tokens: Tokens) -> None:
        """Take the tokens of a new sign-in in place of what there was.

        Raises:
            HomeUnusable: If they cannot be kept.
        """
        with self._guard, self._alone():
            before = self._place.load()
            self._unkept = None
            self._keep(tokens, "", before, first=self._first_digest())

    def sign_out(self) -> bool:
        """End the grant at Intuit, and forget its tokens in any case.

        Returns:
            Whether Intuit knows; False if it could not be told.

        Raises:
            HomeUnusable: If the tokens cannot be removed.
        """
        with self._guard, self._alone():
            kept = self._place.load()
            first = self._place.first_value()
            token = kept.refresh or ("" if digest(first) == kept.first else first)
            self._concealed.hide(token)
            is_told = True
            if token:
                try:
                    self._server.revoke(token)
                except KnownFault as fault:
                    log.warning("Intuit could not be told of the sign-out: %s", fault)
                    is_told = False
            self._place.save(KeptTokens(first=self._first_digest() or kept.first), kept)
            self._access, self._unproved, self._unkept = "", "", None
            return is_told

    def standing(self) -> Standing:
        """Tell how the sign-in stands, as far as is known here; Intuit is not asked."""
        kept = self._place.load()
        if kept.refresh:
            return Standing(
                True, refresh_until=kept.refresh_until, hard_until=kept.hard_until, signed_in=kept.signed_in
            )
        return Standing(bool(self._unused_first(kept)), is_lost=kept.is_lost and not self._unused_first(kept))

    def _from_place_alone(self, refused: str) -> str:
        with self._alone():
            return self._from_place(refused)

    def _from_place(self, refused: str) -> str:
        """Give another program's token, or make one; the lock is held."""
        kept = self._place.load()
        if self._unkept is not None:
            tokens, before = self._unkept
            self._unkept = None
            if kept.stamp == before.stamp:
                # Nobody has refreshed since: these are the newest there are, and are kept now or not used.
                kept = self._keep(tokens, before.refresh, before)
        self._concealed.hide(kept.previous, kept.refresh, kept.access)
        if kept.access_until is not None and self._is_good(kept.access, kept.access_until, refused):
            self._access, self._access_until, self._unproved = kept.access, kept.access_until, kept.refresh
            return self._access
        if not kept.refresh:
            first = self._unused_first(kept)
            if not first:
                raise GrantLost if kept.is_lost else NotSignedIn(self._connection)
            self._concealed.hide(first)
            kept = replace(kept, refresh=first, first=digest(first), is_lost=False)
        self._refresh(kept)
        return self._access

    def _refresh(self, kept: KeptTokens) -> None:
        for token in filter(None, (kept.refresh, kept.previous)):
            try:
                tokens = self._server.refresh(token)
            except InvalidGrant:
                log.warning("Intuit does not take a refresh token any more")
                continue
            self._keep(tokens, token, kept)
            log.info("the access token was renewed")
            return
        self._access = ""
        self._place.save(KeptTokens(first=kept.first, is_lost=True), kept)
        raise GrantLost

    def _keep(self, tokens: Tokens, previous: str, before: KeptTokens, *, first: str = "") -> KeptTokens:
        """Keep tokens, and only then let them be used."""
        self._concealed.hide(tokens.refresh, tokens.access)
        fresh = KeptTokens(
            refresh=tokens.refresh,
            # Intuit gives a new refresh token about once a day, and the same one in between.
            previous=previous if previous != tokens.refresh else before.previous,
            access=tokens.access,
            access_until=tokens.access_until,
            refresh_until=tokens.refresh_until,
            hard_until=tokens.hard_until or (before.hard_until if previous else None),
            first=first or before.first,
            signed_in=before.signed_in if previous else max(before.signed_in + 1, int(self._now().timestamp() * 1000)),
        )
        try:
            kept = self._place.save(fresh, before)
        except HomeUnusable:
            self._unkept = (tokens, before)
            raise
        self._access, self._access_until, self._unproved = tokens.access, tokens.access_until, tokens.refresh
        return kept

    def _is_good(self, token: str, until: datetime, refused: str) -> bool:
        return bool(token) and token != refused and until - self._now() > EARLY

    def _unused_first(self, kept: KeptTokens) -> str:
        first = self._place.first_value()
        return first if first and digest(first) != kept.first else ""

    def _first_digest(self) -> str:
        first = self._place.first_value()
        return digest(first) if first else ""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._lock_file)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout as exc:
            raise TokensUnreachable(_BUSY) from exc
        except OSError as exc:
            raise HomeUnusable(
                f"The folder {self._lock_file.parent} cannot be used ({exc.strerror}); check its rights."
            ) from exc
        try:
            yield
        finally:
            lock.release()
