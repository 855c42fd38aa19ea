"""The JSON the commands print, field by field; fields may be added, none is renamed or dropped."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app import __version__
from app.domain.books_document import BooksDocument
from app.domain.books_system import BooksSystem
from app.domain.facts import Problem, RecordRescued
from app.domain.figures import figure_text
from app.domain.money import money_text
from app.domain.planning import LeftOutCharge
from app.domain.reason_texts import explain
from app.domain.reasons import Reason
from app.domain.row import RowSummary
from app.domain.sales_order import OrderLine
from app.domain.states import State
from app.domain.status import Overall
from app.domain.sums import Sums
from app.store.rows import HistoryEntry
from app.sync.preview import PreviewedRow
from app.sync.reconcile import Reconciliation
from app.sync.service import ConnectionSnapshot, RowDetail, Snapshot

Document = dict[str, Any]


def status(snapshot: Snapshot, endpoint: Mapping[str, object]) -> Document:
    """Write the status."""
    return {
        "version": __version__,
        "overall": {"state": snapshot.overall.state, "line": snapshot.overall.line},
        "connections": [_connection(connection) for connection in snapshot.connections],
        "endpoint": dict(endpoint),
        "record_rescued": _rescued(snapshot.rescued),
    }


def not_set_up(line: str, endpoint: Mapping[str, object]) -> Document:
    """Write the status of a program that was never set up."""
    return {
        "version": __version__,
        "overall": {"state": Overall.NOT_SET_UP, "line": line},
        "connections": [],
        "endpoint": dict(endpoint),
        "record_rescued": None,
    }


def _rescued(found: RecordRescued | None) -> Document | None:
    if found is None:
        return None
    return {"at": moment(found.at), "kept_as": found.kept_as, "copy": found.copy, "copied_at": moment(found.copied_at)}


def summary(row: RowSummary) -> Document:
    """Write one row."""
    return {
        "id": row.id,
        "connection": row.connection,
        "invoice": row.invoice,
        "gl_number": row.gl_number,
        "customer": row.customer,
        "state": row.state,
        "reasons": [reason(each) for each in row.reasons],
        "date": None if row.date is None else row.date.isoformat(),
        "amount": money_text(row.amount),
        "currency": row.currency,
        "lines": row.lines,
        "skipped_lines": row.skipped_lines,
        "skipped_amount": money_text(row.skipped_amount),
        "document": {
            "kind": row.document.kind,
            "ref_number": row.document.ref_number,
            "txn_id": row.document.txn_id,
            "edit_sequence": row.document.edit_sequence,
        },
        "attempts": row.attempts,
        "next_attempt_at": moment(row.next_attempt_at),
        "updated_at": moment(row.updated_at),
    }


def detail(found: RowDetail) -> Document:
    """Write one row with everything that is known of it; ``lines`` is the list of its lines here."""
    row = found.row
    lines = row.order.lines if row.order is not None else ()
    return summary(row) | {
        "lines": [_line(line) for line in lines],
        "skipped": [_left_out(charge) for charge in row.left_out],
        "in_books": None if row.books is None else _in_books(row.books),
        "seen_in_books": None if row.seen is None else _in_books(row.seen),
        "history": [_entry(entry) for entry in found.history],
    }


def previewed(row: PreviewedRow) -> Document:
    """Write one row with what would happen to it."""
    return summary(row.row) | {"action": row.action, "skipped": [_left_out(charge) for charge in row.row.left_out]}


def reconciliation(found: Reconciliation) -> Document:
    """Write the bridge between Cedar's total and the books."""
    return {
        "connection": found.connection,
        "from": found.since.isoformat(),
        "to": found.until.isoformat(),
        "cedar_total": money_text(found.cedar_total),
        **{part.value: money_text(amount) for part, amount in found.parts.items()},
        "in_books_too_much": money_text(found.in_books_too_much),
        "rounding": money_text(found.rounding),
        "difference": money_text(found.difference),
        "by_reason": [
            {"code": each.code, "rows": each.rows, "amount": money_text(each.amount)} for each in found.by_reason
        ],
    }


def reason(found: Reason) -> Document:
    """Write a reason with its texts."""
    words = explain(found)
    return {
        "code": found.code,
        "title": words.title,
        "why": words.why,
        "fix": words.fix,
        "who": words.who,
        "raw": found.raw,
    }


def moment(at: datetime | None) -> str | None:
    """Write a time, in UTC, to the second."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _connection(snapshot: ConnectionSnapshot) -> Document:
    return {
        "name": snapshot.name,
        "counts": {state: snapshot.totals[state].rows for state in State},
        "amounts": {state: money_text(worth_of(snapshot, state).total) for state in State},
        "amounts_by_currency": {state: _by_currency(worth_of(snapshot, state)) for state in State},
        "cedar": {
            "last_success": moment(snapshot.cedar.last_success),
            "last_attempt": moment(snapshot.cedar.last_attempt),
            "problem": _problem(snapshot.cedar.problem),
        },
        **(_desktop(snapshot) if snapshot.system is BooksSystem.QUICKBOOKS_DESKTOP else _cloud(snapshot)),
        "kept_by": None
        if snapshot.kept_by is None
        else {
            "who": snapshot.kept_by.words,
            "since": moment(snapshot.kept_by.since),
            "here": snapshot.kept_by.is_here,
        },
    }


def _desktop(snapshot: ConnectionSnapshot) -> Document:
    company = snapshot.company
    return {
        "web_connector": {
            "last_contact": moment(snapshot.books.last_contact),
            "last_session_end": moment(snapshot.books.last_session_end),
            "problem": _problem(snapshot.books_problem.problem if snapshot.books_problem else None),
        },
        "company_file": None
        if company is None
        else {"path": company.path, "product": company.product, "qbxml": company.qbxml},
    }


def _cloud(snapshot: ConnectionSnapshot) -> Document:
    company = snapshot.online
    return {
        "books": {
            "last_success": moment(snapshot.books.last_session_end),
            "last_attempt": moment(snapshot.books.last_contact),
            "problem": _problem(snapshot.books_problem.problem if snapshot.books_problem else None),
            "company": None if company is None else {"id": company.realm_id, "name": company.name},
        }
    }


def worth_of(snapshot: ConnectionSnapshot, state: State) -> Sums:
    """Give what the rows of a state are worth: of those wholly left out, what is left out."""
    totals = snapshot.totals[state]
    return totals.skipped_amount if state is State.SKIPPED else totals.amount


def _by_currency(sums: Sums) -> dict[str, str]:
    return {currency or "": money_text(amount) for currency, amount in sums.parts}


def _problem(problem: Problem | None) -> Document | None:
    if problem is None:
        return None
    return {
        "code": problem.reason.code,
        "title": explain(problem.reason).title,
        "since": moment(problem.since),
        "next_attempt_at": moment(problem.next_attempt_at),
    }


def _line(line: OrderLine) -> Document:
    return {
        "charge_id": line.charge_id,
        "service_type": line.item,
        "description": line.description,
        "quantity": figure_text(line.quantity),
        "rate": None if line.rate is None else figure_text(line.rate),
        "amount": money_text(line.amount),
    }


def _left_out(charge: LeftOutCharge) -> Document:
    return {
        "charge_id": charge.charge_id,
        "description": charge.description,
        "location": charge.location,
        "amount": money_text(charge.amount),
        "reasons": [reason(each) for each in charge.reasons],
    }


def _in_books(document: BooksDocument) -> Document:
    return {
        "txn_id": document.txn_id,
        "edit_sequence": document.edit_sequence,
        "ref_number": document.ref_number,
        "customer": document.customer,
        "date": document.date.isoformat(),
        "memo": document.memo,
        "subtotal": money_text(document.subtotal),
        "is_invoiced": document.is_invoiced,
        "is_closed": document.is_closed,
        "lines": [
            {
                "line_id": line.line_id,
                "charge_id": line.charge_id,
                "item": line.item,
                "description": line.description,
                "quantity": None if line.quantity is None else figure_text(line.quantity),
                "rate": None if line.rate is None else figure_text(line.rate),
                "amount": money_text(line.amount),
            }
            for line in document.lines
        ],
    }


def _entry(entry: HistoryEntry) -> Document:
    return {
        "at": moment(entry.at),
        "actor": entry.actor,
        "from": entry.from_state,
        "to": entry.to_state,
        "reasons": [each.code for each in entry.reasons],
        "note": entry.note,
        "raw": entry.raw,
    }


def summaries(found: Sequence[RowSummary]) -> list[Document]:
    """Write some rows."""
    return [summary(row) for row in found]
