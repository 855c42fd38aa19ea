"""The endpoint against slow, silent, greedy and many clients, and how it starts and stops."""

import errno
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from waitress import wasyncore  # type: ignore[import-untyped]

from app.books.quickbooks_desktop.web_connector import http_connection
from app.books.quickbooks_desktop.web_connector.server import Endpoint
from app.system.listening import PortTaken, listen
from tests.books.quickbooks_desktop.web_connector.fake_service import FakeService
from tests.books.quickbooks_desktop.web_connector.raw_http import (
    connect,
    envelope,
    exchange,
    head,
    is_closed,
    post,
    read,
)

Start = Callable[..., Endpoint]


@pytest.fixture
def start(service: FakeService) -> Iterator[Start]:
    """Starts endpoints and stops them after the test."""
    started: list[Endpoint] = []

    def start(served: FakeService = service, port: int = 0, connection_limit: int = 20) -> Endpoint:
        endpoint = Endpoint(port, served, lambda: "", connection_limit)
        endpoint.start()
        started.append(endpoint)
        return endpoint

    yield start
    for endpoint in started:
        endpoint.stop(0.5)


class SlowService(FakeService):
    """Takes its time over getLastError."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Event()
        self.may_go_on = threading.Event()

    def get_last_error(self, ticket: str) -> str:
        self.entered.set()
        self.may_go_on.wait(10)
        return "at last"


def is_alive(endpoint: Endpoint) -> bool:
    return exchange(endpoint.port, post(endpoint.port, envelope("serverVersion"))).status == 200


def trickle(connection: socket.socket) -> None:
    for _ in range(100):
        connection.sendall(b" ")
        time.sleep(0.05)


def test_half_open_connections_cannot_block_it(start: Start) -> None:
    endpoint = start(connection_limit=5)
    silent = [connect(endpoint.port) for _ in range(20)]
    unfinished = [connect(endpoint.port) for _ in range(20)]
    for connection in unfinished:
        connection.sendall(head(endpoint.port, "POST /qbwc HTTP/1.1", "Content-Length: 1000") + b"<")

    began = time.monotonic()
    assert all(is_alive(endpoint) for _ in range(10))

    assert time.monotonic() - began < 2
    for connection in silent + unfinished:
        connection.close()


def test_a_request_that_trickles_in_is_cut_off(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connection, "_REQUEST_SECONDS", 0.4)
    endpoint = start()
    began = time.monotonic()

    with connect(endpoint.port) as connection:
        connection.sendall(head(endpoint.port, "POST /qbwc HTTP/1.1", "Content-Length: 1000"))
        with pytest.raises(ConnectionError):
            trickle(connection)

    assert time.monotonic() - began < 3


@pytest.mark.parametrize("sent", [b"", b"POST /qbwc HTT", b"\r\n"])
def test_a_silent_connection_is_closed_in_time(start: Start, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(http_connection, "_REQUEST_SECONDS", 0.2)
    monkeypatch.setattr(http_connection, "_IDLE_SECONDS", 0.2)
    endpoint = start()

    with connect(endpoint.port) as connection:
        connection.sendall(sent)
        assert is_closed(connection, 5)


def test_a_client_that_does_not_read_is_given_up(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connection, "_REQUEST_SECONDS", 0.3)
    endpoint = start(FakeService(["x" * 12_000_000]))
    ticket = envelope("authenticate", strUserName="cedar-sync", strPassword="correct horse")
    exchange(endpoint.port, post(endpoint.port, ticket))
    service_ticket = endpoint._service.ticket  # type: ignore[attr-defined]

    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("sendRequestXML", ticket=service_ticket)))
        time.sleep(0.1)
        assert is_alive(endpoint)
        time.sleep(1)

        with pytest.raises(ConnectionError):
            read(connection)


def test_large_bodies_are_never_written_to_files(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was opened")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    service = FakeService(["y" * 6_000_000])
    endpoint = start(service)
    exchange(
        endpoint.port,
        post(endpoint.port, envelope("authenticate", strUserName="cedar-sync", strPassword="correct horse")),
    )

    answer = exchange(
        endpoint.port,
        post(endpoint.port, envelope("sendRequestXML", ticket=service.ticket, strHCPResponse="z" * 6_000_000)),
    )

    assert len(answer.body) > 6_000_000


def test_calls_come_from_many_threads(start: Start) -> None:
    endpoint = start()

    def session(_: int) -> bool:
        with connect(endpoint.port) as connection:
            for _ in range(25):
                connection.sendall(post(endpoint.port, envelope("serverVersion")))
                if read(connection).status != 200:
                    return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(session, range(8)))


def test_a_slow_call_does_not_hold_up_others(start: Start) -> None:
    service = SlowService()
    endpoint = start(service)
    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("getLastError")))
        assert service.entered.wait(5)

        assert is_alive(endpoint)

        service.may_go_on.set()
        assert b"at last" in read(connection).body


def test_it_sleeps_while_nothing_happens(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    polls = 0
    poll = wasyncore.poll

    def counting(*args: object) -> None:
        nonlocal polls
        polls += 1
        poll(*args)

    monkeypatch.setattr(wasyncore, "poll", counting)
    endpoint = start()
    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("serverVersion")))
        read(connection)
        time.sleep(0.3)
        before = polls
        time.sleep(1.5)

    assert polls - before <= 1


def test_a_second_endpoint_is_told_that_the_port_is_taken(start: Start) -> None:
    port = start().port

    with pytest.raises(PortTaken) as caught:
        start(port=port)

    assert caught.value.port == port
    assert str(port) in str(caught.value)


@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_port_held_by_another_program_is_taken(family: socket.AddressFamily, address: str) -> None:
    with socket.socket(family) as other:
        try:
            other.bind((address, 0))
        except OSError:
            pytest.skip("this computer has no IPv6")
        other.listen()

        with pytest.raises(PortTaken):
            listen(other.getsockname()[1])


def test_it_listens_on_loopback_only() -> None:
    listeners = listen(0)
    try:
        assert {each.getsockname()[0] for each in listeners} <= {"127.0.0.1", "::1"}
        assert len({each.getsockname()[1] for each in listeners}) == 1
    finally:
        for each in listeners:
            each.close()


@pytest.mark.parametrize("refused", [errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL])
def test_it_does_without_ipv6(monkeypatch: pytest.MonkeyPatch, refused: int) -> None:
    class Ipv4Only(socket.socket):
        def bind(self, address: object) -> None:
            if self.family == socket.AF_INET6:
                raise OSError(refused, os.strerror(refused))
            super().bind(address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "socket", Ipv4Only)

    (listener,) = listen(0)

    assert listener.getsockname()[0] == "127.0.0.1"
    listener.close()


def test_it_stops_twice_and_starts_again(service: FakeService) -> None:
    endpoint = Endpoint(0, service, lambda: "")
    endpoint.stop()
    endpoint.start()
    endpoint.start()
    port = endpoint.port
    endpoint.stop()
    endpoint.stop()

    with pytest.raises(ConnectionError):
        connect(port)

    endpoint.start()
    assert endpoint.port == port
    assert is_alive(endpoint)
    endpoint.stop()


def test_it_knows_whether_it_is_listening(service: FakeService) -> None:
    endpoint = Endpoint(0, service, lambda: "")
    states = [endpoint.is_listening]
    endpoint.start()
    states.append(endpoint.is_listening)
    endpoint.stop()

    assert [*states, endpoint.is_listening] == [False, True, False]


def test_stopping_lets_a_call_finish(start: Start) -> None:
    service = SlowService()
    endpoint = start(service)
    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("getLastError")))
        assert service.entered.wait(5)
        threading.Timer(0.3, service.may_go_on.set).start()

        endpoint.stop(5)

        assert b"at last" in read(connection).body


def test_stopping_does_not_wait_for_ever(start: Start) -> None:
    service = SlowService()
    endpoint = start(service)
    with connect(endpoint.port) as connection:
        connection.sendall(post(endpoint.port, envelope("getLastError")))
        assert service.entered.wait(5)
        began = time.monotonic()

        endpoint.stop(0.3)

        assert time.monotonic() - began < 2
        service.may_go_on.set()


def test_stopping_leaves_no_thread(service: FakeService) -> None:
    before = set(threading.enumerate())
    endpoint = Endpoint(0, service, lambda: "")
    endpoint.start()
    idle = connect(endpoint.port)
    endpoint.stop()
    idle.close()

    deadline = time.monotonic() + 2
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not set(threading.enumerate()) - before
