from __future__ import annotations

from datetime import timedelta

import pytest

from app.books.quickbooks_online.grants import Tokens, TokensUnreachable, WrongClient
from app.books.quickbooks_online.oauth import Client, InvalidGrant, TokenServer, authorize_address
from app.books.quickbooks_online.servers import Servers, servers
from app.domain.faults import NotConfigured
from app.practice.quickbooks_online import CLIENT_ID, CLIENT_SECRET
from app.system.settings import DestinationSettings
from tests.books.quickbooks_online.intuit import Intuit
from tests.cedar.raw_server import http, raw_server, resetting
from tests.fakes import FakeClock

REDIRECT = "http://localhost:8086/qbo/callback"
SECRETS = ("canary-refresh", "canary-secret", "canary-code", "canary-access")


def at(root: str, secret: str = CLIENT_SECRET) -> TokenServer:
    destination = DestinationSettings(kind="quickbooks_online", oauth_url=root)
    return TokenServer(servers(destination), lambda: Client(CLIENT_ID, secret), FakeClock().now)


def test_intuits_own_servers_are_meant_without_settings() -> None:
    assert servers(DestinationSettings()) == Servers(
        "https://quickbooks.api.intuit.com",
        "https://appcenter.intuit.com/connect/oauth2",
        "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
        "https://developer.api.intuit.com/v2/oauth2/tokens/revoke",
    )
    assert servers(DestinationSettings(environment="sandbox")).api == "https://sandbox-quickbooks.api.intuit.com"


def test_another_server_is_the_root_of_all_of_them() -> None:
    found = servers(DestinationSettings(oauth_url="https://one.example/", api_url="https://two.example/"))
    assert found == Servers(
        "https://two.example",
        "https://one.example/connect/oauth2",
        "https://one.example/oauth2/v1/tokens/bearer",
        "https://one.example/v2/oauth2/tokens/revoke",
    )


@pytest.mark.parametrize("field", ["api_url", "oauth_url"])
def test_no_secret_goes_over_the_network_unencrypted(field: str) -> None:
    destination = DestinationSettings()
    setattr(destination, field, "http://[::1]:8000")
    assert "http://[::1]:8000" in str(servers(destination))
    setattr(destination, field, "http://qbo.example")
    with pytest.raises(NotConfigured, match=field):
        servers(destination)


def test_a_code_becomes_tokens_with_the_dates_of_their_ends(intuit: Intuit) -> None:
    code = intuit.service.grants.new_code(intuit.realm_id, REDIRECT)
    tokens = at(intuit.service.base_url).exchange(code, REDIRECT)
    now = intuit.clock.now()
    assert intuit.opens(tokens.access)
    assert tokens.access_until == now + timedelta(hours=1)
    assert tokens.refresh_until == now + timedelta(seconds=8_726_400)
    assert tokens.hard_until == now + timedelta(days=5 * 365)


def test_a_code_is_good_for_once_and_for_its_address(intuit: Intuit) -> None:
    server = at(intuit.service.base_url)
    code = intuit.service.grants.new_code(intuit.realm_id, REDIRECT)
    with pytest.raises(InvalidGrant):
        server.exchange(code, REDIRECT + "/")
    code = intuit.service.grants.new_code(intuit.realm_id, REDIRECT)
    server.exchange(code, REDIRECT)
    with pytest.raises(InvalidGrant):
        server.exchange(code, REDIRECT)


def test_a_wrong_client_is_told_from_a_lost_grant(intuit: Intuit) -> None:
    with pytest.raises(WrongClient, match="client id"):
        at(intuit.service.base_url, "wrong").refresh(intuit.tokens().refresh)
    with pytest.raises(InvalidGrant):
        at(intuit.service.base_url).refresh("AB11nonsense")


def test_revoking_ends_the_grant_and_may_be_repeated(intuit: Intuit) -> None:
    tokens, server = intuit.tokens(), at(intuit.service.base_url)
    server.revoke(tokens.refresh)
    assert not intuit.opens(tokens.access)
    server.revoke(tokens.refresh)


NO_ANSWERS = (
    http(b"<html>busy</html>", "503 Service Unavailable"),
    http(b"canary-refresh", "500 Oops"),
    http(b"", "302 Found", "Location: http://elsewhere.example/canary-secret"),
    http(b"not json"),
    http(b'{"access_token": "a"}'),
    http(b'{"access_token": "a\\nb", "expires_in": 3600, "refresh_token": "canary-refresh"}'),
    http(b'{"access_token": "a", "expires_in": 1e300, "refresh_token": "canary-refresh"}'),
    http(b'{"access_token": "canary-access"', length=500),
    http(b"x" * 300_000),
    http(b'{"error": "invalid_request", "error_description": "canary-refresh"}', "400 Bad Request"),
    b"garbage\r\n\r\n",
)


def test_whatever_else_comes_is_no_answer_and_repeats_nothing() -> None:
    coming = iter(NO_ANSWERS)
    with raw_server(lambda connection, _: connection.sendall(next(coming))) as root:
        server = at(root, "canary-secret")
        for answer in NO_ANSWERS:
            with pytest.raises(TokensUnreachable) as fault:
                server.refresh("canary-refresh")
            told = f"{fault.value} {fault.value.raw} {fault.value!r} {fault.value.__cause__}"
            assert not [each for each in SECRETS if each in told], answer
    assert next(coming, None) is None


def test_without_a_connection_it_is_unreachable() -> None:
    with raw_server(resetting) as root, pytest.raises(TokensUnreachable):
        at(root).refresh("canary-refresh")
    with pytest.raises(TokensUnreachable, match="internet connection"):
        at("http://127.0.0.1:1").refresh("canary-refresh")


def test_nothing_secret_is_in_a_repr() -> None:
    now = FakeClock().now()
    shown = repr(Client("id", "canary-secret")) + repr(Tokens("canary-access", now, "canary-refresh"))
    assert not [each for each in SECRETS if each in shown]


def test_the_first_page_is_told_everything() -> None:
    address = authorize_address(servers(DestinationSettings()), "the id", REDIRECT, "8086-x")
    assert address == (
        "https://appcenter.intuit.com/connect/oauth2?client_id=the+id&response_type=code"
        "&scope=com.intuit.quickbooks.accounting&redirect_uri=http%3A%2F%2Flocalhost%3A8086%2Fqbo%2Fcallback"
        "&state=8086-x"
    )
