"""A running endpoint over a small service."""

from collections.abc import Iterator

import pytest

from app.books.quickbooks_desktop.web_connector.server import Endpoint
from tests.books.quickbooks_desktop.web_connector.fake_service import FakeService


@pytest.fixture
def service() -> FakeService:
    """Three requests to hand out."""
    return FakeService([f'<?xml version="1.0"?><?qbxml version="13.0"?><QBXML n="{n}"/>' for n in range(3)])


@pytest.fixture
def endpoint(service: FakeService) -> Iterator[Endpoint]:
    """Listening on a port the system chose."""
    endpoint = Endpoint(0, service, lambda: "Last update: 3 sales orders written.")
    endpoint.start()
    yield endpoint
    endpoint.stop()
