"""The bridge between Cedar's total and the books, to the cent, by reason.

Cedar's own summary is set against every charge we know: where its row stands, or why it is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from app.domain.books_document import BooksDocument, BooksLine
from app.domain.charge import ARCHIVED, Charge, ChargeId
from app.domain.money import ZERO, to_cents
from app.domain.reasons import ReasonCode
from app.domain.row import Row
from app.domain.states import State
from app.domain.values import replace
from app.store import charges, rows
from app.store.database import Record


class Part(StrEnum):
    """Where a part of Cedar's total is."""

    IN_BOOKS = "in_books"
    WAITING = "waiting"
    FAILED = "failed"
    CONFLICT = "conflict"
    LEFT_OUT = "left_out"
    HELD = "held"


_PART_OF = {
    State.SYNCED: Part.IN_BOOKS,
    State.QUEUED: Part.WAITING,
    State.SENDING: Part.WAITING,
    State.WAITING: Part.WAITING,
    State.FAILED: Part.FAILED,
    State.CONFLICT: Part.CONFLICT,
    State.SKIPPED: Part.LEFT_OUT,
    State.HELD: Part.HELD,
    State.REMOVED: Part.LEFT_OUT,
}


_IN_NEED = frozenset({Part.FAILED, Part.CONFLICT})
_STAYS_AS_IT_IS = frozenset({State.HELD, State.FAILED, State.CONFLICT})
"""States in which a document is not brought in step: what Cedar took off its invoice still stands in it."""

_HALF_A_CENT = Decimal("0.005")

_Place = tuple[Part, str, tuple[ReasonCode, ...]]
"""Where a charge's money is: the part of the bridge, the row, and why it is there."""


class TotalSource(Protocol):
    """Cedar's own totals."""

    def total(self, status: str, since: datetime, until: datetime) -> Decimal:
        """Add up the amounts of the charges of a status that were applied within a range, ends included."""

    def exact_amounts(self, status: str, since: datetime, until: datetime) -> Iterator[tuple[Charge, Decimal]]:
        """Read the charges that `total` adds up, each with its amount as it is added up: not yet in cents."""

    def listed(self, status: str, since: datetime) -> Iterator[list[Charge]]:
        """Read the charges of a status that were applied at or after a time, page by page."""


@dataclass(frozen=True, slots=True)
class ReasonTotal:
    """What one reason keeps out of the books."""

    code: ReasonCode
    rows: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Behind:
    """What a part of the bridge is made of."""

    rows: frozenset[str]
    charges: frozenset[ChargeId]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The bridge."""

    connection: str
    since: date
    until: date
    cedar_total: Decimal
    """What Cedar bills, with what it has archived since: that stays in the books."""
    parts: dict[Part, Decimal]
    by_reason: tuple[ReasonTotal, ...]
    behind: dict[Part, Behind] = field(default_factory=dict)
    in_books_too_much: Decimal = ZERO
    """What documents in the books are worth, as far as the record knows, of which Cedar bills nothing any more."""
    rows_too_much: int = 0
    """How many documents that are."""
    rows_in_need: int = 0
    """Rows that failed, are in conflict, or are in the books too much by nobody's choice; whatever they are worth."""
    rounding: Decimal = ZERO
    """What Cedar adds up in parts of a cent, and an invoice cannot hold: each of its lines is in whole cents."""

    @property
    def difference(self) -> Decimal:
        """What parts and rounding do not explain of Cedar's total."""
        return self.cedar_total - sum(self.parts.values(), ZERO) - self.rounding

    @property
    def needs_person(self) -> bool:
        """Tell whether something is unexplained, failed, in conflict, or in the books without being billed."""
        return bool(self.difference) or self.rows_in_need > 0


@dataclass(slots=True)
class _Sum:
    rows: set[str] = field(default_factory=set)
    amount: Decimal = ZERO


def reconcile(
    record: Record,
    connection: str,
    source: TotalSource,
    statuses: Iterable[str],
    zone: tzinfo,
    since: date,
    until: date,
) -> Reconciliation:
    """Build the bridge for the charges applied from one day to another, both included, in the carrier's zone.

    Raises:
        CedarFault: If Cedar cannot be asked.
    """
    first = datetime.combine(since, time.min, zone)
    last = datetime.combine(until + timedelta(days=1), time.min, zone) - timedelta(microseconds=1)
    wanted = frozenset(statuses)
    cedar_total = sum((source.total(status, first, last) for status in sorted(wanted)), ZERO)
    archived = _archived(source, first) if ARCHIVED not in wanted else frozenset()
    parts: dict[Part, Decimal] = dict.fromkeys(Part, ZERO)
    reasons: dict[ReasonCode, _Sum] = defaultdict(_Sum)
    behind: dict[Part, tuple[set[str], set[ChargeId]]] = {part: (set(), set()) for part in Part}
    in_need: set[str] = set()
    too_much = _Sum()
    with record.read() as tx:
        every = list(rows.in_states(tx, connection, list(State)))
        places = {charge_id: place for row in every for charge_id, place in _places(row).items()}
        applied = list(charges.applied_between(tx, connection, first, last))
        ids = {str(charge.charge_id) for charge in applied}
        for row in every:
            document = _not_billed(row)
            if document is None or not _is_within(document, ids, since, until):
                continue
            too_much.rows.add(row.id)
            too_much.amount += document.subtotal
            if row.state is not State.HELD:
                # Who holds a row has decided that its document stays.
                in_need.add(row.id)
        for row in every:
            twice = _billed_elsewhere(row, places, ids)
            if twice:
                too_much.rows.add(row.id)
                too_much.amount += sum((line.amount for line in twice), ZERO)
                in_need.add(row.id)
        for charge in applied:
            if charge.billing_status not in wanted or charge.charge_id not in places:
                continue
            part, row_id, codes = places[charge.charge_id]
            # What has no usable amount is worth nothing here, and still a reason that somebody looks at.
            amount = ZERO if charge.amount is None else charge.amount
            parts[part] += amount
            if charge.charge_id in archived:
                cedar_total += amount
            behind[part][0].add(row_id)
            behind[part][1].add(charge.charge_id)
            if part in _IN_NEED:
                in_need.add(row_id)
            for code in codes[:1]:
                reasons[code].rows.add(row_id)
                reasons[code].amount += amount
    if too_much.rows:
        reasons[ReasonCode.VOIDED_IN_CEDAR] = too_much
    by_reason = tuple(
        ReasonTotal(code, len(reasons[code].rows), reasons[code].amount) for code in ReasonCode if code in reasons
    )
    found = {part: Behind(frozenset(ids), frozenset(charge_ids)) for part, (ids, charge_ids) in behind.items()}
    bridge = Reconciliation(
        connection,
        since,
        until,
        cedar_total,
        parts,
        by_reason,
        found,
        too_much.amount,
        len(too_much.rows),
        len(in_need),
    )
    return replace(bridge, rounding=_rounding(bridge, source, sorted(wanted), first, last))


def _rounding(
    bridge: Reconciliation, source: TotalSource, statuses: Sequence[str], since: datetime, until: datetime
) -> Decimal:
    """Tell how much of what nothing else explains is what Cedar's amounts have beyond whole cents.

    Only where there is such a rest: that reads the charges once more.
    """
    counted = frozenset(charge_id for each in bridge.behind.values() for charge_id in each.charges)
    rest, of_sums = bridge.difference, _HALF_A_CENT * len(statuses)
    if not rest:
        return ZERO
    worth = ZERO
    for status in statuses:
        for charge, amount in source.exact_amounts(status, since, until):
            if charge.charge_id in counted and charge.amount is not None:
                worth += amount - charge.amount
    # Cedar's sums were rounded once more; it adds in floats, so one that ends in half a cent may go either way.
    return rest if worth and abs(rest - worth) <= of_sums else to_cents(worth)


def _archived(source: TotalSource, since: datetime) -> frozenset[ChargeId]:
    return frozenset(charge.charge_id for page in source.listed(ARCHIVED, since) for charge in page)


def _not_billed(row: Row) -> BooksDocument | None:
    """Give the document of a row that stands in the books although Cedar bills nothing of the row any more."""
    found = row.seen or row.books
    if row.order is not None or row.document.txn_id is None or row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
        return None
    return None if found is None or found.is_closed else found


def _billed_elsewhere(row: Row, places: Mapping[ChargeId, _Place], applied: Collection[str]) -> list[BooksLine]:
    """Give the lines of a document that stays as it is although Cedar bills their charges on another order by now."""
    document = row.seen or row.books
    if row.state not in _STAYS_AS_IT_IS or row.order is None or document is None or not row.is_in_books:
        return []
    return [
        line
        for line in document.lines
        if line.charge_id in applied
        and (place := places.get(ChargeId(line.charge_id or ""))) is not None
        and place[1] != row.id
    ]


def _is_within(document: BooksDocument, applied: Collection[str], since: date, until: date) -> bool:
    """Tell whether a document belongs to a range: by its charges, or by its date where its lines do not name any."""
    if document.has_charge_ids:
        return any(line.charge_id in applied for line in document.lines)
    return since <= document.date <= until


def _places(row: Row) -> dict[ChargeId, _Place]:
    """Tell for each charge of a row where its money is, and why."""
    codes = tuple(reason.code for reason in row.reasons)
    places: dict[ChargeId, _Place] = {}
    if row.order is not None:
        for line in row.order.lines:
            places[line.charge_id] = (_PART_OF[row.state], row.id, codes)
    for charge in row.left_out:
        left_out = tuple(reason.code for reason in charge.reasons)
        part = Part.HELD if row.order is None and row.state is State.HELD else Part.LEFT_OUT
        places[charge.charge_id] = (part, row.id, left_out)
    return places
