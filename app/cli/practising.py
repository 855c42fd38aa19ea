"""Builds the practice world for the window: a throw-away home with a practice Cedar and a practice QuickBooks."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from app.diagnostics import logs
from app.practice.cedar import short_line
from app.practice.office import PracticeOffice
from app.system.home import Home
from app.ui.practice_port import Practice

_PREFIX: Final = "home-"


def practice_place() -> Path:
    """Give the folder the practice homes are made in; there is one for each user, so one practice window runs."""
    return user_cache_path("Cedar Sync Practice", appauthor=False)


@contextmanager
def practising(place: Path, *, invoices: int) -> Iterator[Practice]:
    """Run a practice world until the window has closed; nothing of it is left.

    Args:
        place: The folder for its home; the caller is the only one who practises there.
        invoices: How many invoices the practice railroad has.
    """
    for left_over in place.glob(f"{_PREFIX}*"):
        # Of a practice program that was killed.
        shutil.rmtree(left_over)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=place) as folder:
        home = Home(Path(folder))
        logs.to_file(home.log)
        try:
            railroad = short_line(invoices=invoices, today=datetime.now(UTC).date())
            with PracticeOffice(home.path, railroad) as office:
                yield practice_of(home.path, office)
        finally:
            # An open file cannot be removed everywhere.
            logs.stop()


def practice_of(home: Path, office: PracticeOffice) -> Practice:
    """Describe an office to the window."""
    return Practice(
        home,
        office.credentials,
        office.autostart,
        office.make_invoice,
        office.add_customers,
        office.change_order,
        office.call_now,
    )
