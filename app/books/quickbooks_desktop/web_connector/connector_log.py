"""What the Web Connector's own log tells: which applications it called, and the numbers it gave for what went wrong.

No I/O: the end of ``QWCLog.txt`` as bytes. An entry is one line that begins ``YYYYMMDD.HH:MM:SS UTC`` and the lines
without such a beginning after it; the first entry of an end may be cut off, and is left out then. Calls of different
applications follow each other, so an entry belongs to the application named last, until the next update begins. Only
times, numbers and names are taken over: at its most talkative the log holds whole messages, customers included.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum, auto
from typing import Final

from app.domain.values import replace


class Refused(StrEnum):
    """Why an application was not added, as far as the log says."""

    UNTOLD = auto()
    PAIR_TAKEN = auto()
    """The company file, or a copy of it, carries the pair of OwnerID and FileID already."""
    NOT_ADMIN = auto()
    """QuickBooks' administrator has not allowed the application."""


@dataclass(frozen=True, slots=True)
class LogEvent:
    """Something the log tells of one moment."""

    at: datetime
    app_name: str = ""
    """The application it is about; empty where the log does not say."""
    app_url: str = ""
    is_call: bool = False
    """The Web Connector began to call the application."""
    code: int = 0
    """The number after ``QBWC``; 0 if there is none."""
    hresult: int = 0
    """What QuickBooks' request processor reported; 0 if nothing."""
    refused: Refused = Refused.UNTOLD


_ENTRY: Final = re.compile(r"^\ufeff?(\d{4})(\d\d)(\d\d)\.(\d\d):(\d\d):(\d\d)(?: ?(UTC|GMT|Z)\b)?", re.MULTILINE)
_CODE: Final = re.compile(r"\bQBWC(\d{4})\b")
_HRESULT: Final = re.compile(r"\b0x(8[0-9A-Fa-f]{7})\b")
_BEGINS: Final = re.compile(r"Update session (?:un)?locked", re.IGNORECASE)
_CALL: Final = re.compile(r"Initiated connection to the following application", re.IGNORECASE)
_NAME: Final = re.compile(r"\bAppName: *([^\r\n]*)")
_URL: Final = re.compile(r"\bAppURL: *(\S*)")
_NAMED: Final = re.compile(r"\bapplication (?:named )?<?([^<>\r\n]{1,100}?)>?(?:\. Please set| in registry)")
"""How QBWC1030 and QBWC1032 name the application (Programmer's Guide, appendix A)."""
_PAIR: Final = re.compile(r"unique OwnerID ?/ ?FileID pair", re.IGNORECASE)
_ADMIN: Final = re.compile(r"\bnot (?:previously )?(?:been )?(?:accessed|authorized)\b|administrator", re.IGNORECASE)
LONGEST_ENTRY: Final = 8000
"""Characters of an entry that are looked at: numbers and names stand at its beginning, whole messages after them."""
_NEAR: Final = timedelta(seconds=60)
"""How far apart entries about the same thing lie at the most."""


def decoded(content: bytes) -> str:
    """Read the log's bytes as text, in any encoding a Windows program may have chosen; nothing is refused.

    Without a mark at the beginning, which an end of a file does not have, UTF-16 shows by its zeros. Cut in the middle
    of a character it only looks like the other byte order, and is read correctly as that.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 > len(sample):
        return content.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    begin = next((place for place, byte in enumerate(content[:3]) if byte & 0xC0 != 0x80), 0)
    try:
        # A character cut off at the beginning or the end is no sign of another encoding.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content[begin:])
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def log_events(text: str, local: tzinfo = UTC) -> tuple[LogEvent, ...]:
    """List what the log tells, oldest first.

    Args:
        text: The log, or its end.
        local: The zone of entries that name none.
    """
    entries = list(_entries(text, local))
    hints = [(at, _hint(words)) for at, words in entries]
    found: list[LogEvent] = []
    name = url = ""
    for position, (at, words) in enumerate(entries):
        if _BEGINS.search(words):
            name = url = ""
        is_call = _CALL.search(words) is not None
        if is_call:
            name = url = ""
        named, addressed = _NAME.search(words), _URL.search(words)
        if named is not None:
            name = named[1].strip()
        if addressed is not None:
            url = addressed[1]
        if (named or addressed) and not is_call:
            _complete(found, name, url)
        event = LogEvent(at, name, url, is_call, _number(_CODE, words, 10), _number(_HRESULT, words, 16))
        told = _NAMED.search(words) if event.code else None
        if told is not None:
            event = replace(event, app_name=told[1].strip(), app_url="")
        if event.code:
            event = replace(event, refused=_near(hints, position))
        if event.is_call or event.code or event.hresult:
            found.append(event)
    return tuple(found)


def _entries(text: str, local: tzinfo) -> Iterator[tuple[datetime, str]]:
    begins = [(begin, at) for begin in _ENTRY.finditer(text) if (at := _moment(begin, local)) is not None]
    ends = [begin.start() for begin, _ in begins[1:]] + [len(text)]
    for (begin, at), end in zip(begins, ends, strict=False):
        yield at, text[begin.end() : min(end, begin.end() + LONGEST_ENTRY)]


def _moment(begin: re.Match[str], local: tzinfo) -> datetime | None:
    year, month, day, hour, minute, second = (int(begin[number]) for number in range(1, 7))
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC if begin[7] else local)
        return at.astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # a system may know no zone for a time long ago
        return None


def _complete(found: list[LogEvent], name: str, url: str) -> None:
    """Give the call that was begun the name and the address that follow it line by line."""
    if found and found[-1].is_call:
        found[-1] = replace(found[-1], app_name=name, app_url=url)


def _number(pattern: re.Pattern[str], words: str, base: int) -> int:
    found = pattern.search(words)
    return int(found[1], base) if found is not None else 0


def _hint(words: str) -> Refused:
    if _PAIR.search(words):
        return Refused.PAIR_TAKEN
    return Refused.NOT_ADMIN if _ADMIN.search(words) else Refused.UNTOLD


def _near(hints: list[tuple[datetime, Refused]], position: int) -> Refused:
    """Find why an application was refused: the reason stands in the entry of the number, or in one beside it."""
    at, own = hints[position]
    around = [own] + [hint for moment, hint in hints[max(position - 2, 0) : position + 3] if abs(moment - at) <= _NEAR]
    return next((hint for hint in around if hint is not Refused.UNTOLD), Refused.UNTOLD)
