"""Commands that the installer runs and nobody else: ``self-check``, ``finish-shortcut``, ``forget-secrets``."""

import contextlib
import importlib
import logging
import pkgutil
import tempfile
from pathlib import Path
from typing import Final

import click

import app
from app import APP_ID
from app.cli.display import desktop
from app.cli.options import home_option
from app.cli.output import say
from app.domain.faults import HomeUnusable, KnownFault, NotConfigured
from app.domain.reasons import ReasonCode
from app.store.database import Record, translated
from app.store.migrations import known_revisions
from app.store.sqlite import SqliteFile
from app.system.credentials import Secret, SystemCredentials
from app.system.home import RECORD
from app.system.resources import resources
from app.system.settings_file import load
from app.system.shortcut import with_app_id

log = logging.getLogger(__name__)

CANNOT_START: Final = 70

_CANNOT_START: Final = "This installed program cannot start here: {why}"
_MISSING: Final = "Its file {file} is missing."
_NO_WINDOW: Final = "Its window cannot be made."
_NOT_WRITTEN: Final = "The shortcut {file} cannot be changed ({why})."

_NEEDED: Final = (
    "help/index.md",
    "icons/tray/glyph.svg",
    *(f"help/reasons/{code.value}.md" for code in ReasonCode),
)
"""Of the resources, what is looked up by a name made up at run time."""


@click.command("self-check", hidden=True)
@home_option
@click.pass_context
def self_check(context: click.Context, home: Path) -> None:
    """Tell whether this program, as it was installed, can start here with the record in its home; changes nothing."""
    try:
        _import_all()
        _find_resources()
        _make_window()
        known_revisions()
        _open_copy(home)
    except KnownFault as fault:
        say(_CANNOT_START.format(why=fault))
        context.exit(CANNOT_START)
    # Whatever is wrong with a new version, the answer is the same: it is not to be kept.
    except Exception as exc:
        log.exception("the program cannot start here")
        say(_CANNOT_START.format(why=exc))
        context.exit(CANNOT_START)


@click.command("finish-shortcut", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
def finish_shortcut(file: Path) -> None:
    """Write the program's name for Windows into its shortcut."""
    try:
        file.write_bytes(with_app_id(file.read_bytes(), APP_ID))
    except OSError as exc:
        raise HomeUnusable(_NOT_WRITTEN.format(file=file, why=exc.strerror)) from exc


@click.command("forget-secrets", hidden=True)
@home_option
def forget_secrets(home: Path) -> None:
    """Remove the secrets of a home from the credential store, before the home is removed; harmless without any."""
    try:
        connections = load(home).settings.connections
    except NotConfigured:
        return
    credentials = SystemCredentials()
    for connection in connections:
        for secret in Secret:
            credentials.forget(connection.name, secret)


def _import_all() -> None:
    """Import every module: one that was not installed, or lacks a library, must show here and not in the books."""
    for found in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
        is_for_elsewhere = ".migrations." in found.name or found.name.endswith(".__main__")
        is_window = found.name.startswith("app.ui") and desktop() is None
        if not (is_for_elsewhere or is_window):
            importlib.import_module(found.name)


def _find_resources() -> None:
    for name in _NEEDED:
        if not (resources() / name).is_file():
            raise HomeUnusable(_MISSING.format(file=name))


def _make_window() -> None:
    found = desktop()
    if found is not None and not found.can_start():
        raise HomeUnusable(_NO_WINDOW)


def _open_copy(home: Path) -> None:
    """Open a copy of the record, and with it whatever migrations it needs.

    Raises:
        HomeUnusable: If this version cannot use it.
    """
    file = home / RECORD
    if not file.exists():
        return
    with tempfile.TemporaryDirectory(prefix="cedar-sync-check-") as folder:
        copy = Path(folder) / RECORD
        backend = SqliteFile(file)
        with contextlib.closing(Record(backend, backend.engine())) as record, translated(file):
            record.copy_to(copy)
        with contextlib.closing(Record.open(copy)) as record:
            complaint = record.complaint()
        if complaint is not None:
            raise HomeUnusable(complaint)
