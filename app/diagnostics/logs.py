"""The log: one rotated file in the home, never with a secret in it."""

import base64
import html
import json
import logging
import logging.handlers
import re
import sys
import threading
import time
from pathlib import Path
from typing import Final, TextIO
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from app.domain.faults import HomeUnusable

LARGEST: Final = 2_000_000
KEPT: Final = 5
_FORMAT: Final = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"

_log: Final = logging.getLogger(__name__)

_IN_ADDRESS: Final = re.compile(r"""(://[^\s:/@"']{0,200}:)[^\s"']{0,200}@""")
"""A password in an address of the form ``scheme://user:password@host``."""

_secrets: set[str] = set()
"""In every spelling others may give them."""
_complaints: list[str] = []


def never_log(secret: str) -> None:
    """Make sure that a secret is starred out wherever it would be logged, also as XML, JSON or an address spells it."""
    if secret:
        _secrets.update(_spellings(secret))


def may_log(secret: str) -> None:
    """Forget a secret that opens nothing any more, such as a token that has ended: no list may grow for ever."""
    _secrets.difference_update(_spellings(secret))


def to_file(file: Path) -> None:
    """Log into a file, rotated.

    Raises:
        HomeUnusable: If it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError as exc:
        raise HomeUnusable(
            f"The log {file} cannot be written ({exc.strerror}); check the rights of that folder."
        ) from exc
    _add(handler, logging.INFO)
    # Python's own way prints the traceback, secrets included, to wherever standard error leads.
    threading.excepthook = _log_end_of_thread


def to_standard_error() -> None:
    """Log to standard error too, for a program without a window."""
    if sys.stderr is not None:
        handler = _QuietStream(sys.stderr)
        # What the command line says to people itself need not be said twice.
        handler.addFilter(lambda record: not record.name.startswith("app.cli"))
        _add(handler, logging.INFO)


def stop() -> None:
    """Close what was opened here; a program that ends, and a test, leave nothing behind."""
    threading.excepthook = threading.__excepthook__
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, _Redacting):
            root.removeHandler(handler)
            try:
                handler.close()
            except OSError as exc:
                _complain(handler, exc)


def complaint() -> str | None:
    """Take the first complaint about the log's file, in one sentence; None if all was written."""
    first = _complaints[0] if _complaints else None
    _complaints.clear()
    return first


def redacted(text: str) -> str:
    """Give a text with stars in place of every secret that was read in this process."""
    # The longest first: one spelling may be a part of another.
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    # Also one that nobody has read yet, as in settings that could not be opened.
    return _IN_ADDRESS.sub(r"\g<1>***@", text)


def _spellings(secret: str) -> set[str]:
    whole = secret.encode("utf-8", "surrogatepass")
    plain = {secret, escape(secret), html.escape(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    coded = {quote(whole), quote(whole, safe=""), quote_plus(whole), base64.b64encode(whole).decode()}
    return plain | coded


def _log_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        _log.error("a thread ended by a bug", exc_info=ended.exc_value)


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log file that keeps a full disk to itself until somebody asks: a traceback for each line helps nobody."""

    def handleError(self, record: logging.LogRecord) -> None:
        fault = sys.exc_info()[1]
        if isinstance(fault, OSError):
            _complain(self, fault)
        else:
            super().handleError(record)


class _QuietStream(logging.StreamHandler[TextIO]):
    """Standard error, which may be closed by whoever read it: then there is nobody left to tell."""

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def _complain(handler: logging.Handler, fault: OSError) -> None:
    if isinstance(handler, logging.FileHandler) and not _complaints:
        _complaints.append(
            f"The log {handler.baseFilename} cannot be written ({fault.strerror}); free some space on the disk and "
            "check the rights of that folder."
        )


class _Redacting(logging.Formatter):
    """Writes UTC, and stars for secrets, in messages and tracebacks alike."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return time.strftime(datefmt or "%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def _add(handler: logging.Handler, level: int) -> None:
    handler.setFormatter(_Redacting(_FORMAT))
    handler.setLevel(level)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    # One line for every request to Cedar and every pooled connection tells support nothing.
    for name in ("httpx", "httpcore", "waitress", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A line for every call that waits a moment for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
