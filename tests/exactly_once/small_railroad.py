"""A railroad small enough to be billed hundreds of times, with every shape of invoice that becomes orders."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.practice.cedar import PracticeRailroad
from app.practice.quickbooks import PracticeCompany

OrderKey = tuple[str, str]
"""Full invoice number and GL number: what must be in the books once."""

LONG, LIKE_LONG = "PSL-2026-11-000482", "PSD-2026-11-000482"
"""Two numbers too long for QuickBooks, which share their last eleven characters."""

CUSTOMERS = ("4410", "4420", "4430")
ITEMS = ("SWITCHING", "STORAGE", "DEMURRAGE")


def small_railroad(today: date) -> PracticeRailroad:
    """Make a railroad of six invoices that become six orders.

    Args:
        today: The day its data ends at.
    """
    railroad = PracticeRailroad([], today=today)
    railroad.missing_customers = railroad.inactive_customers = railroad.missing_items = frozenset()
    for charge_id, invoice, gl_code, item, amount in (
        (101, "INV-1001", "4410", "SWITCHING", "100.00"),
        (102, "INV-1001", "4410", "STORAGE", "33.33"),
        (103, "INV-1001", "4410", "DEMURRAGE", "250.10"),
        (201, "INV-1002", "4410", "SWITCHING", "75.00"),
        (202, "INV-1002", "4420", "STORAGE", "12.40"),
        (301, "INV-1003", "4430", "DEMURRAGE", "88.88"),
        (302, "INV-1003", None, "STORAGE", "10.00"),
        (401, "INV-1004", None, "STORAGE", "20.00"),
        (501, LONG, "4420", "SWITCHING", "400.00"),
        (601, LIKE_LONG, "4420", "SWITCHING", "500.00"),
    ):
        add_charge(railroad, charge_id, invoice, gl_code, item, amount)
    return railroad


def add_charge(
    railroad: PracticeRailroad,
    charge_id: int,
    invoice: str,
    gl_code: str | None,
    item: str = "SWITCHING",
    amount: str = "100.00",
) -> None:
    """Add a charge of the last days to a railroad."""
    today = railroad.today
    applied_at = datetime(today.year, today.month, today.day, 15, tzinfo=UTC) - timedelta(days=9, minutes=charge_id)
    railroad.add(
        charge_id,
        customer=f"Customer {gl_code or 'without a number'}",
        customer_location=f"Siding {gl_code or 'without a number'}",
        gl_code=gl_code,
        invoice=invoice,
        service_type=item,
        quantity=Decimal(1),
        rate=Decimal(amount),
        amount=Decimal(amount),
        invoice_date=today - timedelta(days=5),
        applied_at=applied_at,
        accounting_period=f"{applied_at:%Y-%m}",
    )


def small_company() -> PracticeCompany:
    """Make a company file with the railroad's customers and items."""
    company = PracticeCompany(path=r"C:\Books\small.qbw", name="Small Railroad")
    company.add_account("Freight Income", type="Income")
    for customer in CUSTOMERS:
        company.add_customer(customer)
    for item in ITEMS:
        company.add_item(item)
    return company


def wanted_orders(railroad: PracticeRailroad) -> dict[OrderKey, dict[str, Decimal]]:
    """Tell what must be in the books: for each order its charges with their amounts; written without the program."""
    found: defaultdict[OrderKey, dict[str, Decimal]] = defaultdict(dict)
    for charge in railroad.snapshot()[1]:
        has_names = charge.invoice and charge.gl_code and charge.service_type
        if has_names and charge.billing_status == "INVOICED" and charge.amount is not None:
            found[str(charge.invoice), str(charge.gl_code)][str(charge.charge_id)] = charge.amount
    return {key: lines for key, lines in found.items() if any(lines.values())}
