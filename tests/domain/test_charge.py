from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.charge import Charge
from app.domain.values import replace
from tests.builders import a_charge

CHARGE = a_charge(quantity="2", rate="50", invoice_date=date(2026, 10, 31), currency="USD")
OTHER: dict[str, object] = {
    "quantity": Decimal(3),
    "rate": Decimal(51),
    "amount": Decimal("100.01"),
    "invoice_date": date(2026, 11, 1),
    "applied_at": datetime(2026, 10, 21, tzinfo=UTC),
}


@pytest.mark.parametrize("name", Charge.__struct_fields__)
def test_a_change_of_any_field_changes_the_fingerprint(name: str) -> None:
    changed = replace(CHARGE, **{name: OTHER.get(name, "something else")})  # type: ignore[arg-type]
    assert changed.fingerprint() != CHARGE.fingerprint()


@pytest.mark.parametrize("name", ["gl_number", "amount", "invoice_date", "car", "quantity"])
def test_a_field_that_is_empty_is_not_one_that_is_missing(name: str) -> None:
    missing, empty = (replace(CHARGE, **{name: value}) for value in (None, ""))  # type: ignore[arg-type]
    assert missing.fingerprint() != empty.fingerprint()


def test_the_same_number_written_otherwise_is_the_same_charge() -> None:
    assert replace(CHARGE, quantity=Decimal("2.00")).fingerprint() == CHARGE.fingerprint()
