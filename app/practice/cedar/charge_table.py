"""The charges of a railroad, which a test or a trainer may change while the server reads them.

Rule: charges are replaced, never changed in place, so whoever reads holds whole rows.
"""

from collections.abc import Iterable
from threading import RLock
from typing import Unpack

from app.domain.values import replace
from app.practice.cedar.charge import BILLING_STATUSES, ChargeFields, PracticeCharge


class ChargeTable:
    """Charges by their id, safe to change from any thread."""

    def __init__(self, charges: Iterable[PracticeCharge] = ()) -> None:
        self._lock = RLock()
        self._revision = 0
        self._original = tuple(charges)
        self.charges: dict[int, PracticeCharge] = {charge.charge_id: charge for charge in self._original}
        """Every charge by id. Read it freely; change it through the methods."""

    def add(self, charge_id: int | None = None, **fields: Unpack[ChargeFields]) -> PracticeCharge:
        """Add a charge; what is not named has a believable default.

        Args:
            charge_id: Its id; the next free one if left out.
            **fields: Fields of `PracticeCharge`.

        Returns:
            The new charge.

        Raises:
            ValueError: There is already a charge with that id.
        """
        with self._lock:
            if charge_id is None:
                charge_id = max(self.charges, default=100_000) + 1
            if charge_id in self.charges:
                raise ValueError(f"there is already a charge {charge_id}")
            charge = PracticeCharge(charge_id, **fields)
            self._put(charge)
            return charge

    def amend(self, charge_id: int, **fields: Unpack[ChargeFields]) -> PracticeCharge:
        """Replace a charge by one with these fields changed.

        Returns:
            The charge as it is now; the object held before keeps the old values.

        Raises:
            KeyError: There is no such charge.
        """
        with self._lock:
            charge = replace(self.charges[charge_id], **fields)
            self._put(charge)
            return charge

    def remove(self, *charge_ids: int) -> None:
        """Let rows disappear as if they had never been there.

        Raises:
            KeyError: There is no such charge.
        """
        with self._lock:
            for charge_id in charge_ids:
                del self.charges[charge_id]
                self._revision += 1

    def set_status(self, invoice: str, status: str) -> int:
        """Give every charge of an invoice a billing status.

        Returns:
            How many charges the invoice has.

        Raises:
            KeyError: No charge carries that invoice number.
            ValueError: The service knows no such status.
        """
        if status not in BILLING_STATUSES:
            raise ValueError(f"no billing status {status!r}; there are {', '.join(BILLING_STATUSES)}")
        with self._lock:
            found = [charge for charge in self.charges.values() if charge.invoice == invoice]
            if not found:
                raise KeyError(invoice)
            for charge in found:
                self._put(replace(charge, billing_status=status))
            return len(found)

    def set_gl(self, where: str | Iterable[int], gl_code: str | None) -> int:
        """Give charges a GL number, or take it away with None.

        Args:
            where: The name of a customer location, or charge ids.
            gl_code: The number.

        Returns:
            How many charges were changed.

        Raises:
            KeyError: There is no such charge or location.
        """
        with self._lock:
            if isinstance(where, str):
                found = [charge for charge in self.charges.values() if charge.customer_location == where]
                if not found:
                    raise KeyError(where)
            else:
                found = [self.charges[charge_id] for charge_id in where]
            for charge in found:
                self._put(replace(charge, gl_code=gl_code))
            return len(found)

    def invoices(self) -> dict[str, list[PracticeCharge]]:
        """Group the charges by invoice number, in order of charge id; charges without one are not in it."""
        grouped: dict[str, list[PracticeCharge]] = {}
        for charge in sorted(self.snapshot()[1], key=lambda charge: charge.charge_id):
            if charge.invoice is not None:
                grouped.setdefault(charge.invoice, []).append(charge)
        return grouped

    def restore(self) -> None:
        """Go back to the charges the table was made with."""
        with self._lock:
            self.charges.clear()
            self.charges.update((charge.charge_id, charge) for charge in self._original)
            self._revision += 1

    def snapshot(self) -> tuple[int, list[PracticeCharge]]:
        """Return the number of changes so far and the charges as they are now."""
        with self._lock:
            return self._revision, list(self.charges.values())

    def _put(self, charge: PracticeCharge) -> None:
        """Store a charge and count the change."""
        self.charges[charge.charge_id] = charge
        self._revision += 1
