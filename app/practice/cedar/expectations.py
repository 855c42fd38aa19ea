"""What was planted into the practice railroad, so that a demo can check where each invoice ended.

Rule: facts about the charges only; what a program must make of them is not decided here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.practice.cedar.charge import NOT_INVOICED_YET, PracticeCharge


class Kind(StrEnum):
    """What is special about a practice invoice."""

    ORDINARY = "ordinary"
    """Nothing; it may hold adjusted, waived and credited lines as invoices do."""
    LONG_NUMBER = "long_number"
    """Its number has more than 11 characters, and others share the first or last 11 of them."""
    TWO_GL = "two_gl"
    """Its charges carry two GL numbers of one customer."""
    NON_ASCII = "non_ascii"
    """The customer's name has letters or quotes beyond ASCII."""
    PARTLY_NO_GL = "partly_no_gl"
    """One of its charges has no GL number."""
    NO_GL = "no_gl"
    """None of its charges has a GL number."""
    NOT_INVOICED = "not_invoiced"
    """It has a number, but all charges have an earlier status."""
    PARTLY_NOT_INVOICED = "partly_not_invoiced"
    """Some of its charges have an earlier status."""
    MIXED_CURRENCY = "mixed_currency"
    """One of its charges is in another currency."""
    NEGATIVE_TOTAL = "negative_total"
    """A credit exceeds its other lines."""
    NOTHING_TO_BILL = "nothing_to_bill"
    """Every line was waived to zero."""
    NO_SERVICE_TYPE = "no_service_type"
    """One of its charges has no service type."""
    BAD_AMOUNT = "bad_amount"
    """One of its charges has no amount."""
    VOIDED = "voided"
    """Every charge is `VOID`."""
    PARTLY_VOIDED = "partly_voided"
    """One of its charges is `VOID`."""
    RESET = "reset"
    """Every charge is `RESET`."""
    DELETED = "deleted"
    """Every charge is `DELETED`."""
    ARCHIVED = "archived"
    """Every charge is `ARCHIVED`."""
    CUSTOMER_MISSING = "customer_missing"
    """Its GL number is in `missing_customers`."""
    CUSTOMER_INACTIVE = "customer_inactive"
    """Its GL number is in `inactive_customers`."""
    ITEM_MISSING = "item_missing"
    """One of its service types is in `missing_items`."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One planted invoice as it was when the railroad was made."""

    invoice: str
    """Its number."""
    kind: Kind
    """What is special about it."""
    customer: str
    """Whose it is."""
    charge_ids: tuple[int, ...]
    """Its charges, whatever their status."""
    by_gl: dict[str, Decimal]
    """Sum of the `INVOICED` charges by GL number; a missing amount counts as nothing."""
    without_gl: Decimal
    """Sum of the `INVOICED` charges without a GL number."""
    not_invoiced: Decimal
    """Sum of the charges in an earlier status."""


def describe(invoice: str, kind: Kind, charges: Iterable[PracticeCharge]) -> Expectation:
    """Write down the facts of an invoice."""
    held = list(charges)
    by_gl: defaultdict[str, Decimal] = defaultdict(Decimal)
    without_gl = not_invoiced = Decimal(0)
    for charge in held:
        amount = charge.amount or Decimal(0)
        if charge.billing_status in NOT_INVOICED_YET:
            not_invoiced += amount
        elif charge.billing_status == "INVOICED" and charge.gl_code is None:
            without_gl += amount
        elif charge.billing_status == "INVOICED" and charge.gl_code is not None:
            by_gl[charge.gl_code] += amount
    return Expectation(
        invoice=invoice,
        kind=kind,
        customer=held[0].customer,
        charge_ids=tuple(charge.charge_id for charge in held),
        by_gl=dict(by_gl),
        without_gl=without_gl,
        not_invoiced=not_invoiced,
    )
