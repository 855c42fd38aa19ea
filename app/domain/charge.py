"""A charge: one row of Cedar's charges table, known for ever by its charge id. No I/O."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NewType

from app.domain.values import Struct

ChargeId = NewType("ChargeId", str)
"""Cedar's ``chargeId``; a number in practice, kept as text because we never count with it."""

TAKEN_BACK: Final = frozenset({"VOID", "DELETED", "RESET"})
"""Billing statuses of charges that are gone: they count nowhere, and are taken back if they were in the books."""

ARCHIVED: Final = "ARCHIVED"
"""The billing status that changes nothing: what was synced stays as it is."""

LIFE_CYCLE: Final = ("IN_PROGRESS", "PENDING", "ASSIGNED", "INVOICED", "ARCHIVED", "RESET", "DELETED", "VOID")
"""Cedar's billing statuses in the order a charge passes through them."""


class Charge(Struct, frozen=True):
    """What Cedar says of one charge, cleaned once where its JSON was read."""

    charge_id: ChargeId
    billing_status: str
    """Upper case, as in `LIFE_CYCLE`; a status Cedar adds later is kept as it is."""
    invoice: str | None = None
    """The invoice's full number; None while the charge is on no invoice."""
    gl_number: str | None = None
    """The General Ledger number of the customer location: the customer's name in the books."""
    customer: str | None = None
    location: str | None = None
    billing_type: str | None = None
    service_type: str | None = None
    """The item's name in the books."""
    rate_description: str | None = None
    quantity: Decimal | None = None
    """None where the carrier publishes no quantity."""
    rate: Decimal | None = None
    amount: Decimal | None = None
    """Whole cents; None where Cedar's amount is missing or is not a number."""
    currency: str | None = None
    """ISO 4217 code; None where the carrier publishes no currency."""
    invoice_date: date | None = None
    applied_at: datetime | None = None
    """Aware; when the charge was applied."""
    car: str | None = None
    """Railcar initials and number, where the carrier publishes them."""

    def fingerprint(self) -> str:
        """Give a digest of everything Cedar says of this charge: equal text, equal charge."""
        text = "\x1f".join(_plain(getattr(self, name)) for name in self.__struct_fields__)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _plain(value: object) -> str:
    if value is None:
        return "\x00"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
