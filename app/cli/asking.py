"""Commands that ask: ``status``, ``invoices``, ``show``, ``preview``."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from app.bootstrap.cedar_side import not_set_up
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.installation import Installation
from app.bootstrap.previewing import previewed_rows
from app.cli import documents
from app.cli.options import connection_option, home_option, json_option, with_installation
from app.cli.output import WORDS, emit, print_table, rows_table, say, sentences, sums_text
from app.diagnostics import logs
from app.domain.books_document import BooksDocument
from app.domain.books_system import BooksSystem
from app.domain.money import money_text
from app.domain.planning import left_out_reasons
from app.domain.reason_texts import explain
from app.domain.rescue_words import words
from app.domain.row import NOTHING
from app.domain.states import State
from app.domain.status import Overall, OverallStatus, day_and_time, kept_elsewhere
from app.domain.sums import Sums
from app.domain.values import replace
from app.sync.belonging import refusal, way_on
from app.sync.preview import PreviewedRow
from app.sync.service import ConnectionSnapshot, RowDetail
from app.system.settings import EndpointSettings
from app.system.settings_file import are_there, load


@click.command()
@home_option
@connection_option
@json_option
def status(home: Path, connection: str | None, *, as_json: bool) -> None:
    """Show the overall state, counts, totals and last contacts."""
    endpoint: dict[str, object] = {"url": _url(EndpointSettings().port), "listening": False}
    if not are_there(home) or not load(home).settings.connections:
        line = 'Not set up yet: run "cedar-sync configure".'
        emit(documents.not_set_up(line, endpoint)) if as_json else say(line)
        return
    with Installation(home) as installation:
        logs.to_file(installation.home.log)
        port = installation.settings.web_connector.port
        endpoint = {"url": _url(port), "listening": installation.is_listening()}
        snapshot = installation.service.snapshot(
            [kit.name for kit in kits_of(installation, connection)], tries_room=True
        )
        missing = not_set_up(installation)
        if missing is not None:
            snapshot = replace(snapshot, overall=OverallStatus(Overall.NOT_SET_UP, "{sentence}", {"sentence": missing}))
        if as_json:
            emit(documents.status(snapshot, endpoint))
            return
        say(snapshot.overall.line)
        if snapshot.lack is not None:
            say(snapshot.lack.fix)
        for line in kept_elsewhere(each.facts for each in snapshot.connections):
            say(f"{line}.")
        for each in snapshot.connections:
            _tell_connection(each)
        say(f"Web Connector address: {endpoint['url']} ({'listening' if endpoint['listening'] else 'not running'})")
        if snapshot.rescued is not None and not snapshot.rescued.is_read:
            say(words(snapshot.rescued, day_and_time))
        for path in installation.unknown_settings:
            say(f'The settings name "{path}", which means nothing; is it spelled right?')


@click.command()
@click.option("--state", "states", multiple=True, type=click.Choice([state.value for state in State]))
@click.option("--search", default="", metavar="TEXT", help="Number, customer, GL number, amount or car.")
@connection_option
@json_option
@with_installation
def invoices(
    installation: Installation, states: tuple[str, ...], search: str, connection: str | None, *, as_json: bool
) -> None:
    """List the rows, those that need somebody first."""
    names = [kit.name for kit in kits_of(installation, connection)]
    found = installation.service.rows([State(state) for state in states], search, names)
    if as_json:
        emit(documents.summaries(found))
        return
    if not found:
        say("No invoices." if states or search else 'No invoices yet; "cedar-sync pull" reads Cedar.')
        return
    print_table(rows_table(found))
    say(f"{len(found)} rows · {sums_text(Sums.of((row.currency, row.amount) for row in found))}")


@click.command()
@click.argument("row_id")
@json_option
@with_installation
def show(installation: Installation, row_id: str, *, as_json: bool) -> None:
    """Show one row with lines, reasons, document, attempts and history."""
    found = installation.service.detail(row_id)
    if as_json:
        emit(documents.detail(found))
        return
    _tell_row(found)


@click.command()
@connection_option
@json_option
@with_installation
def preview(installation: Installation, connection: str | None, *, as_json: bool) -> None:
    """Show what would be sent or left out, and why, without sending."""
    kits = kits_of(installation, connection)
    mismatches = {kit.name: kit.belonging.mismatch() for kit in kits}
    stopped = [refusal(reason) for reason in mismatches.values() if reason is not None]
    names = [name for name, reason in mismatches.items() if reason is None]
    found = previewed_rows(installation, names, is_hurried=True)
    if as_json:
        emit([documents.previewed(each) for each in found])
    elif names:
        _tell_previewed(found)
    for other in stopped[1:]:
        say(str(other))
    if stopped:
        # The others are shown all the same.
        raise stopped[0]


def _tell_previewed(found: Sequence[PreviewedRow]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("Would", "Row"):
        table.add_column(name, no_wrap=True)
    table.add_column("Customer")
    table.add_column("Amount", justify="right", no_wrap=True)
    table.add_column("Left out", justify="right", no_wrap=True)
    table.add_column("Why")
    for each in found:
        row = each.row
        reasons = (*row.reasons, *left_out_reasons(row.left_out))
        words = "; ".join(dict.fromkeys(explain(reason).title for reason in reasons))
        left_out = money_text(row.skipped_amount) if row.skipped_lines else ""
        table.add_row(
            each.action.replace("_", " "),
            Text(row.id),
            Text(row.customer or "", overflow="ellipsis", no_wrap=True),
            money_text(row.amount),
            left_out,
            Text(words),
        )
    print_table(table)


def _tell_connection(connection: ConnectionSnapshot) -> None:
    table = Table(box=None, title=connection.name, title_justify="left", header_style="bold", pad_edge=False)
    table.add_column("")
    table.add_column("Rows", justify="right")
    table.add_column("Amount", justify="right")
    for state in State:
        totals = connection.totals[state]
        if totals.rows:
            table.add_row(WORDS[state], str(totals.rows), sums_text(documents.worth_of(connection, state)))
    if table.row_count:
        print_table(table)
    cedar, books = connection.cedar, connection.books
    say(f"Cedar read: {documents.moment(cedar.last_success) or 'never'}")
    if connection.system is BooksSystem.QUICKBOOKS_DESKTOP:
        say(f"Web Connector called: {documents.moment(books.last_contact) or 'never'}")
    else:
        company = f" (company {connection.online.name})" if connection.online is not None else ""
        say(f"QuickBooks Online reached: {documents.moment(books.last_session_end) or 'never'}{company}")
    if connection.facts.sign_in_refused_at is not None:
        say(f"Web Connector called with another password: {documents.moment(connection.facts.sign_in_refused_at)}")
    for problem in (cedar.problem, connection.books_problem.problem if connection.books_problem else None):
        if problem is not None:
            say(sentences(explain(problem.reason)), *filter(None, [way_on(problem.reason)]))


def _tell_row(found: RowDetail) -> None:
    row = found.row
    customer, gl_number = row.customer or "an unknown customer", row.gl_number or "no GL number"
    say(f"Invoice {row.invoice or NOTHING} for {customer} ({gl_number})")
    say(f"{WORDS[row.state]} · {money_text(row.amount)} {row.currency or ''}".rstrip())
    for reason in row.reasons:
        words = explain(reason)
        say("", words.title, words.why, words.fix)
        if reason.raw:
            say(f"QuickBooks said: {reason.raw}")
    if row.order is not None:
        table = _lines_table("Lines", "Service")
        for line in row.order.lines:
            table.add_row(
                line.charge_id, Text(line.item), Text(line.description), f"{line.quantity:f}", money_text(line.amount)
            )
        print_table(table)
    document = (row.seen or row.books) if row.state is State.CONFLICT else None
    if document is not None:
        print_table(_in_books_table(document))
    for charge in row.left_out:
        say(f"Left out: charge {charge.charge_id}, {money_text(charge.amount)}: {explain(charge.reasons[0]).why}")
    say("", "History")
    for entry in found.history:
        notes = [part for part in (entry.note, *(explain(reason).title for reason in entry.reasons)) if part]
        say(f"  {documents.moment(entry.at)}  {WORDS[entry.to_state]}  {'; '.join(notes)}")


def _lines_table(title: str, item: str) -> Table:
    """Make the table of an order's lines, ours or the books'; `item` is what heads the column of the items."""
    table = Table(box=None, title=title, title_justify="left", header_style="bold", pad_edge=False)
    table.add_column("Charge", no_wrap=True)
    for name in (item, "Description"):
        table.add_column(name)
    table.add_column("Quantity", justify="right", no_wrap=True)
    table.add_column("Amount", justify="right", no_wrap=True)
    return table


def _in_books_table(document: BooksDocument) -> Table:
    """Show the other side of a conflict: a person is to compare both."""
    title = f"In QuickBooks: {document.ref_number or 'no number'} for {document.customer}, {document.date}"
    table = _lines_table(title, "Item")
    for line in document.lines:
        quantity = "" if line.quantity is None else f"{line.quantity:f}"
        table.add_row(
            Text(line.charge_id or ""), Text(line.item or ""), Text(line.description), quantity, money_text(line.amount)
        )
    return table


def _url(port: int) -> str:
    return f"http://localhost:{port}/qbwc"
