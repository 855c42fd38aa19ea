"""What the tests of the wizard share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.tasks import Tasks
from tests.ui.setup.office import Person, SetupOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SetupOffice]:
    """Make a practice office; the settings name only where its Cedar is."""
    made = SetupOffice(tmp_path)
    made.point_at_sandbox()
    yield made
    made.stop()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Run operations, and finish them before the test ends."""
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture
def person(qtbot: QtBot, office: SetupOffice, tasks: Tasks) -> Iterator[Person]:
    """Sit before the wizard; it is closed at the end."""
    made = Person(qtbot, office, tasks)
    yield made
    wizard = getattr(made, "wizard", None)
    if wizard is not None:
        wizard.reject()


@pytest.fixture
def large_text() -> Iterator[None]:
    """Have text of 200 %."""
    before = QApplication.font()
    large = QFont(before)
    large.setPointSizeF(before.pointSizeF() * 2)
    QApplication.setFont(large)
    yield
    QApplication.setFont(before)
