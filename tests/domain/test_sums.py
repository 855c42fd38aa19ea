from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.sums import NOTHING, Sums

PARTS = st.lists(
    st.tuples(st.sampled_from(["USD", "CAD", "", None]), st.integers(-(10**12), 10**12).map(lambda n: Decimal(n) / 100))
)


@given(PARTS, PARTS)
def test_adding_and_taking_away_are_exact_in_every_currency(
    one: list[tuple[str | None, Decimal]], other: list[tuple[str | None, Decimal]]
) -> None:
    first, second = Sums.of(one), Sums.of(other)
    assert first + second == Sums.of([*one, *other]) == second + first
    assert (first + second) - second == first
    assert first - first == NOTHING
    assert first.total == sum((amount for _, amount in one), Decimal(0))


def test_what_comes_to_nothing_is_nothing() -> None:
    sums = Sums.of([("USD", Decimal("1.00")), ("USD", Decimal("-1.00")), ("CAD", Decimal("0.00"))])
    assert sums == NOTHING
    assert not sums
    assert sums.currencies == frozenset()


def test_what_has_no_one_currency_comes_last() -> None:
    sums = Sums.of([(None, Decimal(1)), ("USD", Decimal(2)), ("", Decimal(3)), ("CAD", Decimal(4))])
    assert sums.parts == (("CAD", Decimal(4)), ("USD", Decimal(2)), (None, Decimal(4)))
