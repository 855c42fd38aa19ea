"""The .QWC file: exact bytes, and refusal of what the Web Connector would refuse later."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.books.quickbooks_desktop.web_connector.qwc_file import QwcApplication, UnusableQwc, render
from app.domain.values import replace

CEDAR = QwcApplication(
    app_name="Cedar Sync (main)",
    app_url="http://localhost:8085/qbwc",
    app_support="http://localhost:8085/support",
    app_description="Writes Cedar invoices into QuickBooks as sales orders",
    user_name="cedar-sync",
    owner_id="{00000000-0000-4000-8000-000000000001}",
    file_id="{00000000-0000-4000-8000-000000000002}",
    run_every_minutes=1,
)


def test_the_file_is_exactly_this() -> None:
    assert render(CEDAR).decode() == (
        '<?xml version="1.0"?>\n'
        "<QBWCXML>\n"
        "<AppName>Cedar Sync (main)</AppName>\n"
        "<AppID></AppID>\n"
        "<AppURL>http://localhost:8085/qbwc</AppURL>\n"
        "<AppDescription>Writes Cedar invoices into QuickBooks as sales orders</AppDescription>\n"
        "<AppSupport>http://localhost:8085/support</AppSupport>\n"
        "<UserName>cedar-sync</UserName>\n"
        "<OwnerID>{00000000-0000-4000-8000-000000000001}</OwnerID>\n"
        "<FileID>{00000000-0000-4000-8000-000000000002}</FileID>\n"
        "<QBType>QBFS</QBType>\n"
        "<Style>Document</Style>\n"
        "<Scheduler><RunEveryNMinutes>1</RunEveryNMinutes></Scheduler>\n"
        "<IsReadOnly>false</IsReadOnly>\n"
        "<UnattendedModePref>umpOptional</UnattendedModePref>\n"
        "<PersonalDataPref>pdpNotNeeded</PersonalDataPref>\n"
        "</QBWCXML>\n"
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1).filter(str.strip))
def test_any_name_survives_the_way_there_and_back(name: str) -> None:
    assert etree.fromstring(render(replace(CEDAR, app_name=name))).findtext("AppName") == name


@pytest.mark.parametrize(
    "url",
    [
        "https://sync.railroad.example/qbwc",
        "https://localhost:8443/qbwc",
        "http://localhost/qbwc",
        "http://LOCALHOST:8085/qbwc",
    ],
)
def test_addresses_the_web_connector_takes(url: str) -> None:
    assert replace(CEDAR, app_url=url, app_support=url).app_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8085/qbwc",
        "https://127.0.0.1:8085/qbwc",
        "https://[::1]:8085/qbwc",
        "https://10.0.0.7/qbwc",
        "https://127.1/qbwc",
        "https://2130706433/qbwc",
        "https://0x7f.1/qbwc",
        "http://railroad.example:8085/qbwc",
        "http://localhost.evil.example/qbwc",
        "http://user@localhost/qbwc",
        "ftp://localhost/qbwc",
        "localhost:8085/qbwc",
        "http://localhost:port/qbwc",
        "http://localhost:99999/qbwc",
        "http:///qbwc",
        "http://[localhost/qbwc",
        "http://localhost:8085/ qbwc",
        "http://localhost:8085/qb\nwc",
        "",
    ],
)
def test_addresses_the_web_connector_refuses(url: str) -> None:
    with pytest.raises(UnusableQwc, match="app_url"):
        replace(CEDAR, app_url=url, app_support=url)


@pytest.mark.parametrize(
    "change",
    [
        {"app_support": "http://localhost:8086/support"},
        {"app_support": "https://railroad.example/support"},
        {"app_name": ""},
        {"app_name": " "},
        {"app_name": "a\nb"},
        {"user_name": ""},
        {"app_description": "x" * 81},
        {"owner_id": "00000000-0000-4000-8000-000000000001"},
        {"owner_id": "{00000000-0000-4000-8000-00000000000g}"},
        {"file_id": "{}"},
        {"file_id": "{00000000-0000-4000-8000-000000000002}\n"},
        {"run_every_minutes": 0},
    ],
)
def test_fields_the_web_connector_refuses(change: dict[str, Any]) -> None:
    with pytest.raises(UnusableQwc):
        replace(CEDAR, **change)
