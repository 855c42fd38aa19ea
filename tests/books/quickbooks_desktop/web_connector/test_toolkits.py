"""Foreign SOAP toolkits finish a session: they read the description and the answers as strictly as they can."""

from collections.abc import Callable

import pytest

from app.books.quickbooks_desktop.web_connector.server import Endpoint
from tests.books.quickbooks_desktop.web_connector import mono_session, zeep_session
from tests.books.quickbooks_desktop.web_connector.fake_service import PASSWORD, USER, FakeService
from tests.books.quickbooks_desktop.web_connector.toolkit import ToolkitRun

RunSession = Callable[..., ToolkitRun]

TOOLKITS = [
    pytest.param(zeep_session.run_session, id="zeep"),
    pytest.param(
        mono_session.run_session,
        id="mono",
        marks=[
            pytest.mark.mono,
            pytest.mark.skipif(
                bool(mono_session.missing_tools()), reason=f"Mono is not installed: {mono_session.missing_tools()}"
            ),
        ],
    ),
]

pytestmark = [
    pytest.mark.parametrize("run_session", TOOLKITS),
    pytest.mark.xdist_group("toolkits"),
]


def test_a_session_is_carried_to_its_end(run_session: RunSession, endpoint: Endpoint, service: FakeService) -> None:
    run = run_session(endpoint.url, USER, PASSWORD)

    assert run == ToolkitRun("", list(service.requests), [33, 66, 100], "", "3 of 3 answered")
    assert service.first_request is not None
    assert service.first_request[2:] == ("US", 13, 0)


def test_a_wrong_password_is_understood(run_session: RunSession, endpoint: Endpoint) -> None:
    assert run_session(endpoint.url, USER, "wrong").status == "nvu"


def test_no_work_is_understood(run_session: RunSession, endpoint: Endpoint, service: FakeService) -> None:
    service.requests = ()

    assert run_session(endpoint.url, USER, PASSWORD).status == "none"


def test_every_text_arrives_as_it_was(run_session: RunSession, endpoint: Endpoint, service: FakeService) -> None:
    text = 'Ä & <b attr="\'">\t]]> 𝄞 \u00a0</b>'
    service.requests = (text,)

    run = run_session(endpoint.url, USER, PASSWORD, lambda request: request + "<more>" * 300_000)

    assert run.requests == [text]
    assert service.responses == [(text + "<more>" * 300_000, "", "")]
