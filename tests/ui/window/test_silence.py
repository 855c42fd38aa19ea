"""While the Web Connector is silent, the window says why and how to mend it, as far as this computer shows it."""

import logging
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.system.web_connector_install import ConnectorLook, SeenProcess
from app.ui.window import texts
from tests.reasons.office import a_charge
from tests.ui.window.practice import WindowOffice

NOT_RUNNING = ConnectorLook(is_installed=True, processes=())
NOTHING_AMISS = ConnectorLook(is_installed=True, processes=(SeenProcess("qbwebconnector.exe", is_elevated=False),))


class Watched:
    """Counts who looks, and from which thread."""

    def __init__(self, seen: ConnectorLook) -> None:
        self.seen = seen
        self.threads: list[str] = []

    def look(self) -> ConnectorLook:
        self.threads.append(threading.current_thread().name)
        return self.seen


class Broken:
    """A computer that will not be looked at."""

    def look(self) -> ConnectorLook:
        raise OSError("the registry is locked")


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> WindowOffice:
    return WindowOffice(qtbot, tmp_path, a_charge(1, "INV-1"))


def test_the_cause_takes_the_place_of_the_general_steps(office: WindowOffice) -> None:
    with office:
        office.run()
        office.update_until_quiet()
        there = Watched(NOT_RUNNING)
        office.installation.web_connector = there
        window = office.open_window()
        assert there.threads == [], "nobody looks while nothing is amiss"

        office.railroad.add(invoice="INV-2")
        office.wait(timedelta(hours=3))
        office.pull()
        office.settle()
        office.qtbot.waitUntil(lambda: "The Web Connector is not running." in window.banner.below)
        assert "Start menu" in window.banner.below
        assert texts.SILENT_HELP not in window.banner.below
        assert window.banner.line.startswith("QuickBooks has not asked for work since")
        office.settle()
        assert len(there.threads) == 1, "a look is not repeated at once"
        assert there.threads[0].startswith("ui-task")

        there.seen = NOTHING_AMISS
        office.wait(timedelta(minutes=1))
        office.settle()
        office.qtbot.waitUntil(lambda: texts.SILENT_HELP in window.banner.below)

        window.hide()
        office.wait(timedelta(minutes=5))
        office.qtbot.wait(50)
        assert len(there.threads) == 2, "a hidden window looks at nothing"

        there.seen = NOT_RUNNING
        window.show()
        office.qtbot.waitUntil(lambda: "The Web Connector is not running." in window.banner.below)
        office.update_until_quiet()
        office.settle()
        assert "not running" not in window.banner.below


def test_a_computer_that_cannot_be_looked_at_leaves_the_general_steps(
    office: WindowOffice, caplog: pytest.LogCaptureFixture
) -> None:
    with office, caplog.at_level(logging.WARNING):
        office.pull()
        office.wait(timedelta(hours=3))
        office.pull()
        office.installation.web_connector = Broken()
        window = office.open_window()
        office.qtbot.waitUntil(lambda: "the registry is locked" in caplog.text)
        assert texts.SILENT_HELP in window.banner.below


def test_the_practice_company_never_looks_at_the_real_one(office: WindowOffice) -> None:
    with office:
        assert office.installation.web_connector.look() == ConnectorLook()
