"""A failing service is answered in-protocol, and its log is fit to be read by others."""

import logging
import re
from collections.abc import Sequence

import pytest

from app.books.quickbooks_desktop.web_connector.answering import answer
from app.books.quickbooks_desktop.web_connector.envelope import Call, MalformedEnvelope
from app.books.quickbooks_desktop.web_connector.faults import cleaned, described
from app.books.quickbooks_desktop.web_connector.wsdl import OPERATIONS
from tests.books.quickbooks_desktop.web_connector.fake_service import FakeService

QBXML = '<?xml version="1.0"?><QBXML>Acme Grain</QBXML>'


class BrokenService(FakeService):
    """Fails in every method, quoting what it was given."""

    def __getattribute__(self, name: str) -> object:
        if name.startswith(("server_", "client_", "auth", "send_", "receive_", "conn", "get_", "close_", "inter")):
            return _fail
        return object.__getattribute__(self, name)


def _fail(*arguments: object) -> str:
    try:
        return dict[str, str]()[f"inner {arguments}"]
    except KeyError as exc:
        raise RuntimeError(f"outer\x1b[31m\r\n {arguments}") from exc


def result(operation: str, service: FakeService) -> str:
    call = Call(operation, dict.fromkeys(OPERATIONS[operation], QBXML) | {"strPassword": "correct horse"})
    found = re.search(rf"<{operation}Result>(.*)</{operation}Result>", answer(service, call).decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("serverVersion", ""),
        ("clientVersion", ""),
        ("authenticate", r"<string>[0-9a-f-]{36}</string><string>busy</string>"),
        ("sendRequestXML", ""),
        ("receiveResponseXML", "-1"),
        ("connectionError", "done"),
        ("getLastError", "Cedar Sync met an unexpected error.*"),
        ("closeConnection", "Cedar Sync met an unexpected error.*"),
        ("getInteractiveURL", ""),
        ("interactiveRejected", ""),
        ("interactiveDone", "Done"),
    ],
)
def test_a_bug_ends_the_session_not_the_conversation(
    operation: str, expected: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert re.fullmatch(expected, result(operation, BrokenService()))

    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert f"{operation} failed" in record.getMessage()
    assert "RuntimeError: outer" in record.getMessage()
    assert "KeyError: " in record.getMessage()
    assert "in _fail" in record.getMessage()
    for secret in ("Acme", "correct horse", "\x1b", "\r"):
        assert secret not in caplog.text


class MisshapenService(FakeService):
    """Answers with the wrong kinds of things."""

    def authenticate(self, username: str, password: str) -> Sequence[str]:
        return ["only a ticket"]

    def receive_response_xml(self, ticket: str, response: str, hresult: str, message: str) -> int:
        return 33.3  # type: ignore[return-value]

    def send_request_xml(self, *_: object) -> str:
        return None  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("operation", "expected"), [("authenticate", ".*busy.*"), ("receiveResponseXML", "-1"), ("sendRequestXML", "")]
)
def test_no_misshapen_answer_gets_out(operation: str, expected: str) -> None:
    assert re.fullmatch(expected, result(operation, MisshapenService()))


def test_every_described_operation_is_answered() -> None:
    for operation in OPERATIONS:
        assert f"<{operation}Result>".encode() in answer(FakeService(), Call(operation))


def test_an_unknown_operation_is_no_call() -> None:
    with pytest.raises(MalformedEnvelope):
        answer(FakeService(), Call("toString"))


def test_what_led_to_an_exception_is_told_first() -> None:
    try:
        _fail("x")
    except RuntimeError as exc:
        text = described(exc)

    assert text.index("KeyError") < text.index("RuntimeError")


def test_text_from_outside_becomes_one_short_line_without_markup() -> None:
    assert cleaned("a\r\n\x00b<QBXML>c") == "a   b..."
    assert len(cleaned("x" * 10_000)) < 400
