"""Exceptions as text for the log: where it happened and what kind, without what must not be logged.

No I/O. An exception's message may quote the data it failed on (SQLAlchemy's quotes the parameters of a statement,
an XML parser's the text), so known secrets are masked, markup is cut off and control characters are replaced.
"""

import re
import traceback
from collections.abc import Iterable, Iterator
from typing import Final

_LONGEST_MESSAGE: Final = 300
_SHORTEST_SECRET: Final = 4
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def described(exc: BaseException, secrets: Iterable[str] = ()) -> str:
    """Return a traceback with its causes, safe to log.

    Args:
        exc: What was raised.
        secrets: Texts that must not appear, such as the call's password.
    """
    hidden = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]
    return "\n".join(_block(each, hidden) for each in reversed(list(_chain(exc))))


def cleaned(text: str, longest: int = _LONGEST_MESSAGE) -> str:
    """Return text that came from outside as one printable line without markup."""
    head, markup, _ = text[: longest + 1].partition("<")
    line = _CONTROL.sub(" ", head)
    return line + "..." if markup or len(line) > longest else line


def _chain(exc: BaseException) -> Iterator[BaseException]:
    """Yield the exception and what led to it, newest first."""
    seen: set[int] = set()
    current: BaseException | None = exc
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _block(exc: BaseException, secrets: list[str]) -> str:
    message = str(exc)
    for secret in secrets:
        message = message.replace(secret, "***")
    frames = "".join(traceback.format_tb(exc.__traceback__))
    return f"Traceback (most recent call last):\n{frames}{type(exc).__qualname__}: {cleaned(message)}"
