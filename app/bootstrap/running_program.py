"""The long-lived part: the endpoint, the reading of Cedar and the pushing to the cloud, in one home, once."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from app import __version__
from app.bootstrap import books_side, cedar_side
from app.bootstrap.connection_kit import ConnectionKit, kit_of, kits_of
from app.bootstrap.installation import Installation
from app.domain.books_system import BooksSystem
from app.domain.faults import PortUsed
from app.sync.belonging import refusal
from app.sync.events import Topic
from app.sync.lease import LeaseKeeper, SharedLease
from app.sync.scheduler import Rhythm, Scheduler
from app.sync.support import support_page
from app.system.settings import ConnectionSettings

log = logging.getLogger(__name__)


class RunningProgram:
    """Everything that runs in a home until it is stopped."""

    def __init__(self, installation: Installation) -> None:
        """Build everything; nothing is started yet.

        Raises:
            NotConfigured: If a connection has no password for the Web Connector and none can be kept.
        """
        self._installation = installation
        installation.home_record.mend()
        from app.books.quickbooks_desktop.web_connector.exchange import Exchange
        from app.books.quickbooks_desktop.web_connector.server import Endpoint

        kits = kits_of(installation)
        for kit in kits:
            _prepare(kit)
        self._exchange = Exchange(books_side.desks(kits), __version__)
        self.endpoint = Endpoint(
            installation.settings.web_connector.port,
            self._exchange,
            lambda: support_page(installation.service.snapshot()),
        )
        reading = {
            kit.name: Rhythm(self._pull_of(kit.name), kit.cedar_contact, self._every(kit.name, _reads_every))
            for kit in kits
        }
        self.scheduler = Scheduler(reading, installation.clock)
        pushing = {
            kit.name: Rhythm(self._push_of(kit.name), _nothing, self._every(kit.name, _calls_every))
            for kit in kits
            if kit.settings.system is not BooksSystem.QUICKBOOKS_DESKTOP
        }
        self.pushing = Scheduler(pushing, installation.clock, "push")
        self._leases = LeaseKeeper(self._shared_leases, self.scheduler.look_again, installation.holder.let_go)
        self._stack = ExitStack()

    def start(self) -> None:
        """Claim the home, open the port, begin to read Cedar.

        Raises:
            PortUsed: If another program has the port.
            HomeUnusable: If the home is in use.
        """
        from app.system.listening import PortTaken

        with ExitStack() as stack:
            stack.enter_context(self._installation.home.claimed())
            if self._installation.record.is_shared:
                self._installation.holder.become_new()
                # It is let go last: what is under way when the program ends is still ours.
                stack.callback(self._leases.stop)
                self._leases.start()
            try:
                self.endpoint.start()
            except PortTaken as exc:
                port = self._installation.settings.web_connector.port
                raise PortUsed(
                    f"Port {port} is used by another program; end that one, or choose another port "
                    "(cedar-sync configure --port) and add the new .QWC file to the Web Connector.",
                    port,
                ) from exc
            # The endpoint ends first: no new answer may come in while the reading of Cedar is being stopped.
            stack.callback(self.scheduler.stop)
            stack.callback(self.endpoint.stop)
            stack.callback(self.pushing.stop)
            self._installation.awake_since = self._installation.clock.now()
            self.scheduler.start()
            self.pushing.start()
            self._stack = stack.pop_all()

    def resumed(self) -> None:
        """After the computer slept: look at both sides again, and give them a moment before they count as silent.

        Connections to Cedar live for one reading, so none from before the sleep is used again.
        """
        self._installation.awake_since = self._installation.clock.now()
        for kit in kits_of(self._installation):
            kit.lift_problem()
        self.scheduler.look_again()
        self.pushing.look_again()
        self._installation.events.publish(Topic.BOOKS)

    def stop(self) -> None:
        """End what was started, the last first; harmless if it has ended already."""
        self._stack.close()

    def _every(self, name: str, interval: Callable[[ConnectionSettings], timedelta]) -> Callable[[], timedelta]:
        """Give what reads an interval from the settings in force: they may change while the program runs."""
        return lambda: interval(kit_of(self._installation, name).settings)

    def _pull_of(self, name: str) -> Callable[[], object]:
        def pull() -> object:
            if self._installation.reloads():
                self._exchange.take(books_side.desks(kits_of(self._installation)))
                self.pushing.look_again()
            kit = kit_of(self._installation, name)
            try:
                if kit.is_paused() or not kit.lease.is_ours() or kit.belonging.mismatch() is not None:
                    return None
                report = cedar_side.pull(kit, lambda: self.scheduler.is_stopping)
                if report.planned:
                    self.pushing.look_again()
                return report
            finally:
                # The reading thread is at rest now, and a copy does not hold up those that write.
                self._installation.home_record.copy_daily()

        return pull

    def _push_of(self, name: str) -> Callable[[], object]:
        def push() -> object:
            kit = kit_of(self._installation, name)
            if kit.belonging.mismatch() is not None:
                return None
            pusher = books_side.pusher(kit)
            if not kit.lease.is_ours() or not pusher.is_due():
                return None
            end = pusher.push(lambda: self.pushing.is_stopping)
            kit.sign_in.note_end()
            return end

        return push

    def _shared_leases(self) -> list[SharedLease]:
        names = (each.name for each in self._installation.settings.connections)
        return [lease for name in names if (lease := self._installation.holder.lease(name)) is not None]


def _prepare(kit: ConnectionKit) -> None:
    """Make what a connection cannot run without, where its settings are those of its invoices."""
    kit.belonging.adopt()
    if (reason := kit.belonging.mismatch()) is not None:
        log.warning("%s", refusal(reason))
        return
    is_desktop = kit.settings.system is BooksSystem.QUICKBOOKS_DESKTOP
    if is_desktop and kit.connector_password.get() is None:
        kit.connector_password.make_first()
    kit.lift_problem()


def _nothing() -> None:
    """There is no contact to look at: what was refused is probed by the push itself."""


def _reads_every(connection: ConnectionSettings) -> timedelta:
    return connection.reads_every


def _calls_every(connection: ConnectionSettings) -> timedelta:
    return connection.calls_every
