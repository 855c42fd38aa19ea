"""Writes believable charges and invoices, the same ones for the same seed.

Rule: an invoice the clerk writes is in order and has a positive total; what is wrong with it is planted by `awkward`.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from random import Random

from app.practice.cedar.catalogue import CORRECTION, SERVICES, Service
from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.directory import WITH_GL, Location

_CENT = Decimal("0.01")
_MARKS = ("ABCX", "PSLX", "GRNX", "UTPX", "MWCX", "NDYX", "CGLX")
_FIRST_CHARGE = 900_001
_ADJUSTED_SHARE = 0.06
_WAIVED_SHARE = 0.02
_CREDITED_SHARE = 0.05
_LINES = (1, 2, 3, 4, 5, 6, 8, 12)
_LINES_WEIGHTS = (12, 18, 20, 18, 12, 8, 7, 5)


class Clerk:
    """One clerk with one source of chance and one stack of numbered forms."""

    def __init__(self, seed: int, first_charge: int = _FIRST_CHARGE) -> None:
        self.random = Random(seed)  # noqa: S311 - practice data must repeat, and nothing is secret
        """The source of every choice."""
        self._ids = count(first_charge)

    def location(self) -> Location:
        """Choose a place with a GL number."""
        return self.random.choice(WITH_GL)

    def invoice(self, number: str, location: Location, day: date, lines: int = 0) -> list[PracticeCharge]:
        """Write an invoice.

        Args:
            number: Its number.
            location: The place every line belongs to.
            day: Its date.
            lines: How many lines; 0 for a usual number.
        """
        lines = lines or self.random.choices(_LINES, _LINES_WEIGHTS)[0]
        charges = [self.charge(number, location, day)]
        charges += [self._settled(self.charge(number, location, day)) for _ in range(lines - 1)]
        if lines > 1 and self.random.random() < _CREDITED_SHARE:
            most = int(charges[0].amount or 0)
            charges.append(self.credit(number, location, day, Decimal(self.random.randint(1, max(1, most // 2)))))
        return charges

    def charge(
        self, number: str | None, location: Location, day: date, service: Service | None = None
    ) -> PracticeCharge:
        """Write one line at the tariff's price.

        Args:
            number: The invoice, if there is one.
            location: Where the work was done.
            day: The invoice's date.
            service: What was done; anything from the tariff if left out.
        """
        chosen = service or self.random.choice(SERVICES)
        quantity = chosen.quantity(self.random)
        rate = self.random.choice(chosen.rates)
        applied_at = self._moment(day)
        return PracticeCharge(
            charge_id=next(self._ids),
            customer=location.customer,
            customer_location=location.name,
            location_account_number=location.account_number,
            gl_code=location.gl_code,
            invoice=number,
            billing_type=chosen.billing_type,
            billing_status="INVOICED",
            service_type=chosen.service_type,
            rate_description=chosen.description,
            rate_table_entry=chosen.entry,
            quantity=quantity,
            rate=rate,
            amount=(quantity * rate).quantize(_CENT, ROUND_HALF_UP),
            adjustment_total=Decimal("0.00"),
            invoice_date=day,
            currency="USD",
            applied_at=applied_at,
            accounting_period=f"{day:%Y-%m}",
            car=self._car() if chosen.concerns_car else "",
        )

    def credit(self, number: str | None, location: Location, day: date, amount: Decimal) -> PracticeCharge:
        """Write a line that gives money back."""
        charge = self.charge(number, location, day, CORRECTION)
        charge.rate, charge.amount = -amount, (-amount).quantize(_CENT)
        return charge

    def waive(self, charge: PracticeCharge) -> PracticeCharge:
        """Bring a charge down to zero, as an adjustment."""
        charge.adjustment_total = -(charge.amount or Decimal(0))
        charge.amount = Decimal("0.00")
        return charge

    def _settled(self, charge: PracticeCharge) -> PracticeCharge:
        """Adjust a few charges, so that quantity times rate is not what is billed, and waive fewer."""
        roll = self.random.random()
        if roll < _WAIVED_SHARE:
            return self.waive(charge)
        if roll < _WAIVED_SHARE + _ADJUSTED_SHARE and charge.amount is not None:
            share = Decimal(self.random.randint(50, 95)) / 100
            final = (charge.amount * share).quantize(_CENT)
            charge.adjustment_total = final - charge.amount
            charge.amount = final
        return charge

    def _moment(self, day: date) -> datetime:
        """Choose when the work was done: within the three weeks before the invoice, some to the millisecond."""
        seconds = self.random.randrange(21 * 24 * 3600)
        moment = datetime(day.year, day.month, day.day, 18, tzinfo=UTC) - timedelta(seconds=seconds)
        return moment + timedelta(milliseconds=125) if seconds % 5 == 0 else moment

    def _car(self) -> str:
        """Choose a car."""
        return f"{self.random.choice(_MARKS)} {self.random.randint(1000, 999_999)}"
