"""The sign-in: codes, tokens, their lives and their ends."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.practice.quickbooks_online import CLIENT_ID, CLIENT_SECRET
from tests.practice.quickbooks_online.calling import CALLBACK, JSON, REALM, Caller, read

HARD = {"x-include-refresh-token-hard-expires-in": "true"}


def authorize(caller: Caller, **changes: str) -> httpx.Response:
    params = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "scope": "com.intuit.quickbooks.accounting",
        "redirect_uri": CALLBACK,
        "state": "s+1",
        **changes,
    }
    return caller.http.get("/connect/oauth2", params=params)


def returned(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert address.startswith(f"{CALLBACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def exchange(caller: Caller, code: str, redirect_uri: str = CALLBACK) -> httpx.Response:
    return caller.token_call(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)


def tokens(caller: Caller) -> dict[str, Any]:
    return read(exchange(caller, returned(authorize(caller))["code"]))


def refresh(caller: Caller, value: str) -> httpx.Response:
    return caller.token_call(grant_type="refresh_token", refresh_token=value)


def is_lost(answer: httpx.Response) -> bool:
    return answer.status_code == 400 and answer.json()["error"] == "invalid_grant"


def opens(caller: Caller, access: str) -> bool:
    headers = {**JSON, "Authorization": f"Bearer {access}"}
    return caller.http.get(f"/v3/company/{REALM}/customer/1", headers=headers).status_code == 200


def test_a_person_agrees_and_the_program_gets_tokens(caller: Caller) -> None:
    back = returned(authorize(caller))
    assert back == {"code": back["code"], "state": "s+1", "realmId": REALM}
    made = read(exchange(caller, back["code"]))
    assert made.keys() == {
        "token_type",
        "access_token",
        "expires_in",
        "refresh_token",
        "x_refresh_token_expires_in",
    }
    assert (made["token_type"], made["expires_in"], made["x_refresh_token_expires_in"]) == ("bearer", 3600, 8_726_400)
    assert opens(caller, made["access_token"])


def test_a_person_may_refuse_or_pick_another_company(caller: Caller) -> None:
    caller.online.sign_in.person_agrees = False
    assert returned(authorize(caller)) == {"error": "access_denied", "state": "s+1"}
    caller.online.sign_in.person_agrees = True
    caller.online.sign_in.realm_id = "99"
    back = returned(authorize(caller))
    assert back["realmId"] == "99"
    access = read(exchange(caller, back["code"]))["access_token"]
    answer = caller.http.get(f"/v3/company/{REALM}/customer/1", headers={**JSON, "Authorization": f"Bearer {access}"})
    assert answer.status_code == 403
    assert read(answer)["fault"]["error"][0]["code"] == "3100"


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "other"},
        {"redirect_uri": f"{CALLBACK}/"},
        {"redirect_uri": "http://127.0.0.1:8765/callback"},
        {"response_type": "token"},
        {"scope": "openid"},
        {"state": ""},
    ],
)
def test_a_wrong_question_never_leads_back(caller: Caller, changes: dict[str, str]) -> None:
    answer = authorize(caller, **changes)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/html")
    assert "Location" not in answer.headers


def test_a_code_is_good_once_for_minutes_and_for_its_address(caller: Caller) -> None:
    code = returned(authorize(caller))["code"]
    assert exchange(caller, code).status_code == 200
    assert is_lost(exchange(caller, code))
    assert is_lost(exchange(caller, returned(authorize(caller))["code"], f"{CALLBACK}/"))
    late = returned(authorize(caller))["code"]
    caller.clock.advance(minutes=5)
    assert is_lost(exchange(caller, late))


@pytest.mark.parametrize("auth", [("other", CLIENT_SECRET), (CLIENT_ID, "other"), ("", "")])
@pytest.mark.parametrize("path", ["/oauth2/v1/tokens/bearer", "/v2/oauth2/tokens/revoke"])
def test_only_the_program_itself_is_served(caller: Caller, auth: tuple[str, str], path: str) -> None:
    answer = caller.http.post(path, data={"grant_type": "refresh_token"}, auth=auth)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_forms_are_forms(caller: Caller) -> None:
    assert caller.token_call(grant_type="password").json()["error"] == "unsupported_grant_type"
    answer = caller.http.post("/oauth2/v1/tokens/bearer", json={}, auth=(CLIENT_ID, CLIENT_SECRET))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    answer = caller.http.post("/v2/oauth2/tokens/revoke", content=b"token=1", auth=(CLIENT_ID, CLIENT_SECRET))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_an_access_token_lives_an_hour(caller: Caller) -> None:
    made = tokens(caller)
    caller.clock.advance(seconds=3599)
    assert opens(caller, made["access_token"])
    caller.clock.advance(seconds=1)
    answer = caller.http.get(
        f"/v3/company/{REALM}/customer/1", headers={**JSON, "Authorization": f"Bearer {made['access_token']}"}
    )
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Intuit", error="invalid_token"'
    fault = read(answer)["fault"]
    assert (fault["type"], fault["error"][0]["code"]) == ("AUTHENTICATION", "3200")
    assert opens(caller, read(refresh(caller, made["refresh_token"]))["access_token"])


def test_a_refresh_token_changes_after_a_day_and_the_old_one_dies(caller: Caller) -> None:
    first = tokens(caller)["refresh_token"]
    caller.clock.advance(hours=23)
    same = read(refresh(caller, first))
    assert (same["refresh_token"], same["x_refresh_token_expires_in"]) == (first, 8_726_400 - 23 * 3600)
    caller.clock.advance(hours=1)
    second = read(refresh(caller, first))["refresh_token"]
    assert second != first
    caller.clock.advance(minutes=10)
    assert is_lost(refresh(caller, first))
    assert read(refresh(caller, second))["refresh_token"] == second


def test_of_two_refreshes_at_once_one_loses(caller: Caller) -> None:
    first = tokens(caller)["refresh_token"]
    caller.online.grants.rotates_always = True
    second = read(refresh(caller, first))["refresh_token"]
    third = read(refresh(caller, first))["refresh_token"]
    assert len({first, second, third}) == 3
    assert is_lost(refresh(caller, second))
    assert refresh(caller, third).status_code == 200


def test_a_refresh_token_that_is_not_used_dies_after_a_hundred_days(caller: Caller) -> None:
    first = tokens(caller)["refresh_token"]
    caller.clock.advance(seconds=8_726_399)
    second = read(refresh(caller, first))
    assert second["x_refresh_token_expires_in"] == 8_726_400
    caller.clock.advance(seconds=8_726_400)
    assert is_lost(refresh(caller, second["refresh_token"]))


def test_a_grant_ends_after_five_years_whatever_happens(caller: Caller) -> None:
    value = tokens(caller)["refresh_token"]
    for _ in range(36):
        caller.clock.advance(days=50)
        value = read(refresh(caller, value))["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": value}
    answer = caller.http.post("/oauth2/v1/tokens/bearer", data=form, auth=(CLIENT_ID, CLIENT_SECRET), headers=HARD)
    left = read(answer)
    assert left["x_refresh_token_hard_expires_in"] == left["x_refresh_token_expires_in"] == 25 * 86400
    caller.clock.advance(days=25)
    assert is_lost(refresh(caller, value))


@pytest.mark.parametrize("which", ["refresh_token", "access_token"])
def test_giving_a_token_back_ends_the_grant(caller: Caller, which: str) -> None:
    made = tokens(caller)
    answer = caller.http.post("/v2/oauth2/tokens/revoke", json={"token": made[which]}, auth=(CLIENT_ID, CLIENT_SECRET))
    assert (answer.status_code, answer.content) == (200, b"")
    assert not opens(caller, made["access_token"])
    assert is_lost(refresh(caller, made["refresh_token"]))
    assert opens(caller, caller.token), "another grant is not concerned"
    again = caller.http.post("/v2/oauth2/tokens/revoke", json={"token": made[which]}, auth=(CLIENT_ID, CLIENT_SECRET))
    assert again.status_code == 400


def test_a_person_may_disconnect_the_program(caller: Caller) -> None:
    made = tokens(caller)
    caller.online.grants.disconnect(REALM)
    assert not opens(caller, made["access_token"])
    assert not opens(caller, caller.token)
    assert is_lost(refresh(caller, made["refresh_token"]))
    caller.online.grants.expire_access()
    assert opens(caller, tokens(caller)["access_token"])


def test_access_tokens_are_as_long_as_real_ones(caller: Caller) -> None:
    made = tokens(caller)
    assert (len(made["access_token"]), len(made["refresh_token"])) == (1003, 50)


@pytest.mark.parametrize("header", ["", "Basic eDp5", "Bearer", "Bearer nonsense"])
def test_without_a_token_nothing_is_told(caller: Caller, header: str) -> None:
    answer = caller.http.get(f"/v3/company/{REALM}/customer/1", headers={**JSON, "Authorization": header})
    assert answer.status_code == 401
