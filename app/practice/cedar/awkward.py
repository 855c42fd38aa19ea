"""The awkward invoices of the practice railroad, one function for each kind.

Rule: each has exactly one thing wrong with it, and lines that are in order besides, where the kind allows it.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from app.practice.cedar.catalogue import MISSING_SERVICE
from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.clerk import Clerk
from app.practice.cedar.directory import (
    INACTIVE,
    MISSING,
    NON_ASCII,
    WITH_GL,
    WITHOUT_GL,
    Location,
    others_of,
)
from app.practice.cedar.expectations import Kind

Writer: TypeAlias = Callable[[Clerk, str, date], list[PracticeCharge]]
"""Writes an invoice with a number and a date."""


def _ordinary(clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    return clerk.invoice(number, clerk.location(), day)


def _at(locations: tuple[Location, ...], clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    return clerk.invoice(number, clerk.random.choice(locations), day)


def _two_gl(clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    first = clerk.random.choice([place for place in WITH_GL if others_of(place)])
    second = clerk.random.choice(others_of(first))
    return [*clerk.invoice(number, first, day), *clerk.invoice(number, second, day)]


def _partly_no_gl(clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    bare = clerk.random.choice(WITHOUT_GL)
    return [
        *clerk.invoice(number, clerk.random.choice(others_of(bare)), day),
        clerk.charge(number, bare, day),
    ]


def _all_in_status(statuses: tuple[str, ...], clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    charges = _ordinary(clerk, number, day)
    for index, charge in enumerate(charges):
        charge.billing_status = statuses[index % len(statuses)]
        if charge.billing_status in {"PENDING", "ASSIGNED", "IN_PROGRESS"}:
            charge.invoice_date = None
    return charges


def _one_in_status(status: str, clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    location = clerk.location()
    odd = clerk.charge(number, location, day)
    odd.billing_status = status
    return [*clerk.invoice(number, location, day), odd]


def _one_odd_line(
    spoil: Callable[[PracticeCharge], None], clerk: Clerk, number: str, day: date
) -> list[PracticeCharge]:
    location = clerk.location()
    odd = clerk.charge(number, location, day)
    spoil(odd)
    return [*clerk.invoice(number, location, day), odd]


def _without_amount(charge: PracticeCharge) -> None:
    charge.amount = None


def _without_service_type(charge: PracticeCharge) -> None:
    charge.service_type = None


def _in_other_currency(charge: PracticeCharge) -> None:
    charge.currency = "CAD"


def _negative_total(clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    charges = clerk.invoice(number, clerk.location(), day, lines=2)
    total = sum((charge.amount or Decimal(0) for charge in charges), Decimal(0))
    location = next(place for place in WITH_GL if place.name == charges[0].customer_location)
    return [*charges, clerk.credit(number, location, day, total + Decimal("84.20"))]


def _nothing_to_bill(clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    location = clerk.location()
    return [clerk.waive(clerk.charge(number, location, day)) for _ in range(3)]


def _item_missing(clerk: Clerk, number: str, day: date) -> list[PracticeCharge]:
    location = clerk.location()
    return [
        *clerk.invoice(number, location, day),
        clerk.charge(number, location, day, MISSING_SERVICE),
    ]


WRITERS: dict[Kind, Writer] = {
    Kind.ORDINARY: _ordinary,
    Kind.PARTLY_NO_GL: _partly_no_gl,
    Kind.LONG_NUMBER: _ordinary,
    Kind.TWO_GL: _two_gl,
    Kind.NO_GL: partial(_at, WITHOUT_GL),
    Kind.NOT_INVOICED: partial(_all_in_status, ("PENDING", "ASSIGNED", "IN_PROGRESS")),
    Kind.CUSTOMER_MISSING: partial(_at, (MISSING,)),
    Kind.ITEM_MISSING: _item_missing,
    Kind.NEGATIVE_TOTAL: _negative_total,
    Kind.VOIDED: partial(_all_in_status, ("VOID",)),
    Kind.BAD_AMOUNT: partial(_one_odd_line, _without_amount),
    Kind.MIXED_CURRENCY: partial(_one_odd_line, _in_other_currency),
    Kind.NOTHING_TO_BILL: _nothing_to_bill,
    Kind.CUSTOMER_INACTIVE: partial(_at, (INACTIVE,)),
    Kind.NO_SERVICE_TYPE: partial(_one_odd_line, _without_service_type),
    Kind.PARTLY_NOT_INVOICED: partial(_one_in_status, "PENDING"),
    Kind.PARTLY_VOIDED: partial(_one_in_status, "VOID"),
    Kind.NON_ASCII: partial(_at, NON_ASCII),
    Kind.RESET: partial(_all_in_status, ("RESET",)),
    Kind.DELETED: partial(_all_in_status, ("DELETED",)),
    Kind.ARCHIVED: partial(_all_in_status, ("ARCHIVED",)),
}
"""How to write each kind; the most instructive ones first, for railroads with room for few."""
