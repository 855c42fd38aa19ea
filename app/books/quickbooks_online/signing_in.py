"""One sign-in to QuickBooks Online: the address to open, waiting for the browser, taking what a person pastes.

The browser ends on the redirect address with a code, our state and the company. For development keys that address is
this computer itself; for production keys it is a page of the vendor's, which sends the browser on to
``http://127.0.0.1:PORT/qbo/callback`` with the same query: PORT is the number the state begins with. Where the browser
cannot come back by itself, the person pastes the address it ended on.
"""

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

from app.books.quickbooks_online import sign_in_texts as texts
from app.books.quickbooks_online.callback import STEP, CallbackPage, Page
from app.books.quickbooks_online.grants import (
    CallbackPortUsed,
    Grant,
    PasteRefused,
    SignInEnded,
    SignInFinished,
    SignInRefused,
)
from app.books.quickbooks_online.oauth import InvalidGrant, TokenServer, authorize_address
from app.books.quickbooks_online.pending import Pending, PendingPlace
from app.books.quickbooks_online.servers import Servers
from app.domain.faults import KnownFault
from app.system.listening import PortTaken
from app.system.network import is_loopback

log = logging.getLogger(__name__)

LIFETIME: Final = timedelta(minutes=10)
"""How long a sign-in may take; Intuit's codes live about as long."""
KEPT_WITHIN: Final = 30.0
"""Seconds after which a sign-in that another program went on with, and has kept nothing of, counts as given up."""
CALLBACK_PATH: Final = "/qbo/callback"

_REALM: Final = re.compile(r"[0-9]{1,25}")
_CODE_WORD: Final = re.compile(r"[a-z_]{1,40}")


def redirect_uri(setting: str, endpoint_port: int) -> str:
    """Give the address the browser ends on, exactly as it has to be registered with Intuit.

    Args:
        setting: The setting ``redirect_url``; empty for this computer.
        endpoint_port: The Web Connector's port. The next one is ours: its own is in use while the program runs, and the
            address may not depend on whether it does.
    """
    return setting or f"http://localhost:{callback_port(endpoint_port)}{CALLBACK_PATH}"


def callback_port(endpoint_port: int) -> int:
    """Give the port the browser comes back to: the one after the Web Connector's."""
    return endpoint_port + 1 if endpoint_port < _LAST_PORT else endpoint_port - 1


_LAST_PORT: Final = 65535
_ATTEMPTS: Final = 5
_HTTP: Final = 80


class SignIn:
    """One sign-in, to be waited for or closed. `wait` and `take` may run in different threads; one answer ends both."""

    def __init__(
        self,
        server: TokenServer,
        servers: Servers,
        place: PendingPlace,
        now: Callable[[], datetime],
        conceal: Callable[[str], None],
        *,
        client_id: str,
        realm_id: str,
        redirect_uri: str,
        port: int,
        is_resumed: bool = False,
        is_signed_in: Callable[[], bool],
    ) -> None:
        """Begin a sign-in, or go on with the one another program began.

        From now on a browser that comes back is held until `wait` answers it.

        Args:
            server: The token server.
            servers: Intuit's addresses.
            place: Where it is noted.
            now: The time.
            conceal: Keeps a text out of the log.
            client_id: The app's.
            realm_id: The company the connection belongs to; empty before the first sign-in.
            redirect_uri: The address the browser ends on.
            port: The port to listen on, where the redirect address does not name one of this computer.
            is_resumed: Go on with what another program began, so that `take` knows its state.
            is_signed_in: Tells whether the tokens of a sign-in were kept since this one began.

        Raises:
            HomeUnusable: If it cannot be noted.
        """
        self._server, self._servers = server, servers
        self._place, self._now, self._conceal = place, now, conceal
        self._realm_id, self._is_signed_in = realm_id, is_signed_in
        own = _own_page(redirect_uri)
        self._port, self._path = own or (port, CALLBACK_PATH)
        self.comes_back: Final = own is not None
        """The browser comes back by itself; otherwise the page it ends on may have to be pasted."""
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._result: Grant | KnownFault | None = None
        known = place.get() if is_resumed else None
        if known is None and not is_resumed:
            # 192 bits; the port is for a page of the vendor's, which sends the browser on to this computer.
            known = Pending(f"{self._port}-{secrets.token_urlsafe(24)}", redirect_uri, now() + LIFETIME)
            place.put(known)
        self._pending = known
        self.address: Final = (
            "" if known is None else authorize_address(servers, client_id, known.redirect_uri, known.state)
        )
        """What the browser is to open."""
        self._callback = None if is_resumed else self._listening()

    def wait(self, seconds: float = LIFETIME.total_seconds(), cancelled: Callable[[], bool] = lambda: False) -> Grant:
        """Wait until the browser comes back, or an address was taken elsewhere.

        Args:
            seconds: How long at most.
            cancelled: Asked several times a second; once it says yes, waiting ends.

        Raises:
            CallbackPortUsed: If the browser cannot come back to this computer; `take` still works.
            SignInFinished: If another program took the answer, and has kept the tokens.
            SignInEnded: If waiting ended without an answer.
            SignInRefused: If the sign-in was refused, by the person, by Intuit, or because it is another company.
            BooksUnavailable: If Intuit's token server gives no answer.
            NotConfigured: If the client id or its secret is missing or wrong.
        """
        is_elsewhere = False

        def is_over() -> bool:
            nonlocal is_elsewhere
            if self._is_over.is_set() or cancelled():
                return True
            if self._is_pending():
                return False
            # Claimed: by us, which is seen under the lock, or by another program, or a newer sign-in took its place.
            with self._lock:
                is_elsewhere = not self._is_over.is_set()
            return True

        for _ in range(_ATTEMPTS):
            if self._callback is not None or cancelled():
                break
            # The sign-in of before, given up a moment ago, may still be about to stop listening.
            time.sleep(STEP)
            self._callback = self._listening()
        if self._callback is None:
            raise CallbackPortUsed(self._port)
        try:
            self._callback.serve(is_over, seconds)
        finally:
            self._callback.close()
        if self._result is None:
            if is_elsewhere:
                raise self._end_elsewhere(cancelled)
            if cancelled():
                raise SignInEnded(texts.STOPPED)
            self.close()
            raise SignInEnded(texts.TOOK_TOO_LONG.format(minutes=_minutes()))
        if isinstance(self._result, KnownFault):
            raise self._result
        return self._result

    def _end_elsewhere(self, cancelled: Callable[[], bool]) -> SignInEnded:
        """Tell what became of a sign-in that somebody else went on with: it may still have to be kept."""
        end = time.monotonic() + KEPT_WITHIN
        while time.monotonic() < end and not cancelled():
            if self._is_signed_in():
                return SignInFinished()
            if self._place.get() is not None:
                return SignInEnded(texts.BEGUN_ANEW)
            time.sleep(STEP)
        return SignInEnded(texts.ELSEWHERE)

    def take(self, pasted: str) -> Grant:
        """Take the address of the page the browser ended on.

        Raises:
            PasteRefused: If it is not that address; each mistake has its own sentence, and another try is welcome.
            SignInRefused: If the sign-in was refused.
            BooksUnavailable: If Intuit's token server gives no answer.
            NotConfigured: If the client id or its secret is missing or wrong.
        """
        return self._finish(_query_of(pasted, self._servers))

    def close(self, *, keeps_note: bool = False) -> None:
        """Stop listening, after the page that is being sent; harmless if repeated. Not while another thread waits.

        Args:
            keeps_note: Another program may still finish the sign-in; otherwise it is given up.
        """
        if self._callback is not None:
            self._callback.close()
        if self._pending is not None and not keeps_note:
            self._place.claim(self._pending.state)

    def _listening(self) -> CallbackPage | None:
        """Listen for the browser; None where another program has the port, which `wait` says: pasting needs none."""
        try:
            return CallbackPage(self._port, self._path, self._page)
        except PortTaken:
            log.info("port %d is used by another program", self._port)
            return None

    def _page(self, query: str) -> Page:
        """Take what a browser came back with; give the page to show."""
        try:
            grant = self._finish(query)
        except KnownFault as fault:
            return texts.PAGE_FAILED_TITLE, f"{fault} {texts.PAGE_CLOSE}"
        return texts.PAGE_DONE_TITLE, texts.PAGE_DONE.format(company=grant.realm_id)

    def _finish(self, query: str) -> Grant:
        with self._lock:
            answer = parse_qs(query)
            self._claim(_one(answer, "state"), answer)
            try:
                self._result = self._granted(answer)
            except KnownFault as fault:
                self._result = fault
                raise
            finally:
                self._is_over.set()
            return self._result

    def _claim(self, state: str, answer: dict[str, list[str]]) -> None:
        """Make sure that this answers our question, and is used for the first time."""
        pending = self._pending
        if pending is None:
            raise PasteRefused(texts.NOT_BEGUN)
        if not state:
            raise PasteRefused(texts.PASTE_INCOMPLETE.format(part="state"))
        if not secrets.compare_digest(state.encode(), pending.state.encode()):
            raise PasteRefused(texts.OTHER_STATE)
        if not _one(answer, "error"):
            for part in ("code", "realmId"):
                if not _one(answer, part):
                    raise PasteRefused(texts.PASTE_INCOMPLETE.format(part=part))
            if _REALM.fullmatch(_one(answer, "realmId")) is None:
                raise PasteRefused(texts.PASTE_NO_COMPANY)
        if not self._place.claim(state):
            raise PasteRefused(texts.USED)

    def _granted(self, answer: dict[str, list[str]]) -> Grant:
        pending, error = self._pending, _one(answer, "error")
        if pending is None:
            raise PasteRefused(texts.NOT_BEGUN)
        if self._now() > pending.until:
            raise SignInRefused(texts.EXPIRED.format(minutes=_minutes()))
        if error == "access_denied":
            raise SignInRefused(texts.DECLINED)
        if error:
            code = error if _CODE_WORD.fullmatch(error) else "?"
            raise SignInRefused(texts.INTUIT_REFUSED.format(code=code))
        realm_id, code = _one(answer, "realmId"), _one(answer, "code")
        if self._realm_id and realm_id != self._realm_id:
            # The code is not exchanged: nothing of that company is touched.
            raise SignInRefused(texts.OTHER_COMPANY.format(chosen=realm_id, ours=self._realm_id))
        self._conceal(code)
        try:
            tokens = self._server.exchange(code, pending.redirect_uri)
        except InvalidGrant:
            raise SignInRefused(texts.CODE_REFUSED.format(redirect_uri=pending.redirect_uri)) from None
        for token in (tokens.access, tokens.refresh):
            self._conceal(token)
        return Grant(realm_id, tokens)

    def _is_pending(self) -> bool:
        pending = self._place.get()
        return pending is not None and pending == self._pending


def _query_of(pasted: str, servers: Servers) -> str:
    text = "".join(pasted.split())
    if not text:
        raise PasteRefused(texts.PASTE_EMPTY)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise PasteRefused(texts.PASTE_NO_ADDRESS) from None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise PasteRefused(texts.PASTE_NO_ADDRESS)
    if text.startswith(servers.authorize):
        raise PasteRefused(texts.PASTE_OWN_ADDRESS)
    return parts.query


def _own_page(address: str) -> tuple[int, str] | None:
    """Give port and path of a redirect address on this computer; None for any other."""
    parts = urlsplit(address)
    if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        return None
    try:
        return parts.port or _HTTP, parts.path or "/"
    except ValueError:
        return None


def _one(answer: dict[str, list[str]], name: str) -> str:
    values = answer.get(name, [])
    return values[0] if len(values) == 1 else ""


def _minutes() -> int:
    return int(LIFETIME.total_seconds() // 60)
