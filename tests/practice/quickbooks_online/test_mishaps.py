"""Mishaps on order, the log, and the life of the service."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import httpx
import pytest

from app.practice.quickbooks_online import OnlineCompany, PracticeQuickBooksOnline, Refusal, on, writes
from tests.practice.quickbooks_online.calling import JSON, REALM, Caller, document, read


def test_refusals_of_the_gateway(caller: Caller) -> None:
    caller.online.mishaps.unauthorized()
    caller.online.mishaps.throttled(retry_after=7)
    caller.online.mishaps.throttled()
    for status, code, retry_after in ((401, "3200", None), (429, "3001", "7"), (429, "3001", None)):
        answer = caller.ask("POST", "/estimate", document())
        assert answer.status_code == status
        assert read(answer)["fault"]["error"][0]["code"] == code
        assert answer.headers.get("Retry-After") == retry_after
        assert answer.headers["intuit_tid"]
    assert caller.company.documents("Estimate") == []
    caller.create()


def test_a_service_that_is_down_writes_html(caller: Caller) -> None:
    caller.online.mishaps.unavailable(times=2)
    for path in ("/estimate", "/batch"):
        answer = caller.ask("POST", path, document())
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html")
    caller.create()


@pytest.mark.parametrize(("order", "done"), [("lose_answer", 1), ("cut_before", 0)])
def test_a_connection_is_cut_before_or_after_the_work(caller: Caller, order: str, done: int) -> None:
    getattr(caller.online.mishaps, order)(where=writes)
    caller.get("/customer/1")
    with pytest.raises(httpx.TransportError):
        caller.ask("POST", "/estimate", document(), requestid="r1")
    assert len(caller.company.documents("Estimate")) == done
    assert caller.online.requests[-1].status is None
    caller.post("/estimate", document(), requestid="r1")
    assert len(caller.company.documents("Estimate")) == 1


def test_an_answer_may_be_late(caller: Caller) -> None:
    caller.online.mishaps.late(5, where=on("create"))
    begun = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        caller.http.post(
            f"/v3/company/{REALM}/estimate",
            json=document() | {"Line": [{"DetailType": "DescriptionOnly", "Description": "x"}]},
            headers={**JSON, "Authorization": f"Bearer {caller.token}"},
            timeout=0.3,
        )
    assert time.monotonic() - begun < 5
    assert len(caller.company.documents("Estimate")) == 1


def test_stopping_does_not_wait_for_late_answers(company: OnlineCompany) -> None:
    online = PracticeQuickBooksOnline(company)
    online.start()
    online.mishaps.late(30)
    with httpx.Client(base_url=online.base_url, trust_env=False, timeout=10) as client:
        asking = threading.Thread(target=lambda: _ignore_loss(client))
        asking.start()
        while not online.requests:
            time.sleep(0.005)
        begun = time.monotonic()
        online.stop()
        asking.join(5)
    assert time.monotonic() - begun < 5
    assert not asking.is_alive()


def _ignore_loss(client: httpx.Client) -> None:
    try:
        client.get("/")
    except httpx.TransportError:
        return


def test_a_fault_may_come_with_200_and_an_answer_by_halves(caller: Caller) -> None:
    caller.online.mishaps.fault_in_200(Refusal("6000", "Business", "Not today", ""))
    answer = caller.ask("POST", "/estimate", document())
    assert (answer.status_code, read(answer)["Fault"]["Error"][0]["Detail"]) == (200, "Not today")
    assert caller.company.documents("Estimate") == []
    caller.online.mishaps.truncated()
    answer = caller.ask("POST", "/estimate", document())
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="JSON"):
        read(answer)
    assert len(caller.company.documents("Estimate")) == 1


def test_a_person_comes_between_reading_and_writing(caller: Caller) -> None:
    made = caller.create()
    caller.online.mishaps.before(lambda: caller.desk.edit("Estimate", made["Id"], memo="mine"), where=on("update"))
    shown = caller.get(f"/estimate/{made['Id']}")["Estimate"]
    body = {"Id": made["Id"], "SyncToken": shown["SyncToken"], "sparse": True}
    assert caller.refusal("/estimate", body)["code"] == "5010"
    caller.online.mishaps.after(lambda: caller.desk.delete("Estimate", made["Id"]), where=on("read"))
    caller.get(f"/estimate/{made['Id']}")
    assert caller.refusal("/estimate", {**body, "SyncToken": "1"})["code"] == "610"


def test_what_was_ordered_can_be_taken_back(caller: Caller) -> None:
    caller.online.mishaps.unavailable(times=9)
    caller.online.mishaps.before(lambda: caller.desk.add_customer("x"), times=9)
    caller.online.mishaps.heal()
    caller.create()
    assert len(caller.query("select * from Customer")["Customer"]) == 2


def test_too_many_calls_are_throttled_per_second(caller: Caller) -> None:
    caller.online.throttle.is_on = True
    for _ in range(10):
        caller.get("/customer/1")
    assert caller.ask("GET", "/customer/1").status_code == 429
    caller.clock.advance(seconds=1)
    caller.get("/customer/1")


@pytest.mark.parametrize(("path", "most"), [("/batch", 40), ("/estimate", 500)])
def test_too_many_calls_are_throttled_per_minute(caller: Caller, path: str, most: int) -> None:
    throttle = caller.online.throttle
    throttle.is_on = True
    is_batch = path == "/batch"
    for _ in range(most):
        assert not throttle.refuses(REALM, caller.clock(), is_batch=is_batch)
        caller.clock.advance(milliseconds=110)
    assert caller.ask("POST", path, document()).status_code == 429
    caller.clock.advance(minutes=1)
    assert caller.ask("POST", path, document()).status_code != 429


def test_requests_are_logged(caller: Caller) -> None:
    caller.ask("POST", "/invoice", document(CustomerRef={"value": "77"}), requestid="é")
    caller.ask("POST", "/invoice", b'{"Id":"1","SyncToken":"0"}')
    caller.ask("POST", "/invoice", b'{"Id":"1","SyncToken":"0"}', operation="void")
    caller.http.get("/nowhere")
    logged = caller.online.requests
    assert [(each.method, each.operation, each.status) for each in logged] == [
        ("POST", "create", 400),
        ("POST", "update", 400),
        ("POST", "void", 400),
        ("GET", "read", 404),
    ]
    assert logged[0].path == f"/v3/company/{REALM}/invoice"
    assert logged[0].query == {"minorversion": "75", "requestid": "é"}
    assert '"77"' in logged[0].body
    assert len({each.tid for each in logged}) == 4


def test_a_program_says_that_it_wants_json(caller: Caller) -> None:
    headers = {"Authorization": f"Bearer {caller.token}", "Accept": "*/*"}
    assert caller.http.get(f"/v3/company/{REALM}/customer/1", headers=headers).status_code == 406
    answer = caller.http.post(
        f"/v3/company/{REALM}/estimate", content=b"{}", headers={**headers, "Accept": JSON["Accept"]}
    )
    assert read(answer)["Fault"]["Error"][0]["code"] == "500"


def test_two_companies_live_apart(caller: Caller) -> None:
    caller.create(DocNumber="7")
    other = OnlineCompany("2", clock=caller.clock)
    caller.online.companies["2"] = other
    access = caller.online.grants.consent("2").access
    headers = {**JSON, "Authorization": f"Bearer {access}"}
    assert caller.http.get(f"/v3/company/{REALM}/customer/1", headers=headers).status_code == 403
    answer = caller.http.get("/v3/company/2/query", params={"query": "select * from Estimate"}, headers=headers)
    assert read(answer)["QueryResponse"] == {}


def test_the_time_is_when_the_request_began(caller: Caller) -> None:
    caller.online.mishaps.before(lambda: caller.clock.advance(seconds=5))
    answer = caller.post("/estimate", document())
    assert answer["time"] == "2026-11-22T07:15:08.450-08:00"
    assert caller.company.documents("Estimate")[0].created == caller.clock.now - timedelta(microseconds=450_000)


def test_the_life_of_the_service_leaves_no_thread(company: OnlineCompany) -> None:
    before = set(threading.enumerate())
    online = PracticeQuickBooksOnline(company)
    with pytest.raises(RuntimeError):
        _ = online.base_url
    with online:
        names = {thread.name for thread in set(threading.enumerate()) - before}
        assert any(name.startswith("practice-quickbooks-online-") for name in names)
        assert online.token_url == f"{online.base_url}/oauth2/v1/tokens/bearer"
        assert httpx.get(online.authorize_url, trust_env=False).status_code == 400
        assert httpx.post(online.revoke_url, trust_env=False).status_code == 401
    assert set(threading.enumerate()) == before


def test_many_programs_at_once_write_each_document_once(caller: Caller) -> None:
    def write(number: int) -> None:
        for _ in range(2):
            caller.ask("POST", "/estimate", document(DocNumber=str(number)), requestid=f"r{number}")

    threads = [threading.Thread(target=write, args=(number // 2,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.doc_number for each in caller.company.documents("Estimate")) == list("012345")
