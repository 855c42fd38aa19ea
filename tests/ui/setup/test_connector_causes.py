"""What keeps the Web Connector from calling is said where one connects it, and in the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.books.quickbooks_desktop.web_connector.diagnosis import Cause
from app.bootstrap import installation as installation_module
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.installation import Installation
from app.system.web_connector_install import ConnectorLook
from app.ui.setup.checks import cause_found
from app.ui.setup.listening import Listening
from app.ui.setup.quickbooks_page import told
from app.ui.setup.result_line import Result
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.setup.settings_quickbooks import QuickBooksSettingsPage
from app.ui.tasks import Tasks
from tests.ui.setup.office import SetupOffice

LOG = (
    b"20990101.09:00:00 UTC : Main() : Unique OwnerID/FileID pair value required.\r\n"
    b"20990101.09:00:00 UTC : Main() : QBWC1039: There was a problem adding the application.\r\n"
)


def _an_hour_ago() -> bytes:
    return f"{datetime.now(UTC) - timedelta(hours=1):%Y%m%d.%H}".encode()


@dataclass(frozen=True)
class SeenThere:
    """A Windows computer as somebody looked at it."""

    seen: ConnectorLook

    def look(self) -> ConnectorLook:
        return self.seen


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> ConnectorLook:
    """Give what every look sees: a Web Connector that is closed and does not know us."""
    look = ConnectorLook(is_installed=True, processes=(), settings={"": {}})
    monkeypatch.setattr(installation_module, "NoWebConnector", lambda: SeenThere(look))
    return look


def test_the_settings_say_what_keeps_it_from_calling(
    qtbot: QtBot, office: SetupOffice, tasks: Tasks, there: ConnectorLook
) -> None:
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        qtbot.addWidget(dialog)
        dialog.show()
        (page,) = dialog.findChildren(QuickBooksSettingsPage)
        qtbot.waitUntil(lambda: page.state.result is Result.BAD)
        assert page.state.words.startswith("Cedar Sync is not in the Web Connector's list. ")
        assert "show the steps to connect" in page.state.words
        dialog.reject()


def test_what_the_steps_say_anyway_is_no_trouble_while_one_follows_them(
    office: SetupOffice, there: ConnectorLook
) -> None:
    with Installation(office.home, credentials=office.credentials) as installation:
        (kit,) = kits_of(installation)
        found = cause_found(kit)
        assert found is not None
        assert found.diagnosis.cause is Cause.NOT_ADDED
        assert cause_found(kit, is_connecting=True) is None


def test_a_file_that_was_refused_is_told_while_one_waits_for_the_first_call(
    office: SetupOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[ConnectorLook] = []
    log = LOG.replace(b"20990101.09", _an_hour_ago())
    seen = ConnectorLook(is_installed=True, processes=(), settings={"": {}}, log=log)

    class Counted:
        def look(self) -> ConnectorLook:
            looks.append(seen)
            return seen

    monkeypatch.setattr(installation_module, "NoWebConnector", Counted)
    with Listening(office.place) as listening:
        found = listening.found()
        assert found is not None
        result, words = told(found)
        assert result is Result.BAD
        assert words.startswith(
            "The Web Connector refused the last file it was given: the company file has it already. "
        )
        assert "(QBWC1039)" in words
        listening.found()
        assert len(looks) == 1, "the page asks every other second, and that is too often for this"
