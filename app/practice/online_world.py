"""The practice world with QuickBooks Online: Cedar's sandbox and the practice service around the real program."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from app.books.port import RunEnd
from app.bootstrap import books_side, cedar_side
from app.bootstrap.connection_kit import ConnectionKit, kit_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.domain.states import State
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.quickbooks_online import (
    CLIENT_ID,
    CLIENT_SECRET,
    OnlineCompany,
    PracticeQuickBooksOnline,
    stocked_online,
)
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, Held, free_port, practice_settings
from app.sync.clock import Clock
from app.sync.pull import PullReport
from app.system.settings_file import change

_UNDER_WAY: Final = (State.QUEUED, State.SENDING)


class OnlineWorld:
    """A whole railroad office whose books are in the cloud, in one process, on loopback."""

    def __init__(
        self,
        home: Path,
        railroad: PracticeRailroad,
        *,
        company: OnlineCompany | None = None,
        document: Literal["estimate", "invoice"] = "estimate",
        settings: dict[str, object] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Build nothing that runs yet.

        Args:
            home: The program's home, made as needed.
            railroad: What Cedar holds.
            company: The company; by default one stocked from the railroad.
            document: What an invoice becomes there.
            settings: Settings by dotted path inside the connection, over the practice ones.
            clock: The program's clock; the computer's by default.
        """
        self.railroad = railroad
        self.company = company or stocked_online(railroad)
        self.document = document
        self.sandbox = CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER)
        self.service = PracticeQuickBooksOnline(self.company)
        self._home = home
        self._settings = settings or {}
        self._clock = clock
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.sandbox.start()
            stack.callback(self.sandbox.stop)
            self.service.start()
            stack.callback(self.service.stop)
            # A person has signed in already.
            self._credentials = PracticeCredentials(
                cedar_api_key=API_KEY,
                qbo_client_secret=CLIENT_SECRET,
                qbo_refresh_token=self.service.grants.consent(self.company.realm_id).refresh,
            )
            change(self._home, "main", self._practice_settings() | self._settings, free_port())
            self._begin()
            stack.callback(self._end_program)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _practice_settings(self) -> dict[str, object]:
        return practice_settings(self.sandbox, self.railroad) | online_settings(self.service, self.document)

    def _begin(self) -> None:
        self.installation = Installation(self._home, credentials=self._credentials, clock=self._clock)
        self.kit: ConnectionKit = kit_of(self.installation, "main")
        self.program = RunningProgram(self.installation)

    def restart(self) -> None:
        """End the program and start it anew on the same home: its memory is gone, its record is not."""
        self._end_program()
        self._begin()

    def _end_program(self) -> None:
        self.program.stop()
        self.installation.close()

    def pull(self) -> PullReport:
        """Read Cedar."""
        return cedar_side.pull(self.kit)

    def push(self) -> RunEnd:
        """Push once."""
        return books_side.pusher(self.kit).push()

    def push_until_quiet(self, most: int = 20, after_each: Callable[[], None] = lambda: None) -> RunEnd:
        """Push until nothing is under way, or something keeps the books from being reached.

        Raises:
            AssertionError: If there is always something to do.
        """
        for _ in range(most):
            end = self.push()
            after_each()
            if end.error or not self.installation.service.rows(_UNDER_WAY):
                return end
        raise AssertionError(f"still busy after {most} pushes")

    def send_everything(self, tell: Callable[[], None]) -> None:
        """Push until there is nothing to do; whoever shows progress is told after each push."""
        self.push_until_quiet(after_each=tell)

    def documents(self) -> list[Held]:
        """List what the books hold."""
        found = self.company.documents(self.document.capitalize())
        return [Held(each.private_note, each.customer, each.subtotal) for each in found]


def online_settings(service: PracticeQuickBooksOnline, document: str) -> dict[str, object]:
    """Give the settings of a connection to the practice QuickBooks Online, by dotted path."""
    return {
        "destination.kind": "quickbooks_online",
        "destination.document": document,
        "destination.client_id": CLIENT_ID,
        "destination.realm_id": service.company.realm_id,
        "destination.api_url": service.base_url,
        "destination.oauth_url": service.base_url,
    }
