"""Wrong passwords: their answers wait, ever longer; the right one is never made to wait."""

import time

import pytest

from app.books.quickbooks_desktop.web_connector.guessing import Guessing
from app.books.quickbooks_desktop.web_connector.server import Endpoint
from tests.books.quickbooks_desktop.web_connector.fake_service import PASSWORD, USER
from tests.books.quickbooks_desktop.web_connector.raw_http import connect, envelope, exchange, is_closed, post, read


def sign_in(port: int, password: str, *headers: str) -> bytes:
    return post(port, envelope("authenticate", strUserName=USER, strPassword=password), *headers)


def test_the_delay_grows_and_has_an_end() -> None:
    guessing = Guessing()
    delays = [guessing.delay(1000.0 + number) for number in range(50)]

    assert delays[:6] == [0, 0, 0, 0.5, 1, 2]
    assert delays == sorted(delays)
    assert delays[-1] == 15


def test_a_wrong_password_of_long_ago_is_forgotten() -> None:
    guessing = Guessing()
    for number in range(10):
        guessing.delay(float(number))

    assert guessing.delay(1000.0) == 0


def test_wrong_passwords_wait_and_the_right_one_does_not(endpoint: Endpoint) -> None:
    for _ in range(3):
        assert b"nvu" in exchange(endpoint.port, sign_in(endpoint.port, "wrong")).body
    held = [connect(endpoint.port) for _ in range(40)]  # more than there are threads, and places
    for connection in held:
        connection.sendall(sign_in(endpoint.port, "wrong"))

    began = time.monotonic()
    for _ in range(5):
        assert b"nvu" not in exchange(endpoint.port, sign_in(endpoint.port, PASSWORD)).body

    assert time.monotonic() - began < 0.5
    for connection in held:
        connection.close()


@pytest.mark.parametrize("header", [(), ("Connection: close",)])
def test_an_answer_that_waited_arrives_whole(endpoint: Endpoint, header: tuple[str, ...]) -> None:
    for _ in range(3):
        exchange(endpoint.port, sign_in(endpoint.port, "wrong"))
    began = time.monotonic()
    with connect(endpoint.port) as connection:
        connection.sendall(sign_in(endpoint.port, "wrong", *header))
        answer = read(connection)

        assert b"nvu" in answer.body
        assert 0.45 < time.monotonic() - began < 3
        if header:
            assert is_closed(connection, 2)
        else:
            connection.sendall(sign_in(endpoint.port, PASSWORD))
            assert read(connection).status == 200


def test_whoever_signed_in_keeps_the_connection_while_strangers_crowd_in(endpoint: Endpoint) -> None:
    with connect(endpoint.port) as owner:
        owner.sendall(sign_in(endpoint.port, PASSWORD))
        read(owner)
        strangers = [connect(endpoint.port) for _ in range(60)]
        exchange(endpoint.port, post(endpoint.port, envelope("serverVersion")))

        owner.sendall(post(endpoint.port, envelope("serverVersion")))
        assert read(owner).status == 200
        for each in strangers:
            each.close()
