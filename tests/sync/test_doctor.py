"""What the doctor says to do can be done as it stands there."""

import re
from datetime import UTC, datetime

import pytest

from app.books.quickbooks_desktop.web_connector.diagnosis import Cause, Diagnosis
from app.books.quickbooks_desktop.web_connector.diagnosis_texts import COMMANDS
from app.sync.doctor import connector

AT = datetime(2026, 11, 26, tzinfo=UTC)


NAMED: dict[str, str | datetime] = {name: name for name in ("code", "line", "lines", "own", "theirs", "trouble")}
"""Whatever the words of a cause name."""


@pytest.mark.parametrize("cause", COMMANDS)
def test_every_command_names_the_connection_that_is_meant(cause: Cause) -> None:
    (found,) = connector([Diagnosis(cause, NAMED | {"at": AT})], "Cedar Sync yard", "yard")
    commands = re.findall(r"cedar-sync qwc( --connection \w+)?", found.fix)
    assert commands == [" --connection yard"]
