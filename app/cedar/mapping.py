"""From a row of Cedar's table to a charge. No I/O.

Rule: a spoilt cell spoils one field of one charge, which the domain then reports; only a row without its charge id
stops the reading, because nobody could say which charge it is.
"""

from datetime import tzinfo
from decimal import Decimal
from functools import lru_cache

from app.cedar import faults
from app.cedar.cells import cents, day, moment, number, text
from app.cedar.column_rules import Field
from app.cedar.columns import ColumnMap
from app.cedar.wire import Row
from app.domain.charge import Charge, ChargeId


class RowReader:
    """Turns rows into charges for one choice of columns."""

    def __init__(self, columns: ColumnMap, time_zone: tzinfo) -> None:
        # No column has an empty key, so what is not published finds no cell. Plain strings are looked up fastest.
        self._keys = {field.value: columns.key(field) or "" for field in Field}
        self._zone = time_zone

    def charge(self, row: Row) -> Charge:
        """Read one row.

        Raises:
            CedarUnavailable: If the row has no charge id.
        """
        cell = (row.data or {}).get
        keys = self._keys
        charge_id = text(cell(keys["charge_id"]))
        if charge_id is None:
            raise faults.unavailable(faults.NO_CHARGE_ID)
        currency = text(cell(keys["currency"]))
        return Charge(
            charge_id=ChargeId(charge_id),
            billing_status=status(text(cell(keys["billing_status"]))),
            invoice=text(cell(keys["invoice"])),
            gl_number=text(cell(keys["gl_number"])),
            customer=text(cell(keys["customer"])),
            location=text(cell(keys["location"])),
            billing_type=text(cell(keys["billing_type"])),
            service_type=text(cell(keys["service_type"])),
            rate_description=text(cell(keys["rate_description"])),
            quantity=number(cell(keys["quantity"])),
            rate=number(cell(keys["rate"])),
            amount=cents(cell(keys["amount"])),
            currency=currency.upper() if currency else None,
            invoice_date=day(cell(keys["invoice_date"]), self._zone),
            applied_at=moment(cell(keys["applied_at"]), self._zone),
            car=text(cell(keys["car"])) or _joined(text(cell(keys["car_initials"])), text(cell(keys["car_number"]))),
        )

    def exact_amount(self, row: Row) -> Decimal | None:
        """Read the amount as Cedar has it, with what is less than a cent; None where it is no number."""
        return number((row.data or {}).get(self._keys["amount"]))


@lru_cache(maxsize=64)
def status(written: str | None) -> str:
    """Write a billing status as the domain compares it: ``In progress`` becomes ``IN_PROGRESS``; none stays empty."""
    return "" if written is None else "_".join(written.upper().replace("-", " ").split())


def _joined(initials: str | None, car_number: str | None) -> str | None:
    return " ".join(part for part in (initials, car_number) if part) or None
