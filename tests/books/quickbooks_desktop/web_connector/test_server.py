"""The endpoint over real sockets: what it answers, what it refuses, and when."""

import logging
import re
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.books.quickbooks_desktop.web_connector.refusal import LARGEST_BODY
from app.books.quickbooks_desktop.web_connector.server import Endpoint
from tests.books.quickbooks_desktop.web_connector.fake_service import PASSWORD, USER, FakeService
from tests.books.quickbooks_desktop.web_connector.raw_http import (
    Answer,
    connect,
    envelope,
    exchange,
    head,
    is_closed,
    post,
    read,
)


def call(endpoint: Endpoint, operation: str, **parameters: str) -> Answer:
    return exchange(endpoint.port, post(endpoint.port, envelope(operation, **parameters)))


def test_a_call_is_answered(endpoint: Endpoint) -> None:
    answer = call(endpoint, "clientVersion", strVersion="2.3.0.215")

    assert answer.status == 200
    assert b"<clientVersionResult></clientVersionResult>" in answer.body
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize(
    "line", ["GET /qbwc HTTP/1.1", "GET /support HTTP/1.1", "GET /nothing HTTP/1.1", "PUT /qbwc HTTP/1.1", "nonsense"]
)
def test_every_answer_is_uncached_and_tells_nothing_of_the_server(endpoint: Endpoint, line: str) -> None:
    answer = exchange(endpoint.port, head(endpoint.port, line))

    assert "server" not in answer.headers
    assert "via" not in answer.headers
    assert b"waitress" not in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("line", "status", "text"),
    [
        ("GET /qbwc HTTP/1.1", 200, "Cedar Sync is ready"),
        ("HEAD /qbwc HTTP/1.1", 200, ""),
        ("GET /qbwc?anything HTTP/1.1", 200, "Cedar Sync is ready"),
        ("GET /qbwc?wsdl HTTP/1.1", 200, "QBWebConnectorSvcSoap"),
        ("GET /qbwc?WSDL HTTP/1.1", 200, "QBWebConnectorSvcSoap"),
        ("GET /support HTTP/1.1", 200, "3 sales orders written"),
        ("HEAD /support HTTP/1.1", 200, ""),
        ("GET / HTTP/1.1", 404, ""),
        ("GET /qbwc/ HTTP/1.1", 404, ""),
        ("GET //qbwc HTTP/1.1", 404, ""),
        ("GET /favicon.ico HTTP/1.1", 404, ""),
        ("POST /nothing HTTP/1.1", 404, ""),
    ],
)
def test_routes(endpoint: Endpoint, line: str, status: int, text: str) -> None:
    answer = exchange(endpoint.port, head(endpoint.port, line))

    assert answer.status == status
    assert text in answer.body.decode()
    assert "location" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_other_methods_are_not_allowed(endpoint: Endpoint, method: str) -> None:
    answer = exchange(endpoint.port, head(endpoint.port, f"{method} /qbwc HTTP/1.1"))

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_the_support_page_takes_no_posts(endpoint: Endpoint) -> None:
    answer = exchange(endpoint.port, head(endpoint.port, "POST /support HTTP/1.1", "Content-Length: 0"))

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("name", ["localhost", "LocalHost", "127.0.0.1", "[::1]"])
def test_our_own_names_are_served(endpoint: Endpoint, name: str) -> None:
    assert (
        exchange(endpoint.port, head(endpoint.port, "GET /qbwc HTTP/1.1", host=f"{name}:{endpoint.port}")).status == 200
    )


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "localhost",
        "127.0.0.1",
        "localhost:1",
        "localhost.:{port}",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "evil@localhost:{port}",
        "127.0.0.2:{port}",
        "0.0.0.0:{port}",
        "::1:{port}",
        "localhost:{port}, localhost:{port}",
    ],
)
def test_another_host_is_refused_before_any_work(endpoint: Endpoint, service: FakeService, host: str) -> None:
    body = envelope("serverVersion")
    request = head(
        endpoint.port, "POST /qbwc HTTP/1.1", f"Content-Length: {len(body)}", host=host.format(port=endpoint.port)
    )

    assert exchange(endpoint.port, request + body).status == 403
    assert service.calls == []


def test_two_hosts_are_refused(endpoint: Endpoint) -> None:
    request = head(endpoint.port, "GET /qbwc HTTP/1.1", "Host: evil.example")

    assert exchange(endpoint.port, request).status == 403


def test_http_1_0_needs_no_host(endpoint: Endpoint) -> None:
    assert exchange(endpoint.port, head(endpoint.port, "GET /qbwc HTTP/1.0", host="")).status == 200


@pytest.mark.parametrize(
    ("authority", "status"), [("http://localhost:{port}", 200), ("http://evil.example:{port}", 403)]
)
def test_the_absolute_form_names_the_host_too(endpoint: Endpoint, authority: str, status: int) -> None:
    line = f"GET {authority.format(port=endpoint.port)}/qbwc HTTP/1.1"

    assert exchange(endpoint.port, head(endpoint.port, line)).status == status


@pytest.mark.parametrize("origin", ["null", "http://localhost:{port}", "https://evil.example", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_origin_is_refused(endpoint: Endpoint, service: FakeService, method: str, origin: str) -> None:
    body = envelope("serverVersion")
    request = head(
        endpoint.port,
        f"{method} /qbwc HTTP/1.1",
        f"Content-Length: {len(body)}",
        f"Origin: {origin.format(port=endpoint.port)}",
    )

    assert exchange(endpoint.port, request + body).status == 403
    assert service.calls == []


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        ("POST /qbwc HTTP/1.1", (f"Content-Length: {LARGEST_BODY + 1}",), 413),
        ("POST /qbwc HTTP/1.1", ("Content-Length: 99999999999999999999",), 413),
        ("POST /qbwc HTTP/1.1", ("Transfer-Encoding: chunked",), 411),
        ("POST /qbwc HTTP/1.1", ("Transfer-Encoding: chunked", "Content-Length: 5"), 411),
        ("POST /qbwc HTTP/1.0", ("Transfer-Encoding: chunked",), 411),
        ("POST /qbwc HTTP/1.1", ("Content-Length: 1000", "Origin: null"), 403),
        ("PUT /qbwc HTTP/1.1", ("Content-Length: 1000",), 405),
        ("POST /qbwc HTTP/1.1", ("Content-Length: -1",), 400),
        ("POST /qbwc HTTP/1.1", ("Content-Length: " + "9" * 5000,), 400),
        ("GET http://[::1/qbwc HTTP/1.1", (), 400),
        ("POST /qbwc HTTP/1.1", ("Content-Length: 5", "Content-Length: 6"), 400),
        ("POST /qbwc HTTP/1.1", ("X: " + "x" * 20_000,), 431),
    ],
)
@pytest.mark.parametrize("expect", [(), ("Expect: 100-continue",)])
def test_refused_from_the_head_alone(
    endpoint: Endpoint, line: str, headers: tuple[str, ...], status: int, expect: tuple[str, ...]
) -> None:
    assert exchange(endpoint.port, head(endpoint.port, line, *headers, *expect)).status == status


def test_the_refusal_reaches_a_client_that_goes_on_sending(endpoint: Endpoint) -> None:
    with connect(endpoint.port) as connection:
        connection.sendall(head(endpoint.port, "POST /qbwc HTTP/1.1", f"Content-Length: {4 * LARGEST_BODY}"))
        for _ in range(4):
            connection.sendall(bytes(LARGEST_BODY))

        assert read(connection).status == 413
        assert connection.recv(1) == b""


def test_16_mib_are_taken(endpoint: Endpoint, service: FakeService) -> None:
    body = envelope("receiveResponseXML", response="x" * (LARGEST_BODY - 1000))
    body += b" " * (LARGEST_BODY - len(body))

    assert exchange(endpoint.port, post(endpoint.port, body)).status == 200
    assert service.calls == ["receiveResponseXML"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"])
def test_a_document_type_declaration_is_refused(endpoint: Endpoint, service: FakeService, encoding: str) -> None:
    text = envelope("serverVersion").decode().replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    answer = exchange(endpoint.port, post(endpoint.port, text.replace("utf-8", encoding, 1).encode(encoding)))

    assert answer.status == 400
    assert b"<faultcode>soap:Client</faultcode>" in answer.body
    assert service.calls == []


@pytest.mark.parametrize("body", [b"", b"{}", b"<a/>", envelope("deleteEverything"), envelope("Authenticate")])
def test_what_is_no_call_gets_a_fault(endpoint: Endpoint, body: bytes) -> None:
    answer = exchange(endpoint.port, post(endpoint.port, body))

    assert answer.status == 400
    assert b"<soap:Fault>" in answer.body


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from([b"", b"GET ", b"POST /qbwc HTTP/1.1\r\nHost: ", b"\r\n"]))
def test_arbitrary_bytes_leave_the_endpoint_standing(endpoint: Endpoint, data: bytes, start: bytes) -> None:
    with connect(endpoint.port) as connection:
        connection.sendall(start + data + b"\r\n\r\n")

        assert call(endpoint, "serverVersion").status == 200


def test_the_body_is_asked_for_at_once(endpoint: Endpoint) -> None:
    body = envelope("serverVersion")
    with connect(endpoint.port) as connection:
        connection.sendall(
            head(endpoint.port, "POST /qbwc HTTP/1.1", f"Content-Length: {len(body)}", "Expect: 100-continue")
        )
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)

        assert read(connection).status == 200


def test_expecting_to_continue_without_a_body_does_not_hang(endpoint: Endpoint) -> None:
    assert exchange(endpoint.port, head(endpoint.port, "GET /qbwc HTTP/1.1", "Expect: 100-continue")).status == 200


def test_a_session_may_use_one_connection(endpoint: Endpoint) -> None:
    with connect(endpoint.port) as connection:
        for _ in range(20):
            connection.sendall(post(endpoint.port, envelope("serverVersion"), "Connection: Keep-Alive"))
            assert read(connection).status == 200


def test_pipelined_calls_are_answered_in_order(endpoint: Endpoint) -> None:
    with connect(endpoint.port) as connection:
        connection.sendall(
            b"".join(post(endpoint.port, envelope(name)) for name in ("serverVersion", "interactiveDone"))
        )
        received = b""
        while received.count(b"</soap:Envelope>") < 2:
            received += connection.recv(65536)

    assert re.findall(rb"<(\w+)Result>", received) == [b"serverVersion", b"interactiveDone"]


def test_a_closing_client_gets_its_answer_and_the_connection_closed(endpoint: Endpoint) -> None:
    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("serverVersion"), "Connection: close"))
        answer = read(connection)

        assert answer.headers["connection"] == "close"
        assert is_closed(connection, 5)


def test_a_half_closed_connection_gets_its_answer(endpoint: Endpoint) -> None:
    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("serverVersion")))
        connection.shutdown(socket.SHUT_WR)

        assert read(connection).status == 200


@pytest.mark.parametrize(
    "line", ["POST /qbwc HTTP/1.1", "GET /qbwc HTTP/1.1", "GET /qbwc?wsdl HTTP/1.1", "GET /nothing HTTP/1.1"]
)
def test_an_answer_comes_in_one_piece(endpoint: Endpoint, line: str) -> None:
    body = envelope("serverVersion") if line.startswith("POST") else b""
    request = head(endpoint.port, line, f"Content-Length: {len(body)}") + body
    for _ in range(50):
        with connect(endpoint.port) as connection:
            connection.sendall(request)
            piece = connection.recv(65536)
        raw, _, content = piece.partition(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", raw)

        assert length is not None
        assert len(content) == int(length[1])


def test_calls_come_over_ipv6_too(endpoint: Endpoint) -> None:
    try:
        answer = exchange(endpoint.port, post(endpoint.port, envelope("serverVersion")), "::1")
    except OSError:
        pytest.skip("this computer has no IPv6")

    assert answer.status == 200


def test_soap_action_is_not_looked_at(endpoint: Endpoint, service: FakeService) -> None:
    request = post(endpoint.port, envelope("serverVersion"), 'SOAPAction: "http://developer.intuit.com/authenticate"')

    assert exchange(endpoint.port, request).status == 200
    assert service.calls == ["serverVersion"]


def test_a_failing_support_page_still_answers_200(service: FakeService) -> None:
    def page() -> str:
        raise OSError("disk full")

    endpoint = Endpoint(0, service, page)
    endpoint.start()
    try:
        assert exchange(endpoint.port, head(endpoint.port, "GET /support HTTP/1.1")).status == 200
    finally:
        endpoint.stop()


def test_the_log_holds_neither_passwords_nor_qbxml_nor_control_characters(
    endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    call(endpoint, "authenticate", strUserName=USER, strPassword=PASSWORD)
    call(endpoint, "receiveResponseXML", response="<QBXML>Acme Grain</QBXML>")
    exchange(endpoint.port, post(endpoint.port, envelope("bad").replace(b"<bad", b"<Acme:bad")))
    exchange(endpoint.port, head(endpoint.port, "GET /%0aFAKE%1b[31m HTTP/1.1"))
    exchange(endpoint.port, head(endpoint.port, "GET /qbwc HTTP/1.1", host="FAKE\x1b[31m"))

    assert caplog.records
    for secret in (PASSWORD, "Acme", "FAKE", "\x1b"):
        assert secret not in caplog.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "anything"])
@pytest.mark.parametrize("line", ["GET /qbwc?wsdl HTTP/1.1", "GET /support HTTP/1.1", "POST /qbwc HTTP/1.1"])
def test_what_a_page_makes_a_browser_ask_is_refused(
    endpoint: Endpoint, service: FakeService, line: str, site: str
) -> None:
    body = envelope("serverVersion")
    request = head(endpoint.port, line, f"Content-Length: {len(body)}", f"Sec-Fetch-Site: {site}") + body

    assert exchange(endpoint.port, request).status == 403
    assert service.calls == []


def test_a_person_may_open_the_support_page_in_a_browser(endpoint: Endpoint) -> None:
    request = head(endpoint.port, "GET /support HTTP/1.1", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate")

    assert exchange(endpoint.port, request).status == 200


@pytest.mark.parametrize("request_line", ["POST /qbwc HTTP/1.1", "OPTIONS /qbwc HTTP/1.1"])
def test_a_form_or_a_preflight_of_a_page_is_refused_without_leave(endpoint: Endpoint, request_line: str) -> None:
    answer = exchange(
        endpoint.port,
        head(
            endpoint.port,
            request_line,
            "Content-Length: 3",
            "Content-Type: text/plain",
            "Origin: https://evil.example",
            "Sec-Fetch-Site: cross-site",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Private-Network: true",
        )
        + b"a=b",
    )

    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", " folded"),
        ("Content-Length: 5\x00",),
        ("Content-Length: +5",),
        ("Content-Length: 0x5",),
        ("Content-Length: 5", "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length : 5",),
        ("Content-Length: 5, 5",),
        ("Transfer-Encoding: \x0bchunked",),
        ("\x00: x",),
    ],
)
def test_doubtful_heads_reach_no_service(endpoint: Endpoint, service: FakeService, headers: tuple[str, ...]) -> None:
    smuggled = post(endpoint.port, envelope("serverVersion"))

    answer = exchange(endpoint.port, head(endpoint.port, "POST /qbwc HTTP/1.1", *headers) + b"hello" + smuggled)

    assert answer.status in {400, 411}
    assert service.calls == []
