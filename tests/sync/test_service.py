from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.books.port import Again, InConflict, Later, LeftToTheBooks, Refused
from app.domain.choices import OnVoid
from app.domain.facts import BooksProblem, Problem
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Actor, RowId
from app.domain.states import State
from app.domain.status import Overall
from app.store import facts
from app.sync.orders_by_hand import Resolution
from app.sync.service import UnknownRow
from tests.builders import NOW, a_charge
from tests.sync.bench import ROW, Bench

ID = RowId(ROW)
LOCKED = Reason(ReasonCode.RECORD_LOCKED, {"what": "the customer"})
CLOSED = Reason(ReasonCode.CLOSED_PERIOD, {"date": "2026-10-31"})
EDITED = Reason(ReasonCode.EDITED_IN_QUICKBOOKS, {"what": "line 1"})
DELETED = Reason(ReasonCode.DELETED_IN_QUICKBOOKS, {"ref_number": "INV-1001"})
TAKEN = Reason(ReasonCode.NUMBER_IN_USE, {"ref_number": "INV-1001", "other_customer": "4420"})


@pytest.fixture
def failed(bench: Bench) -> Bench:
    bench.list_again(a_charge(amount="10.00"))
    bench.answer(Refused(ID, CLOSED), bench.hand_out())
    return bench


@pytest.fixture
def synced(bench: Bench) -> Bench:
    bench.list_again(a_charge(amount="10.00"))
    bench.sync()
    return bench


def in_conflict(bench: Bench, reason: Reason = EDITED) -> Bench:
    """Change a synced invoice in Cedar, and let QuickBooks have something else."""
    bench.list_again(a_charge(amount="11.00"))
    document = None if reason is DELETED else bench.document()
    bench.answer(InConflict(ID, reason, document), bench.hand_out())
    return bench


# Retry


def test_retry_sends_a_failed_row_back_to_the_queue(failed: Bench) -> None:
    failed.service.retry([ROW])
    row = failed.row()
    assert (row.state, row.reasons, row.attempts) == (State.QUEUED, (), 0)


def test_retry_sends_a_waiting_row_back_to_the_queue(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.answer(Later(ID, LOCKED), bench.hand_out())
    bench.service.retry([ROW])
    assert (bench.row().state, bench.row().next_attempt_at) == (State.QUEUED, None)


def test_retry_pressed_twice_is_harmless(failed: Bench) -> None:
    failed.service.retry([ROW])
    once = failed.row(), failed.history()
    assert (failed.service.retry([ROW]), (failed.row(), failed.history())) == ([], once)


def test_a_row_named_twice_moves_once(failed: Bench) -> None:
    assert len(failed.service.retry([ROW, ROW])) == 1


def test_retry_is_in_the_history_as_a_persons_doing(failed: Bench) -> None:
    failed.service.retry([ROW])
    assert failed.history()[-1].actor is Actor.PERSON


def test_an_unknown_row_is_named(failed: Bench) -> None:
    with pytest.raises(UnknownRow, match='There is no row "main/INV-9/4410"'):
        failed.service.retry(["main/INV-9/4410"])


def test_with_one_unknown_row_nothing_moves(failed: Bench) -> None:
    with pytest.raises(UnknownRow):
        failed.service.retry([ROW, "main/INV-9/4410"])
    assert failed.row().state is State.FAILED


def test_a_row_of_a_connection_that_is_not_set_up_is_unknown(bench: Bench) -> None:
    branch = Bench(bench.record, a_charge(), name="branch")
    branch.pull()
    with pytest.raises(UnknownRow):
        bench.service.retry(["branch/INV-1001/4410"])


def test_what_our_own_rules_refuse_stays_where_it_is(bench: Bench) -> None:
    bench.list_again(a_charge(amount="-1.00"))
    before = bench.row()
    assert (bench.service.retry([ROW]), bench.row()) == ([], before)


@pytest.mark.parametrize("status", ["INVOICED", "PENDING"])
def test_a_row_that_did_not_fail_stays_where_it_is(bench: Bench, status: str) -> None:
    bench.list_again(a_charge(status=status))
    before = bench.row()
    assert (bench.service.retry([ROW]), bench.row()) == ([], before)


def test_what_is_on_its_way_stays_on_its_way(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.hand_out()
    before = bench.row()
    assert (bench.service.retry([ROW]), bench.row()) == ([], before)


def test_retry_of_all_moves_what_failed_and_what_waits(failed: Bench) -> None:
    failed.list_again(a_charge("2", invoice="INV-2"), a_charge("3", invoice="INV-3", status="PENDING"))
    failed.answer(Later(RowId("main/INV-2/4410"), LOCKED), failed.hand_out("main/INV-2/4410"))
    assert len(failed.service.retry_all()) == 2


def test_retry_of_a_removal_that_failed_takes_it_back_again(synced: Bench) -> None:
    synced.on_void = OnVoid.DELETE
    synced.list_again(a_charge(status="VOID"))
    synced.answer(Refused(ID, CLOSED), synced.hand_out())
    synced.service.retry([ROW])
    assert (synced.row().state, synced.row().order) == (State.QUEUED, None)


def test_retry_lets_the_next_session_try_at_once(failed: Bench) -> None:
    problem = Problem(Reason(ReasonCode.PERMISSION_DENIED), NOW, NOW + timedelta(hours=1))
    failed.ledger.learn(BooksProblem(problem))
    failed.service.retry([ROW])
    with failed.record.read() as tx:
        known = facts.get(tx, "main", BooksProblem)
    assert known is not None
    assert known.problem.next_attempt_at is None


# Leave out, bring back


@pytest.mark.parametrize("note", ["", "the customer disputes it"])
def test_a_person_can_leave_a_row_out(synced: Bench, note: str) -> None:
    synced.service.hold([ROW], note)
    assert (synced.row().state, synced.row().has_reason(ReasonCode.HELD_BY_USER)) == (State.HELD, True)


def test_what_is_left_out_while_it_is_on_its_way_is_known_when_it_arrives(bench: Bench) -> None:
    bench.list_again(a_charge())
    message_set = bench.hand_out()
    bench.service.hold([ROW])
    assert (bench.row().state, bench.row().message_set_id) == (State.HELD, message_set.id)
    bench.ledger.record([Again(bench.row().id, "It did not get in.")], message_set.id)
    assert (bench.row().state, bench.row().message_set_id) == (State.HELD, None)


def test_what_is_brought_back_while_its_answer_is_awaited_is_on_its_way_again(bench: Bench) -> None:
    bench.list_again(a_charge())
    message_set = bench.hand_out()
    bench.service.hold([ROW])
    bench.service.release([ROW])
    assert (bench.row().state, bench.row().message_set_id) == (State.SENDING, message_set.id)


def test_a_row_that_is_brought_back_is_compared_before_it_counts(synced: Bench) -> None:
    synced.service.hold([ROW])
    synced.service.release([ROW])
    assert (synced.row().state, synced.row().check_books) == (State.QUEUED, True)


def test_a_row_that_changed_while_it_was_left_out_goes_out_when_it_is_brought_back(synced: Bench) -> None:
    synced.service.hold([ROW])
    synced.list_again(a_charge(amount="11.00"))
    synced.service.release([ROW])
    assert synced.row().state is State.QUEUED


def test_a_row_that_was_voided_while_it_was_left_out_asks_a_person(synced: Bench) -> None:
    synced.service.hold([ROW])
    synced.list_again(a_charge(status="VOID"))
    synced.service.release([ROW])
    assert synced.row().has_reason(ReasonCode.VOIDED_IN_CEDAR)


def test_bringing_back_what_is_not_out_does_nothing(synced: Bench) -> None:
    assert synced.service.release([ROW]) == []


def test_leaving_a_conflict_out_and_bringing_it_back_does_not_settle_it(synced: Bench) -> None:
    in_conflict(synced)
    synced.list_again(a_charge(amount="10.00"))
    synced.service.hold([ROW])
    synced.service.release([ROW])
    assert synced.row().state is not State.SYNCED


def test_bringing_back_what_was_left_to_the_books_compares_it(synced: Bench) -> None:
    synced.list_again(a_charge(amount="11.00"))
    synced.answer(LeftToTheBooks(ID, EDITED, synced.document()), synced.hand_out())
    synced.list_again(a_charge(amount="10.00"))
    synced.service.release([ROW])
    assert synced.row().state is not State.SYNCED


# Compare again


def test_a_synced_row_can_be_compared_again(synced: Bench) -> None:
    synced.service.resync([ROW])
    assert (synced.row().state, synced.row().check_books) == (State.QUEUED, True)


def test_rows_of_a_range_of_days_can_be_compared_again(bench: Bench) -> None:
    for day in (1, 2, 3, 4):
        bench.list_again(a_charge(str(day), invoice=f"INV-{day}", invoice_date=date(2026, 10, day)))
        bench.sync(f"main/INV-{day}/4410")
    moved = bench.service.resync_dated(date(2026, 10, 2), date(2026, 10, 3))
    assert sorted(row.invoice or "" for row in moved) == ["INV-2", "INV-3"]


@pytest.mark.parametrize("reason", [EDITED, DELETED, TAKEN])
def test_comparing_again_never_overwrites_by_itself(synced: Bench, reason: Reason) -> None:
    in_conflict(synced, reason).service.resync([ROW])
    assert not synced.row().overwrite


# Conflicts


def test_keeping_theirs_leaves_the_row_out(synced: Bench) -> None:
    in_conflict(synced).service.resolve([ROW], Resolution.KEEP_THEIRS)
    assert synced.row().state is State.HELD


def test_sending_ours_overwrites_what_a_person_changed(synced: Bench) -> None:
    in_conflict(synced).service.resolve([ROW], Resolution.SEND_OURS)
    assert (synced.row().state, synced.row().overwrite) == (State.QUEUED, True)


def test_sending_ours_makes_a_deleted_document_anew(synced: Bench) -> None:
    in_conflict(synced, DELETED).service.resolve([ROW], Resolution.SEND_OURS)
    assert (synced.row().state, synced.row().document.txn_id) == (State.QUEUED, None)


def test_sending_ours_where_the_number_is_taken_takes_another_number(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.answer(InConflict(ID, TAKEN, bench.document()), bench.hand_out())
    bench.service.resolve([ROW], Resolution.SEND_OURS)
    row = bench.row()
    assert (row.state, row.document.txn_id, row.document.ref_number != "INV-1001") == (State.QUEUED, None, True)


def test_keeping_theirs_where_the_number_is_taken_makes_it_ours(bench: Bench) -> None:
    bench.list_again(a_charge())
    theirs = bench.document()
    bench.answer(InConflict(ID, TAKEN, theirs), bench.hand_out())
    bench.service.resolve([ROW], Resolution.KEEP_THEIRS)
    assert bench.row().document.txn_id == theirs.txn_id


def test_stopping_to_follow_forgets_the_document(synced: Bench) -> None:
    in_conflict(synced).service.resolve([ROW], Resolution.STOP_TRACKING)
    assert (synced.row().state, synced.row().document.txn_id) == (State.HELD, None)


def test_sending_ours_takes_a_voided_invoice_back(synced: Bench) -> None:
    synced.list_again(a_charge(status="VOID"))
    synced.service.resolve([ROW], Resolution.SEND_OURS)
    assert synced.take_back().state is State.REMOVED


def test_keeping_theirs_leaves_a_voided_invoice_in_the_books(synced: Bench) -> None:
    synced.list_again(a_charge(status="VOID"))
    synced.service.resolve([ROW], Resolution.KEEP_THEIRS)
    row = synced.row()
    assert (row.state, row.document.txn_id is None) == (State.HELD, False)


@pytest.mark.parametrize("resolution", Resolution)
def test_what_is_no_conflict_is_not_settled(synced: Bench, resolution: Resolution) -> None:
    before = synced.row()
    assert (synced.service.resolve([ROW], resolution), synced.row()) == ([], before)


# Questions


def test_the_snapshot_shows_what_needs_a_person(failed: Bench) -> None:
    assert failed.service.snapshot().overall.state is Overall.ATTENTION


def test_a_detail_tells_the_history(failed: Bench) -> None:
    detail = failed.service.detail(ROW)
    assert [entry.to_state for entry in detail.history] == [State.QUEUED, State.SENDING, State.FAILED]


def test_the_detail_of_an_unknown_row_names_it(bench: Bench) -> None:
    with pytest.raises(UnknownRow, match="INV-9"):
        bench.service.detail("main/INV-9/4410")
