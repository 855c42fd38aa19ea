from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from app.store.columns import Cents, Moment

SQLITE = dialect()
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(MOMENTS, ZONES)
def test_a_moment_comes_back_as_the_same_moment(moment: datetime, zone: timezone) -> None:
    text = Moment().process_bind_param(moment.astimezone(zone), SQLITE)
    assert Moment().process_result_value(text, SQLITE) == moment


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_time_does(one: datetime, other: datetime) -> None:
    texts = [Moment().process_bind_param(moment, SQLITE) or "" for moment in (one, other)]
    assert (texts[0] < texts[1]) is (one < other)


def test_a_time_without_a_zone_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Moment().process_bind_param(datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001


@given(st.integers(-(10**15) + 1, 10**15 - 1).map(lambda cents: Decimal(cents) / 100))
def test_an_amount_comes_back_to_the_cent(amount: Decimal) -> None:
    cents = Cents().process_bind_param(amount, SQLITE)
    assert Cents().process_result_value(cents, SQLITE) == amount
