from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cedar.faults import Cancelled, PassingFault, unavailable
from app.cedar.retry import Retrier, RetryPolicy
from app.domain.faults import CedarUnavailable
from app.domain.retry_after import http_date, retry_after_seconds
from tests.cedar.stand_in import patient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def failing(*faults: Exception) -> Callable[[], str]:
    left = list(faults)

    def call() -> str:
        if left:
            raise left.pop(0)
        return "answer"

    return call


def never() -> bool:
    return False


def test_passing_faults_are_tried_again_with_growing_waits() -> None:
    slept: list[float] = []
    retrier = Retrier(patient(sleep=slept.append, wait_initial=1.0, wait_max=3.0), never)
    assert retrier(failing(*[PassingFault("busy")] * 4)) == "answer"
    assert sum(slept) == pytest.approx(1 + 2 + 3 + 3)
    assert max(slept) <= 0.2, "a long sleep could not be interrupted"


def test_jitter_only_lengthens() -> None:
    slept: list[float] = []
    Retrier(patient(sleep=slept.append, wait_initial=1.0, jitter=0.5), never)(failing(PassingFault("busy")))
    assert 1.0 <= sum(slept) <= 1.5


def test_attempts_end() -> None:
    faults = [PassingFault(str(number)) for number in range(9)]
    with pytest.raises(PassingFault, match="2"):
        Retrier(patient(attempts=3), never)(failing(*faults))


def test_time_limit_ends_attempts() -> None:
    with pytest.raises(PassingFault, match="first"):
        Retrier(patient(time_limit=1e-9), never)(failing(PassingFault("first"), PassingFault("second")))


def test_other_faults_are_raised_at_once() -> None:
    with pytest.raises(CedarUnavailable, match="wrong"):
        Retrier(patient(), never)(failing(unavailable("wrong"), unavailable("not asked again")))


def test_asked_wait_is_kept() -> None:
    slept: list[float] = []
    Retrier(patient(sleep=slept.append), never)(failing(PassingFault("busy", retry_after=120.0)))
    assert sum(slept) == pytest.approx(120)


def test_too_long_an_asked_wait_is_left_to_the_next_reading() -> None:
    slept: list[float] = []
    with pytest.raises(PassingFault) as caught:
        Retrier(patient(sleep=slept.append), never)(failing(PassingFault("busy", retry_after=301.0)))
    assert slept == []
    assert caught.value.retry_after == 301.0


def test_cancelled_before_the_first_attempt() -> None:
    with pytest.raises(Cancelled):
        Retrier(RetryPolicy(), lambda: True)(failing())


def test_cancelled_in_the_middle_of_a_wait() -> None:
    slept: list[float] = []
    retrier = Retrier(patient(sleep=slept.append), lambda: len(slept) >= 3)
    with pytest.raises(Cancelled):
        retrier(failing(PassingFault("busy", retry_after=200.0)))
    assert sum(slept) < 1


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_retry_after(header: str | None, expected: float | None) -> None:
    assert retry_after_seconds(header, NOW) == expected


@given(st.text())
def test_no_header_breaks_the_reading_of_dates(text: str) -> None:
    http_date(text)
    wait = retry_after_seconds(text, NOW)
    assert wait is None or wait >= 0
