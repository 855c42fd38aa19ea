from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.books.quickbooks_online import http_client
from app.books.quickbooks_online.courier import LARGEST, Courier
from app.books.quickbooks_online.throttle import A_SECOND, Throttle
from app.books.quickbooks_online.token_place import TokenPlace
from app.domain.faults import HomeUnusable
from app.practice.quickbooks_online import Refusal, on
from tests.books.quickbooks_online.intuit import QUERY, Intuit
from tests.cedar.raw_server import Behaviour, http, raw_server, resetting, saying, waiting
from tests.fakes import FakeClock

CREATE = 'POST /customer?minorversion=75&requestid=r1\n\n{"DisplayName": "4410"}'
UNKNOWN = "GET /customer/999?minorversion=75\n\n"


@pytest.fixture
def courier(intuit: Intuit) -> Courier:
    return intuit.signed_in().courier(intuit.realm_id)


def names(intuit: Intuit) -> list[str]:
    return [each.path for each in intuit.service.requests if "/company/" in each.path]


def test_an_answer_comes_back_with_its_trace(intuit: Intuit, courier: Courier) -> None:
    answer = courier.send(CREATE)
    assert (answer.fault, '"DisplayName":"4410"' in answer.text.replace(": ", ":")) == ("", True)
    served = intuit.service.requests[-1]
    assert answer.trace == served.tid
    assert (served.method, served.path, served.body) == (
        "POST",
        f"/v3/company/{intuit.realm_id}/customer",
        '{"DisplayName": "4410"}',
    )
    assert served.query == {"minorversion": "75", "requestid": "r1"}
    assert answer.seconds > 0


def test_a_statement_is_sent_as_what_it_is(courier: Courier) -> None:
    answer = courier.send(QUERY)
    assert (answer.fault, '"QueryResponse"' in answer.text) == ("", True)


def test_a_refusal_of_the_request_is_an_answer(courier: Courier) -> None:
    answer = courier.send(UNKNOWN)
    assert (answer.fault, "Fault" in answer.text, bool(answer.trace)) == ("", True, True)


def test_after_a_401_the_token_is_renewed_and_the_call_repeated_once(intuit: Intuit, courier: Courier) -> None:
    courier.send(QUERY)
    intuit.service.grants.expire_access()
    assert courier.send(CREATE).fault == ""
    assert len(names(intuit)) == 3
    assert intuit.asked() == 2


def test_a_second_401_is_told_without_a_word_of_the_server(intuit: Intuit, courier: Courier) -> None:
    intuit.service.mishaps.unauthorized(times=2)
    answer = courier.send(CREATE)
    assert (answer.fault, answer.text, answer.message) == ("401", "", "")
    assert len(names(intuit)) == 2


def test_a_grant_lost_in_the_middle_is_told_and_nothing_more_is_sent(intuit: Intuit, courier: Courier) -> None:
    courier.send(QUERY)
    intuit.service.grants.disconnect(intuit.realm_id)
    assert [courier.send(CREATE).fault for _ in range(2)] == ["grant_lost", "grant_lost"]
    assert len(names(intuit)) == 2


def test_a_call_that_went_well_proves_the_new_refresh_token(intuit: Intuit, courier: Courier) -> None:
    intuit.service.grants.rotates_always = True
    place = TokenPlace(intuit.store, "main", intuit.home, intuit.clock.now)
    intuit.service.mishaps.unavailable(where=on("create"))
    courier.send(CREATE)
    assert place.load().previous != ""
    courier.send(CREATE)
    assert place.load().previous == ""


def test_without_a_sign_in_or_a_company_nothing_is_sent(intuit: Intuit) -> None:
    assert intuit.access().courier(intuit.realm_id).send(QUERY).fault == "not_signed_in"
    assert intuit.signed_in().courier("").send(QUERY).fault == "not_signed_in"
    intuit.secret = "wrong"
    answer = intuit.access().courier(intuit.realm_id).send(QUERY)
    assert (answer.fault, "client secret" in answer.message) == ("not_signed_in", True)
    assert names(intuit) == []


def test_while_the_token_server_is_away_nothing_is_sent(intuit: Intuit, courier: Courier) -> None:
    intuit.service.mishaps.unavailable(where=on("token"))
    assert courier.send(CREATE).fault == "unreachable"
    assert names(intuit) == []
    assert courier.send(CREATE).fault == ""


def test_tokens_that_cannot_be_kept_keep_the_call_from_being_sent(
    intuit: Intuit, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HomeUnusable("The disk is full.")

    monkeypatch.setattr("app.books.quickbooks_online.token_place.TokenPlace.save", refuse)
    answer = courier.send(CREATE)
    assert (answer.fault, answer.message) == ("unreachable", "The disk is full.")
    assert names(intuit) == []


def test_another_company_than_the_signs_in_is_refused_by_its_status(intuit: Intuit) -> None:
    answer = intuit.signed_in().courier("123").send(QUERY)
    assert (answer.fault, "3100" in answer.message) == ("403", True)


@pytest.mark.parametrize("mishap", ["lose_answer", "cut_before", "truncated"])
def test_what_may_have_been_done_is_told_and_not_repeated(intuit: Intuit, courier: Courier, mishap: str) -> None:
    getattr(intuit.service.mishaps, mishap)(where=on("create"))
    answer = courier.send(CREATE)
    assert (answer.fault, answer.text) == ("no_answer", "")
    assert len(names(intuit)) == 1


def test_a_server_in_trouble_is_told_by_its_status(intuit: Intuit, courier: Courier) -> None:
    intuit.service.mishaps.unavailable(where=on("create"))
    answer = courier.send(CREATE)
    assert (answer.fault, "<html>" in answer.message) == ("503", True)


def test_a_fault_in_a_200_is_left_to_who_reads_it(intuit: Intuit, courier: Courier) -> None:
    refusal = Refusal("6240", "Duplicate Name Exists Error", "taken")
    intuit.service.mishaps.fault_in_200(refusal)
    answer = courier.send(CREATE)
    assert (answer.fault, "6240" in answer.text) == ("", True)


def test_after_too_many_requests_the_company_is_left_alone_for_a_while(intuit: Intuit, courier: Courier) -> None:
    intuit.service.mishaps.throttled(times=2)
    waits = []
    for _ in range(2):
        assert courier.send(QUERY).fault == "429"
        assert courier.not_before is not None
        waits.append(courier.not_before - intuit.clock.now())
        # Nothing is sent before that.
        answer = courier.send(QUERY)
        assert (answer.fault, f"{courier.not_before:%H:%M:%SZ}" in answer.message) == ("429", True)
        intuit.clock.move(seconds=waits[-1].total_seconds() - 1)
        assert courier.send(QUERY).fault == "429"
        intuit.clock.move(seconds=1)
    assert waits == [timedelta(seconds=60), timedelta(seconds=120)]
    assert (courier.send(QUERY).fault, courier.not_before, len(names(intuit))) == ("", None, 3)


def test_the_server_says_how_long(intuit: Intuit, courier: Courier) -> None:
    intuit.service.mishaps.throttled(retry_after=7)
    courier.send(QUERY)
    assert courier.not_before == intuit.clock.now() + timedelta(seconds=7)


def test_another_courier_of_the_company_waits_too(intuit: Intuit) -> None:
    access = intuit.signed_in()
    intuit.service.mishaps.throttled()
    access.courier(intuit.realm_id).send(QUERY)
    access.close()
    assert access.courier(intuit.realm_id).send(QUERY).fault == "429"
    assert len(names(intuit)) == 1


def test_the_pause_grows_to_ten_minutes_and_a_clock_set_back_does_not_lengthen_it() -> None:
    clock = FakeClock()
    throttle = Throttle(clock.now)
    waits = [(throttle.pause(None) - clock.now()).total_seconds() for _ in range(6)]
    assert waits == [60, 120, 240, 480, 600, 600]
    clock.move(days=-400)
    assert throttle.not_before is None
    assert throttle.pause(1e12) - clock.now() == timedelta(hours=24)
    throttle.went_well()
    assert (throttle.not_before, throttle.pause(None) - clock.now()) == (None, timedelta(seconds=60))


def test_no_more_than_eight_requests_begin_in_any_second() -> None:
    time, begun = [0.0], []

    def sleep(seconds: float) -> None:
        time[0] += seconds

    throttle = Throttle(FakeClock().now, monotonic=lambda: time[0], sleep=sleep)
    for _ in range(50):
        throttle.wait_for_turn()
        begun.append(time[0])
        time[0] += 1 / 64
    within = [sum(1 for other in begun if 0 <= other - each < 1.0) for each in begun]
    assert (max(within), A_SECOND) == (8, 8)
    assert begun[-1] < 6.5


@pytest.fixture
def raw(intuit: Intuit) -> Iterator[Courier]:
    """Give a courier whose server is replaced by each test; its tokens are good."""
    access = intuit.signed_in()
    with Courier("http://127.0.0.1:1", intuit.realm_id, access.keeper, access.throttle, read_time=0.2) as courier:
        yield courier


ENDS: tuple[tuple[Behaviour, str], ...] = (
    (saying(http(b"{}")), ""),
    (saying(http(b"{}", "400 Bad Request")), ""),
    (saying(http(b"<html>", "400 Bad Request")), "400"),
    (saying(http(b"", "302 Found", "Location: http://127.0.0.1:1/elsewhere")), "302"),
    (saying(http(b"<html>sign in to the hotel</html>")), "no_answer"),
    (saying(http(b'{"half": ')), "no_answer"),
    (saying(http(b"")), "no_answer"),
    (saying(http(b'{"a": 1}', length=500)), "no_answer"),
    (saying(http(b"{}", "200 OK", "Content-Encoding: gzip")), "no_answer"),
    (saying(b"HTTP/1.1 200 OK\r\nContent-Le"), "no_answer"),
    (saying(b"nonsense\r\n\r\n"), "no_answer"),
    (saying(http(b'{"fault":{"error":[{"code":"3001"}]}}', "403 Forbidden")), "429"),
    (saying(http(b'{"fault":{"error":["3001"]}}', "403 Forbidden")), "403"),
    (saying(http(b"[]", "403 Forbidden")), "403"),
    (resetting, "no_answer"),
    (waiting, "no_answer"),
)


def test_each_end_of_a_call_has_its_word(intuit: Intuit) -> None:
    access = intuit.signed_in()
    coming = iter(ENDS)
    with (
        raw_server(lambda connection, request: next(coming)[0](connection, request)) as root,
        Courier(
            root, intuit.realm_id, access.keeper, Throttle(intuit.clock.now, sleep=lambda _: None), read_time=0.2
        ) as courier,
    ):
        for number, (_, fault) in enumerate(ENDS):
            answer = courier.send(CREATE)
            assert (answer.fault, answer.text == "") == (fault, bool(fault)), number
            intuit.clock.move(minutes=1)
    assert next(coming, None) is None


def test_without_a_connection_nothing_was_sent(raw: Courier) -> None:
    assert raw.send(CREATE).fault == "unreachable"


def test_an_answer_larger_than_any_real_one_is_none(raw: Courier, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LARGEST == 32 * 1024 * 1024
    monkeypatch.setattr("app.books.quickbooks_online.courier.LARGEST", 1000)
    with raw_server(saying(http(b'{"a": "' + b"x" * 1000 + b'"}'))) as root:
        raw._company = f"{root}/v3/company/1"
        assert raw.send(CREATE).fault == "no_answer"


def test_who_we_are(raw: Courier) -> None:
    seen: list[bytes] = []

    def look(connection: object, request: bytes) -> None:
        seen.append(request)
        connection.sendall(http(b"{}"))  # type: ignore[attr-defined]

    with raw_server(look) as root:
        raw._company = f"{root}/v3/company/1"
        raw.send(QUERY)
        raw.send(CREATE)
        raw.send(UNKNOWN)
    statement, create, read = seen
    assert f"User-Agent: {http_client.USER_AGENT}".encode() in statement
    assert b"Accept: application/json" in statement
    assert b"Content-Type: application/text" in statement
    assert b"Content-Type: application/json" in create
    assert b"Content-Type" not in read
    assert read.startswith(b"GET /v3/company/1/customer/999?minorversion=75 HTTP/1.1")


@pytest.mark.parametrize(
    "text", ["", "GET", "DELETE /x\n\n", "GET x\n\n", "GET /../1/x\n\n", "GET /a b\n\n", "GET /a\nb\n\n"]
)
def test_what_is_no_call_is_a_bug(raw: Courier, text: str) -> None:
    with pytest.raises(ValueError, match="method and its path"):
        raw.send(text)


def test_the_token_is_in_no_message_and_no_log(
    intuit: Intuit, courier: Courier, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level("DEBUG"):
        courier.send(QUERY)
        token = courier._keeper.access()
        intuit.service.mishaps.unauthorized(times=2)
        told = repr(courier.send(QUERY))
    told += caplog.text
    assert token not in told
    assert token[:40] not in told


def test_the_date_of_the_server_counts(intuit: Intuit, raw: Courier) -> None:
    now = datetime.now(UTC)
    headers = (
        f"Date: {now - timedelta(hours=5):%a, %d %b %Y %H:%M:%S GMT}",
        f"Retry-After: {now - timedelta(hours=5) + timedelta(seconds=90):%a, %d %b %Y %H:%M:%S GMT}",
    )
    with raw_server(saying(http(b"", "429 Too Many Requests", *headers))) as root:
        raw._company = f"{root}/v3/company/1"
        raw.send(QUERY)
    assert raw.not_before == intuit.clock.now() + timedelta(seconds=90)
