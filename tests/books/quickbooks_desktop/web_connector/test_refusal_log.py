"""However many are refused, the log stays readable, and says how many there were."""

import pytest

from app.books.quickbooks_desktop.web_connector.refusal_log import RefusalLog


def test_a_flood_is_a_few_lines_and_a_count(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    log = RefusalLog(lambda: now)
    for number in range(1000):
        log.note("refused %d", number)
    assert len(caplog.messages) == 20

    now = 61.0
    log.note("refused again")

    assert caplog.messages[20:] == ["980 more were refused before that", "refused again"]


def test_single_refusals_are_all_told(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    log = RefusalLog(lambda: now)
    for minute in range(30):
        now = 60.0 * minute
        log.note("refused")

    assert caplog.messages == ["refused"] * 30
