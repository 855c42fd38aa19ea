"""Commands that order: ``pull``, ``retry``, ``resync``, ``hold``, ``release``, ``resolve``."""

from collections.abc import Sequence
from datetime import datetime

import click

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.installation import Installation
from app.cli import documents
from app.cli.options import DAY, WrongUsage, connection_option, json_option, ordered_days, with_installation
from app.cli.output import emit, say
from app.domain.books_system import BooksSystem
from app.domain.faults import KnownFault
from app.domain.row import Row
from app.sync.orders_by_hand import Resolution

_ONE_CHOICE = "Choose one, and only one: --keep-theirs, --send-ours or --stop-tracking."


@click.command()
@connection_option
@json_option
@with_installation
def pull(installation: Installation, connection: str | None, *, as_json: bool) -> None:
    """Read Cedar now."""
    reports: list[documents.Document] = []
    faults: list[KnownFault] = []
    for kit in kits_of(installation, connection):
        try:
            report = cedar_side.pull(kit, is_hurried=True)
        except KnownFault as fault:
            # The other connections are read all the same; the first fault decides the exit code.
            faults.append(fault)
            continue
        newest = documents.moment(report.newest)
        reports.append(
            {
                "connection": kit.name,
                "read": report.read,
                "changed": report.changed,
                "planned": report.planned,
                "newest": newest,
            }
        )
        found = f"Found {report.read} charges" + (f", the newest of {newest}" if newest else "")
        say(f"{kit.name}: {found}; {report.changed} new or changed.")
    if as_json:
        emit(reports)
    for other in faults[1:]:
        say(str(other))
    if faults:
        raise faults[0]


@click.command()
@click.option("--all", "everything", is_flag=True, help="All failed and waiting rows.")
@click.argument("row_ids", nargs=-1)
@connection_option
@json_option
@with_installation
def retry(
    installation: Installation, row_ids: tuple[str, ...], connection: str | None, *, everything: bool, as_json: bool
) -> None:
    """Send failed and waiting rows back to the queue; pressing twice does no harm."""
    if everything == bool(row_ids):
        raise click.UsageError("Name the rows, or say --all.")
    if everything:
        moved = installation.service.retry_all([kit.name for kit in kits_of(installation, connection)])
    else:
        moved = installation.service.retry(row_ids)
    _tell(moved, f"will go {_next(installation)}", "None of them has failed or waits", as_json=as_json)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every row that is in QuickBooks or should be.")
@click.option("--from", "since", type=DAY, metavar="DATE", help="Rows dated from this day on.")
@click.option("--to", "until", type=DAY, metavar="DATE", help="Rows dated up to this day.")
@click.argument("row_ids", nargs=-1)
@connection_option
@json_option
@with_installation
def resync(
    installation: Installation,
    row_ids: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    connection: str | None,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Compare with QuickBooks at the next chance, and send what differs."""
    first, last = ordered_days(since, until)
    is_dated = since is not None or until is not None
    if sum((everything, is_dated, bool(row_ids))) != 1:
        raise click.UsageError("Name the rows, or give --from and --to, or say --all.")
    names = [kit.name for kit in kits_of(installation, connection)]
    service = installation.service
    moved = service.resync(row_ids) if row_ids else service.resync_dated(first, last, names)
    _tell(moved, f"will be compared {_next(installation)}", "There is nothing to compare", as_json=as_json)


@click.command()
@click.argument("row_ids", nargs=-1, required=True)
@click.option("--note", default="", help="Why, for the history.")
@json_option
@with_installation
def hold(installation: Installation, row_ids: tuple[str, ...], note: str, *, as_json: bool) -> None:
    """Leave rows out until they are brought back."""
    moved = installation.service.hold(row_ids, note)
    _tell(moved, "left out", "None was left out: they are held already, or on their way", as_json=as_json)


@click.command()
@click.argument("row_ids", nargs=-1, required=True)
@json_option
@with_installation
def release(installation: Installation, row_ids: tuple[str, ...], *, as_json: bool) -> None:
    """Bring rows back that were left out by hand."""
    moved = installation.service.release(row_ids)
    _tell(moved, "brought back", "None of them was left out by hand", as_json=as_json)


@click.command()
@click.argument("row_ids", nargs=-1, required=True)
@click.option("--keep-theirs", is_flag=True, help="Leave QuickBooks as it is.")
@click.option("--send-ours", is_flag=True, help="Send what is in Cedar.")
@click.option("--stop-tracking", is_flag=True, help="Follow it no more.")
@json_option
@with_installation
def resolve(
    installation: Installation,
    row_ids: tuple[str, ...],
    *,
    keep_theirs: bool,
    send_ours: bool,
    stop_tracking: bool,
    as_json: bool,
) -> None:
    """Settle conflicts, all in the same way."""
    choices = {
        Resolution.KEEP_THEIRS: keep_theirs,
        Resolution.SEND_OURS: send_ours,
        Resolution.STOP_TRACKING: stop_tracking,
    }
    chosen = [choice for choice, is_chosen in choices.items() if is_chosen]
    if len(chosen) != 1:
        # Of two that contradict each other none is taken: the wrong one writes over a person's work.
        raise WrongUsage(_ONE_CHOICE)
    moved = installation.service.resolve(row_ids, chosen[0])
    _tell(moved, "settled", "None of them is in conflict", as_json=as_json)


def _next(installation: Installation) -> str:
    """Say when work goes out next."""
    systems = {kit.settings.system for kit in kits_of(installation)}
    if systems == {BooksSystem.QUICKBOOKS_DESKTOP}:
        return "at the Web Connector's next call"
    return "at the next chance" if BooksSystem.QUICKBOOKS_DESKTOP in systems else "with the next push"


def _tell(moved: Sequence[Row], done: str, nothing: str, *, as_json: bool) -> None:
    if as_json:
        emit(documents.summaries(moved))
    elif moved:
        say(f"{len(moved)} {'row' if len(moved) == 1 else 'rows'} {done}.")
    else:
        say(f"{nothing}; nothing to do.")
