"""The Web Connector of this computer is looked at and never changed; where there is none, nothing is claimed."""

import sys

import pytest

from app.system.web_connector_install import (
    KEPT,
    ConnectorLook,
    NoWebConnector,
    system_install,
    without_secret,
)
from app.system.windows_processes import is_quickbooks


@pytest.mark.skipif(sys.platform == "win32", reason="there may be one on Windows")
def test_elsewhere_there_is_nothing_to_look_at() -> None:
    assert isinstance(system_install(), NoWebConnector)
    assert system_install().look() == ConnectorLook()


@pytest.mark.parametrize("name", ["Password", "EncryptedPassword", "pwd", "MasterKey"])
def test_a_secret_is_only_known_to_be_there(name: str) -> None:
    assert without_secret(name, "canary") == KEPT
    assert without_secret(name, "") == ""
    assert without_secret("UserName", "cedar-sync") == "cedar-sync"


def test_what_was_read_is_not_written_into_logs() -> None:
    look = ConnectorLook(settings={"": {"AppURL": "canary"}}, log=b"canary")
    assert "canary" not in repr(look)


@pytest.mark.parametrize(
    "name", ["QBW.EXE", "QBW32.EXE", "QBW32Pro.exe", "qbwenterprise.exe", "QBWPremierContractor.exe"]
)
def test_quickbooks_is_known_by_its_program(name: str) -> None:
    assert is_quickbooks(name)


@pytest.mark.parametrize("name", ["qbwebconnector.exe", "qbupdate.exe", "QBWebMgr.exe", "notepad.exe", "qbw32.exe.bak"])
def test_its_helpers_are_not_quickbooks(name: str) -> None:
    assert not is_quickbooks(name)
