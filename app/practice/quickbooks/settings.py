"""What kind of QuickBooks this is and how its company is set up: the switches of the practice company.

Rule: plain attributes; nothing here acts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum


class Edition(StrEnum):
    """The edition of QuickBooks Desktop, by its word in ProductName."""

    PRO = "Pro"
    PREMIER = "Premier"
    ACCOUNTANT = "Accountant"
    ENTERPRISE = "Enterprise"

    @property
    def creates_sales_orders(self) -> bool:
        """Whether this edition can create sales orders at all."""
        return self is not Edition.PRO

    @property
    def product_name(self) -> str:
        """The product's name as HostQuery gives it."""
        return {
            Edition.PRO: "QuickBooks Pro 2024",
            Edition.PREMIER: "QuickBooks Premier: Professional Services Edition 2024",
            Edition.ACCOUNTANT: "QuickBooks Accountant 2024",
            Edition.ENTERPRISE: "QuickBooks Enterprise Solutions 24.0",
        }[self]


class FileMode(StrEnum):
    """How the company file is open."""

    SINGLE_USER = "SingleUser"
    MULTI_USER = "MultiUser"


EVERY_VERSION = (
    "1.0 1.1 2.0 2.1 3.0 4.0 4.1 5.0 6.0 7.0 8.0 9.0 10.0 11.0 12.0 13.0 14.0 15.0 16.0".split()  # noqa: SIM905
)
"""The qbXML versions of a current QuickBooks."""


def utc_now() -> datetime:
    """Tell the present moment."""
    return datetime.now(UTC)


@dataclass(slots=True)
class CompanySettings:
    """The switches. Change them at any time; the next request sees them."""

    edition: Edition = Edition.ENTERPRISE
    product_name: str = ""
    """Overrides the edition's own name."""
    supported_versions: list[str] = field(default_factory=lambda: list(EVERY_VERSION))
    """qbXML versions taken; any other is refused with 0x80040423."""
    file_mode: FileMode = FileMode.MULTI_USER
    clock: Callable[[], datetime] = utc_now
    """The QuickBooks computer's clock: an aware time in its own zone."""

    sales_orders_enabled: bool = True
    estimates_enabled: bool = True
    class_tracking: bool = False
    multi_currency: bool = False
    home_currency: str = "US Dollar"
    sales_tax: bool = False
    """Whether sales tax is charged; `PracticeCompany.turn_on_sales_tax` makes the tax item along with it."""
    closing_date: date | None = None
    closing_date_spares_orders: bool = False
    """Whether sales orders and estimates are excluded from the closing date."""

    dialog_open: bool = False
    """A modal dialog is open: sessions are refused with 0x80040414."""
    access_denied: bool = False
    """The administrator's permission is missing: sessions are refused with 0x80040420."""
    other_company_open: bool = False
    """Another company file is open: sessions are refused with 0x8004040A."""
    cannot_start: bool = False
    """QuickBooks cannot be started: sessions are refused with 0x80040408."""
    read_only_app: bool = False
    """The application may only read: writing is refused with 3263."""
    user_may_not_write: bool = False
    """The QuickBooks user's role is too low: writing is refused with 3260."""
    app_not_authorized: bool = False
    """The application lacks the right: writing is refused with 3220."""

    missed_ref_number_status: int = 1
    """What a query by RefNumber answers where a number is missing: 1 or 500. Both were seen in the field."""
    forgotten_predecessor_status: int = 0
    """messageSetStatusCode of a chain whose oldMessageSetID is unknown: 0 or 600. Sources differ."""
    names_find_inactive: bool = True
    """Whether a list query by FullName or ListID also shows inactive records."""
