"""The Prairie Short Line: a whole railroad's billing made from a seed.

Rule: the same arguments give the same charges, whatever the computer, and every awkward invoice is written down.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from app.practice.cedar.awkward import WRITERS
from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.clerk import Clerk
from app.practice.cedar.directory import WITHOUT_GL
from app.practice.cedar.expectations import Kind, describe
from app.practice.cedar.railroad import PracticeRailroad

_FIRST_DAY_BACK = 75
_LAST_DAY_BACK = 2
_FIRST_NUMBER = 10_401
_FIRST_LONG_NUMBER = 482
_ROOM_FOR_MOST_KINDS = 12
_AWKWARD: tuple[Kind, ...] = tuple(kind for kind in WRITERS if kind is not Kind.ORDINARY)
_REPEATED: tuple[Kind, ...] = (Kind.LONG_NUMBER, Kind.TWO_GL, Kind.LONG_NUMBER, Kind.PARTLY_NO_GL)
_STATUSES_BEFORE = ("PENDING", "IN_PROGRESS", "ASSIGNED")


def short_line(invoices: int = 200, seed: int = 1, today: date | None = None) -> PracticeRailroad:
    """Make a believable short line.

    Args:
        invoices: How many invoice numbers there are. One is an ordinary invoice; up to eleven, half are awkward;
            from twelve on most kinds of awkward invoices occur, from 26 on all of them.
        seed: Chooses the data; the same seed gives the same.
        today: The day the data ends at; the real one if left out.

    Raises:
        ValueError: Less than one invoice is wanted.
    """
    if invoices < 1:
        raise ValueError("a railroad has at least one invoice")
    last_day = today or datetime.now(tz=UTC).date()
    clerk = Clerk(seed)
    kinds = _kinds(invoices)
    clerk.random.shuffle(kinds)
    days = _days(invoices, last_day)
    numbers = _numbers(kinds, days)
    charges: list[PracticeCharge] = []
    expectations = {}
    for kind, day, number in zip(kinds, days, numbers, strict=True):
        written = WRITERS[kind](clerk, number, day)
        charges += written
        expectations[number] = describe(number, kind, written)
    without_invoice: list[int] = []
    if invoices >= _ROOM_FOR_MOST_KINDS:
        odd = clerk.charge(None, clerk.location(), days[-1])
        without_invoice.append(odd.charge_id)
        charges += [odd, *_unbilled(clerk, invoices // 10 + 2, last_day)]
    return PracticeRailroad(charges, today=last_day, expectations=expectations, without_invoice=without_invoice)


def many_charges(n: int, seed: int = 1, today: date | None = None) -> PracticeRailroad:
    """Make a railroad with exactly `n` charges on ordinary invoices, for measuring; nothing is written down.

    Args:
        n: How many charges.
        seed: Chooses the data.
        today: The day the data ends at; the real one if left out.
    """
    last_day = today or datetime.now(tz=UTC).date()
    clerk = Clerk(seed)
    charges: list[PracticeCharge] = []
    number = _FIRST_NUMBER
    while len(charges) < n:
        day = last_day - timedelta(days=_FIRST_DAY_BACK - number % (_FIRST_DAY_BACK - _LAST_DAY_BACK))
        charges += clerk.invoice(f"INV-{number}", clerk.location(), day)
        number += 1
    return PracticeRailroad(charges[:n], today=last_day)


def _kinds(invoices: int) -> list[Kind]:
    """Decide how many invoices of each kind there are; the order is not yet mixed."""
    if invoices < _ROOM_FOR_MOST_KINDS:
        awkward = list(_AWKWARD[: invoices // 2])
    else:
        awkward = list(_AWKWARD)
        awkward += islice(cycle(_REPEATED), invoices // 10)
        awkward += islice(cycle(_AWKWARD), invoices // 50)
        awkward = awkward[: invoices * 5 // 6]
    return awkward + [Kind.ORDINARY] * (invoices - len(awkward))


def _days(invoices: int, last_day: date) -> list[date]:
    """Spread the invoices over the last weeks, in order."""
    span = _FIRST_DAY_BACK - _LAST_DAY_BACK
    return [last_day - timedelta(days=_FIRST_DAY_BACK - index * span // invoices) for index in range(invoices)]


def _numbers(kinds: list[Kind], days: list[date]) -> list[str]:
    """Number the invoices.

    Long numbers come in pairs: two of a pair differ only in the third letter and share the last 11 characters; pairs
    of one month share the first 11.
    """
    numbers: list[str] = []
    month = ""
    long_ones = 0
    for index, (kind, day) in enumerate(zip(kinds, days, strict=True)):
        if kind is not Kind.LONG_NUMBER:
            numbers.append(f"INV-{_FIRST_NUMBER + index}")
            continue
        if long_ones % 2 == 0:
            month = f"{day:%Y-%m}"
        series = "PSD" if long_ones % 2 else "PSL"
        numbers.append(f"{series}-{month}-{_FIRST_LONG_NUMBER + long_ones // 2:06d}")
        long_ones += 1
    return numbers


def _unbilled(clerk: Clerk, number: int, last_day: date) -> list[PracticeCharge]:
    """Write charges that are on no invoice yet; some of them at places without a GL number."""
    charges = []
    for index in range(number):
        location = clerk.random.choice(WITHOUT_GL) if index % 5 == 4 else clerk.location()
        charge = clerk.charge(None, location, last_day - timedelta(days=1))
        charge.billing_status = _STATUSES_BEFORE[index % len(_STATUSES_BEFORE)]
        charge.invoice_date = None
        charges.append(charge)
    return charges
