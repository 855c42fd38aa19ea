"""A practice railroad: its charges, and what a demo must know to stock the accounting system beside it.

Rule: the questions are answered from the charges as they are now; `expectations` stay as they were planted.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.practice.cedar.catalogue import CORRECTION, MISSING_SERVICE, SERVICES
from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.charge_table import ChargeTable
from app.practice.cedar.clerk import Clerk
from app.practice.cedar.columns import CARRIER_TIME_ZONE
from app.practice.cedar.directory import INACTIVE, MISSING, WITH_GL
from app.practice.cedar.expectations import Expectation

_NUMBERED: Final = re.compile(r"INV-(\d+)")


class PracticeRailroad(ChargeTable):
    """The Prairie Short Line."""

    def __init__(
        self,
        charges: Iterable[PracticeCharge],
        *,
        today: date,
        expectations: Mapping[str, Expectation] | None = None,
        without_invoice: Iterable[int] = (),
    ) -> None:
        """Make a railroad.

        Args:
            charges: Its charges.
            today: The day the data ends at.
            expectations: What was planted, by invoice number.
            without_invoice: Charges that are `INVOICED` and have no invoice number.
        """
        super().__init__(charges)
        self.name = "Prairie Short Line"
        """What it is called."""
        self.time_zone = CARRIER_TIME_ZONE
        """IANA name of its time zone."""
        self.today = today
        """The day the data ends at."""
        self.expectations: dict[str, Expectation] = dict(expectations or {})
        """What was planted, by invoice number."""
        self.without_invoice: tuple[int, ...] = tuple(without_invoice)
        """Charges that are `INVOICED` and have no invoice number."""
        self.missing_customers: frozenset[str] = frozenset({str(MISSING.gl_code)})
        """GL numbers the accounting system is not to know."""
        self.inactive_customers: frozenset[str] = frozenset({str(INACTIVE.gl_code)})
        """GL numbers whose customer is to be inactive there."""
        self.missing_items: frozenset[str] = frozenset({MISSING_SERVICE.service_type})
        """Service types the accounting system is not to know."""

    def bill(self) -> str:
        """Write one more invoice that is in order, to a customer in good standing, with today's date.

        Returns:
            Its number, the next one.
        """
        with self._lock:
            held = [_NUMBERED.fullmatch(charge.invoice or "") for charge in self.charges.values()]
            number = 1 + max((int(found[1]) for found in held if found is not None), default=0)
            clerk = Clerk(seed=number, first_charge=1 + max(self.charges, default=0))
            for charge in clerk.invoice(f"INV-{number}", clerk.location(), self.today):
                self._put(charge)
        return f"INV-{number}"

    def void_invoice(self, number: str) -> int:
        """Void every charge of an invoice.

        Returns:
            How many charges it has.

        Raises:
            KeyError: No charge carries that number.
        """
        return self.set_status(number, "VOID")

    def reset_invoice(self, number: str) -> int:
        """Take every charge of an invoice back to before it was billed.

        Returns:
            How many charges it has.

        Raises:
            KeyError: No charge carries that number.
        """
        return self.set_status(number, "RESET")

    def gl_numbers(self) -> dict[str, str]:
        """Return every GL number with its customer's name, of the directory and of the charges."""
        found = {str(place.gl_code): place.customer for place in (*WITH_GL, MISSING, INACTIVE)}
        for charge in self.snapshot()[1]:
            if charge.gl_code:
                found.setdefault(charge.gl_code, charge.customer)
        return dict(sorted(found.items()))

    def service_types(self) -> list[str]:
        """Return every service type, of the tariff and of the charges."""
        found = {service.service_type for service in (*SERVICES, CORRECTION, MISSING_SERVICE)}
        found.update(charge.service_type for charge in self.snapshot()[1] if charge.service_type)
        return sorted(found)
