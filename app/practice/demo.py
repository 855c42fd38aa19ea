"""The demo: the whole job in a practice world, with a progress bar, a table, and a check of every single invoice."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from app.domain.books_system import BooksSystem
from app.domain.money import ZERO, money_text
from app.domain.reason_texts import explain
from app.domain.reasons import ReasonCode
from app.domain.row import RowSummary
from app.domain.states import State
from app.practice.cedar import Expectation, Kind, PracticeRailroad, short_line
from app.practice.online_world import OnlineWorld
from app.practice.world import PracticeWorld

WAITS_FOR_PERSON = 1


@dataclass(frozen=True, slots=True)
class Books:
    """What the practice books hold of one invoice for one customer."""

    orders: int
    subtotal: Decimal


def run_demo(
    number: int, folder_for_home: Path | None = None, system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP
) -> int:
    """Run the demo.

    Args:
        number: How many invoices the practice railroad has.
        folder_for_home: Where the throw-away home is made; the computer's own folder for such things by default.
        system: The accounting system whose practice company the invoices go to.

    Returns:
        The exit code: 0 only if every practice invoice ended as it should.
    """
    console = Console(stderr=True, highlight=False)
    railroad = short_line(invoices=number, today=datetime.now(UTC).date())
    with tempfile.TemporaryDirectory(prefix="cedar-sync-demo-", dir=folder_for_home) as folder:
        home = Path(folder)
        with _WORLDS[system](home, railroad) as world, _progress(console) as progress:
            task = progress.add_task("Reading Cedar", total=None)
            report = world.pull()
            due = len(world.installation.service.rows([State.QUEUED]))
            progress.update(task, description="Sending to QuickBooks", total=due)

            def tell() -> None:
                left = len(world.installation.service.rows([State.QUEUED, State.SENDING]))
                progress.update(task, completed=due - left)

            world.send_everything(tell)
            rows = world.installation.service.rows()
            books = _in_books(world)
        console.print(f"Cedar had {report.read} charges on {number} invoices.", _by_state(rows), sep="\n\n")
        console.print("", _by_reason(rows), "", sep="\n")
        wrong = [line for each in railroad.expectations.values() for line in _check(each, rows, books)]
        wrong += _check_totals(rows, books)
    sent = sum((row.amount for row in rows if row.state is State.SYNCED), ZERO)
    in_books = sum((each.subtotal for each in books.values()), ZERO)
    console.print(f"Sent by Cedar Sync   {money_text(sent):>14}")
    console.print(f"In the practice books{money_text(in_books):>14}")
    for line in wrong:
        console.print(f"[red]{line}[/red]")
    if wrong:
        console.print(f"{len(wrong)} things are not as they should be.")
        return WAITS_FOR_PERSON
    console.print(f"Every one of the {number} invoices ended as it should, to the cent.")
    return 0


_WORLDS: Final[dict[BooksSystem, Callable[[Path, PracticeRailroad], PracticeWorld | OnlineWorld]]] = {
    BooksSystem.QUICKBOOKS_DESKTOP: PracticeWorld,
    BooksSystem.QUICKBOOKS_ONLINE: OnlineWorld,
}


def _progress(console: Console) -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console)


def _in_books(world: PracticeWorld | OnlineWorld) -> dict[tuple[str, str], Books]:
    """Collect the practice books' orders by full invoice number and customer."""
    found: dict[tuple[str, str], Books] = {}
    for order in world.documents():
        key = (order.memo.removeprefix("Cedar invoice "), order.customer)
        before = found.get(key, Books(0, ZERO))
        found[key] = Books(before.orders + 1, before.subtotal + order.subtotal)
    return found


def _by_state(rows: Iterable[RowSummary]) -> Table:
    words = {State.SYNCED: "Sent", State.SKIPPED: "Left out", State.FAILED: "Failed"}
    counts: Counter[State] = Counter()
    amounts: dict[State, Decimal] = {}
    skipped = (0, ZERO)
    for row in rows:
        counts[row.state] += 1
        worth = row.skipped_amount if row.state is State.SKIPPED else row.amount
        amounts[row.state] = amounts.get(row.state, ZERO) + worth
        if row.state is not State.SKIPPED:
            skipped = (skipped[0] + row.skipped_lines, skipped[1] + row.skipped_amount)
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("Orders")
    table.add_column("Number", justify="right")
    table.add_column("Amount", justify="right")
    for state, count in sorted(counts.items()):
        table.add_row(words.get(state, state.value.capitalize()), str(count), money_text(amounts[state]))
    if skipped[0]:
        table.add_row("Charges left out of these", str(skipped[0]), money_text(skipped[1]))
    return table


def _by_reason(rows: Iterable[RowSummary]) -> Table:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for reason in row.reasons:
            what = "Failed" if row.state is State.FAILED else "Left out"
            counts[what, explain(reason).title] += 1
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("", "Why"):
        table.add_column(name)
    table.add_column("Orders", justify="right")
    for (what, title), count in sorted(counts.items()):
        table.add_row(what, title, str(count))
    return table


_FAILS = {
    Kind.MIXED_CURRENCY: ReasonCode.MIXED_CURRENCY,
    Kind.NEGATIVE_TOTAL: ReasonCode.NEGATIVE_TOTAL,
    Kind.CUSTOMER_MISSING: ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS,
    Kind.CUSTOMER_INACTIVE: ReasonCode.CUSTOMER_INACTIVE,
    Kind.ITEM_MISSING: ReasonCode.ITEM_NOT_IN_QUICKBOOKS,
}
_IS_LEFT_OUT = {
    Kind.NO_GL: ReasonCode.NO_GL_NUMBER,
    Kind.NOT_INVOICED: ReasonCode.NOT_INVOICED_YET,
    Kind.NOTHING_TO_BILL: ReasonCode.NOTHING_TO_BILL,
}
_LEAVES_NO_ROW = frozenset({Kind.VOIDED, Kind.RESET, Kind.DELETED, Kind.ARCHIVED})


def _check(
    expected: Expectation,
    rows: Iterable[RowSummary],
    books: dict[tuple[str, str], Books],
) -> Iterable[str]:
    """Compare what was planted with where it ended, in the rows and in the books."""
    own = [row for row in rows if row.invoice == expected.invoice]
    name = f"Invoice {expected.invoice} ({expected.kind})"
    if expected.kind in _LEAVES_NO_ROW:
        if own:
            yield f"{name} should have left no row."
        return
    wanted_code = _FAILS.get(expected.kind) or _IS_LEFT_OUT.get(expected.kind)
    if wanted_code is not None:
        wanted_state = State.FAILED if expected.kind in _FAILS else State.SKIPPED
        if not any(row.state is wanted_state and _has(row, wanted_code) for row in own):
            yield f"{name} should be {wanted_state} for {wanted_code}."
        if any(key[0] == expected.invoice for key in books):
            yield f"{name} should not be in the books."
        return
    for gl_number, amount in expected.by_gl.items():
        held = books.get((expected.invoice, gl_number))
        row = next((row for row in own if row.gl_number == gl_number), None)
        if row is None or row.state is not State.SYNCED:
            yield f"{name} should be synced for {gl_number}."
        elif held is None or held.orders != 1 or held.subtotal != row.amount:
            yield f"{name} should be in the books once with {money_text(row.amount)}."
        elif expected.kind is not Kind.NO_SERVICE_TYPE and row.amount != amount:
            yield f"{name} should be worth {money_text(amount)}, not {money_text(row.amount)}."


def _check_totals(rows: Iterable[RowSummary], books: dict[tuple[str, str], Books]) -> Iterable[str]:
    synced = {(row.invoice, row.gl_number): row.amount for row in rows if row.state is State.SYNCED}
    held = {key: each.subtotal for key, each in books.items()}
    if synced != held:
        yield "What is synced and what the books hold are not the same."


def _has(row: RowSummary, code: ReasonCode) -> bool:
    return any(reason.code is code for reason in row.reasons)
