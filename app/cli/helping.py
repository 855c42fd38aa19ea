"""Commands that help: ``doctor``, ``support-file``."""

from datetime import UTC, datetime
from pathlib import Path

import click

from app.bootstrap.connector_silence import evidence
from app.bootstrap.examination import examine
from app.bootstrap.installation import Installation
from app.bootstrap.support_parts import support_parts
from app.cli.options import home_option, json_option, with_installation
from app.cli.output import emit, say
from app.diagnostics import logs
from app.diagnostics.support_file import build
from app.domain.faults import HomeUnusable, NotConfigured
from app.sync.doctor import Finding
from app.system.settings_file import are_there
from app.system.whole_file import write_whole_bytes

NEEDS_PERSON = 1


@click.command()
@home_option
@json_option
@click.pass_context
def doctor(context: click.Context, home: Path, *, as_json: bool) -> None:
    """Look at everything that can be amiss; each with its fix."""
    try:
        with Installation(home) as installation:
            logs.to_file(installation.home.log)
            found = examine(installation, evidence(installation))
    except NotConfigured as fault:
        # Missing settings are a finding like any other: that is what one asks the doctor for.
        title = "The settings cannot be read" if are_there(home) else "Cedar Sync is not set up"
        found = [Finding("settings", False, title, str(fault))]
    except HomeUnusable as fault:
        found = [Finding("home", False, "The home folder cannot be used", str(fault))]
    if as_json:
        emit([{"check": each.check, "ok": each.is_well, "title": each.title, "fix": each.fix} for each in found])
    else:
        for each in found:
            say(f"{'✓' if each.is_well else '✗'} {each.title}")
            if each.fix:
                say(f"    {each.fix}")
    if not all(each.is_well for each in found):
        context.exit(NEEDS_PERSON)


@click.command("support-file")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to; this folder without it.")
@with_installation
def support_file(installation: Installation, output: Path | None) -> None:
    """Write what support needs into one file, without secrets and without your customers."""
    now = datetime.now(UTC)
    file = output or Path(f"cedar-sync-support-{now:%Y%m%d-%H%M}.zip")
    content = build(support_parts(installation), now)
    try:
        write_whole_bytes(file, content)
    except OSError as exc:
        raise HomeUnusable(f"{file} cannot be written ({exc.strerror}); choose another place.") from exc
    say(f"Written: {file}. Its first page lists what is in it, and what is not.")
