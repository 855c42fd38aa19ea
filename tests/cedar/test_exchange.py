"""What is sent, and how every refusal and transport fault is told."""

import gzip
import logging
import socket
import ssl
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC
from urllib.parse import quote

import httpx
import pytest

from app import __version__
from app.cedar import exchange
from app.cedar.client import CedarClient
from app.cedar.faults import Cancelled, PassingFault
from app.domain.faults import CedarFault, CedarRefused, CedarUnavailable, NotConfigured
from app.domain.reasons import ReasonCode
from app.system import network
from app.system.unwanted import begun
from tests.cedar.raw_server import Behaviour, http, raw_server, resetting, saying, waiting
from tests.cedar.stand_in import KEY, Script, a_client, answering, patient

DEFINITION = b'{"columns": [{"key": "chargeId", "name": "Charge ID", "type": "INT"}]}'
OK = httpx.Response(200, content=DEFINITION)


def local_client(base_url: str, attempts: int = 1, cancelled: Callable[[], bool] = lambda: False) -> CedarClient:
    return CedarClient(
        region="us",
        base_url=base_url,
        carrier="1234",
        assume_user="books@railroad.example",
        api_key=KEY,
        time_zone=UTC,
        retry=patient(attempts=attempts),
        cancelled=cancelled,
    )


def fault_of(*answers: httpx.Response | Exception) -> CedarFault:
    with a_client(Script(*answers)) as client, pytest.raises(CedarFault) as caught:
        client.table_definition()
    return caught.value


def fault_from(behave: Behaviour, attempts: int = 1) -> CedarFault:
    with raw_server(behave) as url, local_client(url, attempts) as client, pytest.raises(CedarFault) as caught:
        client.table_definition()
    return caught.value


def test_every_request_says_who_we_are() -> None:
    script = Script(OK)
    with a_client(script) as client:
        client.table_definition()
    request = script.requests[0]
    assert request.method == "GET"
    assert str(request.url) == "https://api-lg-k-h1.arms.cedarai.com/t/v1/charges-table-def"
    assert request.headers["x-arms-api-key"] == KEY
    assert request.headers["x-arms-assume-user"] == "books@railroad.example"
    assert request.headers["carrier"] == "1234"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"] == f"cedar-sync/{__version__}"


@pytest.mark.parametrize(
    ("carrier", "user", "key"),
    [
        ("", "u", "k"),
        ("1", " ", "k"),
        ("1", "u", ""),
        ("1", "u", "k\nx: y"),
        ("1\r\n", "u\x00", "k"),
        ("1", "u", "“k”"),
    ],
)
def test_what_cannot_stand_in_a_header_is_a_matter_of_settings(carrier: str, user: str, key: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        CedarClient(region="us", base_url="", carrier=carrier, assume_user=user, api_key=key, time_zone=UTC)
    assert "“k”" not in str(caught.value)


def test_blanks_around_pasted_values_are_taken_off_and_names_may_have_accents() -> None:
    script = Script(OK)
    transport = httpx.MockTransport(script)
    with CedarClient(
        region="us",
        base_url="",
        carrier=" 1234\n",
        assume_user="zoë@railroad.example",
        api_key=f"\t{KEY}\r\n",
        time_zone=UTC,
        transport=transport,
    ) as client:
        client.table_definition()
    raw = dict(script.requests[0].headers.raw)
    assert raw[b"x-arms-api-key"] == KEY.encode()
    assert raw[b"Carrier"] == b"1234"
    assert raw[b"x-arms-assume-user"] == "zoë@railroad.example".encode()


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, CedarUnavailable, ReasonCode.CEDAR_UNREACHABLE),
        (401, CedarRefused, ReasonCode.CEDAR_KEY_REFUSED),
        (403, CedarRefused, ReasonCode.CEDAR_PERMISSION),
        (404, CedarUnavailable, ReasonCode.CEDAR_UNREACHABLE),
        (409, CedarUnavailable, ReasonCode.CEDAR_UNREACHABLE),
        (301, CedarUnavailable, ReasonCode.CEDAR_UNREACHABLE),
        (304, CedarUnavailable, ReasonCode.CEDAR_UNREACHABLE),
        (407, CedarUnavailable, ReasonCode.CEDAR_UNREACHABLE),
    ],
)
def test_refusals_are_told_at_once(status: int, kind: type[CedarFault], code: ReasonCode) -> None:
    script = Script(httpx.Response(status, json={"code": 3, "message": "the words of Cedar", "details": []}))
    with a_client(script) as client, pytest.raises(kind) as caught:
        client.table_definition()
    assert len(script.requests) == 1
    assert not isinstance(caught.value, PassingFault)
    assert caught.value.reason.code is code
    assert str(status) in (caught.value.reason.raw or "")
    assert "the words of Cedar" in (caught.value.reason.raw or "")
    assert str(status) not in str(caught.value)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
def test_healing_refusals_are_tried_again(status: int) -> None:
    script = Script(httpx.Response(status), httpx.Response(status, text="<html>Bad Gateway</html>"), OK)
    with a_client(script) as client:
        assert client.table_definition()[0].key == "chargeId"
    assert len(script.requests) == 3


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_refusals_that_do_not_heal_in_time_are_told(status: int) -> None:
    fault = fault_of(httpx.Response(status, text="<html>  Bad\n Gateway </html>"))
    assert isinstance(fault, PassingFault)
    assert fault.reason.code is ReasonCode.CEDAR_UNREACHABLE
    assert fault.reason.raw == f"{status} <html> Bad Gateway </html>"


@pytest.mark.parametrize(
    "exception",
    [
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.PoolTimeout("slow"),
        httpx.ConnectError("refused"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("broke off"),
        httpx.ProxyError("no way"),
    ],
)
def test_transport_faults_are_tried_again_and_told(exception: Exception) -> None:
    with a_client(Script(exception, exception, OK)) as client:
        assert client.table_definition()
    fault = fault_of(exception)
    assert isinstance(fault, PassingFault)
    assert fault.reason.raw == f"{type(exception).__name__}: {exception}"
    assert fault.__cause__ is exception


def test_untrusted_certificate_is_told_and_not_tried_again() -> None:
    exception = httpx.ConnectError("handshake")
    exception.__cause__ = ssl.SSLCertVerificationError("self-signed")
    script = Script(exception)
    with a_client(script) as client, pytest.raises(CedarUnavailable, match="certificate"):
        client.table_definition()
    assert len(script.requests) == 1
    assert "certificate" in str(fault_of(httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]")))


def test_certificates_are_verified() -> None:
    context = network.trusted_authorities()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize("header", ["7", "Thu, 01 Jan 2026 00:00:07 GMT"])
def test_retry_after_is_kept_in_both_forms(header: str) -> None:
    slept: list[float] = []
    busy = httpx.Response(429, headers={"Retry-After": header, "Date": "Thu, 01 Jan 2026 00:00:00 GMT"})
    with a_client(Script(busy, OK), retry=patient(sleep=slept.append)) as client:
        client.table_definition()
    assert sum(slept) == pytest.approx(7)


def test_retry_after_beyond_patience_is_told_at_once() -> None:
    script = Script(httpx.Response(503, headers={"Retry-After": "3600"}))
    with a_client(script) as client, pytest.raises(PassingFault) as caught:
        client.table_definition()
    assert len(script.requests) == 1
    assert caught.value.retry_after == 3600


@pytest.mark.parametrize(
    "body", [b"", b"<html>Sign in</html>", DEFINITION[:-10], b"[]", b"{}", b"\x00\xff", b'{"columns": []}']
)
def test_nonsense_is_told_without_asking_again(body: bytes) -> None:
    script = Script(httpx.Response(200, content=body))
    with a_client(script) as client, pytest.raises(CedarUnavailable, match="cannot be read as charges") as caught:
        client.table_definition()
    assert len(script.requests) == 1
    assert caught.value.reason.code is ReasonCode.CEDAR_UNREACHABLE


def test_a_page_of_another_program_is_shown_and_json_is_not() -> None:
    assert "Sign in" in (fault_of(httpx.Response(200, text="<html>Sign in</html>")).reason.raw or "")
    for json in (b'{"customer": "Acme"', b'\xef\xbb\xbf\n[{"customer": "Acme"}]'):
        assert "Acme" not in (fault_of(httpx.Response(200, content=json)).reason.raw or "")


def test_answer_beyond_the_limit_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "ANSWER_LIMIT", 1000)
    bomb = gzip.compress(b" " * 100_000)
    assert len(bomb) < 1000
    fault = fault_from(saying(http(bomb, "200 OK", "Content-Encoding: gzip")))
    assert fault.reason.raw == "more than 1000 bytes"


def test_answer_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "ANSWER_TIME", -1.0)
    fault = fault_of(OK)
    assert isinstance(fault, PassingFault)
    assert "did not answer in time" in str(fault)


def test_cancelled_while_an_answer_comes_in() -> None:
    script = Script(OK)
    with a_client(script, cancelled=lambda: bool(script.requests)) as client, pytest.raises(Cancelled):
        client.table_definition()


@pytest.mark.parametrize("answer", [b"", http(b'{"columns": [', length=100)], ids=["nothing", "half a body"])
def test_stopping_does_not_wait_for_an_answer_that_does_not_come(answer: bytes) -> None:
    asked, freed, stopped = threading.Event(), threading.Event(), threading.Event()

    def hanging(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        asked.set()
        freed.wait(10)

    with raw_server(hanging) as url:
        try:
            client = local_client(url, cancelled=stopped.is_set)
            reading = begun(client.table_definition)
            assert asked.wait(10)
            stopped.set()
            assert isinstance(reading.exception(2), Cancelled)
            client.close()
        finally:
            freed.set()
    for thread in threading.enumerate():
        if thread.name == "cedar-call":
            thread.join(10)  # whatever is left behind ends when its connection does
            assert not thread.is_alive()


def test_a_refusal_that_trickles_in_is_still_that_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "ANSWER_TIME", 0.1)

    def trickling(connection: socket.socket, _: bytes) -> None:
        connection.sendall(http(b"", "503 Service Unavailable", length=1000))
        while True:
            connection.sendall(b".")
            time.sleep(0.02)

    assert "503" in str(fault_from(trickling).reason.raw)


def test_wrong_compression_is_nonsense() -> None:
    answer = http(b"no gzip", "200 OK", "Content-Encoding: gzip")
    assert "cannot be read" in str(fault_from(saying(answer)))


def test_connection_refused() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        with (
            local_client(f"http://127.0.0.1:{unheard.getsockname()[1]}", 2) as client,
            pytest.raises(PassingFault) as c,
        ):
            client.table_definition()
    assert "cannot be reached" in str(c.value)


def test_reset() -> None:
    assert "broke off" in str(fault_from(resetting, 2))


def test_closed_without_an_answer() -> None:
    assert "broke off" in str(fault_from(lambda *_: None, 2))


def test_answer_cut_short() -> None:
    assert "broke off" in str(fault_from(saying(http(DEFINITION, length=5000))))


def test_refusal_cut_short_is_still_that_refusal() -> None:
    assert isinstance(fault_from(saying(http(b"{", "401 Unauthorized", length=5000))), CedarRefused)


def test_refusal_is_not_read_to_a_distant_end() -> None:
    script = Script(httpx.Response(403, content=b"x" * 1_000_000))
    with a_client(script) as client, pytest.raises(CedarRefused) as caught:
        client.table_definition()
    assert len(caught.value.reason.raw or "") == 500


def test_not_http_at_all() -> None:
    assert isinstance(fault_from(saying(b"220 mail.example ESMTP\r\n")), PassingFault)


def test_no_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "TIMEOUTS", httpx.Timeout(0.1))
    fault = fault_from(waiting)
    assert "did not answer in time" in str(fault)


def test_a_fault_heals_over_a_real_connection() -> None:
    behaviours = [resetting, saying(http(b"", "503 Service Unavailable", "Retry-After: 1")), saying(http(DEFINITION))]
    server = raw_server(lambda connection, request: behaviours.pop(0)(connection, request))
    with server as url, local_client(url, 3) as client:
        assert client.table_definition()[0].key == "chargeId"


def test_redirects_are_not_followed() -> None:
    asked: list[bytes] = []

    def redirect(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        saying(http(b"", "302 Found", "Location: http://127.0.0.1:1/login"))(connection, request)

    fault = fault_from(redirect, 3)
    assert len(asked) == 1
    assert "another place" in str(fault)
    assert fault.reason.raw == "302 to http://127.0.0.1:1/login"


def test_redirect_to_no_address_is_a_fault_too() -> None:
    assert isinstance(fault_from(saying(http(b"", "302 Found", "Location: http://[nowhere"))), CedarUnavailable)


def test_proxy_of_the_environment_is_not_used_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with raw_server(saying(http(DEFINITION))) as url, local_client(url) as client:
        assert client.table_definition()


def test_unusable_proxy_is_a_matter_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://proxy.example")
    with pytest.raises(NotConfigured, match="proxy"):
        CedarClient(region="us", base_url="", carrier="1", assume_user="u", api_key="k", time_zone=UTC)


ECHOES = [
    ("200 OK", ()),
    ("302 Found", (f"Location: https://elsewhere.example/?key={KEY}",)),
    ("400 Bad Request", ()),
    ("401 Unauthorized", ()),
    ("403 Forbidden", ()),
    ("404 Not Found", ()),
    ("429 Too Many Requests", ()),
    ("500 Internal Server Error", ()),
]


@pytest.mark.parametrize(("status", "headers"), ECHOES)
@pytest.mark.parametrize("padding", [0, 430, 480, 500])
def test_an_echoed_key_is_never_kept_or_logged(
    status: str, headers: tuple[str, ...], padding: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def echo(connection: socket.socket, request: bytes) -> None:
        assert KEY.encode() in request
        saying(http(b"x" * padding + request + quote(KEY).encode(), status, *headers))(connection, request)

    fault = fault_from(echo, attempts=2)
    told = "".join(traceback.format_exception(fault)) + repr(fault) + repr(fault.reason) + caplog.text
    assert KEY[:8] not in told
    assert len(fault.reason.raw or "") <= 500


def test_a_key_echoed_where_no_answer_should_be_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    def echo(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + KEY.encode() + b"\r\n\r\n")

    fault = fault_from(echo, attempts=2)
    told = "".join(traceback.format_exception(fault)) + repr(fault) + repr(fault.reason) + caplog.text
    assert KEY[:8] not in told


def test_closing_twice_is_harmless() -> None:
    client = a_client(answering({}))
    client.close()
    client.close()
