"""The command behind the window's updates: ``check-updates``. Hidden: the window runs it as a process of its own.

So the cryptography of the feed never adds to the memory of a program that waits in the tray for weeks, and a look that
hangs or crashes ends nothing else.
"""

from pathlib import Path

import click

from app import __version__
from app.cli.documents import Document
from app.cli.options import home_option, json_option, usable_home
from app.cli.output import emit, say
from app.domain.faults import HomeUnusable, KnownFault, NotConfigured
from app.updates.faults import FeedFault
from app.updates.feed import configured_feed
from app.updates.setup_file import FOLDER

HOME_PROBLEM = "home"
"""What is said in place of the feed's problem where the home cannot be used."""
NO_FEED = "no_feed"


@click.command(name="check-updates", hidden=True)
@click.option("--fetch", "fetches", is_flag=True, help="Fetch its setup into the home, too; nothing is installed.")
@home_option
@json_option
def check_updates(home: Path, *, fetches: bool, as_json: bool) -> None:
    """Look for a newer version in the feed this build trusts."""
    try:
        document = _looked(home, fetches=fetches)
    except KnownFault as fault:
        if as_json:
            emit({"version": __version__, "newer": None, "setup": None, "problem": _problem(fault)})
        raise
    if as_json:
        emit(document)


def _looked(home: Path, *, fetches: bool) -> Document:
    feed = configured_feed()
    found = usable_home(home)
    try:
        from app.updates.reading import look
    except ImportError as exc:
        raise NotConfigured(
            "This copy is without what reads update feeds; install it with the extra named updates."
        ) from exc
    result = look(feed, found.path / FOLDER, fetches=fetches)
    newer, setup = result.newer, result.setup
    if newer is None:
        say(f"There is no newer version than {__version__}.")
    else:
        say(f"Version {newer.version} is ready.", *newer.notes.splitlines())
    if setup is not None:
        say(f"Its setup is at {setup.path}.")
    return {
        "version": __version__,
        "newer": None if newer is None else {"version": newer.version, "notes": newer.notes, "size": newer.size},
        "setup": None if setup is None else {"path": str(setup.path), "size": setup.size, "sha256": setup.sha256},
        "problem": None,
    }


def _problem(fault: KnownFault) -> str:
    match fault:
        case FeedFault():
            return str(fault.problem)
        case HomeUnusable():
            return HOME_PROBLEM
        case _:
            return NO_FEED
