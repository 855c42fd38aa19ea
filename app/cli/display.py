"""Finds the window's part of the program, where there is one to be had."""

import importlib
import logging
import os
import sys
from types import ModuleType

log = logging.getLogger(__name__)


def desktop() -> ModuleType | None:
    """Give the window's part; None where there is no display or its libraries are not installed."""
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and not has_display:
        return None
    try:
        # By its name: the command line, and what imports it, must run where Qt is not installed.
        return importlib.import_module("app.ui.desktop")
    except ImportError as exc:
        log.info("no window: %s", exc)
        return None
