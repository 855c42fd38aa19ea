"""Commands that report: ``reconcile``, ``export``."""

from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.installation import Installation
from app.cli import documents
from app.cli.options import DAY, connection_option, json_option, ordered_days, with_installation
from app.cli.output import emit, emit_bytes, print_table, say
from app.domain.faults import HomeUnusable
from app.domain.money import money_text
from app.domain.reason_texts import title_of_many
from app.domain.reasons import ReasonCode
from app.sync.export import as_csv, as_xlsx
from app.sync.reconcile import Part, Reconciliation
from app.system.whole_file import write_whole_bytes

NEEDS_PERSON = 1

_WORDS = {
    Part.IN_BOOKS: "In QuickBooks",
    Part.WAITING: "Waiting",
    Part.FAILED: "Failed",
    Part.CONFLICT: "To decide",
    Part.LEFT_OUT: "Left out",
    Part.HELD: "Held by you",
}
_TOO_MUCH = "Still in QuickBooks, voided in Cedar"


@click.command()
@click.option("--from", "since", type=DAY, metavar="DATE", help="Charges applied from this day on.")
@click.option("--to", "until", type=DAY, metavar="DATE", help="Charges applied up to this day.")
@connection_option
@json_option
@with_installation
@click.pass_context
def reconcile(
    context: click.Context,
    installation: Installation,
    since: datetime | None,
    until: datetime | None,
    connection: str | None,
    *,
    as_json: bool,
) -> None:
    """Set Cedar's total against the books, to the cent, by reason."""
    first, last = ordered_days(since, until)
    found = [cedar_side.reconcile(kit, first, last, is_hurried=True) for kit in kits_of(installation, connection)]
    if as_json:
        emit([documents.reconciliation(each) for each in found])
    else:
        for each in found:
            _tell(each)
    if any(each.needs_person for each in found):
        context.exit(NEEDS_PERSON)


@click.command()
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output without it.")
@connection_option
@with_installation
def export(installation: Installation, form: str, output: Path | None, connection: str | None) -> None:
    """Write the rows as a table."""
    found = installation.service.rows(names=[kit.name for kit in kits_of(installation, connection)])
    rows = installation.service.listed(row.id for row in found)
    content = as_csv(rows) if form == "csv" else as_xlsx(rows)
    if output is None:
        emit_bytes(content)
        return
    try:
        write_whole_bytes(output, content)
    except OSError as exc:
        raise HomeUnusable(f"{output} cannot be written ({exc.strerror}); choose another place.") from exc
    say(f"{len(rows)} rows written to {output}.")


def _tell(found: Reconciliation) -> None:
    table = Table(box=None, title=found.connection, title_justify="left", pad_edge=False, show_header=False)
    table.add_column("")
    table.add_column("", justify="right")
    table.add_row(f"Invoiced in Cedar, {found.since} to {found.until}", money_text(found.cedar_total))
    for part, amount in found.parts.items():
        table.add_row(f"  {_WORDS[part]}", money_text(amount))
    if found.rounding:
        table.add_row("  Rounding: parts of a cent in Cedar's amounts", money_text(found.rounding))
    table.add_row("Unexplained", money_text(found.difference))
    if found.rows_too_much:
        table.add_row(_TOO_MUCH, money_text(found.in_books_too_much))
    print_table(table)
    for each in found.by_reason:
        rows = "1 row" if each.rows == 1 else f"{each.rows} rows"
        is_too_much = each.code is ReasonCode.VOIDED_IN_CEDAR and found.rows_too_much
        title = _TOO_MUCH if is_too_much else title_of_many(each.code)
        say(f"{title}: {rows}, {money_text(each.amount)}")
