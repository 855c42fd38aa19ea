"""Under which names Cedar's carriers may publish each field of a charge. No I/O.

Rule: the documented key comes first; the other names are what a carrier might call a column whose key Cedar does not
publish. A documented key is never taken for a field it was not made for, whatever its alias says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What we read of a charge; the values are the names of `app.domain.charge.Charge`, and of the settings."""

    CHARGE_ID = "charge_id"
    BILLING_STATUS = "billing_status"
    INVOICE = "invoice"
    GL_NUMBER = "gl_number"
    CUSTOMER = "customer"
    LOCATION = "location"
    BILLING_TYPE = "billing_type"
    SERVICE_TYPE = "service_type"
    RATE_DESCRIPTION = "rate_description"
    QUANTITY = "quantity"
    RATE = "rate"
    AMOUNT = "amount"
    CURRENCY = "currency"
    INVOICE_DATE = "invoice_date"
    APPLIED_AT = "applied_at"
    CAR = "car"
    CAR_INITIALS = "car_initials"
    """With the number in place of `CAR`, where a carrier keeps the two apart."""
    CAR_NUMBER = "car_number"
    ADJUSTMENT_TOTAL = "adjustment_total"
    """Only summed up for the reconciliation, never read with the rows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one field is found."""

    words: str
    """The field in a sentence."""
    candidates: tuple[str, ...]
    """Keys, aliases or names, the best first."""
    needed: bool = False
    """Without it nothing can be synced."""
    decides: bool = True
    """It decides on money, dates or the customer, so that a doubtful choice is a person's."""
    never: frozenset[str] = frozenset()
    """Types of columns that cannot hold it. Types we do not know are trusted."""


_NO_NUMBER: Final = frozenset({"TIMESTAMP", "TIME", "BOOLEAN"})
_NO_DATE: Final = frozenset({"INT", "REAL", "DECIMAL", "BOOLEAN", "TIME"})
_NO_TEXT: Final = frozenset({"REAL", "DECIMAL", "TIMESTAMP", "TIME", "BOOLEAN"})

RULES: Final[Mapping[Field, Rule]] = {
    Field.CHARGE_ID: Rule("the charge number", ("chargeId",), needed=True),
    Field.BILLING_STATUS: Rule("the billing status", ("billingStatus",), needed=True),
    Field.INVOICE: Rule("the invoice number", ("invoice", "invoiceNumber", "invoiceNo", "invoice#"), needed=True),
    Field.AMOUNT: Rule("the amount", ("amount", "chargeAmount"), needed=True, never=_NO_NUMBER),
    Field.APPLIED_AT: Rule("the date applied", ("appliedAt", "appliedOn", "dateApplied"), needed=True, never=_NO_DATE),
    Field.SERVICE_TYPE: Rule("the service type", ("serviceType",), needed=True),
    Field.GL_NUMBER: Rule(
        "the GL number",
        ("glCode", "glNumber", "glAccount", "glAccountNumber", "generalLedgerNumber", "generalLedgerCode", "gl#"),
        needed=True,
    ),
    Field.QUANTITY: Rule(
        "the quantity",
        ("quantity", "qty", "billedQuantity", "billableQuantity", "unitCount", "numberOfUnits", "units"),
        never=_NO_NUMBER,
    ),
    Field.RATE: Rule("the rate", ("rate", "unitRate", "ratePerUnit", "rateAmount", "unitPrice"), never=_NO_NUMBER),
    Field.CURRENCY: Rule("the currency", ("currency", "currencyCode", "invoiceCurrency"), never=_NO_TEXT),
    Field.INVOICE_DATE: Rule(
        "the invoice date",
        ("invoiceDate", "invoicedAt", "invoicedOn", "invoicedDate", "dateInvoiced", "dateOfInvoice"),
        never=_NO_DATE,
    ),
    Field.CUSTOMER: Rule("the customer", ("customer", "customerName"), decides=False),
    Field.LOCATION: Rule("the location", ("customerLocation", "customerLocationName", "location"), decides=False),
    Field.BILLING_TYPE: Rule("the billing type", ("billingType",), decides=False),
    Field.RATE_DESCRIPTION: Rule("the rate description", ("rateDescription",), decides=False),
    Field.CAR: Rule("the car", ("car", "railcar", "carId", "equipment", "equipmentId"), decides=False),
    Field.CAR_INITIALS: Rule("the car's initials", ("carInitials", "carInitial", "equipmentInitials"), decides=False),
    Field.CAR_NUMBER: Rule("the car's number", ("carNumber", "railcarNumber", "equipmentNumber"), decides=False),
    Field.ADJUSTMENT_TOTAL: Rule(
        "the adjustments", ("adjustment_total", "adjustmentTotal"), decides=False, never=_NO_NUMBER
    ),
}

DOCUMENTED: Final = frozenset(
    {
        "chargeId",
        "customer",
        "customerLocation",
        "customerLocationAccountNumber",
        "invoice",
        "accountingPeriod",
        "billingType",
        "billingStatus",
        "amount",
        "appliedAt",
        "serviceType",
        "glCode",
        "rateTableEntry",
        "rateDescription",
        "adjustment_total",
    }
)
"""Keys whose meaning Cedar publishes: none of them serves for another field unless a person says so."""
