"""Stand-ins for the outside: a clock that is set by hand, and a Cedar whose charges a test puts there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.charge import Charge
from app.domain.faults import CedarFault
from tests.builders import NOW


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **by: float) -> None:
        self._now += timedelta(**by)


class FakeCedar:
    """Lists its charges as Cedar does: by status and since a time, page by page."""

    def __init__(self, *charges: Charge) -> None:
        self.charges = {charge.charge_id: charge for charge in charges}
        self.asked: list[str] = []
        """The invoices that were asked for one by one."""
        self.breaks_off_at: str | None = None
        """The status at which a reading breaks off, after the page that holds its charges."""
        self.fault: CedarFault | None = None
        self.is_silent = False
        """Lists nothing at all, without a fault."""
        self._page = 3

    def put(self, *charges: Charge) -> None:
        self.charges |= {charge.charge_id: charge for charge in charges}

    def drop(self, *ids: str) -> None:
        for charge_id in list(self.charges):
            if charge_id in ids:
                del self.charges[charge_id]

    def listed(self, status: str, since: datetime) -> Iterator[list[Charge]]:
        found = [
            charge
            for charge in self.charges.values()
            if charge.billing_status == status and charge.applied_at is not None and charge.applied_at >= since
        ]
        for start in range(0, 0 if self.is_silent else len(found), self._page):
            yield found[start : start + self._page]
        if self.fault is not None and self.breaks_off_at in {None, status}:
            raise self.fault

    def of_invoice(self, invoice: str) -> list[Charge]:
        self.asked.append(invoice)
        return [charge for charge in self.charges.values() if charge.invoice == invoice]
