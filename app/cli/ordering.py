"""Commands that order: ``pull``, ``retry``."""

import click

from app.bootstrap import Installation
from app.cli import documents
from app.cli.asking import AT_THE_KEYBOARD
from app.cli.options import connection_option, json_option, with_installation
from app.cli.output import emit, say
from app.domain.faults import KnownFault


@click.command()
@connection_option
@json_option
@with_installation
def pull(installation: Installation, connection: str | None, *, as_json: bool) -> None:
    """Read Cedar now."""
    reports: list[documents.Document] = []
    faults: list[KnownFault] = []
    for kit in installation.kits(connection):
        try:
            report = kit.pull(retry=AT_THE_KEYBOARD)
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
        moved = installation.service.retry_all([kit.name for kit in installation.kits(connection)])
    else:
        moved = installation.service.retry(row_ids)
    if as_json:
        emit(documents.summaries(moved))
    elif moved:
        say(f"{len(moved)} of them will go at the Web Connector's next call.")
    else:
        say("None of them has failed or waits; nothing to do.")
