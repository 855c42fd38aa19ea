"""What holds for all tests of the desktop: no display is needed, and none is used."""

import gc
import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import tmp_path

__all__ = ["tmp_path"]

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _what_is_missing() -> str | None:
    try:
        for name in ("QtWidgets", "QtSvg", "QtNetwork"):
            importlib.import_module(f"PySide6.{name}")
    except ImportError as exc:
        return f"the desktop cannot be tested here: {exc}"
    return None


MISSING = _what_is_missing()


class NotHere(pytest.Module):
    """A module of tests that cannot even be imported without Qt."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        pytest.skip(MISSING or "", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip every module of this folder, with the reason, where Qt or its system libraries are missing."""
    return None if MISSING is None else NotHere.from_parent(parent, path=module_path)


@pytest.fixture(autouse=True, scope="session")
def times_and_money_are_written_alike_everywhere() -> None:
    """Not as the computer that happens to run the tests writes them."""
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale.c())


@pytest.fixture(autouse=True)
def garbage_is_collected_on_the_main_thread() -> Iterator[None]:
    """Keep windows from being destroyed by another thread, in this test or, left over, in a later one.

    The program does the same for itself (``app.ui.garbage``).
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.disable()
    # What pytest held of the test before goes now. What is left stays for good, and is spared from here on: after a
    # few thousand tests looking it all through takes longer than most tests here.
    gc.collect()
    gc.freeze()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()
