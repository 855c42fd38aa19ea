"""Options that several commands share."""

import functools
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Concatenate, Final, ParamSpec, TypeVar

import click

from app.bootstrap.installation import Installation
from app.cli.output import say
from app.diagnostics import logs
from app.domain.language import _
from app.system.home import VARIABLE, Home, default_home, require_no_file

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

NO_FOLDER: Final = _("--home names no folder; give one, or leave --home out.")


@dataclass(slots=True)
class Chosen:
    """What a command line chose, for whoever has to speak of it after the command broke off."""

    home: Path | None = None


class WrongUsage(click.ClickException):
    """What was asked for makes no sense; told in one sentence, for the usage of the command would explain nothing."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 (click's form)
        """Say it."""
        say(self.message)


class Folder(click.Path):
    """A folder named on the command line; whether it can be used is judged, and said, by whoever opens it."""

    def __init__(self) -> None:
        # A check of rights here would answer with the usage of the command; a home that is shut is no wrong usage.
        super().__init__(path_type=Path, readable=False)

    def convert(
        self,
        value: str | os.PathLike[str],
        parameter: click.Parameter | None,  # noqa: ARG002
        context: click.Context | None,  # noqa: ARG002
    ) -> Path:
        """Take the folder's name.

        Raises:
            WrongUsage: If it is empty: that would quietly be the current folder.
        """
        if value == "":
            raise WrongUsage(NO_FOLDER)
        return Path(value)


def usable_folder(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:  # noqa: ARG001
    """Take a home from the command line, absolute, and remember it: files that name it are read from elsewhere.

    Raises:
        HomeUnusable: If a file is in its place.
    """
    path = None if path is None else path.absolute()
    chosen = context.find_object(Chosen)
    if chosen is not None:
        chosen.home = path
    if path is not None:
        require_no_file(path)
    return path


home_option = click.option(
    "--home",
    type=Folder(),
    callback=usable_folder,
    envvar=VARIABLE,
    default=default_home,
    show_default="the platform's folder for a program's data",
    help="The folder with settings, record and logs.",
)
DAY = click.DateTime(formats=["%Y-%m-%d"])
"""A day, as 2026-10-31."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
connection_option = click.option("--connection", metavar="NAME", help="One connection; all of them without it.")


def ordered_days(since: datetime | None, until: datetime | None) -> tuple[date | None, date | None]:
    """Give both ends of a range as days; None where an end is open.

    Raises:
        UsageError: If the range ends before it begins.
    """
    first, last = (day.date() if day else None for day in (since, until))
    if first is not None and last is not None and first > last:
        raise click.UsageError(f"--from {first} is later than --to {last}; turn them round.")
    return first, last


def with_installation(command: Callable[Concatenate[Installation, P], R]) -> Callable[P, R]:
    """Hand a command the installation in its home, with the log open, and close both afterwards."""

    @home_option
    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        home = kwargs.pop("home")
        if not isinstance(home, Path):
            raise TypeError("the home is a path")
        with Installation(home) as installation:
            logs.to_file(installation.home.log)
            for path in installation.unknown_settings:
                log.warning("the settings name %s, which means nothing", path)
            return command(installation, *args, **kwargs)

    return wrapped


def usable_home(path: Path) -> Home:
    """Make sure of a home that may have no settings yet."""
    home = Home(path)
    logs.to_file(home.log)
    return home
