"""The address a person signs in at, and the three calls about tokens: exchange, refresh, revoke.

Rule: no fault that leaves this module, and no log line, holds a token, a code or the client's secret: what a server
answers is never repeated, only its status and the standard's own word for the fault.
Source: Intuit's pages on OAuth 2.0, and RFC 6749, sections 4.1 and 6.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import msgspec

from app.books.quickbooks_online import http_client
from app.books.quickbooks_online.grants import Tokens, TokensUnreachable, WrongClient
from app.books.quickbooks_online.servers import Servers

SCOPE: Final = "com.intuit.quickbooks.accounting"
READ_TIME: Final = 30.0
"""Seconds the token server may take."""
ANSWER_LIMIT: Final = 256 * 1024
"""Bytes; a real answer has about two thousand."""

_HARD_EXPIRY: Final = {"x-include-refresh-token-hard-expires-in": "true"}
"""Has the answer say when the grant ends however often it is used; source: Intuit's announcement of November 2025."""

Now = Callable[[], datetime]


class InvalidGrant(Exception):
    """The token server does not take this code or refresh token (``invalid_grant``)."""


@dataclass(frozen=True, slots=True)
class Client:
    """The Intuit app we are."""

    id: str
    secret: str = field(repr=False)


class _Answer(msgspec.Struct):
    """The token server's answer; lifetimes in seconds."""

    access_token: str
    expires_in: float
    refresh_token: str
    x_refresh_token_expires_in: float | None = None
    x_refresh_token_hard_expires_in: float | None = None


def authorize_address(servers: Servers, client_id: str, redirect_uri: str, state: str) -> str:
    """Give the address of the page where a person signs in and chooses a company."""
    asked = {
        "client_id": client_id,
        "response_type": "code",
        "scope": SCOPE,
        "redirect_uri": redirect_uri,
        "state": state,
    }
    return f"{servers.authorize}?{urlencode(asked)}"


class TokenServer:
    """Intuit's token server, as one app sees it."""

    def __init__(self, servers: Servers, client: Callable[[], Client], now: Now) -> None:
        """Take where it is.

        Args:
            servers: The addresses.
            client: Gives the app and its secret; asked at each call, since a person may correct them.
            now: The time.
        """
        self._servers = servers
        self._client = client
        self._now = now

    def exchange(self, code: str, redirect_uri: str) -> Tokens:
        """Turn the code of a sign-in into tokens.

        Raises:
            InvalidGrant: If the code is too old or used, or belongs to another redirect address.
            WrongClient: If the app's id or secret is wrong.
            TokensUnreachable: If there was no answer that can be used.
        """
        return self._tokens({"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri})

    def refresh(self, refresh_token: str) -> Tokens:
        """Get a new access token; the refresh token that comes with it replaces the one shown.

        Raises:
            InvalidGrant: If the refresh token is not taken any more.
            WrongClient: If the app's id or secret is wrong.
            TokensUnreachable: If there was no answer that can be used; there may be new tokens all the same.
        """
        return self._tokens({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def revoke(self, token: str) -> None:
        """End a grant; one that has ended already is as good.

        Raises:
            WrongClient: If the app's id or secret is wrong.
            TokensUnreachable: If there was no answer that can be used.
        """
        status, body = self._post(self._servers.revoke, json={"token": token})
        # 400: the token is not known any more.
        if status not in {httpx.codes.OK, httpx.codes.BAD_REQUEST}:
            raise _refusal(status, body)

    def _tokens(self, form: Mapping[str, str]) -> Tokens:
        status, body = self._post(self._servers.token, data=form, headers=_HARD_EXPIRY)
        if status != httpx.codes.OK:
            raise _refusal(status, body)
        try:
            answer = msgspec.json.decode(body, type=_Answer)
        except msgspec.MsgspecError:
            raise TokensUnreachable("200 without tokens") from None
        if not (_can_travel(answer.access_token) and _can_travel(answer.refresh_token)):
            raise TokensUnreachable("200 with tokens that no header can hold")
        now = self._now().replace(microsecond=0)
        hard = answer.x_refresh_token_hard_expires_in
        rolling = answer.x_refresh_token_expires_in
        try:
            return Tokens(
                access=answer.access_token,
                access_until=now + timedelta(seconds=answer.expires_in),
                refresh=answer.refresh_token,
                refresh_until=None if rolling is None else now + timedelta(seconds=rolling),
                hard_until=None if hard is None else now + timedelta(seconds=hard),
            )
        except OverflowError:
            raise TokensUnreachable("200 with lifetimes beyond all calendars") from None

    def _post(self, url: str, **content: Any) -> tuple[int, bytes]:  # noqa: ANN401 (httpx' own arguments)
        app = self._client()
        try:
            with (
                http_client.client(url, READ_TIME) as http,
                http.stream("POST", url, auth=httpx.BasicAuth(app.id, app.secret), **content) as response,
            ):
                return response.status_code, http_client.body_of(response, ANSWER_LIMIT, 2 * READ_TIME)
        # Without its cause: a traceback would lead to requests that hold the secret.
        except (httpx.HTTPError, httpx.InvalidURL, http_client.TooMuch) as exc:
            raise TokensUnreachable(type(exc).__name__) from None


def _refusal(status: int, body: bytes) -> InvalidGrant | WrongClient | TokensUnreachable:
    try:
        word = msgspec.json.decode(body, type=dict[str, Any]).get("error")
    except msgspec.MsgspecError:
        word = None
    if word == "invalid_grant":
        return InvalidGrant()
    if word == "invalid_client" or status == httpx.codes.UNAUTHORIZED:
        return WrongClient()
    return TokensUnreachable(f"HTTP {status}")


def _can_travel(token: str) -> bool:
    return token.isascii() and token.isprintable() and " " not in token and bool(token)
