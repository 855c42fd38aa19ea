"""Finds the language of whoever is signed in, and the translations there are for it."""

import gettext
import locale
import os
import sys
from pathlib import Path
from typing import Final

from app.domain.language import Catalogue, English

VARIABLE: Final = "CEDAR_SYNC_LANGUAGE"
"""A language to take in place of the user's own, such as ``es``."""

DOMAIN: Final = "cedar-sync"


def catalogue(folder: Path) -> Catalogue:
    """Give the translations for the user's language; English where there are none.

    Args:
        folder: Where ``LANGUAGE/LC_MESSAGES/cedar-sync.mo`` are.
    """
    try:
        return gettext.translation(DOMAIN, folder, languages())
    except OSError:
        # Also a file that cannot be read: people would rather read English than nothing.
        return English()


def languages() -> list[str]:
    """List the languages wanted, the best first."""
    if chosen := os.environ.get(VARIABLE):
        return [chosen]
    if sys.platform == "win32":
        import ctypes

        found = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    else:
        found = locale.getlocale(locale.LC_MESSAGES)[0]
    return [found] if found else []
