"""Who is let in, and how the service says no."""

import httpx
import pytest

from app.practice.cedar import CedarSandbox
from tests.practice.cedar.caller import CUSTOMERS, DEF, ROWS, SUMMARY, client_of, rows_request


def _refused(answer: httpx.Response, status: int, code: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["code"] == code
    assert answer.json()["message"]
    assert answer.json()["details"] == []


@pytest.mark.parametrize("path", [ROWS, SUMMARY, CUSTOMERS])
@pytest.mark.parametrize(
    ("header", "value", "status", "code"),
    [
        ("x-arms-api-key", "", 401, 16),
        ("x-arms-api-key", "other", 401, 16),
        ("x-arms-assume-user", "", 401, 16),
        ("x-arms-assume-user", "stranger@prairie.example", 401, 16),
        ("Content-Type", "text/plain", 400, 3),
        ("Content-Type", "", 400, 3),
    ],
)
def test_header_that_is_missing_or_wrong_is_refused(
    sandbox: CedarSandbox, path: str, header: str, value: str, status: int, code: int
) -> None:
    with client_of(sandbox, **{header: value}) as client:
        _refused(client.post(path, content=b"{}"), status, code)


@pytest.mark.parametrize(("carrier", "status", "code"), [("", 400, 3), ("99", 403, 7)])
def test_charge_calls_need_the_carrier(sandbox: CedarSandbox, carrier: str, status: int, code: int) -> None:
    with client_of(sandbox, Carrier=carrier) as client:
        _refused(client.get(DEF), status, code)
        _refused(client.post(ROWS, json=rows_request()), status, code)
        _refused(client.post(SUMMARY, json={"aggregates": []}), status, code)


def test_reading_the_definition_needs_no_content_type(sandbox: CedarSandbox) -> None:
    with client_of(sandbox, **{"Content-Type": ""}) as client:
        assert client.get(DEF).status_code == 200


def test_charset_in_the_content_type_is_fine(sandbox: CedarSandbox) -> None:
    with client_of(sandbox, **{"Content-Type": "application/json; charset=utf-8"}) as client:
        assert client.post(ROWS, json=rows_request()).status_code == 200


def test_unknown_path_is_not_found(client: httpx.Client) -> None:
    _refused(client.get("/t/v1/charges"), 404, 5)
    _refused(client.get("/"), 404, 5)


def test_wrong_method_is_not_allowed(client: httpx.Client) -> None:
    answer = client.get(ROWS)
    _refused(answer, 405, 12)
    assert answer.headers["Allow"] == "POST"
    _refused(client.post(DEF, json={}), 405, 12)


def test_revoked_key_is_refused_until_healed(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.revoke_key()
    _refused(client.get(DEF), 401, 16)
    sandbox.heal()
    assert client.get(DEF).status_code == 200


def test_forbidden_user_is_refused_until_healed(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.forbid()
    _refused(client.get(DEF), 403, 7)
    _refused(client.post(CUSTOMERS, json={"carrierId": 1234}), 403, 7)
    sandbox.heal()
    assert client.get(DEF).status_code == 200
