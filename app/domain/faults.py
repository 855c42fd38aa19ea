"""Faults of the surroundings: each carries one sentence for people. No I/O.

KnownFault
 ├─ NotConfigured            settings missing or unusable, no key
 │   ├─ StoreUnusable        the credential store does not answer
 │   └─ SettingsOfAnother    the settings would make the connection another one
 ├─ CedarFault
 │   ├─ CedarRefused         the key or the permission was refused
 │   └─ CedarUnavailable     Cedar cannot be reached, or answers nonsense
 ├─ BooksFault               an accounting system in the cloud
 │   ├─ BooksRefused         it does not let us in
 │   └─ BooksUnavailable     it cannot be reached, or answers nonsense
 └─ HomeUnusable             the home or the port cannot be used
     ├─ PortUsed             another program has the port
     ├─ RecordUnreachable    the record cannot be used for a while; it heals
     │   └─ NoRoom           the disk or the server with the record is full
     ├─ KeptElsewhere        another computer keeps the books in step
     └─ RecordDamaged        the record's file is damaged

Anything that is none of these is a bug.
"""

from app.domain.language import _
from app.domain.reasons import Reason, ReasonCode

_NO_ROOM = _("{line}. {fix}")


class KnownFault(Exception):
    """The surroundings do not let us go on; ``str()`` says what happened and what to do, in one sentence."""


class NotConfigured(KnownFault):
    """Settings or the key are missing or unusable."""


class StoreUnusable(NotConfigured):
    """Secrets can be neither read nor kept: this computer's credential store does not answer."""


class SettingsOfAnother(NotConfigured):
    """The settings in force would make a connection another one than its invoices belong to."""

    def __init__(self, sentence: str, reason: Reason) -> None:
        super().__init__(sentence)
        self.reason = reason


class HomeUnusable(KnownFault):
    """The home or the port cannot be used: in use, read-only, full, damaged, or from a newer version."""


class RecordDamaged(HomeUnusable):
    """The record's file is damaged; the long-lived program sets it aside when it starts."""


class PortUsed(HomeUnusable):
    """Another program has the port the Web Connector should call."""

    def __init__(self, sentence: str, port: int) -> None:
        super().__init__(sentence)
        self.port = port


class RecordUnreachable(HomeUnusable):
    """The place the record is in cannot be used for a while; nothing is lost, and asking again may help."""


class NoRoom(RecordUnreachable):
    """The disk, or the server, with the record is full."""

    def __init__(self, line: str, fix: str) -> None:
        """Take what is full, in a few words, and what to do."""
        super().__init__(_NO_ROOM.format(line=line, fix=fix))
        self.line = line
        self.fix = fix


class KeptElsewhere(HomeUnusable):
    """A program on another computer keeps the connection's books in step, so this one must not write."""


class CedarFault(KnownFault):
    """Cedar could not be read."""

    def __init__(self, sentence: str, code: ReasonCode, raw: str | None = None) -> None:
        super().__init__(sentence)
        self.reason = Reason(code, {"sentence": sentence}, raw)


class CedarRefused(CedarFault):
    """Cedar refused the key (401) or the permission (403); asking again will not help."""


class CedarUnavailable(CedarFault):
    """Cedar cannot be reached, or what it answers cannot be used."""


class BooksFault(KnownFault):
    """An accounting system in the cloud could not be used."""


class BooksRefused(BooksFault):
    """It does not let us in; asking again will not help, a person signs in."""


class BooksUnavailable(BooksFault):
    """It cannot be reached, or what it answers cannot be used."""
