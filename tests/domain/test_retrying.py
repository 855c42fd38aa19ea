from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.retrying import delay


@pytest.mark.parametrize("attempts", [0, 1])
def test_the_first_wait_is_within_a_minute(attempts: int) -> None:
    assert timedelta(0) < delay(attempts) <= timedelta(minutes=1)


@given(st.integers())
def test_no_wait_is_longer_than_half_an_hour(attempts: int) -> None:
    assert delay(attempts) <= timedelta(minutes=30)


@given(st.integers(1, 100))
def test_waits_never_get_shorter(attempts: int) -> None:
    assert delay(attempts) <= delay(attempts + 1)
