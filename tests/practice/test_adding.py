"""Adding a .QWC file: what our file offers is taken, and what Intuit's program refuses is refused."""

from collections.abc import Iterator

import pytest

from app.books.quickbooks_desktop.web_connector.qwc_file import QwcApplication, render
from app.books.quickbooks_desktop.web_connector.server import Endpoint
from app.domain.values import replace
from app.practice.adding import add_application
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.processor import RequestProcessor
from app.practice.quickbooks.settings import Edition
from app.practice.web_connector import ConnectorError, PracticeQuickBooks, WebConnectorStandIn
from tests.books.quickbooks_desktop.web_connector.fake_service import PASSWORD, USER, FakeService

QUERY = (
    '<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="stopOnError">{}</QBXMLMsgsRq></QBXML>'
)


@pytest.fixture
def company() -> CompanyFile:
    return CompanyFile(r"C:\railroad.qbw", "Short Line", Edition.ENTERPRISE)


@pytest.fixture
def service() -> FakeService:
    return FakeService([QUERY.format('<HostQueryRq requestID="7"/>'), QUERY.format("<NoSuchRq/>")])


@pytest.fixture
def application(service: FakeService) -> Iterator[QwcApplication]:
    endpoint = Endpoint(0, service, lambda: "")
    endpoint.start()
    yield QwcApplication(
        app_name="Cedar Sync",
        app_url=endpoint.url,
        app_support=endpoint.support_url,
        app_description="Writes sales orders",
        user_name=USER,
        owner_id="{A0000000-0000-4000-8000-000000000001}",
        file_id="{00000000-0000-4000-8000-000000000002}",
    )
    endpoint.stop()


def test_our_file_is_added_and_an_update_runs(
    application: QwcApplication, company: CompanyFile, service: FakeService
) -> None:
    added = add_application(render(application), company)
    quickbooks = PracticeQuickBooks(RequestProcessor(company, added.name, added.owner_id))

    report = WebConnectorStandIn(added.url, added.username, PASSWORD, quickbooks).update()

    assert report.outcome == "done"
    assert service.first_request is not None
    assert application.file_id in service.first_request[0]
    assert service.first_request[1:] == (company.path, "US", 16, 0)
    assert 'requestID="7"' in service.responses[0][0]
    assert service.responses[1][:2] == ("", "0x80040400")


def test_a_file_is_not_stamped_twice(application: QwcApplication, company: CompanyFile) -> None:
    add_application(render(application), company)

    with pytest.raises(ConnectorError, match="QBWC1039"):
        add_application(render(application), company)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("http://localhost", "http://127.0.0.1", "QBWC1001"),
        ("<AppSupport>http://localhost", "<AppSupport>http://127.0.0.1", "QBWC1002"),
        ("<AppSupport>http://localhost", "<AppSupport>http://elsewhere.example", "QBWC1000"),
        ("http://localhost", "http://railroad.example", "QBWC1010"),
        ("/support", "/nothing", "QBWC1003"),
        ("QBFS", "QBXX", "QBWC1065"),
        ("<IsReadOnly>false", "<IsReadOnly>true", "QBWC1080"),
        ("{A0", "{X0", "QBWC1039"),
        ("<UserName>cedar-sync</UserName>", "", "QBWC1039"),
        ("<AppID></AppID>", "", "QBWC1039"),
        ("</QBWCXML>", "", "QBWC1039"),
    ],
)
def test_a_bad_file_is_refused(
    application: QwcApplication, company: CompanyFile, old: str, new: str, code: str
) -> None:
    with pytest.raises(ConnectorError, match=code):
        add_application(render(application).replace(old.encode(), new.encode()), company)

    assert not any(company.stamps.values())


def test_the_program_must_run_while_it_is_added(application: QwcApplication, company: CompanyFile) -> None:
    elsewhere = replace(application, app_url="http://localhost:9/qbwc", app_support="http://localhost:9/support")

    with pytest.raises(ConnectorError, match="QBWC1004"):
        add_application(render(elsewhere), company)


@pytest.mark.parametrize(
    ("was", "spoilt"),
    [
        ("<RunEveryNMinutes>5<", "<RunEveryNMinutes>often<"),
        ("<RunEveryNMinutes>5<", f"<RunEveryNMinutes>{'9' * 5000}<"),
        ("<AppURL>http://localhost", "<AppURL>http://[localhost"),
        ("<AppSupport>http://localhost", "<AppSupport>http://\x7flocalhost"),
    ],
)
def test_a_spoilt_file_is_refused_in_intuits_words(
    application: QwcApplication, company: CompanyFile, was: str, spoilt: str
) -> None:
    written = render(application).decode()
    assert was in written

    with pytest.raises(ConnectorError, match="QBWC10"):
        add_application(written.replace(was, spoilt).encode(), company)
