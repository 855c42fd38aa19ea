"""What happens in Cedar between two looks: one change each, and a whole batch at once."""

from collections.abc import Callable
from decimal import Decimal

from app.practice.cedar import PracticeRailroad
from tests.exactly_once.small_railroad import LONG, add_charge

CedarChange = Callable[[PracticeRailroad], object]


def nothing(_: PracticeRailroad) -> None:
    """Leave Cedar as it is."""


def amended(railroad: PracticeRailroad) -> None:
    """Bill more for a charge."""
    before = railroad.charges[101].amount or Decimal(0)
    railroad.amend(101, rate=before + 11, amount=before + 11)


def added(railroad: PracticeRailroad) -> None:
    """Put another charge on an invoice, at its beginning by number."""
    add_charge(railroad, min(railroad.charges) - 1, "INV-1002", "4420", "DEMURRAGE", "7.07")


def removed(railroad: PracticeRailroad) -> None:
    """Let the last charge of an invoice disappear, but for the one that is amended."""
    railroad.remove(*_charges_of(railroad, "INV-1001")[1:][-1:])


def voided(railroad: PracticeRailroad) -> None:
    """Void an invoice."""
    railroad.void_invoice("INV-1003")


def moved(railroad: PracticeRailroad) -> None:
    """Move a charge to another invoice of the same customer."""
    for charge_id in _charges_of(railroad, "INV-1002")[:1]:
        railroad.amend(charge_id, invoice="INV-1001")


def regrouped(railroad: PracticeRailroad) -> None:
    """Give a charge another customer's GL number."""
    railroad.set_gl(_charges_of(railroad, "INV-1001")[1:2], "4420")


def _charges_of(railroad: PracticeRailroad, invoice: str) -> list[int]:
    return [charge.charge_id for charge in railroad.invoices().get(invoice, [])]


SINGLE: dict[str, CedarChange] = {
    change.__name__: change for change in (nothing, amended, added, removed, voided, moved, regrouped)
}
"""The changes by name."""


def a_busy_day(railroad: PracticeRailroad) -> None:
    """Change, add and void at once, so that the next update adds, changes and takes back."""
    amended(railroad)
    added(railroad)
    railroad.void_invoice(LONG)
    number = max(railroad.charges) + 1
    add_charge(railroad, number, f"INV-{number}", "4430", "STORAGE", "64.64")
