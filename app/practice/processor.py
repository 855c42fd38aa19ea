"""QuickBooks as the Web Connector's stand-in needs it; whatever fits these Protocols may stand behind it.

No I/O.
"""

from typing import Protocol, runtime_checkable


class QuickBooksSession(Protocol):
    """An open session of the request processor (COM: BeginSession to EndSession)."""

    def process(self, text: str) -> str:
        """Return the qbXML response; raise a `QuickBooksFault` if the request as a whole failed."""
        ...

    def end(self) -> None:
        """End the session."""
        ...


class QuickBooksProcessor(Protocol):
    """QuickBooks as the Web Connector sees it."""

    @property
    def company_file(self) -> str:
        """Full path of the open company file."""
        ...

    @property
    def country(self) -> str:
        """``US``, ``CA``, ``UK``."""
        ...

    @property
    def qbxml_version(self) -> tuple[int, int]:
        """The request processor's newest qbXML."""
        ...

    def begin_session(self, company_file: str) -> QuickBooksSession:
        """Open a session on a file, ``""`` for the one that is open; raise a `QuickBooksFault` if that fails."""
        ...

    def host_company_preferences(self) -> str:
        """Return the response of Host, Company and Preferences query, sent with the first sendRequestXML."""
        ...


@runtime_checkable
class QuickBooksFault(Protocol):
    """What an exception of the processor must have to be reported instead of raised."""

    hresult: str
    """Hexadecimal, like ``0x80040400``."""
    message: str
    """QuickBooks' text."""
