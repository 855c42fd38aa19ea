from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.domain.planning import LeftOutCharge
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import reference_key
from app.domain.row import Actor, Document, Row, RowId, row_id
from app.domain.sales_order import DocumentKind
from app.domain.states import IllegalTransitionError, State
from app.domain.sums import Sums
from app.domain.values import replace
from app.store import row_lists, rows
from app.store.database import Record
from app.sync.reference_choice import free_reference
from tests.builders import NOW, a_document, a_line, a_row, an_order

LATER = NOW + timedelta(minutes=5)


def save(record: Record, *new: Row, actor: Actor = Actor.CEDAR) -> None:
    with record.write() as tx:
        for row in new:
            rows.save(tx, None, row, actor)


def change(record: Record, before: Row, after: Row, note: str = "", raw: str | None = None) -> None:
    with record.write() as tx:
        rows.save(tx, before, after, Actor.PROGRAM, note, raw)


def read(record: Record, row_id: RowId) -> Row:
    with record.read() as tx:
        found = rows.get(tx, row_id)
    assert found is not None
    return found


def history(record: Record, row: Row) -> list[rows.HistoryEntry]:
    with record.read() as tx:
        return rows.history_of(tx, row.id)


FULL = replace(
    a_row("INV-1/é", "44 10", order=an_order(a_line(), a_line("2", rate=None), invoice="INV-1/é", currency="CAD")),
    reasons=(Reason(ReasonCode.RECORD_LOCKED, {"what": "order INV-1"}, "3175 locked"),),
    currency="CAD",
    skipped_lines=1,
    skipped_amount=Decimal("12.34"),
    document=Document(DocumentKind.ESTIMATE, "INV-1", "1A2B-1", "1700000000"),
    attempts=3,
    next_attempt_at=LATER,
    left_out=(
        LeftOutCharge(a_line("3").charge_id, Decimal("12.34"), "Storage", None, (Reason(ReasonCode.NO_GL_NUMBER),)),
    ),
    books=replace(a_document(), is_closed=True),
    seen=a_document(with_charge_ids=False),
    accepted_hash="ab" * 16,
    message_set_id="k7q2m4x9t1a0b",
    check_books=True,
    overwrite=True,
    cars=("ABCX 1", "ABCX 2"),
)


def test_everything_that_is_known_of_a_row_comes_back(record: Record) -> None:
    save(record, FULL)
    assert read(record, FULL.id) == FULL


def test_an_empty_row_comes_back(record: Record) -> None:
    empty = replace(a_row("INV-1", None, ref_number=None), order=None, date=None)
    save(record, empty)
    assert read(record, empty.id) == empty


def test_a_row_that_is_not_there_is_none(record: Record) -> None:
    with record.read() as tx:
        assert rows.get(tx, RowId("main/INV-1/4410")) is None


PLAIN = replace(a_row("INV-1/é", "44 10"), state=FULL.state)
CHANGING = sorted(set(Row.__struct_fields__) - {"id", "connection", "state"})


@given(st.sets(st.sampled_from(CHANGING)), st.sets(st.sampled_from(CHANGING)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_whatever_changes_of_a_row_is_what_comes_back(record: Record, first: set[str], then: set[str]) -> None:
    before, after = (replace(PLAIN, **{name: getattr(FULL, name) for name in names}) for names in (first, then))
    with record.write() as tx:
        rows.drop(tx, before.id)
        rows.save(tx, None, before, Actor.CEDAR)
        rows.save(tx, before, after, Actor.PROGRAM)

    assert read(record, after.id) == after
    with record.read() as tx:
        for text in (after.customer, after.gl_number, after.document.ref_number, f"{after.amount:.2f}", *after.cars):
            assert [each.id for each in row_lists.summaries(tx, ["main"], text=text or "")] == [after.id]
        if after.document.ref_number:
            assert rows.reference_owner(tx, "main", after.document.ref_number) == after.id


def test_rows_saved_together_are_written_in_their_order(record: Record) -> None:
    giver, bystander, taker = a_row("INV-1", ref_number="N"), a_row("INV-2"), a_row("INV-3", ref_number=None)
    save(record, giver, bystander, taker)
    without = replace(giver, document=replace(giver.document, ref_number=None))
    moved = bystander.moved(State.FAILED, LATER, Reason(ReasonCode.CLOSED_PERIOD))
    owner = replace(taker, document=replace(taker.document, ref_number="N"))

    with record.write() as tx:
        pairs = ((giver, without), (bystander, moved), (taker, owner))
        rows.save_all(tx, [rows.Change(before, after, Actor.BOOKS) for before, after in pairs])

    assert [read(record, each.id) for each in (giver, bystander, taker)] == [without, moved, owner]
    assert [len(history(record, each)) for each in (giver, bystander, taker)] == [1, 2, 1]


def test_one_row_that_may_not_move_keeps_the_others_unwritten(record: Record) -> None:
    one, other = a_row("INV-1"), a_row("INV-2", state=State.SKIPPED)
    save(record, one, other)
    pairs = ((one, one.moved(State.FAILED, LATER)), (other, other.moved(State.SYNCED, LATER)))

    with pytest.raises(IllegalTransitionError), record.write() as tx:
        rows.save_all(tx, [rows.Change(before, after, Actor.BOOKS) for before, after in pairs])

    assert [read(record, each.id) for each in (one, other)] == [one, other]


# History


def test_a_new_row_has_the_beginning_of_a_history(record: Record) -> None:
    save(record, a_row())
    (entry,) = history(record, a_row())
    assert (entry.from_state, entry.to_state, entry.actor) == (None, State.QUEUED, Actor.CEDAR)


def test_each_move_is_in_the_history_with_its_reason_and_raw_text(record: Record) -> None:
    save(record, a_row())
    reason = Reason(ReasonCode.CLOSED_PERIOD, {"date": "2026-10-31"}, "3171 closed")
    change(record, a_row(), a_row().moved(State.FAILED, LATER, reason), "by QuickBooks", "3171 closed")
    entry = history(record, a_row())[-1]
    assert (entry.at, entry.from_state, entry.to_state, entry.reasons, entry.note, entry.raw) == (
        LATER,
        State.QUEUED,
        State.FAILED,
        (reason,),
        "by QuickBooks",
        "3171 closed",
    )


def test_another_reason_in_the_same_state_is_in_the_history(record: Record) -> None:
    failed = a_row().moved(State.FAILED, NOW, Reason(ReasonCode.CLOSED_PERIOD))
    save(record, failed)
    change(record, failed, failed.moved(State.FAILED, LATER, Reason(ReasonCode.PERMISSION_DENIED)))
    assert len(history(record, failed)) == 2


def test_saving_a_row_as_it_is_writes_nothing(record: Record) -> None:
    save(record, a_row())
    change(record, a_row(), a_row())
    assert len(history(record, a_row())) == 1


def test_a_note_alone_is_kept(record: Record) -> None:
    save(record, a_row())
    change(record, a_row(), a_row(), "Retry was pressed.")
    assert history(record, a_row())[-1].note == "Retry was pressed."


def test_the_history_of_a_row_that_left_the_list_stays(record: Record) -> None:
    save(record, a_row())
    with record.write() as tx:
        rows.drop(tx, a_row().id)
    assert len(history(record, a_row())) == 1


def test_an_impossible_move_is_not_written(record: Record) -> None:
    skipped = a_row(state=State.SKIPPED)
    save(record, skipped)
    with pytest.raises(IllegalTransitionError):
        change(record, skipped, skipped.moved(State.SENDING, LATER))
    assert read(record, skipped.id) == skipped


# Reference numbers


def test_two_rows_of_a_connection_cannot_have_the_same_reference(record: Record) -> None:
    save(record, a_row("INV-1"))
    with pytest.raises(IntegrityError):
        save(record, a_row("INV-2", ref_number="inv-1"))


def test_two_connections_may_have_the_same_reference(record: Record) -> None:
    save(record, a_row("INV-1"), a_row("INV-1", connection="branch"))
    with record.read() as tx:
        assert rows.reference_owner(tx, "branch", "inv-1 ") == "branch/INV-1/4410"


def test_many_numbers_that_end_alike_get_different_references(record: Record) -> None:
    long_numbers = [f"CEDAR-{number:05}-000001" for number in range(500)]
    nameless = Document(DocumentKind.SALES_ORDER)
    with record.write() as tx:
        for number in long_numbers:
            row = replace(a_row(number), order=None, document=nameless)
            named = replace(nameless, ref_number=free_reference(tx, row))
            rows.save(tx, None, replace(row, document=named), Actor.CEDAR)
    with record.read() as tx:
        references = [row.document.ref_number or "" for row in row_lists.summaries(tx, ["main"])]
    assert len({reference_key(reference) for reference in references}) == len(long_numbers)


# Totals

NUMBERS = itertools.count()
CURRENCIES = st.sampled_from([None, "USD", "CAD"])
CENTS = st.integers(-(10**13), 10**13).map(lambda cents: Decimal(cents) / 100)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(State), CURRENCIES, CENTS, CENTS), max_size=15))
def test_totals_are_exact_to_the_cent_in_each_currency(
    record: Record, parts: list[tuple[State, str | None, Decimal, Decimal]]
) -> None:
    connection = f"c{next(NUMBERS)}"
    with record.write() as tx:
        for number, (state, currency, amount, skipped) in enumerate(parts):
            row = replace(
                a_row(str(number), connection=connection, ref_number=None),
                amount=amount,
                skipped_amount=skipped,
                currency=currency,
            )
            rows.save(tx, None, row, Actor.CEDAR)
            for step in path_to(state):
                rows.save(tx, row, row := replace(row, state=step), Actor.PROGRAM)
    with record.read() as tx:
        totals = row_lists.totals(tx, connection)
    for state in State:
        mine = [part for part in parts if part[0] is state]
        assert totals[state].rows == len(mine)
        for currency in (None, "USD", "CAD"):
            same = [part for part in mine if part[1] == currency]
            assert dict(totals[state].amount.parts).get(currency, 0) == sum(amount for _, _, amount, _ in same)
            assert dict(totals[state].skipped_amount.parts).get(currency, 0) == sum(part[3] for part in same)


def path_to(state: State) -> list[State]:
    return {State.QUEUED: [], State.REMOVED: [State.SENDING, State.REMOVED]}.get(state, [state])


def test_every_state_is_named_in_the_totals(record: Record) -> None:
    with record.read() as tx:
        assert set(row_lists.totals(tx, "main")) == set(State)


def test_the_totals_say_what_has_a_document_in_the_books_already(record: Record) -> None:
    document = Document(DocumentKind.SALES_ORDER, None, "T-1", "1")
    deleted = (Reason(ReasonCode.DELETED_IN_QUICKBOOKS),)
    edited = (Reason(ReasonCode.EDITED_IN_QUICKBOOKS),)
    base = a_row("A", connection="docs", ref_number=None)
    new = [
        replace(base, id=row_id("docs", str(number), "4410"), amount=Decimal(10**number), document=known)
        for number, known in enumerate((document, document, base.document, document))
    ]
    with record.write() as tx:
        for row, state, reasons in zip(
            new, (State.CONFLICT, State.CONFLICT, State.QUEUED, State.SYNCED), (edited, deleted, (), ()), strict=True
        ):
            rows.save(tx, None, row, Actor.CEDAR)
            rows.save(tx, row, replace(row, state=state, reasons=reasons), Actor.PROGRAM)
    with record.read() as tx:
        totals = row_lists.totals(tx, "docs")
        assert row_lists.count(tx, ["docs"]) == totals
    in_books = {state: total.in_books for state, total in totals.items() if total.in_books}
    assert in_books == {State.CONFLICT: Sums.of([(base.currency, Decimal(1))])}


def test_some_rows_are_listed_as_the_pages_list_them(record: Record) -> None:
    names = ["A", "B", "C", "D"]
    save(record, *(replace(a_row(name), date=date(2026, 10, 1 + at % 2)) for at, name in enumerate(names)))
    with record.read() as tx:
        paged = row_lists.page(tx, ["main"])
        some = [each.row.id for each in paged[1:]]
        assert row_lists.listed(tx, ["main"], [*reversed(some), "main/gone/1"]) == paged[1:]
        assert row_lists.listed(tx, ["other"], some) == []


def test_the_newest_row_of_a_state_is_known(record: Record) -> None:
    first = replace(a_row("A"), updated_at=NOW)
    save(record, first, replace(a_row("B"), updated_at=NOW + timedelta(hours=1)))
    change(record, first, replace(first, amount=Decimal(7), updated_at=NOW + timedelta(hours=2)))
    with record.read() as tx:
        assert row_lists.newest(tx, ["main"], [State.QUEUED]) == NOW + timedelta(hours=1)
        assert row_lists.newest(tx, ["main"], [State.SKIPPED]) is None


# What is due


def test_queued_rows_are_due_oldest_document_first(record: Record) -> None:
    days = {"A": date(2026, 10, 3), "B": date(2026, 10, 1), "C": date(2026, 10, 2)}
    save(record, *(replace(a_row(name), date=day) for name, day in days.items()))
    with record.read() as tx:
        assert rows.due(tx, "main", NOW, 10) == [a_row(name).id for name in "BCA"]


def test_waiting_rows_stand_among_the_queued_ones_by_their_date(record: Record) -> None:
    waiting = replace(a_row("B").moved(State.WAITING, NOW), next_attempt_at=NOW)
    days = {"A": date(2026, 10, 1), "C": date(2026, 10, 3), "D": None}
    save(record, replace(a_row("B"), date=date(2026, 10, 2)), *(replace(a_row(n), date=d) for n, d in days.items()))
    change(record, replace(a_row("B"), date=date(2026, 10, 2)), replace(waiting, date=date(2026, 10, 2)))
    with record.read() as tx:
        assert rows.due(tx, "main", NOW, 10) == [a_row(name).id for name in "DABC"]
        assert rows.due(tx, "main", NOW, 3) == [a_row(name).id for name in "DAB"]


@pytest.mark.parametrize(("minutes", "is_due"), [(-1, True), (0, True), (1, False)])
def test_a_waiting_row_is_due_when_its_time_has_come(record: Record, minutes: int, is_due: bool) -> None:  # noqa: FBT001
    waiting = replace(a_row().moved(State.WAITING, NOW), next_attempt_at=NOW + timedelta(minutes=minutes))
    save(record, a_row())
    change(record, a_row(), waiting)
    with record.read() as tx:
        assert rows.any_due(tx, "main", NOW) is is_due


@pytest.mark.parametrize(
    "state", [state for state in State if state not in {State.QUEUED, State.WAITING, State.REMOVED}]
)
def test_no_other_row_is_due(record: Record, state: State) -> None:
    save(record, a_row())
    change(record, a_row(), a_row().moved(state, NOW))
    with record.read() as tx:
        assert rows.count_due(tx, "main", NOW + timedelta(days=9)) == 0


def test_no_more_rows_are_due_than_were_asked_for(record: Record) -> None:
    save(record, *(a_row(f"INV-{number}") for number in range(5)))
    with record.read() as tx:
        assert (len(rows.due(tx, "main", NOW, 3)), rows.count_due(tx, "main", NOW)) == (3, 5)


def test_another_connections_rows_are_not_due(record: Record) -> None:
    save(record, a_row(connection="branch"))
    with record.read() as tx:
        assert rows.due(tx, "main", NOW, 10) == []


# Search


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("", True),
        ("inv-1001", True),
        ("acme", True),
        ("GRAIN", True),
        ("grain acme", True),
        ("acme barley", False),
        ("4410", True),
        ("1250.00", True),
        ("1,250", True),
        ("ABCX", True),
        ("abcx 1234", True),
        ("%", False),
        ("_NV", False),
        ("\\", False),
        ("ÅNGSTRÖM", True),
    ],
)
def test_search_finds_what_people_know_of_an_invoice(record: Record, text: str, is_found: bool) -> None:  # noqa: FBT001
    save(
        record,
        replace(
            a_row("INV-1001"),
            customer="Acme Grain Ångström",
            amount=Decimal("1250.00"),
            cars=("ABCX 1234",),
        ),
    )
    with record.read() as tx:
        assert bool(row_lists.summaries(tx, ["main"], text=text)) is is_found


def test_problems_are_listed_first(record: Record) -> None:
    save(record, a_row("A"), a_row("B"), a_row("C"))
    change(record, a_row("B"), a_row("B").moved(State.FAILED, NOW))
    with record.read() as tx:
        assert [row.invoice for row in row_lists.summaries(tx, ["main"])] == ["B", "A", "C"]


def test_a_list_can_be_of_some_states_only(record: Record) -> None:
    save(record, a_row("A"), a_row("B"))
    change(record, a_row("B"), a_row("B").moved(State.HELD, NOW))
    with record.read() as tx:
        assert [row.invoice for row in row_lists.summaries(tx, ["main"], [State.HELD, State.FAILED])] == ["B"]


def test_documents_that_belong_to_rows_are_told(record: Record) -> None:
    save(record, replace(a_row(), document=Document(DocumentKind.SALES_ORDER, "INV-1001", "1A-1", "1")))
    with record.read() as tx:
        assert rows.taken(tx, "main", ["1A-1", "1B-1"]) == {"1A-1"}
