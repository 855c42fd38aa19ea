from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from app.books.port import (
    Again,
    InConflict,
    Later,
    LeftToTheBooks,
    Outcome,
    Refused,
    TakenBack,
    Written,
    WrittenUnchecked,
)
from app.domain.books_document import agreed
from app.domain.choices import OnVoid
from app.domain.facts import SendingPace
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Actor, Row, RowId
from app.domain.states import State
from app.domain.values import replace
from tests.builders import a_charge
from tests.sync.bench import ROW, Bench

LOCKED = Reason(ReasonCode.RECORD_LOCKED, {"what": "the customer or an item"}, "3175 locked")
CLOSED = Reason(ReasonCode.CLOSED_PERIOD, {"date": "2026-10-31"}, "3171 closed")
EDITED = Reason(ReasonCode.EDITED_IN_QUICKBOOKS, {"what": "line 1"})
ID = RowId(ROW)


@pytest.fixture
def queued(bench: Bench) -> Bench:
    bench.list_again(a_charge(amount="10.00"))
    return bench


def written(bench: Bench) -> Written:
    row = bench.row()
    assert row.order is not None
    return Written(ID, row.order, bench.document())


def voided(bench: Bench, on_void: OnVoid = OnVoid.DELETE) -> Bench:
    """Bring a row to where its document in the books is to be taken back."""
    bench.on_void = on_void
    bench.sync()
    bench.list_again(a_charge(amount="10.00", status="VOID"))
    return bench


# Handing out


def test_what_is_handed_out_is_sending(queued: Bench) -> None:
    message_set = queued.hand_out()
    row = queued.row()
    assert (row.state, row.message_set_id, row.attempts) == (State.SENDING, message_set.id, 1)


def test_a_row_that_changed_meanwhile_is_not_handed_out(queued: Bench) -> None:
    before = queued.row()
    queued.list_again(a_charge(amount="11.00"))
    message_set = queued.hand_out()
    queued.answer(Again(ID, "It did not get in."), message_set)
    stale = replace(message_set, id="main-9", errands=(replace(message_set.errands[0], order=before.order),))
    assert (queued.ledger.prepare(stale), queued.row().state) == ([], State.QUEUED)


def test_what_is_not_handed_out_is_not_written_down(queued: Bench) -> None:
    message_set = queued.hand_out()
    again = replace(message_set, id="main-9")
    queued.ledger.prepare(again)
    assert queued.ledger.message_set("main-9") is None


def test_a_row_a_person_left_out_meanwhile_is_not_handed_out(queued: Bench) -> None:
    message_set = queued.hand_out()
    queued.answer(Again(ID, "It did not get in."), message_set)
    queued.service.hold([ROW])
    assert not queued.ledger.prepare(replace(message_set, id="main-9"))


# Each outcome


def test_written_is_synced(queued: Bench) -> None:
    outcome = written(queued)
    row = queued.answer(outcome, queued.hand_out())
    assert row.order is not None
    known = agreed(outcome.document, row.order)
    assert (row.state, row.is_in_step, row.books, row.message_set_id) == (State.SYNCED, True, known, None)


def test_written_keeps_the_documents_keys(queued: Bench) -> None:
    outcome = written(queued)
    document = queued.answer(outcome, queued.hand_out()).document
    assert (document.txn_id, document.edit_sequence) == (outcome.document.txn_id, outcome.document.edit_sequence)


def test_an_older_order_that_was_written_goes_out_again_as_it_is_now(queued: Bench) -> None:
    outcome = written(queued)
    message_set = queued.hand_out()
    queued.list_again(a_charge(amount="11.00"))
    row = queued.answer(outcome, message_set)
    assert (row.state, row.document.txn_id) == (State.QUEUED, outcome.document.txn_id)


def test_an_order_that_was_voided_while_it_was_written_asks_a_person(queued: Bench) -> None:
    outcome = written(queued)
    message_set = queued.hand_out()
    queued.list_again(a_charge(status="VOID"))
    row = queued.answer(outcome, message_set)
    assert (row.state, row.has_reason(ReasonCode.VOIDED_IN_CEDAR)) == (State.CONFLICT, True)


def test_an_order_that_was_written_though_our_rules_refuse_it_now_is_failed(queued: Bench) -> None:
    outcome = written(queued)
    message_set = queued.hand_out()
    queued.list_again(a_charge(amount="-1.00"))
    row = queued.answer(outcome, message_set)
    assert (row.state, row.document.txn_id) == (State.FAILED, outcome.document.txn_id)


def test_what_a_person_left_out_stays_out_though_it_is_in_the_books(queued: Bench) -> None:
    outcome = written(queued)
    queued.service.hold([ROW])
    row = queued.answer(outcome)
    assert (row.state, row.document.txn_id) == (State.HELD, outcome.document.txn_id)


def test_what_was_taken_without_being_shown_is_looked_at_before_it_counts(queued: Bench) -> None:
    row = queued.answer(WrittenUnchecked(ID, "1A-1", "1600000001"), queued.hand_out())
    assert (row.state, row.check_books, row.document.txn_id) == (State.QUEUED, True, "1A-1")


def test_what_was_refused_is_failed_with_its_reason(queued: Bench) -> None:
    row = queued.answer(Refused(ID, CLOSED), queued.hand_out())
    assert (row.state, row.reasons, row.next_attempt_at) == (State.FAILED, (CLOSED,), None)


def test_what_came_out_at_another_amount_is_known_but_not_in_step(queued: Bench) -> None:
    document = replace(queued.document(), subtotal=Decimal("9.00"))
    mismatch = Reason(ReasonCode.AMOUNT_MISMATCH, {"found": "9.00", "expected": "10.00"})
    row = queued.answer(Refused(ID, mismatch, document), queued.hand_out())
    assert (row.state, row.document.txn_id, row.is_in_step) == (State.FAILED, document.txn_id, False)


def test_a_fault_that_heals_waits_within_a_minute_at_first(queued: Bench) -> None:
    row = queued.answer(Later(ID, LOCKED), queued.hand_out())
    assert row.next_attempt_at is not None
    assert (row.state, row.next_attempt_at - queued.clock.now() <= timedelta(minutes=1)) == (State.WAITING, True)


def test_a_fault_that_stays_waits_longer_but_never_over_half_an_hour(queued: Bench) -> None:
    waits = []
    for _ in range(12):
        queued.clock.move(hours=1)
        row = queued.answer(Later(ID, LOCKED), queued.hand_out())
        assert row.next_attempt_at is not None
        waits.append(row.next_attempt_at - queued.clock.now())
    assert (waits, waits[-1]) == (sorted(waits), timedelta(minutes=30))


def test_what_did_not_get_in_is_queued(queued: Bench) -> None:
    row = queued.answer(Again(ID, "It did not get in."), queued.hand_out())
    assert (row.state, row.message_set_id, queued.history()[-1].note) == (State.QUEUED, None, "It did not get in.")


def test_what_did_not_get_in_and_was_voided_meanwhile_is_left_out(queued: Bench) -> None:
    message_set = queued.hand_out()
    queued.list_again(a_charge(status="VOID"))
    assert queued.answer(Again(ID, "It did not get in."), message_set).state is State.SKIPPED


def test_what_was_refused_and_was_voided_meanwhile_is_left_out(queued: Bench) -> None:
    message_set = queued.hand_out()
    queued.list_again(a_charge(status="VOID"))
    assert queued.answer(Refused(ID, CLOSED), message_set).state is State.SKIPPED


def test_what_the_books_hold_otherwise_is_a_conflict(queued: Bench) -> None:
    document = queued.document()
    row = queued.answer(InConflict(ID, EDITED, document), queued.hand_out())
    assert (row.state, row.reasons, row.seen) == (State.CONFLICT, (EDITED,), document)


def test_what_a_setting_leaves_to_the_books_is_held(queued: Bench) -> None:
    queued.sync()
    queued.list_again(a_charge(amount="11.00"))
    row = queued.answer(LeftToTheBooks(ID, EDITED, queued.document()), queued.hand_out())
    assert row.state is State.HELD


@pytest.mark.parametrize("is_deleted", [True, False])
def test_what_was_taken_back_is_removed(queued: Bench, is_deleted: bool) -> None:  # noqa: FBT001
    row = voided(queued).take_back(is_deleted=is_deleted)
    assert (row.state, row.document.txn_id is None) == (State.REMOVED, is_deleted)


def test_what_was_taken_back_though_cedar_wants_it_again_goes_out_anew(queued: Bench) -> None:
    voided(queued)
    message_set = queued.hand_out()
    queued.list_again(a_charge(amount="10.00"))
    row = queued.answer(TakenBack(ID, "Deleted.", is_deleted=True), message_set)
    assert (row.state, row.document.txn_id) == (State.QUEUED, None)


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_voided_document_somebody_took_out_before_us_is_removed(queued: Bench, is_deleted: bool) -> None:  # noqa: FBT001
    voided(queued)
    row = queued.answer(TakenBack(ID, "The order was already gone from QuickBooks.", is_deleted=is_deleted))
    assert row.state is State.REMOVED


def test_what_should_have_been_taken_back_and_was_not_is_tried_again(queued: Bench) -> None:
    message_set = voided(queued).hand_out()
    row = queued.answer(Again(ID, "It was changed in the meantime."), message_set)
    assert (row.state, row.has_reason(ReasonCode.VOIDED_IN_CEDAR)) == (State.QUEUED, True)


OUTCOMES: list[Outcome] = [
    Refused(ID, CLOSED),
    Later(ID, LOCKED),
    Again(ID, "It did not get in."),
    InConflict(ID, EDITED, None),
    WrittenUnchecked(ID, "1A-1", "1600000001"),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_every_outcome_is_in_the_history_as_the_books_doing(queued: Bench, outcome: Outcome) -> None:
    queued.answer(outcome, queued.hand_out())
    entry = queued.history()[-1]
    assert (entry.actor, entry.from_state, entry.to_state) == (Actor.BOOKS, State.SENDING, queued.row().state)


def test_what_quickbooks_said_stands_in_the_history_word_for_word(queued: Bench) -> None:
    queued.answer(Refused(ID, CLOSED), queued.hand_out())
    assert queued.history()[-1].raw == "3171 closed"


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_answer_settles_its_message_set(queued: Bench, outcome: Outcome) -> None:
    queued.answer(outcome, queued.hand_out())
    assert queued.ledger.unanswered() == []


# Answers that come late


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_outcome_for_a_row_that_is_on_its_way_in_another_set_is_passed_over(queued: Bench, outcome: Outcome) -> None:
    first = queued.hand_out()
    queued.answer(Again(ID, "It did not get in."), first)
    queued.hand_out()
    before = queued.row()
    queued.answer(outcome, first)
    assert queued.row() == before


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_outcome_for_a_row_that_is_synced_meanwhile_is_passed_over(queued: Bench, outcome: Outcome) -> None:
    synced = queued.sync()
    assert queued.answer(outcome, None) == synced


def test_an_outcome_for_a_row_nobody_knows_is_passed_over(queued: Bench) -> None:
    queued.ledger.record([Refused(RowId("main/INV-9/4410"), CLOSED)])
    assert queued.ids() == [ROW]


def test_what_the_books_hold_counts_whatever_became_of_the_row(queued: Bench) -> None:
    outcome = written(queued)
    queued.list_again(a_charge(status="VOID"))
    row = queued.answer(outcome)
    assert (row.state, row.document.txn_id) == (State.CONFLICT, outcome.document.txn_id)


def test_a_document_of_another_row_never_becomes_this_ones(queued: Bench) -> None:
    synced = queued.sync()
    assert synced.order is not None
    other = replace(queued.document(), txn_id="FF-1")
    assert queued.answer(Written(ID, synced.order, other)) == synced


# Reference numbers


def test_a_reference_quickbooks_gave_is_kept(queued: Bench) -> None:
    outcome = written(queued)
    renumbered = replace(outcome, document=replace(outcome.document, ref_number="77"))
    assert queued.answer(renumbered, queued.hand_out()).document.ref_number == "77"


def test_a_reference_that_belongs_to_another_row_is_not_taken(queued: Bench) -> None:
    queued.list_again(a_charge("2", invoice="INV-2"))
    outcome = written(queued)
    renumbered = replace(outcome, document=replace(outcome.document, ref_number="inv-2"))
    assert queued.answer(renumbered, queued.hand_out()).document.ref_number == "INV-1001"


# The rest of the ledger


def test_a_doubt_about_everything_compares_all_synced_rows(queued: Bench) -> None:
    queued.list_again(a_charge("2", invoice="INV-2"))
    queued.sync()
    queued.ledger.doubt_everything("This may be another copy.")
    row: Row = queued.row()
    assert (row.state, row.check_books, queued.row("main/INV-2/4410").check_books) == (State.QUEUED, True, False)


def test_rows_that_failed_for_a_reason_are_found_by_it(queued: Bench) -> None:
    queued.answer(Refused(ID, CLOSED), queued.hand_out())
    found = [
        [row.id for row in queued.ledger.failed_for([code])]
        for code in (ReasonCode.CLOSED_PERIOD, ReasonCode.RECORD_LOCKED)
    ]
    assert found == [[ID], []]


def test_a_fact_that_was_learnt_is_known_until_it_is_forgotten(queued: Bench) -> None:
    ledger = queued.ledger
    ledger.learn(SendingPace(5))
    known = ledger.known(SendingPace)
    ledger.forget(SendingPace)
    assert (known, ledger.known(SendingPace)) == (SendingPace(5), None)


def test_the_session_counts_what_became_of_its_rows(queued: Bench) -> None:
    ledger = queued.ledger
    outcome, message_set = written(queued), queued.hand_out()
    ledger.record([outcome], message_set.id)
    assert ledger.tally == {State.SYNCED: 1}
