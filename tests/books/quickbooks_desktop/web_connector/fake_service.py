"""A small service in memory: hands out a list of requests and keeps what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

USER = "cedar-sync"
PASSWORD = "correct horse"


@dataclass
class FakeService:
    """Knows one user; the newest ticket is the only good one."""

    requests: Sequence[str] = ()
    """What sendRequestXML hands out, in order."""
    company_file: str = ""
    status: str | None = None
    """Overrides the second element of authenticate."""
    calls: list[str] = field(default_factory=list)
    responses: list[tuple[str, str, str]] = field(default_factory=list)
    first_request: tuple[str, str, str, int, int] | None = None
    ticket: str = ""

    def server_version(self) -> str:
        self.calls.append("serverVersion")
        return "1.0.0"

    def client_version(self, version: str) -> str:
        self.calls.append("clientVersion")
        return "" if version else "E:no version"

    def authenticate(self, username: str, password: str) -> Sequence[str]:
        self.calls.append("authenticate")
        self.ticket = str(uuid4())
        if (username, password) != (USER, PASSWORD):
            return self.ticket, "nvu"
        if self.status is not None:
            return self.ticket, self.status
        return self.ticket, self.company_file if self._left else "none"

    def send_request_xml(
        self, ticket: str, hcp_response: str, company_file_name: str, country: str, major: int, minor: int
    ) -> str:
        self.calls.append("sendRequestXML")
        if ticket != self.ticket or not self._left:
            return ""
        if self.first_request is None:
            self.first_request = (hcp_response, company_file_name, country, major, minor)
        return self.requests[len(self.responses)]

    def receive_response_xml(self, ticket: str, response: str, hresult: str, message: str) -> int:
        self.calls.append("receiveResponseXML")
        if ticket != self.ticket:
            return -1
        self.responses.append((response, hresult, message))
        return 100 * len(self.responses) // len(self.requests)

    def connection_error(self, ticket: str, hresult: str, message: str) -> str:
        self.calls.append("connectionError")
        return "done"

    def get_last_error(self, ticket: str) -> str:
        self.calls.append("getLastError")
        return "Nothing left" if ticket == self.ticket else "The session has expired"

    def close_connection(self, ticket: str) -> str:
        self.calls.append("closeConnection")
        return f"{len(self.responses)} of {len(self.requests)} answered"

    def get_interactive_url(self, ticket: str, session_id: str) -> str:
        self.calls.append("getInteractiveURL")
        return ""

    def interactive_rejected(self, ticket: str, reason: str) -> str:
        self.calls.append("interactiveRejected")
        return ""

    def interactive_done(self, ticket: str) -> str:
        self.calls.append("interactiveDone")
        return "Done"

    @property
    def _left(self) -> int:
        return max(0, len(self.requests) - len(self.responses))
