"""What the endpoint asks of whoever answers the Web Connector: one method per SOAP operation.

No I/O. The endpoint knows HTTP and SOAP and nothing of accounting; the session behind this Protocol knows sessions and
nothing of HTTP. Method names are Intuit's operations in snake_case; parameters stand in Intuit's order.
"""

from collections.abc import Sequence
from typing import Protocol


class WebConnectorService(Protocol):
    """The eleven operations (QBWC Programmer's Guide, chapter 3). Called from several threads at once.

    A method may raise: the endpoint logs it and answers in-protocol, because the Web Connector shows a person nothing
    of a SOAP fault but "Response is not well-formed XML".
    """

    def server_version(self) -> str:
        """Return any short text; it is shown under More Information (p. 74)."""
        ...

    def client_version(self, version: str) -> str:
        """Return ``""`` to go on, ``W:text`` to warn, ``E:text`` to refuse, ``O:version`` to ask for one (p. 66)."""
        ...

    def authenticate(self, username: str, password: str) -> Sequence[str]:
        """Return the ticket and a status: ``""``, a path, ``none``, ``nvu`` or ``busy`` (p. 62-64).

        An optional third text postpones this update by so many seconds, an optional fourth is the least interval.
        """
        ...

    def send_request_xml(
        self, ticket: str, hcp_response: str, company_file_name: str, country: str, major: int, minor: int
    ) -> str:
        """Return the next qbXML; ``""`` makes the Web Connector ask `get_last_error` (p. 80)."""
        ...

    def receive_response_xml(self, ticket: str, response: str, hresult: str, message: str) -> int:
        """Return the percent done, 100 when finished, a negative number for an error (p. 77)."""
        ...

    def connection_error(self, ticket: str, hresult: str, message: str) -> str:
        """Return ``done`` to stop, ``""`` to try the open company, or another path to try (p. 69)."""
        ...

    def get_last_error(self, ticket: str) -> str:
        """Return the text to show, or ``NoOp`` to be asked for a request again in five seconds (p. 72)."""
        ...

    def close_connection(self, ticket: str) -> str:
        """Return the text for the Web Connector's status column (p. 68)."""
        ...

    def get_interactive_url(self, ticket: str, session_id: str) -> str:
        """Return the address for an interactive session, ``""`` for none (p. 71)."""
        ...

    def interactive_rejected(self, ticket: str, reason: str) -> str:
        """Take note that the user refused an interactive session (p. 76)."""
        ...

    def interactive_done(self, ticket: str) -> str:
        """Return ``Done`` when the interactive session is over (p. 75)."""
        ...
