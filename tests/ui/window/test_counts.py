"""Every count and sum on screen equals the rows behind it, whatever the rows are."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.choices import OnVoid
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Actor, Document, Row, row_id
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.domain.values import replace
from app.store import rows
from app.sync.service import SyncService, WatchedConnection
from app.ui.ports import RowsFilter
from app.ui.window import banner_words, texts
from app.ui.window.bottom_line import BottomLine
from app.ui.window.feed import Answer, Feed, Narrowing, Question
from app.ui.window.figures import money
from app.ui.window.filter_bar import FilterBar
from app.ui.window.filters import NAMES, STATES, all_totals, worth
from tests.builders import NOW, a_row
from tests.record_fixtures import empty_record_file, record, record_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.store.database import Record

__all__ = ["empty_record_file", "record", "record_file"]

CENTS = st.decimals(Decimal("-99.99"), Decimal("9999.99"), places=2)
STEPS = {State.QUEUED: [], State.REMOVED: [State.SENDING, State.REMOVED]}
NUMBERS = itertools.count()


class Inline:
    """Does what is asked at once."""

    def run(self, operation: Callable[[], object], on_success: Callable[[object], None], _: object) -> None:
        on_success(operation())


class Clock:
    def now(self) -> object:
        return NOW


def reasons_of(state: State, *, is_deleted: bool) -> tuple[Reason, ...]:
    if state is not State.CONFLICT:
        return ()
    return (Reason(ReasonCode.DELETED_IN_QUICKBOOKS if is_deleted else ReasonCode.EDITED_IN_QUICKBOOKS),)


def put(record: Record, connection: str, parts: list[tuple[State, Decimal, Decimal, bool, bool]]) -> list[Row]:
    """Write rows as the program would."""
    made = []
    with record.write() as tx:
        for number, (state, amount, skipped, has_document, is_deleted) in enumerate(parts):
            before = replace(
                a_row(str(number), connection=connection, ref_number=None),
                id=row_id(connection, f"INV-{number}", "4410"),
                amount=amount,
                skipped_amount=skipped,
                currency="USD",
                lines=1,
                document=Document(DocumentKind.SALES_ORDER, None, f"{connection}-{number}" if has_document else None),
            )
            rows.save(tx, None, before, Actor.CEDAR)
            for step in STEPS.get(state, [state]):
                after = replace(before, state=step, reasons=reasons_of(step, is_deleted=is_deleted))
                rows.save(tx, before, after, Actor.PROGRAM)
                before = after
            made.append(before)
    return made


def ask(service: SyncService, question: Question) -> Answer:
    answers: list[Answer] = []
    feed = Feed(lambda: service, Clock(), Inline(), answers.append)  # type: ignore[arg-type]
    feed.answered.connect(answers.append)
    feed.ask(question)
    feed.set_awake(is_awake=True)
    feed.set_awake(is_awake=False)
    return answers[-1]


def is_in_books(row: Row) -> bool:
    return row.document.txn_id is not None and not row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS)


@pytest.mark.usefixtures("qapp")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(State), CENTS, CENTS, st.booleans(), st.booleans()), max_size=12))
def test_every_count_equals_the_rows_behind_it(
    record: Record, qtbot: QtBot, parts: list[tuple[State, Decimal, Decimal, bool, bool]]
) -> None:
    connection = f"c{next(NUMBERS)}"
    made = put(record, connection, parts)
    service = SyncService(record, Clock(), [WatchedConnection(connection, timedelta(minutes=1), OnVoid.ASK)])  # type: ignore[arg-type]
    bar, bottom = FilterBar(), BottomLine()
    qtbot.addWidget(bar)
    qtbot.addWidget(bottom)
    # A currency in which everything comes to nothing is named nowhere.
    sums = [(total.amount, total.skipped_amount) for total in all_totals(service.snapshot()).values()]
    currency = "USD" if any(amount or skipped for amount, skipped in sums) else None
    for wanted, states in STATES.items():
        behind = [row for row in made if row.state in states]
        total = money(sum((worth(row) for row in behind), Decimal(0)), currency)
        answer = ask(service, Question(wanted))
        assert {each.row.id for each in answer.rows} == {row.id for row in behind}
        bar.show_totals(answer.totals, answer.currency)
        text = bar.button(wanted).text()
        assert text.startswith(f"{NAMES[wanted]} {len(behind)}")
        if behind and wanted is not RowsFilter.ALL:
            assert text.endswith(f"· {total}")
        bottom.show_shown(answer.shown, answer.currency)
        assert bottom.shown.startswith(f"{len(behind)} row")
        assert f"· {total}" in bottom.shown
        narrowed = ask(service, Question(RowsFilter.ALL, "", Narrowing("these", frozenset(row.id for row in behind))))
        assert {each.row.id for each in narrowed.rows} == {row.id for row in behind}
        assert (narrowed.shown.rows, narrowed.shown.amount) == (answer.shown.rows, answer.shown.amount)
        assert narrowed.shown.partly_left_out == answer.shown.partly_left_out
    missing = [
        row
        for row in made
        if row.state in {*STATES[RowsFilter.NEEDS_YOU], *STATES[RowsFilter.WAITING]} and not is_in_books(row)
    ]
    amount = sum((row.amount for row in missing), Decimal(0))
    said = texts.BANNER_MONEY.format(amount=money(amount, currency)) if amount else texts.BANNER_NO_MONEY
    assert banner_words.words(answer.snapshot, NOW).below.startswith(said)
