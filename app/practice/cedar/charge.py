"""One row of the practice charges table, as the billing clerk of a railroad would see it.

Rule: plain facts with believable defaults; how a fact travels (as a float, as text) is the business of `cells`.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypedDict

BILLING_STATUSES = (
    "IN_PROGRESS",
    "PENDING",
    "ASSIGNED",
    "INVOICED",
    "ARCHIVED",
    "DELETED",
    "RESET",
    "VOID",
)
"""Every billing status the service knows, in the order of a charge's life."""

BILLING_TYPES = (
    "STORAGE",
    "DEMURRAGE",
    "SWITCHING",
    "JUNCTION SETTLEMENT",
    "NON-RAILROAD CHARGE",
    "TRACKAGE",
    "EXCESS",
    "MISC.",
    "ISS SHIPMENT",
)
"""Every billing type the service knows."""

NOT_INVOICED_YET = frozenset({"IN_PROGRESS", "PENDING", "ASSIGNED"})
"""Statuses of a charge that may still become part of an invoice."""


@dataclass(slots=True)
class PracticeCharge:
    """A charge. Change one that a railroad already holds through the railroad's methods, not by hand."""

    charge_id: int
    """The row's key for ever."""
    customer: str = "Acme Grain Company"
    """Name of the customer."""
    customer_location: str = "Acme Grain Rosetown"
    """Name of the customer's location the work was done for."""
    location_account_number: str = ""
    """The customer's own account number of that location; often empty."""
    gl_code: str | None = "4410"
    """General ledger number of the location, if the carrier has set one."""
    invoice: str | None = None
    """Number of the invoice, once there is one."""
    billing_type: str = "SWITCHING"
    """One of `BILLING_TYPES`."""
    billing_status: str = "INVOICED"
    """One of `BILLING_STATUSES`."""
    service_type: str | None = "SWITCHING"
    """What was done, in the carrier's words."""
    rate_description: str = "Switching, per car"
    """Text of the rate."""
    rate_table_entry: str = "SW-100"
    """Where the rate stands in the tariff."""
    quantity: Decimal | None = Decimal(1)
    """How much was done."""
    rate: Decimal | None = Decimal(100)
    """Price of one."""
    amount: Decimal | None = Decimal(100)
    """What is charged in the end, after adjustments."""
    adjustment_total: Decimal | None = Decimal(0)
    """Final amount less the one first calculated."""
    invoice_date: date | None = None
    """Date on the invoice."""
    currency: str | None = "USD"
    """ISO code."""
    applied_at: datetime = field(default_factory=lambda: datetime(2026, 10, 15, 15, 0, tzinfo=UTC))
    """When the charge arose; always with a time zone."""
    accounting_period: str = "2026-10"
    """Year and month the railroad books it in."""
    car: str = ""
    """Initials and number of the car, such as `ABCX 1234`; empty where no car is concerned."""


class ChargeFields(TypedDict, total=False):
    """The fields of a charge that may be given by name; meaning as in `PracticeCharge`."""

    customer: str
    customer_location: str
    location_account_number: str
    gl_code: str | None
    invoice: str | None
    billing_type: str
    billing_status: str
    service_type: str | None
    rate_description: str
    rate_table_entry: str
    quantity: Decimal | None
    rate: Decimal | None
    amount: Decimal | None
    adjustment_total: Decimal | None
    invoice_date: date | None
    currency: str | None
    applied_at: datetime
    accounting_period: str
    car: str
