"""The practice Cedar as one object: a railroad behind a server, with switches for what can go wrong.

Rule: what works against the sandbox must work against the service, so the sandbox is the stricter of the two.
"""

from typing import Literal

from app.practice.cedar.access import Access
from app.practice.cedar.charge_table import ChargeTable
from app.practice.cedar.columns import ColumnChoice, ColumnSet
from app.practice.cedar.faults import Fault, FaultKind, Switches, Where
from app.practice.cedar.server import LoopbackServer, OnLoopback
from app.practice.cedar.service import RecordedRequest, Service


class FaultPanel:
    """The switches a test or a trainer turns; every method may be called while the server runs."""

    def __init__(self) -> None:
        self._switches = Switches()

    def fail_next(self, n: int, status: int = 503, retry_after: int | str | None = None, where: Where = "rows") -> None:
        """Answer the next `n` requests with an error and, if given, a Retry-After header."""
        self._switches.order(n, lambda _: Fault(FaultKind.STATUS, where, status, retry_after))

    def drop_next(self, n: int, where: Where = "rows") -> None:
        """Reset the connection of the next `n` requests without an answer."""
        self._switches.order(n, lambda _: Fault(FaultKind.DROP, where))

    def garbage_next(self, n: int, kind: Literal["html", "truncated", "both"] = "both", where: Where = "rows") -> None:
        """Answer the next `n` requests with status 200 and HTML, with half a document, or with both in turn."""
        kinds = [FaultKind.HTML, FaultKind.TRUNCATED] if kind == "both" else [FaultKind(kind)]
        self._switches.order(n, lambda index: Fault(kinds[index % len(kinds)], where))

    def hang_next(self, n: int, kind: Literal["silent", "stalled"] = "silent", where: Where = "rows") -> None:
        """Never answer the next `n` requests, or only by half, until the caller hangs up or all is healed."""
        self._switches.order(n, lambda _: Fault(FaultKind(kind), where))

    def slow(self, seconds: float) -> None:
        """Let every answer take that much longer; 0 ends it."""
        self._switches.delay = seconds

    def repeat_token(self, *, enabled: bool = True) -> None:
        """Hand out the same next token for ever, as a broken server would."""
        self._switches.repeats_token = enabled

    def revoke_key(self) -> None:
        """Refuse the key from now on with 401."""
        self._switches.is_key_revoked = True

    def forbid(self) -> None:
        """Refuse the user from now on with 403."""
        self._switches.is_forbidden = True

    def heal(self) -> None:
        """Take every fault back, ordered and lasting."""
        self._switches.clear()


class CedarSandbox(FaultPanel, OnLoopback):
    """A Cedar for practice on this computer."""

    def __init__(
        self,
        railroad: ChargeTable,
        *,
        api_key: str = "practice-key",
        assume_user: str = "books@prairie.example",
        carrier: str = "1234",
        port: int = 0,
        columns: ColumnChoice = "full",
        host: str = "127.0.0.1",
    ) -> None:
        """Prepare a sandbox; nothing listens before `start()`.

        Args:
            railroad: Whose charges it serves.
            api_key: The one key it knows.
            assume_user: The one user it knows.
            carrier: The one carrier it knows.
            port: Port to listen on; 0 lets the system choose.
            columns: Which columns the carrier has.
            host: Address to listen on.
        """
        super().__init__()
        self.railroad = railroad
        """Whose charges are served; change them at any time."""
        self.access = Access(api_key, assume_user, carrier)
        """What a request must carry."""
        self._host = host
        self._service: Service = Service(railroad, ColumnSet(columns), self.access, self._switches)
        self._server = LoopbackServer(self._service, host, port)

    @property
    def requests(self) -> list[RecordedRequest]:
        """The requests that came in, oldest first."""
        return list(self._service.log)
