"""Intuit's sign-in: the authorize page, the token endpoint and the revoke endpoint.

The person at the page has no hands here: she agrees at once, or refuses at once, as the switches say.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from hmac import compare_digest
from typing import Final
from urllib.parse import parse_qs, urlencode

from app.practice.quickbooks_online.exchange import AUTHORIZE, REVOKE, TOKEN, Ask, Reply
from app.practice.quickbooks_online.grants import ACCESS_LIFE, Grants, Tokens
from app.practice.quickbooks_online.json_text import Json, decode, encode

SCOPE: Final = "com.intuit.quickbooks.accounting"
_FORM: Final = "application/x-www-form-urlencoded"


class SignIn:
    """The three addresses of the sign-in, for one registered program."""

    def __init__(
        self, grants: Grants, client_id: str, client_secret: str, redirect_uris: Iterable[str], realm_id: str
    ) -> None:
        """Register a program.

        Args:
            grants: Where its grants are kept.
            client_id: The program's id.
            client_secret: The program's secret.
            redirect_uris: The addresses the browser may return to, exactly.
            realm_id: The company the person picks.
        """
        self._grants = grants
        self.client_id = client_id
        self.client_secret = client_secret
        self.redirect_uris = set(redirect_uris)
        """The addresses the browser may return to; the developer may add some."""
        self.realm_id = realm_id
        """The company the person picks."""
        self.person_agrees = True
        """Whether the person agrees."""

    def answer(self, ask: Ask) -> Reply | None:
        """Answer a request; None if the address is none of the sign-in's."""
        match ask.path, ask.method:
            case (path, "GET") if path == AUTHORIZE:
                return self._authorize(ask)
            case (path, "POST") if path == TOKEN:
                return self._token(ask)
            case (path, "POST") if path == REVOKE:
                return self._revoke(ask)
        return None

    def _authorize(self, ask: Ask) -> Reply:
        query = ask.query
        redirect_uri = query.get("redirect_uri", "")
        if query.get("client_id") != self.client_id:
            return _page("The client_id is invalid.")
        if redirect_uri not in self.redirect_uris:
            return _page("The redirect_uri query parameter value is invalid.")
        for name, wanted in (("response_type", "code"), ("scope", SCOPE)):
            if wanted not in query.get(name, "").split():
                return _page(f"The {name} query parameter value is invalid.")
        if not query.get("state"):
            return _page("The state query parameter is missing.")
        if not self.person_agrees:
            return _redirect(redirect_uri, {"error": "access_denied", "state": query["state"]})
        code = self._grants.new_code(self.realm_id, redirect_uri)
        return _redirect(redirect_uri, {"code": code, "state": query["state"], "realmId": self.realm_id})

    def _token(self, ask: Ask) -> Reply:
        if not self._knows(ask):
            return _refused("invalid_client", 401)
        if ask.header("Content-Type").partition(";")[0].strip() != _FORM:
            return _refused("invalid_request")
        form = {name: values[0] for name, values in parse_qs(ask.body.decode("utf-8", errors="replace")).items()}
        match form.get("grant_type"):
            case "authorization_code":
                tokens = self._grants.exchange(form.get("code", ""), form.get("redirect_uri", ""))
            case "refresh_token":
                tokens = self._grants.refresh(form.get("refresh_token", ""))
            case _:
                return _refused("unsupported_grant_type")
        if tokens is None:
            return _refused("invalid_grant", description="Token invalid")
        tells_hard_end = ask.header("x-include-refresh-token-hard-expires-in").lower() == "true"
        return Reply(200, encode(_token_body(tokens, tells_hard_end=tells_hard_end)))

    def _revoke(self, ask: Ask) -> Reply:
        if not self._knows(ask):
            return _refused("invalid_client", 401)
        try:
            body = decode(ask.body)
        except ValueError:
            return _refused("invalid_request")
        token = body.get("token") if isinstance(body, dict) else None
        if not isinstance(token, str) or not self._grants.revoke(token):
            return _refused("invalid_request")
        return Reply(200, b"")

    def _knows(self, ask: Ask) -> bool:
        """Tell whether a request carries the program's id and secret."""
        scheme, _, encoded = ask.header("Authorization").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            sent = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        return compare_digest(sent, f"{self.client_id}:{self.client_secret}".encode())


def _token_body(tokens: Tokens, *, tells_hard_end: bool) -> Json:
    body: dict[str, Json] = {
        "token_type": "bearer",
        "access_token": tokens.access,
        "expires_in": int(ACCESS_LIFE.total_seconds()),
        "refresh_token": tokens.refresh,
        "x_refresh_token_expires_in": tokens.refresh_expires_in,
    }
    if tells_hard_end:
        body["x_refresh_token_hard_expires_in"] = tokens.hard_expires_in
    return body


def _refused(error: str, status: int = 400, description: str = "") -> Reply:
    body: dict[str, Json] = {"error_description": description} if description else {}
    return Reply(status, encode(body | {"error": error}))


def _redirect(address: str, parameters: dict[str, str]) -> Reply:
    mark = "&" if "?" in address else "?"
    return Reply(302, b"", "text/html", (("Location", f"{address}{mark}{urlencode(parameters)}"),))


def _page(text: str) -> Reply:
    return Reply(400, f"<html><body><p>{text}</p></body></html>".encode(), "text/html")
