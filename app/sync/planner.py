"""Plans the invoices that changed and writes the rows: a few invoices a transaction, so nobody waits for it."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from app.domain.charge import ChargeId
from app.domain.choices import OnVoid
from app.domain.planning import PlannedRow, Rules, plan_invoice
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Actor, Row, new_row
from app.domain.sales_order import DocumentKind
from app.domain.states import IllegalTransitionError, State
from app.domain.values import replace
from app.store import charges, rows
from app.store.database import Record
from app.sync.clock import Clock
from app.sync.moves import replanned, wanting
from app.sync.orders_by_hand import held_over
from app.sync.reference_choice import free_reference

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Invoices planned in one transaction."""


class Planner:
    """Plans for one connection."""

    def __init__(
        self, record: Record, clock: Clock, connection: str, rules: Rules, kind: DocumentKind, on_void: OnVoid
    ) -> None:
        """Take the record and the settings in force."""
        self._record = record
        self._clock = clock
        self._connection = connection
        self._rules = rules
        self._kind = kind
        self._on_void = on_void

    def plan_marked(self, window: datetime) -> int:
        """Plan every invoice that is marked; the mark goes in the transaction that writes its rows.

        Args:
            window: The start of the look-back window: an invoice that was never planned and is wholly older is left
                alone.

        Returns:
            How many invoices were planned.
        """
        planned = 0
        broken: list[str | None] = []
        while True:
            with self._record.write() as tx:
                invoices = charges.marked(tx, self._connection, AT_ONCE, broken)
                done = [invoice for invoice in invoices if self._is_planned(tx, invoice, window)]
                charges.unmark(tx, self._connection, done)
            broken += [invoice for invoice in invoices if invoice not in done]
            planned += len(done)
            if len(invoices) < AT_ONCE:
                return planned

    def _is_planned(self, tx: Connection, invoice: str | None, window: datetime) -> bool:
        """Plan one invoice; a bug that one of them brings to light must not hold up the others."""
        try:
            with tx.begin_nested():
                self._plan(tx, invoice, window)
        except (IllegalTransitionError, IntegrityError, DataError, ValueError, ArithmeticError):
            log.exception("an invoice could not be planned; it is tried again at the next reading")
            return False
        return True

    def _plan(self, tx: Connection, invoice: str | None, window: datetime) -> None:
        found = charges.of_invoice(tx, self._connection, invoice)
        existing = {_key(row.gl_number): row for row in rows.of_invoice(tx, self._connection, invoice)}
        if not existing and not any(charge.applied_at is None or charge.applied_at >= window for charge in found):
            return
        plan = plan_invoice(invoice, found, self._rules)
        left_out = _left_out_before(existing, plan)
        moved_on = {row.id for row in left_out.values()}
        # What is gone goes first: its reference number is free for what takes its place.
        for key in existing.keys() - {_key(planned.gl_number) for planned in plan}:
            gone = existing.pop(key)
            self._write_gone(tx, gone, has_moved_on=gone.id in moved_on)
        for planned in plan:
            key = _key(planned.gl_number)
            self._write(tx, existing.get(key), planned, left_out.get(key))

    def _write(self, tx: Connection, before: Row | None, planned: PlannedRow, left_out: Row | None) -> None:
        now = self._clock.now()
        if before is not None:
            planned = replace(planned, refusals=(*planned.refusals, *_lost_amounts(before, planned)))
        base = before or new_row(self._connection, planned.invoice, planned.gl_number, self._kind, now)
        row = replanned(before, wanting(base, planned, now), self._on_void, now)
        if left_out is not None:
            row = held_over(row, left_out, now)
        row = _with_kind(row, self._kind)
        if row.order is not None and row.document.ref_number is None:
            row = replace(row, document=replace(row.document, ref_number=self._free_reference(tx, row)))
        if before is not None and replace(row, updated_at=before.updated_at) == before:
            return
        rows.save(tx, before, row, Actor.CEDAR, _note(before, row))

    def _free_reference(self, tx: Connection, row: Row) -> str:
        return free_reference(tx, row, form=self._rules.references)

    def _write_gone(self, tx: Connection, before: Row, *, has_moved_on: bool) -> None:
        is_untouched = before.state is State.SKIPPED and before.document.ref_number is None
        if before.document.txn_id is None and (is_untouched or has_moved_on):
            # Nothing of it was ever to be sent, or a person left it out and that holds for what took its place: it
            # leaves the list, its history stays.
            rows.drop(tx, before.id)
            return
        now = self._clock.now()
        row = replanned(before, wanting(before, None, now), self._on_void, now)
        if row.state is State.SKIPPED and row.document.txn_id is None and before.attempts == 0:
            # It was never handed out: what takes its place, under another GL number perhaps, may have its number.
            row = replace(row, document=replace(row.document, ref_number=None))
        if replace(row, updated_at=before.updated_at) != before:
            rows.save(tx, before, row, Actor.CEDAR, _note(before, row))


def _lost_amounts(row: Row, planned: PlannedRow) -> tuple[Reason, ...]:
    """Refuse to take charges out of an order in the books only because their amounts cannot be read any more."""
    if planned.order is None or row.books is None or not row.is_in_books:
        return ()
    there = {line.charge_id for line in row.books.lines}
    reasons = (reason for charge in planned.left_out if charge.charge_id in there for reason in charge.reasons)
    return tuple(reason for reason in reasons if reason.code is ReasonCode.BAD_AMOUNT)[:1]


def _left_out_before(existing: Mapping[str, Row], plan: Sequence[PlannedRow]) -> dict[str, Row]:
    """Tell which rows would be new, and hold charges a person left out on another row; give that row.

    What somebody left out must not go out because Cedar bills it to another customer.
    """
    held = {charge: row for row in existing.values() if row.state is State.HELD for charge in _charges(row)}
    return {
        _key(planned.gl_number): held[line.charge_id]
        for planned in plan
        if _key(planned.gl_number) not in existing and planned.order is not None
        for line in planned.order.lines
        if line.charge_id in held
    }


def _charges(row: Row) -> list[ChargeId]:
    lines = row.order.lines if row.order is not None else ()
    return [*(line.charge_id for line in lines), *(charge.charge_id for charge in row.left_out)]


def _with_kind(row: Row, kind: DocumentKind) -> Row:
    """A document that is in the books, or on its way there, keeps its kind; any other follows the settings."""
    if row.document.txn_id is not None or row.message_set_id is not None or row.document.kind is kind:
        return row
    return replace(row, document=replace(row.document, kind=kind))


def _note(before: Row | None, row: Row) -> str:
    if before is None or before.state is not row.state:
        return ""
    if before.wanted_hash != row.wanted_hash:
        return "The invoice changed in Cedar."
    return ""


def _key(gl_number: str | None) -> str:
    return "" if gl_number is None else gl_number.casefold()
