"""How things stand, made up: snapshots from the few facts a test names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from app.domain.books_system import BooksSystem
from app.domain.facts import BooksContact, BooksProblem, CedarContact, Problem
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Document, RowId, RowSummary
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.domain.status import ConnectionFacts, overall
from app.domain.sums import Sums
from app.store.row_lists import Totals
from app.sync.service import ConnectionSnapshot, Snapshot
from tests.builders import NOW

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=NOW.tzinfo)
"""A working day, at work."""


def a_problem(code: ReasonCode = ReasonCode.CEDAR_UNREACHABLE, since: datetime = NOW) -> Problem:
    return Problem(Reason(code, {"sentence": "It did not answer."}), since)


def a_connection(
    counts: Mapping[State, int] | None = None,
    *,
    name: str = "main",
    now: datetime = MONDAY,
    cedar_at: datetime | str | None = "now",
    books_at: datetime | str | None = "now",
    cedar_problem: Problem | None = None,
    books_problem: Problem | None = None,
    is_in_session: bool = False,
    is_paused: bool = False,
    paused_until: datetime | None = None,
    system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP,
) -> ConnectionSnapshot:
    rows = {State.SYNCED: 3} if counts is None else dict(counts)
    cedar = now if isinstance(cedar_at, str) else cedar_at
    books = now if isinstance(books_at, str) else books_at
    facts = ConnectionFacts(
        counts=rows,
        cedar_last_success=cedar,
        cedar_problem=cedar_problem,
        books_problem=books_problem,
        books_last_contact=books,
        books_interval=timedelta(minutes=1),
        is_in_session=is_in_session,
        paused_until=paused_until,
        is_paused=is_paused,
        system=system,
    )
    totals = {
        state: Totals(number := rows.get(state, 0), Sums.of([("USD", Decimal(number))] if number else []))
        for state in State
    }
    problem = None if books_problem is None else BooksProblem(books_problem)
    contact = BooksContact(books, books)
    return ConnectionSnapshot(
        name, totals, CedarContact(cedar, cedar, cedar_problem), contact, problem, None, facts, system=system
    )


def a_snapshot(*connections: ConnectionSnapshot, now: datetime = MONDAY) -> Snapshot:
    return Snapshot(overall({each.name: each.facts for each in connections}, now), connections)


def needing(*customers: str) -> list[RowSummary]:
    """Make a failed row for each customer QuickBooks does not know."""
    return [
        RowSummary(
            id=RowId(f"main/INV-{number}/{customer}"),
            connection="main",
            invoice=f"INV-{number}",
            gl_number=customer,
            customer=customer,
            state=State.FAILED,
            reasons=(Reason(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, {"gl_number": customer}),),
            date=None,
            amount=Decimal(10),
            currency=None,
            lines=1,
            skipped_lines=0,
            skipped_amount=Decimal(0),
            document=Document(DocumentKind.SALES_ORDER, None),
            attempts=1,
            next_attempt_at=None,
            updated_at=NOW,
        )
        for number, customer in enumerate(customers)
    ]
