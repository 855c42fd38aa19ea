"""What the dry run says: what would be sent, what is left out with its money, which names QuickBooks lacks. Pure.

Rule: money of different currencies is never added up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.domain.reason_texts import title_of_many
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row
from app.domain.sums import NOTHING, Sums
from app.sync.preview import NextAction, PreviewedRow

NamesOf = Callable[[Row], Sequence[tuple[str, bool]]]
"""Gives the names a row needs, and whether each is there but inactive."""

_CUSTOMER: Final = frozenset({ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, ReasonCode.CUSTOMER_INACTIVE})
_ITEM: Final = frozenset({ReasonCode.ITEM_NOT_IN_QUICKBOOKS, ReasonCode.ITEM_INACTIVE})
_STOPS: Final = _CUSTOMER | _ITEM | {ReasonCode.ITEM_NOT_UNIQUE}
"""What stands in the way of an invoice, unless the settings have it mended."""
_INACTIVE: Final = frozenset({ReasonCode.CUSTOMER_INACTIVE, ReasonCode.ITEM_INACTIVE})


@dataclass(slots=True)
class Total:
    """How many, and how much in each currency."""

    count: int = 0
    amounts: Sums = NOTHING

    def add(self, amount: Decimal, currency: str | None) -> None:
        """Count one more."""
        self.count += 1
        self.amounts += Sums.of([(currency, amount)])


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Everything that one reason keeps out of QuickBooks: charges that are left out, or invoices that would wait."""

    title: str
    total: Total


@dataclass(frozen=True, slots=True)
class MissingName:
    """A GL number or a service type, with the invoices that need it."""

    name: str
    customer: str
    """Whom Cedar names with that GL number; empty for service types."""
    is_inactive: bool
    """It is in QuickBooks, but not active."""
    invoices: Total


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would happen, without doing it."""

    sent: Total
    """Rows that would go into QuickBooks."""
    stopped: Total
    """Rows that would wait for a person, because QuickBooks lacks a name or a rule of ours forbids them."""
    settled: Total
    """Rows for which nothing would be done: they are in QuickBooks, or a person decides."""
    left_out: Total
    """Charges."""
    groups: tuple[ReasonGroup, ...]
    """What is left out, by reason."""
    stops: tuple[ReasonGroup, ...]
    """What would wait for a person, by the reason a row names first."""
    customers: tuple[MissingName, ...]
    """GL numbers without a customer; all GL numbers where QuickBooks' customers are not known."""
    items: tuple[MissingName, ...]
    """Service types without an item; all of them where QuickBooks' items are not known."""
    lists_read_at: datetime | None
    """When QuickBooks told its customers and items; None if it has not yet."""
    creates_customers: bool
    creates_items: bool


def summarised(
    previewed: Sequence[PreviewedRow], lists_read_at: datetime | None, *, creates_customers: bool, creates_items: bool
) -> DryRun:
    """Add a preview up.

    Args:
        previewed: The preview's rows.
        lists_read_at: When QuickBooks told its customers and items.
        creates_customers: Whether the settings have missing customers made.
        creates_items: The same for items.
    """
    sent, stopped, settled = Total(), Total(), Total()
    stops: dict[ReasonCode, Total] = defaultdict(Total)
    heals = (_CUSTOMER if creates_customers else frozenset()) | (_ITEM if creates_items else frozenset())
    for each in previewed:
        row = each.row
        is_sent = each.action in {NextAction.ADD, NextAction.CHANGE, NextAction.REMOVE}
        missing = [reason.code for reason in row.reasons if reason.code in _STOPS - heals]
        if row.refusals or (is_sent and missing):
            stopped.add(row.amount, row.currency)
            code = row.refusals[0].code if row.refusals else missing[0]
            stops[code].add(row.amount, row.currency)
        elif is_sent:
            sent.add(row.amount, row.currency)
        elif each.action is NextAction.NONE:
            settled.add(row.amount, row.currency)
    left_out, groups = _left_out(each.row for each in previewed)
    wanted = [each.row for each in previewed if each.action in {NextAction.ADD, NextAction.CHANGE}]
    customers, items = _missing(wanted) if lists_read_at is not None else _all_names(wanted)
    return DryRun(
        sent,
        stopped,
        settled,
        left_out,
        groups,
        _groups(stops),
        customers,
        items,
        lists_read_at,
        creates_customers,
        creates_items,
    )


def _left_out(rows: Iterable[Row]) -> tuple[Total, tuple[ReasonGroup, ...]]:
    everything = Total()
    by_code: dict[ReasonCode, Total] = defaultdict(Total)
    for row in rows:
        for charge in row.left_out:
            everything.add(charge.amount, row.currency)
            by_code[charge.reasons[0].code].add(charge.amount, row.currency)
    return everything, _groups(by_code)


def _groups(by_code: Mapping[ReasonCode, Total]) -> tuple[ReasonGroup, ...]:
    order = list(ReasonCode)
    return tuple(ReasonGroup(title_of_many(code), by_code[code]) for code in sorted(by_code, key=order.index))


def _missing(rows: Sequence[Row]) -> tuple[tuple[MissingName, ...], tuple[MissingName, ...]]:
    customers = _named(rows, lambda row: [_of(each, "gl_number") for each in row.reasons if each.code in _CUSTOMER])
    items = _named(rows, lambda row: [_of(reason, "item") for reason in row.reasons if reason.code in _ITEM])
    return customers, _without_customer(items)


def _all_names(rows: Sequence[Row]) -> tuple[tuple[MissingName, ...], tuple[MissingName, ...]]:
    customers = _named(rows, lambda row: [(row.order.gl_number, False)] if row.order is not None else [])
    items = _named(
        rows,
        lambda row: [(name, False) for name in sorted({line.item for line in row.order.lines})] if row.order else [],
    )
    return customers, _without_customer(items)


def _of(reason: Reason, fact: str) -> tuple[str, bool]:
    return reason.facts.get(fact, ""), reason.code in _INACTIVE


def _named(rows: Sequence[Row], names_of: NamesOf) -> tuple[MissingName, ...]:
    totals: dict[str, Total] = defaultdict(Total)
    customers: dict[str, str] = {}
    inactive: dict[str, bool] = {}
    for row in rows:
        for name, is_inactive in names_of(row):
            totals[name].add(row.amount, row.currency)
            customers.setdefault(name, row.customer or "")
            inactive[name] = is_inactive
    return tuple(MissingName(name, customers[name], inactive[name], totals[name]) for name in sorted(totals))


def _without_customer(names: Sequence[MissingName]) -> tuple[MissingName, ...]:
    return tuple(MissingName(each.name, "", each.is_inactive, each.invoices) for each in names)
