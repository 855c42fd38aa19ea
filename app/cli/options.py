"""Options that several commands share."""

import functools
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from app.bootstrap import Installation
from app.diagnostics import logs
from app.system.home import VARIABLE, Home, default_home

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar=VARIABLE,
    default=default_home,
    show_default="the platform's folder for a program's data",
    help="The folder with settings, record and logs.",
)
DAY = click.DateTime(formats=["%Y-%m-%d"])
"""A day, as 2026-10-31."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
connection_option = click.option("--connection", metavar="NAME", help="One connection; all of them without it.")


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
