"""The command ``push``, for accounting systems in the cloud."""

from typing import Final

import click

from app.bootstrap import books_side
from app.bootstrap.installation import Installation
from app.cli import documents
from app.cli.choosing import cloud_kits
from app.cli.options import connection_option, json_option, with_installation
from app.cli.output import emit, say
from app.cli.reporting import NEEDS_PERSON
from app.domain.faults import KnownFault
from app.domain.language import _
from app.domain.states import State
from app.sync.pushing import push_words

_PUSHED: Final = _("{connection}: {what_happened}")


@click.command()
@connection_option
@json_option
@click.pass_context
@with_installation
def push(installation: Installation, context: click.Context, connection: str | None, *, as_json: bool) -> None:
    """Push waiting work to the accounting system in the cloud now; serve does so by itself."""
    reports: list[documents.Document] = []
    faults: list[KnownFault] = []
    for kit in cloud_kits(installation, connection):
        try:
            with installation.holder.keeping(kit.name):
                kit.belonging.require()
                kit.sign_in.require()
                kit.lift_problem()
                pusher = books_side.pusher(kit)
                end = pusher.push()
                kit.sign_in.note_end()
        except KnownFault as fault:
            # The other connections are pushed all the same; the first fault decides the exit code.
            faults.append(fault)
            continue
        tally = {state: pusher.tally[state] for state in State if pusher.tally[state]}
        reports.append({"connection": kit.name, "states": tally, "problem": end.error or None})
        say(_PUSHED.format(connection=kit.name, what_happened=push_words(pusher.tally, end)))
    if as_json:
        emit(reports)
    for other in faults[1:]:
        say(str(other))
    if faults:
        raise faults[0]
    if any(report["problem"] for report in reports):
        context.exit(NEEDS_PERSON)
