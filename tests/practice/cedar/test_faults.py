"""Faults on order."""

import json
import threading
import time
from typing import Literal

import httpx
import pytest

from app.practice.cedar import CedarSandbox, PracticeRailroad
from tests.practice.cedar.caller import DEF, ROWS, SUMMARY, Caller, client_of, rows_request

COUNT = {"aggregates": [{"columnKey": "chargeId", "op": "AO_COUNT"}]}


def test_next_requests_fail_and_then_all_is_well(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.fail_next(2, retry_after=7)
    for _ in range(2):
        answer = client.post(ROWS, json=rows_request())
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "7"
        assert answer.json()["code"] == 14
    assert client.post(ROWS, json=rows_request()).status_code == 200


@pytest.mark.parametrize(("status", "code"), [(429, 8), (500, 13), (502, 13), (409, 13)])
def test_any_status_may_be_ordered(sandbox: CedarSandbox, client: httpx.Client, status: int, code: int) -> None:
    sandbox.fail_next(1, status=status)
    answer = client.post(ROWS, json=rows_request())
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert "Retry-After" not in answer.headers


def test_fault_waits_for_the_request_it_is_meant_for(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.fail_next(1, where="summary")
    sandbox.fail_next(1, status=429, where="any")
    assert client.post(ROWS, json=rows_request()).status_code == 429
    assert client.get(DEF).status_code == 200
    assert client.post(SUMMARY, json=COUNT).status_code == 503
    assert client.post(SUMMARY, json=COUNT).status_code == 200


def test_connection_is_reset_without_an_answer(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.drop_next(2)
    for _ in range(2):
        with pytest.raises(httpx.TransportError) as caught:
            client.post(ROWS, json=rows_request())
        assert isinstance(caught.value, httpx.ReadError | httpx.RemoteProtocolError)
    assert client.post(ROWS, json=rows_request()).status_code == 200


@pytest.mark.parametrize("kind", ["silent", "stalled"])
def test_an_answer_does_not_come_until_all_is_healed(
    sandbox: CedarSandbox, client: httpx.Client, kind: Literal["silent", "stalled"]
) -> None:
    sandbox.hang_next(2, kind)
    with pytest.raises(httpx.ReadTimeout):
        client.post(ROWS, json=rows_request(), timeout=0.1)
    threading.Timer(0.2, sandbox.heal).start()
    with pytest.raises(httpx.TransportError):
        client.post(ROWS, json=rows_request())
    assert client.post(ROWS, json=rows_request()).status_code == 200


def test_whoever_hangs_up_keeps_nothing_busy(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.hang_next(20)
    for _ in range(20):
        with pytest.raises(httpx.ReadTimeout):
            client.post(ROWS, json=rows_request(), timeout=0.02)
    assert client.post(ROWS, json=rows_request()).status_code == 200


def test_garbage_is_html_and_half_a_document_in_turn(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.garbage_next(2)
    html = client.post(ROWS, json=rows_request())
    assert (html.status_code, html.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    half = client.post(ROWS, json=rows_request())
    assert half.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        half.json()
    assert client.post(ROWS, json=rows_request()).json()["rows"]


def test_kind_of_garbage_may_be_chosen(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.garbage_next(2, kind="html", where="def")
    assert {client.get(DEF).headers["Content-Type"] for _ in range(2)} == {"text/html; charset=utf-8"}


def test_slow_answers_come_late(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.slow(0.4)
    begun = time.monotonic()
    assert client.get(DEF).status_code == 200
    assert time.monotonic() - begun >= 0.4
    sandbox.slow(0)
    begun = time.monotonic()
    assert client.get(DEF).status_code == 200
    assert time.monotonic() - begun < 0.4


def test_stopping_does_not_wait_for_slow_answers(railroad: PracticeRailroad) -> None:
    sandbox = CedarSandbox(railroad)
    sandbox.start()
    sandbox.slow(30)
    with client_of(sandbox) as client:
        asking = threading.Thread(target=lambda: _ignore_loss(client))
        asking.start()
        while not sandbox.requests:
            time.sleep(0.01)
        begun = time.monotonic()
        sandbox.stop()
        asking.join(5)
    assert time.monotonic() - begun < 5
    assert not asking.is_alive()


def _ignore_loss(client: httpx.Client) -> None:
    try:
        client.get(DEF)
    except httpx.TransportError:
        return


@pytest.mark.parametrize("size", [5, 1000])
def test_broken_server_repeats_its_token_for_ever(sandbox: CedarSandbox, caller: Caller, size: int) -> None:
    sandbox.repeat_token()
    body = rows_request(pageSize=size)
    token = caller.post(ROWS, body)["nextToken"]
    for _ in range(3):
        assert caller.post(ROWS, {**body, "pageNextToken": token})["nextToken"] == token
    sandbox.repeat_token(enabled=False)
    assert caller.post(ROWS, {**body, "pageNextToken": token}).get("nextToken") != token


def test_heal_forgets_what_was_ordered(sandbox: CedarSandbox, client: httpx.Client) -> None:
    sandbox.fail_next(5)
    sandbox.drop_next(5)
    sandbox.slow(9)
    sandbox.heal()
    assert client.post(ROWS, json=rows_request()).status_code == 200


def test_requests_are_recorded(sandbox: CedarSandbox, client: httpx.Client) -> None:
    client.get(DEF)
    client.post("/nowhere", content='{"é": 1}'.encode())
    assert sandbox.requests == [(DEF, ""), ("/nowhere", '{"é": 1}')]


def test_life_of_a_sandbox_leaves_no_thread(railroad: PracticeRailroad) -> None:
    before = set(threading.enumerate())
    sandbox = CedarSandbox(railroad)
    with pytest.raises(RuntimeError):
        _ = sandbox.base_url
    sandbox.stop()
    sandbox.start()
    sandbox.start()
    with client_of(sandbox) as client:
        assert client.get(DEF).status_code == 200
        sandbox.stop()
        sandbox.stop()
        with pytest.raises(httpx.TransportError):
            client.get(DEF)
    assert set(threading.enumerate()) == before


def test_taken_port_is_reported(sandbox: CedarSandbox, railroad: PracticeRailroad) -> None:
    second = CedarSandbox(railroad, port=int(sandbox.base_url.rpartition(":")[2]))
    with pytest.raises(OSError, match=r"in use|usage|forbidden"):
        second.start()
    second.stop()


def test_many_clients_at_once(sandbox: CedarSandbox, railroad: PracticeRailroad) -> None:
    seen: list[list[int]] = []

    def read() -> None:
        with client_of(sandbox) as client:
            seen.append(Caller(client).ids())

    threads = [threading.Thread(target=read) for _ in range(6)]
    wanted = sorted(railroad.charges)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [wanted] * 6
