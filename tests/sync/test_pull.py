from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.charge import Charge
from app.domain.choices import OnVoid
from app.domain.facts import CedarContact
from app.domain.faults import CedarRefused, CedarUnavailable
from app.domain.planning import Rules
from app.domain.reasons import ReasonCode
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.store import facts
from app.sync.pull import MARGIN
from tests.builders import APPLIED_AT, NOW, a_charge
from tests.sync.bench import LOOKBACK, ROW, Bench

NO_GL_ROW = "main/INV-1001/-"
NO_INVOICE_ROW = "main/-/-"
OFFLINE = CedarUnavailable("Cedar cannot be reached.", ReasonCode.CEDAR_UNREACHABLE)


def contact(bench: Bench) -> CedarContact:
    with bench.record.read() as tx:
        found = facts.get(tx, "main", CedarContact)
    assert found is not None
    return found


def codes(bench: Bench, row_id: str = ROW) -> list[ReasonCode]:
    return [reason.code for reason in bench.row(row_id).reasons]


# A first reading


def test_an_invoice_becomes_a_queued_row(bench: Bench) -> None:
    bench.list_again(a_charge("1", amount="10.00"), a_charge("2", amount="2.50"))
    row = bench.row()
    assert (row.state, row.amount, row.lines, row.customer) == (State.QUEUED, Decimal("12.50"), 2, "Acme Grain")


def test_a_row_has_its_reference_number_from_the_beginning(bench: Bench) -> None:
    bench.list_again(a_charge(invoice="CEDAR-2026-001234"))
    (row,) = bench.rows()
    assert (row.document.ref_number or "").startswith("001234-")


def test_a_row_of_which_nothing_may_sync_has_no_reference_number(bench: Bench) -> None:
    bench.list_again(a_charge(gl_number=None))
    assert bench.row(NO_GL_ROW).document.ref_number is None


def test_left_out_charges_are_counted_and_not_in_the_amount(bench: Bench) -> None:
    bench.list_again(a_charge("1", amount="10.00"), a_charge("2", gl_number=None, amount="2.50"))
    row = bench.row()
    assert (row.amount, row.lines, row.skipped_amount, row.skipped_lines) == (Decimal("10.00"), 1, Decimal("2.50"), 1)


def test_a_wholly_left_out_row_is_worth_nothing(bench: Bench) -> None:
    bench.list_again(a_charge("1", gl_number=None, amount="10.00"))
    row = bench.row(NO_GL_ROW)
    assert (row.state, row.amount, row.skipped_amount) == (State.SKIPPED, Decimal("0.00"), Decimal("10.00"))


def test_invoiced_charges_on_no_invoice_get_one_row(bench: Bench) -> None:
    bench.list_again(a_charge("1", invoice=None), a_charge("2", invoice=None))
    assert (bench.ids(), codes(bench, NO_INVOICE_ROW)) == ([NO_INVOICE_ROW], [ReasonCode.NO_INVOICE_NUMBER])


@pytest.mark.parametrize(
    ("charges", "code"),
    [
        ([a_charge("1", amount="-1.00")], ReasonCode.NEGATIVE_TOTAL),
        ([a_charge("1", currency="USD"), a_charge("2", currency="CAD")], ReasonCode.MIXED_CURRENCY),
    ],
)
def test_what_our_own_rules_refuse_is_failed(bench: Bench, charges: list[Charge], code: ReasonCode) -> None:
    bench.list_again(*charges)
    assert (bench.row().state, codes(bench)) == (State.FAILED, [code])


def test_a_reading_tells_what_it_found(bench: Bench) -> None:
    report = bench.list_again(a_charge("1"), a_charge("2", invoice="INV-2"))
    assert (report.read, report.changed, report.planned, report.newest) == (2, 2, 2, a_charge().applied_at)


def test_more_invoices_than_fit_in_one_transaction_are_all_planned(bench: Bench) -> None:
    report = bench.list_again(*(a_charge(str(number), invoice=f"INV-{number}") for number in range(250)))
    assert (report.planned, len(bench.rows())) == (250, 250)


# Reading again


def test_an_unchanged_reading_writes_nothing(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2", gl_number=None))
    before = bench.row(), bench.history()
    report = bench.pull()
    assert (report.changed, report.planned, (bench.row(), bench.history())) == (0, 0, before)


def test_a_change_that_means_nothing_for_the_order_leaves_the_row_alone(bench: Bench) -> None:
    bench.list_again(a_charge())
    before = bench.row(), bench.history()
    bench.list_again(a_charge(applied_at=APPLIED_AT + timedelta(minutes=1)))
    assert (bench.row(), bench.history()) == before


@pytest.mark.parametrize(
    "listed",
    [
        a_charge("1", amount="10.01"),
        a_charge("1", amount="10.00", service_type="STORAGE"),
        a_charge("2", amount="5.00"),
        a_charge("1", amount="10.00", rate_description="other words"),
    ],
)
def test_an_invoice_that_changes_after_it_was_synced_goes_out_again(bench: Bench, listed: Charge) -> None:
    bench.list_again(a_charge("1", amount="10.00"))
    bench.sync()
    bench.list_again(listed)
    assert bench.row().state is State.QUEUED


def test_a_changed_invoice_keeps_its_document(bench: Bench) -> None:
    bench.list_again(a_charge(amount="10.00"))
    document = bench.sync().document
    bench.list_again(a_charge(amount="11.00"))
    assert bench.row().document == document


def test_a_change_that_is_taken_back_is_compared_before_it_counts(bench: Bench) -> None:
    bench.list_again(a_charge(amount="10.00"))
    bench.sync()
    bench.list_again(a_charge(amount="11.00"))
    bench.list_again(a_charge(amount="10.00"))
    assert (bench.row().state, bench.row().check_books) == (State.QUEUED, True)


def test_a_charge_that_is_gone_from_cedar_is_noticed(bench: Bench) -> None:
    bench.list_again(a_charge("1", amount="10.00"), a_charge("2", amount="5.00"))
    bench.sync()
    bench.cedar.drop("2")
    bench.pull()
    assert (bench.row().state, bench.row().amount) == (State.QUEUED, Decimal("10.00"))


def test_a_charge_that_is_gone_counts_as_changed_once(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2"))
    bench.cedar.drop("2")
    assert [bench.pull().changed, bench.pull().changed] == [1, 0]


def test_a_charge_that_only_left_the_window_changes_nothing(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2"))
    before = bench.row()
    bench.clock.move(days=400)
    bench.pull()
    assert (bench.row(), bench.known_charges()) == (before, 2)


def test_a_charge_that_was_dated_out_of_the_window_is_still_there(bench: Bench) -> None:
    bench.list_again(a_charge("1", amount="10.00"), a_charge("2", amount="5.00"))
    bench.list_again(a_charge("2", amount="5.00", applied_at=NOW - timedelta(days=900)))
    assert bench.row().amount == Decimal("15.00")


def test_a_charge_that_moves_to_another_invoice_leaves_the_first_one(bench: Bench) -> None:
    bench.list_again(a_charge("1", amount="10.00"), a_charge("2", amount="5.00"))
    bench.list_again(a_charge("2", amount="5.00", invoice="INV-1002"))
    assert [bench.row(f"main/INV-{number}/4410").amount for number in (1001, 1002)] == [
        Decimal("10.00"),
        Decimal("5.00"),
    ]


def test_an_archived_charge_stays_as_it_was(bench: Bench) -> None:
    bench.list_again(a_charge())
    synced = bench.sync()
    bench.list_again(a_charge(status="ARCHIVED"))
    assert bench.row() == synced


def test_an_invoice_wholly_older_than_the_window_is_not_planned(bench: Bench) -> None:
    bench.list_again(a_charge(applied_at=NOW - LOOKBACK - timedelta(days=1)))
    assert bench.rows() == []


def test_an_invoice_at_the_edge_of_the_window_is_planned_whole(bench: Bench) -> None:
    edge = NOW - LOOKBACK
    bench.list_again(
        a_charge("1", amount="10.00", applied_at=edge - timedelta(days=40)),
        a_charge("2", amount="5.00", applied_at=edge + timedelta(days=1)),
    )
    assert bench.row().amount == Decimal("15.00")


def test_an_invoice_with_a_very_old_charge_is_planned_whole(bench: Bench) -> None:
    bench.list_again(
        a_charge("1", amount="10.00", applied_at=NOW - LOOKBACK - MARGIN - timedelta(days=1)),
        a_charge("2", amount="5.00", applied_at=NOW - timedelta(days=1)),
    )
    assert bench.row().amount == Decimal("15.00")


def test_of_a_long_first_reading_the_invoices_at_the_edge_are_planned_whole(bench: Bench) -> None:
    edge = NOW - LOOKBACK
    bench.cedar.put(*(a_charge(str(number), invoice=f"INV-{number}") for number in range(100, 350)))
    bench.list_again(
        a_charge("1", amount="10.00", applied_at=edge - MARGIN - timedelta(days=1)),
        a_charge("2", amount="5.00", applied_at=edge + timedelta(days=1)),
    )
    assert bench.row().amount == Decimal("15.00")


def test_an_invoice_that_is_known_is_not_asked_for_again(bench: Bench) -> None:
    bench.list_again(a_charge("1"))
    bench.cedar.asked.clear()
    bench.list_again(a_charge("2"))
    assert bench.cedar.asked == []


# Voided


@pytest.mark.parametrize("status", ["VOID", "DELETED", "RESET"])
def test_a_voided_invoice_in_the_books_asks_a_person(bench: Bench, status: str) -> None:
    bench.list_again(a_charge())
    bench.sync()
    bench.list_again(a_charge(status=status))
    assert (bench.row().state, codes(bench)) == (State.CONFLICT, [ReasonCode.VOIDED_IN_CEDAR])


@pytest.mark.parametrize("on_void", [OnVoid.CLOSE, OnVoid.DELETE])
def test_a_voided_invoice_in_the_books_is_taken_back_where_the_settings_say_so(bench: Bench, on_void: OnVoid) -> None:
    bench.on_void = on_void
    bench.list_again(a_charge())
    bench.sync()
    bench.list_again(a_charge(status="VOID"))
    assert (bench.row().state, bench.row().order) == (State.QUEUED, None)


def test_an_invoice_whose_charges_all_disappear_is_voided(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2"))
    bench.sync()
    bench.cedar.drop("1", "2")
    bench.pull()
    assert codes(bench) == [ReasonCode.VOIDED_IN_CEDAR]


def test_an_invoice_voided_before_it_was_sent_is_left_out(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.list_again(a_charge(status="VOID"))
    assert (bench.row().state, bench.row().amount) == (State.SKIPPED, Decimal("0.00"))


def test_one_voided_charge_is_taken_off_the_order(bench: Bench) -> None:
    bench.list_again(a_charge("1", amount="10.00"), a_charge("2", amount="5.00"))
    bench.sync()
    bench.list_again(a_charge("2", amount="5.00", status="VOID"))
    assert (bench.row().state, bench.row().amount, bench.row().skipped_lines) == (State.QUEUED, Decimal("10.00"), 0)


def test_an_invoice_that_comes_back_unchanged_is_compared_before_it_counts(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.sync()
    bench.list_again(a_charge(status="VOID"))
    bench.list_again(a_charge())
    assert (bench.row().state, bench.row().check_books) == (State.QUEUED, True)


def test_an_invoice_that_comes_back_after_it_was_taken_back_goes_out_again(bench: Bench) -> None:
    bench.on_void = OnVoid.DELETE
    bench.list_again(a_charge())
    bench.sync()
    bench.list_again(a_charge(status="VOID"))
    bench.take_back()
    bench.list_again(a_charge())
    assert (bench.row().state, bench.row().document.txn_id) == (State.QUEUED, None)


# Mended


def test_a_row_without_gl_number_leaves_the_list_when_it_has_one(bench: Bench) -> None:
    bench.list_again(a_charge(gl_number=None))
    bench.list_again(a_charge())
    assert bench.ids() == [ROW]


def test_a_row_that_left_the_list_keeps_its_history(bench: Bench) -> None:
    bench.list_again(a_charge(gl_number=None))
    bench.list_again(a_charge())
    assert bench.history(NO_GL_ROW)


def test_a_charge_that_gets_its_invoice_number_leaves_the_list_of_those_without(bench: Bench) -> None:
    bench.list_again(a_charge(invoice=None))
    bench.list_again(a_charge())
    assert bench.ids() == [ROW]


def test_a_gl_number_that_is_a_dash_can_be_given(bench: Bench) -> None:
    bench.list_again(a_charge(gl_number=None))
    bench.list_again(a_charge(gl_number="-"))
    assert [row.gl_number for row in bench.rows()] == ["-"]


def test_an_invoice_that_is_invoiced_at_last_is_queued(bench: Bench) -> None:
    bench.list_again(a_charge(status="PENDING"))
    bench.list_again(a_charge())
    assert (bench.row().state, bench.row().reasons) == (State.QUEUED, ())


def test_a_total_that_is_no_longer_below_zero_goes_out(bench: Bench) -> None:
    bench.list_again(a_charge(amount="-1.00"))
    bench.list_again(a_charge(amount="1.00"))
    assert bench.row().state is State.QUEUED


def test_an_order_given_to_another_customer_is_taken_from_the_first_one(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.sync()
    bench.list_again(a_charge(gl_number="4420"))
    assert (bench.row().state, bench.row("main/INV-1001/4420").state) == (State.CONFLICT, State.QUEUED)


def test_two_rows_of_an_invoice_never_share_a_reference(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2", gl_number="4420"))
    numbers = [row.document.ref_number for row in bench.rows()]
    assert len(set(numbers)) == 2


def test_an_order_in_the_books_does_not_shrink_because_an_amount_cannot_be_read(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2", amount="20.00"))
    bench.sync()
    for _ in range(2):
        bench.list_again(a_charge("1", amount=None))
        bench.pull()
        assert (bench.row().state, codes(bench)) == (State.FAILED, [ReasonCode.BAD_AMOUNT])
        bench.list_again(a_charge("2", amount="21.00"))
    bench.list_again(a_charge("1"), a_charge("2", amount="20.00"))
    assert (bench.row().state, bench.row().reasons, bench.row().left_out) == (State.QUEUED, (), ())


# Billed late


@pytest.mark.parametrize("days", [100, 130, 170, 300])
def test_a_charge_that_is_billed_late_is_not_overlooked(bench: Bench, days: int) -> None:
    bench.list_again(a_charge(status="PENDING", invoice=None))
    for _ in range(days // 10):
        bench.clock.move(days=10)
        bench.pull()
    bench.list_again(a_charge(invoice="INV-LATE"))
    bench.clock.move(days=1)
    bench.pull()

    assert [(row.id, row.state, row.amount) for row in bench.rows() if row.invoice] == [
        ("main/INV-LATE/4410", State.QUEUED, Decimal("100.00"))
    ]


def test_cedar_is_read_far_back_once_a_day_and_only_for_what_may_still_be_billed(bench: Bench) -> None:
    bench.list_again(a_charge("1", status="PENDING", invoice=None), a_charge("2", invoice="INV-2"))
    bench.clock.move(days=200)
    read = [bench.pull().read for _ in range(3)]
    bench.clock.move(days=1)
    read.append(bench.pull().read)
    bench.list_again(a_charge("1", status="VOID", invoice=None))
    bench.clock.move(days=1)
    read += [bench.pull().read for _ in range(2)]

    assert read == [2, 0, 0, 2, 2, 0]


def test_an_invoice_from_before_the_first_window_stays_out_however_long_the_program_runs(bench: Bench) -> None:
    old = NOW - LOOKBACK - timedelta(days=10)
    bench.list_again(a_charge(applied_at=old))
    bench.clock.move(days=30)
    bench.list_again(a_charge(applied_at=old, amount="11.00"))
    assert bench.rows() == []


def test_a_longer_look_back_takes_older_invoices_in(bench: Bench) -> None:
    old = NOW - LOOKBACK - timedelta(days=10)
    bench.list_again(a_charge(applied_at=old))
    bench.lookback = LOOKBACK + timedelta(days=20)
    bench.digest = "longer"
    bench.pull()
    assert len(bench.rows()) == 1


# What a person decided, and what is on its way


@pytest.mark.parametrize(("before", "words"), [(None, "no GL number"), ("4410", "under GL number 4410")])
def test_what_a_person_left_out_stays_out_when_cedar_bills_it_to_another_customer(
    bench: Bench, before: str | None, words: str
) -> None:
    bench.list_again(a_charge(gl_number=before))
    bench.service.hold([f"main/INV-1001/{before or '-'}"])
    for number in ("4420", "4430"):
        bench.list_again(a_charge(gl_number=number))
    bench.pull()

    (row,) = bench.rows()
    assert (row.id, row.state, row.amount, row.document.ref_number) == (
        "main/INV-1001/4430",
        State.HELD,
        Decimal("100.00"),
        "INV-1001",
    )
    assert [reason.code for reason in row.reasons] == [ReasonCode.HELD_BY_USER]
    assert words in bench.history("main/INV-1001/4420")[0].reasons[0].facts["note"]
    bench.service.release([row.id])
    assert bench.row(row.id).state is State.QUEUED


def test_only_the_charges_a_person_left_out_stay_out(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2", gl_number="4420"))
    bench.service.hold([ROW])
    bench.list_again(a_charge("1", gl_number="4430"), a_charge("2", gl_number="4440"))

    assert {row.id: row.state for row in bench.rows()} == {
        "main/INV-1001/4430": State.HELD,
        "main/INV-1001/4440": State.QUEUED,
        "main/INV-1001/4420": State.SKIPPED,
    }


def test_an_order_left_as_it_is_in_the_books_is_not_made_again_for_another_customer(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.sync()
    bench.service.hold([ROW])
    bench.list_again(a_charge(gl_number="4420"))

    assert {row.id: row.state for row in bench.rows()} == {ROW: State.HELD, "main/INV-1001/4420": State.HELD}


def test_what_a_person_left_out_stays_out_when_it_changes(bench: Bench) -> None:
    bench.list_again(a_charge(amount="10.00"))
    bench.service.hold([ROW])
    bench.list_again(a_charge(amount="11.00"))
    assert (bench.row().state, bench.row().amount) == (State.HELD, Decimal("11.00"))


def test_what_is_on_its_way_arrives_before_a_change_goes_out(bench: Bench) -> None:
    bench.list_again(a_charge(amount="10.00"))
    bench.hand_out()
    bench.list_again(a_charge(amount="11.00"))
    assert bench.row().state is State.SENDING


# New rules


def test_new_rules_plan_everything_anew(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2", invoice="INV-2", status="ASSIGNED"))
    bench.rules = Rules(frozenset({"INVOICED", "ASSIGNED"}))
    bench.digest = "other rules"
    assert (bench.pull().planned, bench.row("main/INV-2/4410").state) == (2, State.QUEUED)


def test_the_same_rules_plan_nothing_anew(bench: Bench) -> None:
    bench.list_again(a_charge())
    assert bench.pull().planned == 0


def test_new_rules_leave_synced_rows_alone(bench: Bench) -> None:
    bench.list_again(a_charge())
    synced = bench.sync()
    bench.digest = "other rules"
    bench.pull()
    assert bench.row() == synced


def test_a_new_document_kind_is_for_documents_that_are_not_in_the_books_yet(bench: Bench) -> None:
    bench.list_again(a_charge("1"), a_charge("2", invoice="INV-2"))
    bench.sync()
    bench.kind, bench.digest = DocumentKind.ESTIMATE, "other rules"
    bench.pull()
    kinds = [bench.row(f"main/{invoice}/4410").document.kind for invoice in ("INV-1001", "INV-2")]
    assert kinds == [DocumentKind.SALES_ORDER, DocumentKind.ESTIMATE]


def test_new_rules_leave_what_was_taken_back_alone(bench: Bench) -> None:
    bench.on_void = OnVoid.DELETE
    bench.list_again(a_charge())
    bench.sync()
    bench.list_again(a_charge(status="VOID"))
    bench.take_back()
    bench.digest = "other rules"
    bench.pull()
    assert bench.row().state is State.REMOVED


def test_new_rules_do_not_hide_that_an_invoice_is_gone(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.sync()
    bench.cedar.drop("1001")
    bench.digest = "other rules"
    bench.pull()
    assert codes(bench) == [ReasonCode.VOIDED_IN_CEDAR]


# A reading that fails


@pytest.mark.parametrize("breaks_off_at", ["IN_PROGRESS", "INVOICED", "VOID"])
def test_a_reading_that_breaks_off_leaves_rows_as_they_were(bench: Bench, breaks_off_at: str) -> None:
    bench.list_again(a_charge("1", amount="10.00"))
    synced = bench.sync()
    bench.cedar.fault, bench.cedar.breaks_off_at = OFFLINE, breaks_off_at
    with pytest.raises(CedarUnavailable):
        bench.list_again(a_charge("2", amount="5.00"))
    assert bench.row() == synced


def test_what_a_broken_reading_brought_is_planned_by_the_next_one(bench: Bench) -> None:
    bench.cedar.fault, bench.cedar.breaks_off_at = OFFLINE, "VOID"
    with pytest.raises(CedarUnavailable):
        bench.list_again(a_charge())
    bench.cedar.fault = None
    bench.pull()
    assert bench.row().state is State.QUEUED


def test_a_reading_that_fails_is_noted_with_its_reason(bench: Bench) -> None:
    bench.pull()
    bench.cedar.fault = OFFLINE
    with pytest.raises(CedarUnavailable):
        bench.pull()
    known = contact(bench)
    assert known.problem is not None
    assert (known.problem.reason, known.problem.since, known.last_attempt) == (
        OFFLINE.reason,
        bench.clock.now(),
        bench.clock.now(),
    )


def test_a_problem_that_stays_is_as_old_as_it_is(bench: Bench) -> None:
    bench.cedar.fault = OFFLINE
    since = bench.clock.now() + timedelta(minutes=5)
    for _ in range(3):
        with pytest.raises(CedarUnavailable):
            bench.pull()
    problem = contact(bench).problem
    assert problem is not None
    assert problem.since == since


def test_another_problem_is_a_new_one(bench: Bench) -> None:
    for fault in (OFFLINE, CedarRefused("No.", ReasonCode.CEDAR_KEY_REFUSED)):
        bench.cedar.fault = fault
        with pytest.raises(type(fault)):
            bench.pull()
    problem = contact(bench).problem
    assert problem is not None
    assert problem.since == bench.clock.now()


def test_a_good_reading_ends_the_problem(bench: Bench) -> None:
    bench.cedar.fault = OFFLINE
    with pytest.raises(CedarUnavailable):
        bench.pull()
    bench.cedar.fault = None
    bench.pull()
    assert contact(bench) == CedarContact(bench.clock.now(), bench.clock.now(), None)


def test_a_listing_of_nothing_where_much_was_known_is_not_believed(bench: Bench) -> None:
    bench.list_again(*(a_charge(str(number), invoice=f"INV-{number}") for number in range(21)))
    bench.cedar.is_silent = True
    with pytest.raises(CedarUnavailable, match="nothing was changed"):
        bench.pull()
    assert bench.known_charges() == 21


def test_a_few_charges_that_are_not_listed_are_asked_for_one_by_one(bench: Bench) -> None:
    bench.list_again(*(a_charge(str(number), invoice=f"INV-{number}") for number in range(3)))
    bench.cedar.is_silent = True
    bench.cedar.asked.clear()
    bench.pull()
    assert (sorted(bench.cedar.asked), bench.known_charges()) == (["INV-0", "INV-1", "INV-2"], 3)


# Several connections


def test_connections_have_rows_of_their_own(bench: Bench) -> None:
    branch = Bench(bench.record, a_charge(amount="7.00"), name="branch")
    branch.pull()
    bench.list_again(a_charge(amount="5.00"))
    assert (bench.ids(), branch.ids()) == ([ROW], ["branch/INV-1001/4410"])
