"""Commands that run: ``serve``, ``demo``."""

import functools
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import click

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.cli.display import desktop
from app.cli.options import Folder, usable_folder, with_installation
from app.cli.output import emit_text, say
from app.diagnostics import logs
from app.domain.books_system import BooksSystem
from app.domain.faults import NotConfigured
from app.system.home import Home

MOST_BEGINNINGS: Final = 3
"""Times one process begins anew with a damaged record; where that does not help, the disk itself is failing."""


@click.command()
@with_installation
def serve(installation: Installation) -> None:
    """Run without a window: the endpoint, reading Cedar, retries, until told to end."""
    _require_cedar(installation)
    logs.to_standard_error()
    ended, wanted = threading.Event(), threading.Event()

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        wanted.set()
        ended.set()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    _serve(installation, ended, lambda url: emit_text(f"ready {url}\n"))
    for _ in range(MOST_BEGINNINGS):
        if wanted.is_set():
            return
        ended.clear()
        with Installation(installation.home.path, credentials=installation.credentials) as again:
            # Whoever waits for the one line has read it.
            _serve(again, ended, lambda _: None)


def _serve(installation: Installation, ended: threading.Event, tell: Callable[[str], None]) -> None:
    """Run until told to end, or until damage is met in the record: whoever begins anew looks the file over."""
    program = RunningProgram(installation)
    installation.home_record.on_damage = ended.set
    program.start()
    try:
        tell(program.endpoint.url)
        # Waiting in steps lets Windows deliver Ctrl+C, which an endless wait would hold back.
        while not ended.wait(3600):
            pass
    finally:
        program.stop()
        installation.close()


def _require_cedar(installation: Installation) -> None:
    """Make sure that at least one connection can read Cedar; say which cannot.

    Raises:
        NotConfigured: If none can: there would be nothing to serve.
    """
    kits = kits_of(installation)
    faults: list[NotConfigured] = []
    for kit in kits:
        try:
            cedar_side.require_settings(kit)
        except NotConfigured as fault:
            # One that other settings stand in the place of goes on by itself as soon as those are put right.
            if not kit.belonging.is_another():
                faults.append(fault)
    if len(faults) == len(kits):
        raise faults[0]
    for missing in faults:
        say(str(missing))


@click.command()
@click.option("--headless", is_flag=True, help="Without a window; so by itself where there is no display.")
@click.option("--invoices", "number", type=click.IntRange(1, 5000), default=40, show_default=True)
@click.option(
    "--home",
    type=Folder(),
    callback=usable_folder,
    help="The folder the throw-away home is made in; the computer's own for such things without it.",
)
@click.option(
    "--books",
    "system",
    type=click.Choice([system.value for system in BooksSystem]),
    default=BooksSystem.QUICKBOOKS_DESKTOP.value,
    show_default=True,
    help="The accounting system; the window's practice company is QuickBooks Desktop's.",
)
@click.pass_context
def demo(context: click.Context, number: int, home: Path | None, system: str, *, headless: bool) -> None:
    """Do the whole job in a practice world: Cedar, QuickBooks and the Web Connector, in a throw-away home."""
    books = BooksSystem(system)
    found = desktop() if books is BooksSystem.QUICKBOOKS_DESKTOP and not headless else None
    if found is None:
        from app.practice.demo import run_demo

        context.exit(run_demo(number, None if home is None else Home(home).path, books))
    from app.cli.practising import practice_place, practising

    place = practice_place() if home is None else Home(home).path
    context.exit(found.run_desktop(place, practice=functools.partial(practising, invoices=number)))
