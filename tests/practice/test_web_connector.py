"""The Web Connector's stand-in: the calls in their order, and everything that can go wrong between them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from app.books.quickbooks_desktop.web_connector.server import Endpoint
from app.practice.mishaps import Fate, Script, at_call, at_operation
from app.practice.web_connector import (
    ConnectorError,
    EndlessUpdate,
    QuickBooksSession,
    UpdateReport,
    WebConnectorStandIn,
)
from tests.books.quickbooks_desktop.web_connector.fake_service import PASSWORD, USER, FakeService

LOGIN = ["serverVersion", "clientVersion", "authenticate"]
ROUND = ["sendRequestXML", "receiveResponseXML"]


class Fault(Exception):
    """A fault of QuickBooks."""

    def __init__(self, hresult: str, message: str) -> None:
        super().__init__(message)
        self.hresult = hresult
        self.message = message


@dataclass
class FakeQuickBooks:
    """Answers every request by its echo."""

    company_file: str = r"C:\railroad.qbw"
    country: str = "US"
    qbxml_version: tuple[int, int] = (13, 0)
    opened: list[str] = field(default_factory=list)
    processed: list[str] = field(default_factory=list)
    open_sessions: int = 0
    refuse_to_open: int = 0
    fail: bool = False

    def begin_session(self, company_file: str) -> QuickBooksSession:
        self.opened.append(company_file)
        if self.refuse_to_open:
            self.refuse_to_open -= 1
            raise Fault("0x8004040A", "Another company file is open")
        self.open_sessions += 1
        return FakeSession(self)

    def host_company_preferences(self) -> str:
        return "<about/>"


@dataclass
class FakeSession:
    quickbooks: FakeQuickBooks

    def process(self, text: str) -> str:
        self.quickbooks.processed.append(text)
        if self.quickbooks.fail:
            raise Fault("0x80040400", "Error parsing the text")
        return f"<answer>{text}</answer>"

    def end(self) -> None:
        self.quickbooks.open_sessions -= 1


Connect = Callable[..., WebConnectorStandIn]


@pytest.fixture
def quickbooks() -> FakeQuickBooks:
    return FakeQuickBooks()


@pytest.fixture
def serve() -> Iterator[Callable[[FakeService], str]]:
    """Serves services; returns the address."""
    endpoints: list[Endpoint] = []

    def serve(service: FakeService) -> str:
        endpoint = Endpoint(0, service, lambda: "")
        endpoint.start()
        endpoints.append(endpoint)
        return endpoint.url

    yield serve
    for endpoint in endpoints:
        endpoint.stop()


@pytest.fixture
def connect(serve: Callable[[FakeService], str], quickbooks: FakeQuickBooks) -> Connect:
    """Puts a stand-in before a service."""

    def connect(service: FakeService, **options: object) -> WebConnectorStandIn:
        return WebConnectorStandIn(serve(service), USER, PASSWORD, quickbooks, **options)  # type: ignore[arg-type]

    return connect


@pytest.mark.parametrize("options", [{}, {"keep_alive": False}, {"expect_continue": True}])
def test_an_update_carries_requests_until_100(
    connect: Connect, quickbooks: FakeQuickBooks, options: dict[str, bool]
) -> None:
    service = FakeService(["<a/>", "<b>ä</b>"])

    report = connect(service, **options).update()

    assert report.outcome == "done"
    assert report.operations == [*LOGIN, *ROUND, *ROUND, "closeConnection"]
    assert report.percents == [50, 100]
    assert report.requests == 2
    assert report.last_text == "2 of 2 answered"
    assert quickbooks.processed == ["<a/>", "<b>ä</b>"]
    assert service.responses == [("<answer><a/></answer>", "", ""), ("<answer><b>ä</b></answer>", "", "")]
    assert service.first_request == ("<about/>", r"C:\railroad.qbw", "US", 13, 0)
    assert quickbooks.open_sessions == 0


def test_preferences_come_with_the_first_request_only(connect: Connect) -> None:
    class Curious(FakeService):
        preferences: list[str] = []  # noqa: RUF012 - one test's own

        def send_request_xml(self, ticket: str, hcp_response: str, *rest: object) -> str:
            self.preferences.append(hcp_response)
            return super().send_request_xml(ticket, hcp_response, *rest)  # type: ignore[arg-type]

    service = Curious(["1", "2", "3"])
    connect(service).update()

    assert service.preferences == ["<about/>", "", ""]


@pytest.mark.parametrize("word", ["none", "NONE", "nvu", "busy"])
def test_without_work_quickbooks_stays_closed(connect: Connect, quickbooks: FakeQuickBooks, word: str) -> None:
    report = connect(FakeService(["<a/>"], status=word)).update()

    assert report.outcome == word.lower()
    assert report.operations == [*LOGIN, "closeConnection"]
    assert quickbooks.opened == []


def test_a_wrong_password_is_refused(serve: Callable[[FakeService], str], quickbooks: FakeQuickBooks) -> None:
    assert WebConnectorStandIn(serve(FakeService(["<a/>"])), USER, "wrong", quickbooks).update().outcome == "nvu"


class Answering(FakeService):
    """Answers some operations as told."""

    def __init__(self, **answers: object) -> None:
        super().__init__(["<a/>", "<b/>"])
        self.answers = {name: iter(value) if isinstance(value, list) else value for name, value in answers.items()}

    def _told(self, name: str, otherwise: object) -> object:
        answer = self.answers.get(name, otherwise)
        return next(answer, otherwise) if isinstance(answer, Iterator) else answer

    def client_version(self, version: str) -> str:
        return self._told("client_version", super().client_version(version))  # type: ignore[return-value]

    def authenticate(self, username: str, password: str) -> Sequence[str]:
        return self._told("authenticate", super().authenticate(username, password))  # type: ignore[return-value]

    def send_request_xml(self, *arguments: object) -> str:
        return self._told("send_request_xml", super().send_request_xml(*arguments))  # type: ignore[arg-type, return-value]

    def receive_response_xml(self, *arguments: str) -> int:
        return self._told("receive_response_xml", super().receive_response_xml(*arguments))  # type: ignore[return-value]

    def connection_error(self, *arguments: str) -> str:
        return self._told("connection_error", super().connection_error(*arguments))  # type: ignore[return-value]

    def get_last_error(self, ticket: str) -> str:
        return self._told("get_last_error", super().get_last_error(ticket))  # type: ignore[return-value]


def test_a_postponed_update_does_nothing_although_there_is_work(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    report = connect(Answering(authenticate=("t", "", "60", "300"))).update()

    assert (report.outcome, report.postponed_seconds, report.least_interval_seconds) == ("postponed", 60, 300)
    assert quickbooks.opened == []


def test_an_interval_alone_postpones_nothing(connect: Connect) -> None:
    report = connect(Answering(authenticate=("t", "", "", "300"))).update()

    assert (report.postponed_seconds, report.least_interval_seconds) == (0, 300)


def test_the_company_file_named_is_opened(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    connect(FakeService(["<a/>"], company_file=r"D:\other.qbw")).update()

    assert quickbooks.opened == [r"D:\other.qbw"]


def test_when_quickbooks_does_not_open_the_endpoint_may_stop(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    quickbooks.refuse_to_open = 9

    report = connect(FakeService(["<a/>"])).update()

    assert report.outcome == "connection_error"
    assert report.operations == [*LOGIN, "connectionError"]


@pytest.mark.parametrize("path", ["", r"D:\second.qbw"])
def test_when_quickbooks_does_not_open_another_file_is_tried(
    connect: Connect, quickbooks: FakeQuickBooks, path: str
) -> None:
    quickbooks.refuse_to_open = 1
    service = Answering(connection_error=path)
    service.company_file = r"D:\first.qbw"

    report = connect(service).update()

    assert report.outcome == "done"
    assert quickbooks.opened == [r"D:\first.qbw", path]


def test_opening_is_not_tried_for_ever(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    quickbooks.refuse_to_open = 99

    assert connect(Answering(connection_error="")).update().outcome == "connection_error"
    assert len(quickbooks.opened) == 3


def test_a_fault_of_quickbooks_is_reported_with_an_empty_response(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    quickbooks.fail = True
    service = FakeService(["<a/>"])

    connect(service).update()

    assert service.responses == [("", "0x80040400", "Error parsing the text")]


def test_no_request_asks_for_the_error_and_ends(connect: Connect) -> None:
    report = connect(Answering(send_request_xml="", get_last_error="Out of order")).update()

    assert report.outcome == "error"
    assert report.operations == [*LOGIN, "sendRequestXML", "getLastError", "closeConnection"]
    assert report.last_text == "Out of order"


def test_a_negative_percent_asks_for_the_error_and_ends(connect: Connect) -> None:
    report = connect(Answering(receive_response_xml=-101, get_last_error="Wrong company")).update()

    assert report.outcome == "error"
    assert report.operations == [*LOGIN, *ROUND, "getLastError", "closeConnection"]
    assert (report.percents, report.last_text) == ([-101], "Wrong company")


def test_no_op_waits_five_seconds_and_asks_again(connect: Connect) -> None:
    slept: list[float] = []
    service = Answering(send_request_xml=["", "NoOp"], get_last_error=["NoOp", "noop"])

    report = connect(service, sleep=slept.append).update()

    assert report.outcome == "done"
    assert slept == [5.0, 5.0]


def test_an_endless_session_is_broken_off(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    with pytest.raises(EndlessUpdate):
        connect(Answering(receive_response_xml=50, send_request_xml="<a/>"), max_calls=30).update()

    assert quickbooks.open_sessions == 0


@pytest.mark.parametrize("answer", ["E:Too old", "O:2.1"])
def test_a_refused_version_ends_before_the_login(connect: Connect, answer: str) -> None:
    report = connect(Answering(client_version=answer)).update()

    assert (report.outcome, report.last_text) == ("refused_version", answer[2:])
    assert report.operations == LOGIN[:2]


def test_a_warning_about_the_version_is_passed_over(connect: Connect) -> None:
    assert connect(Answering(client_version="W:Old")).update().outcome == "done"


def test_any_other_word_about_the_version_is_an_error(connect: Connect) -> None:
    with pytest.raises(ConnectorError, match="QBWC1046"):
        connect(Answering(client_version="fine")).update()


@pytest.mark.parametrize(
    ("script", "answered", "processed", "delivered"),
    [
        (at_operation("authenticate", Fate.VANISH_BEFORE), LOGIN[:2], 0, 0),
        (at_call(3, Fate.DROP_ANSWER), LOGIN, 0, 0),
        (at_operation("sendRequestXML", Fate.DROP_ANSWER), [*LOGIN, "sendRequestXML"], 0, 0),
        (at_operation("receiveResponseXML", Fate.VANISH_BEFORE), [*LOGIN, "sendRequestXML"], 1, 0),
        (at_operation("receiveResponseXML", Fate.DROP_ANSWER), [*LOGIN, *ROUND], 1, 1),
        (at_operation("receiveResponseXML", Fate.DROP_ANSWER, 2), [*LOGIN, *ROUND, *ROUND], 2, 2),
        (at_operation("closeConnection", Fate.VANISH_BEFORE), [*LOGIN, *ROUND, *ROUND], 2, 2),
    ],
)
def test_the_connector_vanishes(
    connect: Connect, quickbooks: FakeQuickBooks, script: Script, answered: list[str], processed: int, delivered: int
) -> None:
    service = FakeService(["<a/>", "<b/>"])

    report = connect(service, script=script).update()

    assert report.outcome == "vanished"
    assert service.calls == report.operations == answered
    assert (len(quickbooks.processed), len(service.responses)) == (processed, delivered)
    assert quickbooks.open_sessions == 0


def test_a_response_is_delivered_twice(connect: Connect) -> None:
    service = FakeService(["<a/>", "<b/>", "<c/>"])

    connect(service, script=at_operation("receiveResponseXML", Fate.TWICE)).update()

    assert [response for response, _, _ in service.responses[:2]] == ["<answer><a/></answer>"] * 2


def test_the_goodbye_is_left_out(connect: Connect) -> None:
    report = connect(FakeService(["<a/>"]), script=at_operation("closeConnection", Fate.SKIP)).update()

    assert (report.outcome, report.operations) == ("done", [*LOGIN, *ROUND])


def test_two_connectors_take_turns(serve: Callable[[FakeService], str], quickbooks: FakeQuickBooks) -> None:
    service = FakeService(["<a/>", "<b/>"])
    url = serve(service)
    first, second = (WebConnectorStandIn(url, USER, PASSWORD, quickbooks).steps() for _ in range(2))

    ahead = [next(first).operation, next(second).operation, next(first).operation, next(second).operation]
    second.close()
    rest = [each.operation for each in first]

    assert ahead == ["serverVersion", "serverVersion", "clientVersion", "clientVersion"]
    assert rest == ["authenticate", *ROUND, *ROUND, "closeConnection"]
    assert service.calls.count("serverVersion") == 2


def test_a_killed_connector_leaves_no_session_in_quickbooks(connect: Connect, quickbooks: FakeQuickBooks) -> None:
    steps = connect(FakeService(["<a/>"])).steps()
    while next(steps).operation != "receiveResponseXML":
        pass
    assert quickbooks.open_sessions == 1

    steps.close()

    assert quickbooks.open_sessions == 0


def test_an_endpoint_that_is_not_there_is_an_error(quickbooks: FakeQuickBooks) -> None:
    with pytest.raises(ConnectorError, match="QBWC1036"):
        WebConnectorStandIn("http://localhost:9/qbwc", USER, PASSWORD, quickbooks).update()


def test_an_untold_report_says_that_the_connector_vanished() -> None:
    assert UpdateReport().outcome == "vanished"
