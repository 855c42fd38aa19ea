from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.books.port import Later, Refused
from app.books.quickbooks_desktop.run import DesktopOptions
from app.books.quickbooks_desktop.web_connector.exchange import Exchange
from app.books.quickbooks_desktop.web_connector.session import Phase, Session
from app.domain.facts import (
    BooksContact,
    BooksProblem,
    CompanyFile,
    ListsKnown,
    Paused,
    Problem,
    SignInRefused,
    standing_refusal,
)
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import RowId
from app.domain.states import State
from app.store import facts, tables
from app.sync.desk import DesktopDesk, session_words
from tests.builders import NOW, a_charge
from tests.sync.bench import ROW, Bench

COMPANY = CompanyFile("railroad.qbw", "Short Line", "QuickBooks Enterprise Solutions 24.0", "US", "13.0")
MISSING = Reason(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, {"gl_number": "4410"})
LOCKED = Reason(ReasonCode.RECORD_LOCKED, {"what": "the customer"})


def a_desk(bench: Bench) -> DesktopDesk:
    options = DesktopOptions(connection="main", owner_id="{A}", file_id="{B}")
    return DesktopDesk(bench.record, bench.clock, options, bench.ledger, lambda: "secret")


@pytest.fixture
def desk(bench: Bench) -> DesktopDesk:
    """Make a desk that knows its company file and has nothing to do."""
    bench.ledger.learn(COMPANY)
    bench.ledger.learn(ListsKnown(bench.clock.now(), bench.clock.now()))
    return a_desk(bench)


def test_a_refused_sign_in_is_known_until_the_web_connector_signs_in(bench: Bench, desk: DesktopDesk) -> None:
    exchange = Exchange({"cedar-sync": desk}, "1")
    exchange.authenticate("nobody", "wrong")
    assert bench.ledger.known(SignInRefused) is None
    exchange.authenticate("cedar-sync", "wrong")
    assert bench.ledger.known(SignInRefused) == SignInRefused(bench.clock.now())
    assert bench.ledger.known(BooksContact) is None
    with bench.record.read() as tx:
        assert "wrong" not in str(tx.execute(select(tables.facts.c.document)).scalars().all())
    exchange.authenticate("cedar-sync", "secret")
    assert bench.ledger.known(SignInRefused) is None


def test_wrong_tries_while_a_session_goes_on_do_not_stand(bench: Bench, desk: DesktopDesk) -> None:
    exchange = Exchange({"cedar-sync": desk}, "1")
    bench.list_again(a_charge())
    ticket, _ = exchange.authenticate("cedar-sync", "secret")
    bench.clock.move(seconds=5)
    exchange.authenticate("cedar-sync", "guess")
    standing = [standing_refusal(bench.ledger.known(SignInRefused), bench.ledger.known(BooksContact))]
    bench.clock.move(seconds=5)
    exchange.close_connection(ticket)
    standing.append(standing_refusal(bench.ledger.known(SignInRefused), bench.ledger.known(BooksContact)))
    assert standing == [bench.clock.now() - timedelta(seconds=5), None]


def test_without_work_quickbooks_stays_closed(desk: DesktopDesk) -> None:
    assert not desk.has_work()


def test_a_queued_row_is_work(bench: Bench, desk: DesktopDesk) -> None:
    bench.list_again(a_charge())
    assert desk.has_work()


def test_an_answer_that_is_owed_is_work(bench: Bench, desk: DesktopDesk) -> None:
    bench.list_again(a_charge())
    bench.hand_out()
    assert desk.has_work()


def test_a_synced_row_is_no_work(bench: Bench, desk: DesktopDesk) -> None:
    bench.list_again(a_charge())
    bench.sync()
    assert not desk.has_work()


@pytest.mark.parametrize(("hours", "is_work"), [(0, False), (1, True)])
def test_a_waiting_row_is_work_when_its_time_has_come(
    bench: Bench,
    desk: DesktopDesk,
    hours: int,
    is_work: bool,  # noqa: FBT001
) -> None:
    bench.list_again(a_charge())
    bench.answer(Later(RowId(ROW), LOCKED), bench.hand_out())
    bench.clock.move(hours=hours)
    assert desk.has_work() is is_work


@pytest.mark.parametrize("until", [None, NOW + timedelta(days=1)])
def test_a_paused_connection_has_no_work(bench: Bench, desk: DesktopDesk, until: datetime | None) -> None:
    bench.list_again(a_charge())
    bench.ledger.learn(Paused(until))
    assert not desk.has_work()


def test_a_pause_ends_by_itself(bench: Bench, desk: DesktopDesk) -> None:
    bench.list_again(a_charge())
    bench.ledger.learn(Paused(NOW))
    assert desk.has_work()


def test_a_problem_is_probed_when_its_time_has_come(bench: Bench, desk: DesktopDesk) -> None:
    bench.list_again(a_charge())
    next_attempt_at = bench.clock.now() + timedelta(minutes=30)
    bench.ledger.learn(BooksProblem(Problem(Reason(ReasonCode.PERMISSION_DENIED), NOW, next_attempt_at)))
    before = desk.has_work()
    bench.clock.move(minutes=30)
    assert (before, desk.has_work()) == (False, True)


def test_a_missing_customer_is_looked_for_once_in_a_while(bench: Bench, desk: DesktopDesk) -> None:
    bench.list_again(a_charge())
    bench.answer(Refused(RowId(ROW), MISSING), bench.hand_out())
    before = desk.has_work()
    bench.clock.move(minutes=31)
    assert (before, desk.has_work()) == (False, True)


def test_a_call_is_noted(bench: Bench, desk: DesktopDesk) -> None:
    desk.note_contact()
    assert bench.ledger.known(BooksContact) == BooksContact(bench.clock.now(), None)


def test_calls_within_a_second_count_as_one(bench: Bench, desk: DesktopDesk) -> None:
    desk.note_contact()
    first = bench.ledger.known(BooksContact)
    bench.clock.move(seconds=0.5)
    desk.note_contact()
    assert bench.ledger.known(BooksContact) == first


def test_the_end_of_a_session_is_noted(bench: Bench, desk: DesktopDesk) -> None:
    desk.note_session_end()
    assert bench.ledger.known(BooksContact) == BooksContact(bench.clock.now(), bench.clock.now())


def test_quickbooks_out_of_reach_is_a_problem_as_old_as_it_is(bench: Bench, desk: DesktopDesk) -> None:
    since = bench.clock.now()
    for _ in range(2):
        desk.note_unreachable("0x80040408", "Could not start QuickBooks.")
        bench.clock.move(minutes=5)
    with bench.record.read() as tx:
        known = facts.get(tx, "main", BooksProblem)
    assert known is not None
    assert (known.problem.reason.code, known.problem.since) == (ReasonCode.QUICKBOOKS_UNREACHABLE, since)


def test_a_session_is_known_by_its_ticket(desk: DesktopDesk) -> None:
    session = Session("ticket-1", "main", Phase.READY, NOW, NOW)
    desk.save(session)
    assert (desk.session("ticket-1"), desk.session("ticket-2")) == (session, None)


def test_a_session_of_another_connection_is_unknown(desk: DesktopDesk) -> None:
    desk.save(Session("ticket-1", "branch", Phase.READY, NOW, NOW))
    assert desk.session("ticket-1") is None


def test_a_session_that_ended_is_not_live(desk: DesktopDesk) -> None:
    desk.save(Session("ticket-1", "main", Phase.READY, NOW, NOW))
    desk.save(Session("ticket-2", "main", Phase.CLOSED, NOW, NOW))
    assert [session.ticket for session in desk.live_sessions()] == ["ticket-1"]


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        ({}, "Cedar Sync: Nothing to do."),
        ({State.SYNCED: 3}, "Cedar Sync: 3 invoices are in QuickBooks."),
        (
            {State.SYNCED: 3, State.FAILED: 1, State.QUEUED: 2},
            "Cedar Sync: 3 invoices are in QuickBooks. 1 invoice needs you.",
        ),
    ],
)
def test_a_session_ends_with_what_it_did(tally: dict[State, int], words: str) -> None:
    assert session_words(Counter(tally)) == words
