"""The only place where objects are built and wired, and where start and stop have their order."""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict

import msgspec

from app import __version__
from app.books.quickbooks_desktop.run import DesktopOptions
from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence, evidence_of
from app.books.quickbooks_desktop.web_connector.connector_summary import connector_summary
from app.books.quickbooks_desktop.web_connector.diagnosis import Diagnosis, Heard, diagnose
from app.diagnostics import logs
from app.domain.books_system import BooksSystem
from app.domain.choices import Missing, OnEdited, OnVoid
from app.domain.facts import (
    BooksContact,
    BooksProblem,
    CedarContact,
    Paused,
    SignInRefused,
    standing_refusal,
)
from app.domain.faults import (
    CedarFault,
    HomeUnusable,
    NotConfigured,
    PortUsed,
)
from app.domain.language import _
from app.domain.planning import Rules
from app.domain.reasons import Reason
from app.domain.references import reference_form
from app.domain.sales_order import DocumentKind
from app.domain.status import LEAST_SILENCE
from app.domain.values import replace
from app.store import copies, facts
from app.store.database import Record, translated
from app.store.home_record import HomeRecord
from app.sync import belonging
from app.sync.belonging import Belonging, sides_of
from app.sync.carrier_zone import carrier_zone, keep_carrier_zone
from app.sync.clock import Clock, SystemClock
from app.sync.connector_line import ConnectorLine
from app.sync.connector_password import ConnectorPassword
from app.sync.desk import DesktopDesk
from app.sync.doctor import (
    Finding,
    another,
    books,
    connector,
    damaged_record,
    database_password,
    disk,
    port,
    pushed,
    sound_record,
    web_connector,
)
from app.sync.doctor_secrets import credential_store, intuit_app, signed_in, web_connector_password
from app.sync.events import Events, Topic
from app.sync.holder import Holder
from app.sync.lease import Alone, Lease, LeaseKeeper, SharedLease
from app.sync.ledger import RecordLedger
from app.sync.online_sign_in import OnlineSignIn
from app.sync.planner import Planner
from app.sync.preview import PreviewedRow, preview
from app.sync.pull import Puller, PullReport, PullRules
from app.sync.pushing import Pusher
from app.sync.reading_alone import reading_alone
from app.sync.reconcile import Reconciliation, reconcile
from app.sync.scheduler import Rhythm, Scheduler
from app.sync.service import SyncService, WatchedConnection, lift_problem
from app.sync.support import parts_of_home, support_page
from app.system.credentials import STORE, Credentials, Secret, SystemCredentials
from app.system.home import RECORD, Home
from app.system.kept_secrets import KeptSecrets
from app.system.network import answers
from app.system.settings import ConnectionSettings, Settings, StoreSettings
from app.system.settings_file import change, load
from app.system.settings_watch import SettingsWatch
from app.system.web_connector_install import NoWebConnector, WebConnectorInstall, system_install
from app.system.zone import ComputersZone

if TYPE_CHECKING:
    from app.books.quickbooks_online.access import OnlineAccess
    from app.cedar.client import CedarClient

log = logging.getLogger(__name__)


class ConnectionKit:
    """Everything of one connection, built from its settings when it is needed."""

    def __init__(self, installation: "Installation", settings: ConnectionSettings) -> None:
        """Take the installation and the connection's settings."""
        self.settings = settings
        self.name = settings.name
        self._installation = installation
        self._clock = installation.clock

    @cached_property
    def _record(self) -> Record:
        """The record; what can be looked at without one does not need it."""
        return self._installation.record

    @property
    def belonging(self) -> Belonging:
        """What the connection belongs to, held against its settings."""
        return Belonging(lambda: self._record, sides_of(self._installation.settings, self.settings))

    @cached_property
    def lease(self) -> Lease:
        """The right to keep this connection's books in step."""
        return self._installation.holder.lease(self.name) or Alone()

    @cached_property
    def _fenced(self) -> Record:
        """The record for whatever keeps the books in step: each transaction that writes looks at the lease."""
        shared = self._installation.holder.lease(self.name)
        return self._record if shared is None else self._record.fenced(shared.require)

    @property
    def on_void(self) -> OnVoid:
        """The setting for documents whose invoice was voided."""
        return OnVoid(self.settings.destination.on_void)

    @property
    def system(self) -> BooksSystem:
        """The accounting system that keeps this connection's books."""
        return self.settings.system

    @property
    def connector_line(self) -> ConnectorLine:
        """How it stands in the Web Connector's list."""
        home, settings = self._installation.home.path, self._installation.settings
        names = [each.name for each in settings.connections]
        return ConnectorLine(lambda: self._record, home, self.settings, settings.web_connector.port, names)

    @property
    def connector_password(self) -> ConnectorPassword:
        """The Web Connector's password for it."""
        return ConnectorPassword(self._installation.secrets, lambda: self._record, self.name)

    def lift_problem(self) -> None:
        """Let the next session try at once: with other settings, or after a new start, the problem may be gone."""
        with self._record.write() as tx:
            lift_problem(tx, self.name)

    @property
    def access(self) -> "OnlineAccess":
        """The way into QuickBooks Online.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If an address in the settings cannot be used safely.
        """
        return self._installation.online_access(self.settings)

    @property
    def sign_in(self) -> OnlineSignIn:
        """The sign-in to QuickBooks Online.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If an address in the settings cannot be used safely.
        """
        keep_company = partial(self._installation.write_setting, self.name, "destination.realm_id")
        return OnlineSignIn(self.access, self.settings, lambda: self._record, keep_company, self._installation.events)

    def ledger(self) -> RecordLedger:
        """Build the ledger."""
        return RecordLedger(self._fenced, self._clock, self.name, self.on_void, self._installation.events, self.system)

    def desk(self) -> DesktopDesk:
        """Build the Web Connector's counterpart."""
        identity = self.connector_line.identity()
        options = DesktopOptions(
            **self._run_options,
            owner_id=identity.owner_id,
            file_id=identity.file_id,
            company_file=self.settings.destination.company_file,
        )
        return DesktopDesk(
            self._fenced,
            self._clock,
            options,
            self.ledger(),
            self.connector_password.get,
            self._installation.events,
            self.lease,
            lambda: self.belonging.mismatch() is not None,
        )

    @property
    def _run_options(self) -> "RunSettings":
        destination = self.settings.destination
        return {
            "connection": self.name,
            "document": DocumentKind(destination.document),
            "missing_customers": Missing(destination.missing_customers),
            "missing_items": Missing(destination.missing_items),
            "income_account": destination.income_account,
            "on_edited": OnEdited(destination.on_edited),
            "on_void": self.on_void,
            "customers": destination.customers,
        }

    def pusher(self) -> Pusher:
        """Build what brings this connection's work to the cloud.

        Raises:
            SettingsOfAnother: If the settings would make the connection another one.
            NotConfigured: If something of the sign-in is missing.
        """
        from app.books.quickbooks_online import run as online

        self.belonging.require()
        options = online.OnlineOptions(**self._run_options, realm_id=self.settings.destination.realm_id)
        return Pusher(
            self._fenced,
            self._clock,
            self.name,
            self.ledger(),
            lambda ledger: online.converse(ledger, options),
            self.access.courier(self.settings.destination.realm_id),
            self._installation.home.path / f"push-{self.name}.lock",
            events=self._installation.events,
            lease=self.lease,
        )

    def pull(self, cancelled: Callable[[], bool] = lambda: False, *, is_hurried: bool = False) -> PullReport:
        """Read Cedar now, alone: a reading that another program is doing is waited for.

        Args:
            cancelled: Asked often; once it says yes, reading ends.
            is_hurried: A person waits for the answer, so a fault that lasts is told soon.

        Raises:
            SettingsOfAnother: If the settings would make the connection another one.
            NotConfigured: If carrier, user or key are missing.
            CedarFault: If Cedar cannot be read.
            Cancelled: If somebody asked to stop.
            KeptElsewhere: If a program on another computer keeps the connection in step: Cedar is read there.
        """
        with self._installation.holder.keeping(self.name):
            self.belonging.require()
            with reading_alone(self._installation.home.path, self.name, cancelled):
                keep_carrier_zone(self._fenced, self.settings)
                with self.cedar_client(cancelled, is_hurried=is_hurried) as client:
                    return self._puller(client).pull()

    def reconcile(self, since: date | None, until: date | None, *, is_hurried: bool = False) -> Reconciliation:
        """Set Cedar's own total against the rows, for the charges applied in a range; the look-back window by default.

        Raises:
            SettingsOfAnother: If the settings would make the connection another one.
            NotConfigured: If carrier, user or key are missing.
            CedarFault: If Cedar cannot be read.
        """
        self.belonging.require()
        cedar = self.settings.cedar
        today = self._clock.now().astimezone(self.time_zone).date()
        first = since or today - timedelta(days=cedar.lookback_days)
        statuses = [status.strip().upper() for status in cedar.billing_statuses]
        from app.sync.cedar_source import CedarSource

        with self.cedar_client(lambda: False, is_hurried=is_hurried) as client:
            source = CedarSource(client, self.settings.cedar.columns.chosen)
            return reconcile(self._record, self.name, source, statuses, self.time_zone, first, until or today)

    def cedar_client(self, cancelled: Callable[[], bool], *, is_hurried: bool) -> "CedarClient":
        """Open a client for this connection's carrier.

        Raises:
            NotConfigured: If carrier, user or key are missing.
        """
        # The HTTP library is imported by who reads Cedar: a status must not wait for it.
        from app.cedar.client import CedarClient
        from app.cedar.retry import RetryPolicy

        api_key = self.require_cedar_settings()
        cedar = self.settings.cedar
        return CedarClient(
            region=cedar.region,
            base_url=cedar.base_url,
            carrier=cedar.carrier,
            assume_user=cedar.assume_user,
            api_key=api_key,
            time_zone=self.time_zone,
            retry=RetryPolicy(attempts=3, time_limit=20.0) if is_hurried else None,
            cancelled=cancelled,
        )

    def require_cedar_settings(self) -> str:
        """Make sure of what Cedar needs to know of us; give the key.

        Raises:
            NotConfigured: If carrier, user or key are missing.
        """
        cedar = self.settings.cedar
        for value, field in ((cedar.carrier, "carrier"), (cedar.assume_user, "assume_user")):
            if not value.strip():
                raise NotConfigured(f'The setting cedar.{field} of the connection "{self.name}" is empty; fill it in.')
        api_key = self._installation.secrets.get(self.name, Secret.CEDAR_API_KEY)
        if api_key is None:
            words = _NO_KEY if self._installation.secrets.has_store else _NO_KEY_NO_STORE
            variable = self._installation.secrets.variable(self.name, Secret.CEDAR_API_KEY)
            raise NotConfigured(words.format(connection=self.name, variable=variable))
        return api_key

    @property
    def time_zone(self) -> tzinfo:
        """The carrier's zone."""
        return carrier_zone(lambda: self._record, self.settings)

    def _puller(self, client: "CedarClient") -> Puller:
        from app.sync.cedar_source import CedarSource

        cedar, destination = self.settings.cedar, self.settings.destination
        statuses = frozenset(status.strip().upper() for status in cedar.billing_statuses)
        is_desktop = self.system is BooksSystem.QUICKBOOKS_DESKTOP
        rules = Rules(
            statuses,
            self.time_zone,
            destination.shorten_numbers,
            reference_form(self.system),
            destination.items,
            "" if is_desktop else self.system.value,
        )
        planner = Planner(self._fenced, self._clock, self.name, rules, DocumentKind(destination.document), self.on_void)
        pull_rules = PullRules(
            billing_statuses=statuses,
            lookback=timedelta(days=cedar.lookback_days),
            poll_every=timedelta(minutes=cedar.poll_minutes),
            digest=_digest(cedar, destination),
        )
        return Puller(
            self._fenced,
            self._clock,
            self.name,
            lambda: CedarSource(client, self.settings.cedar.columns.chosen),
            planner,
            pull_rules,
            self._installation.events,
        )

    def examine(self, evidence: Evidence, *, asks_cedar: bool = True, has_record: bool = True) -> list[Finding]:
        """Look at this connection's two sides.

        Args:
            evidence: What was seen of the Web Connector on this computer.
            asks_cedar: Ask Cedar; otherwise its side is judged by what its last reading left.
            has_record: The record can be read; without it nothing is known of the Web Connector and QuickBooks.
        """
        reason = self.belonging.mismatch() if has_record else None
        if reason is not None:
            # Nothing is done with it before that is mended, so what else may be amiss is no matter.
            return [another(reason, self.name)]
        is_desktop = self.system is BooksSystem.QUICKBOOKS_DESKTOP
        found = [self._examine_password()] if is_desktop else self._examine_way_in()
        if asks_cedar:
            found.append(self._examine_cedar())
        if not has_record:
            return found
        if not asks_cedar:
            found.append(self._last_of_cedar())
        with self._record.read() as tx:
            contact, problem = facts.get(tx, self.name, BooksContact), facts.get(tx, self.name, BooksProblem)
            refused = facts.get(tx, self.name, SignInRefused)
        every = self.settings.calls_every
        if not is_desktop:
            was_pushed = contact is not None and contact.last_session_end is not None
            said = books(problem, self.name, was_pushed=was_pushed)
            return [*found, pushed(contact, every, self._clock.now(), self.name), said]
        given_by = self.connector_password.given_by
        called = web_connector(contact, refused, every, self._clock.now(), self.name, given_by)
        amiss = connector(self.diagnose(evidence), self.connector_line.name, self.name, given_by)
        return [*found, called, books(problem, self.name), *amiss]

    def diagnose(self, evidence: Evidence | None = None) -> tuple[Diagnosis, ...]:
        """Find why the Web Connector does not call, or QuickBooks does not answer it, the worst and likeliest first.

        Args:
            evidence: What was seen of the Web Connector on this computer; looked for now where there is none.
        """
        seen = evidence or self._installation.evidence()
        with self._record.read() as tx:
            contact, problem = facts.get(tx, self.name, BooksContact), facts.get(tx, self.name, BooksProblem)
            refused = facts.get(tx, self.name, SignInRefused)
        every = timedelta(minutes=self.settings.web_connector.run_every_minutes)
        heard = Heard(
            last_contact=contact.last_contact if contact is not None else None,
            refused_at=standing_refusal(refused, contact),
            problem=problem,
            patience=max(2 * every, LEAST_SILENCE),
        )
        return diagnose(seen, self.connector_line.as_it_should_be(), heard, self._clock.now())

    def _examine_password(self) -> Finding:
        return web_connector_password(
            self.name,
            is_known=self.connector_password.get() is not None,
            given_by=self.connector_password.given_by,
            has_store=self._installation.secrets.has_store,
            variable=self._installation.secrets.variable(self.name, Secret.WEB_CONNECTOR_PASSWORD),
        )

    def _examine_way_in(self) -> list[Finding]:
        """Look at what lets us into QuickBooks Online, without asking Intuit."""
        lacks_secret = self._installation.secrets.get(self.name, Secret.QBO_CLIENT_SECRET) is None
        try:
            access = self.access
            access.require_client()
        except NotConfigured as fault:
            needs_variable = None
            if (
                lacks_secret
                and self.settings.destination.client_id.strip()
                and not self._installation.secrets.has_store
            ):
                needs_variable = self._installation.secrets.variable(self.name, Secret.QBO_CLIENT_SECRET)
            return [intuit_app(self.name, str(fault), needs_variable)]
        standing = access.keeper.standing()
        signed = signed_in(self.name, is_signed_in=standing.is_signed_in, is_lost=standing.is_lost)
        return [intuit_app(self.name, None), signed]

    def _examine_cedar(self) -> Finding:
        from app.sync.cedar_source import CedarSource

        check = f"cedar:{self.name}"
        try:
            with self.cedar_client(lambda: False, is_hurried=True) as client:
                missing = CedarSource(client, self.settings.cedar.columns.chosen).columns.not_published()
        except (NotConfigured, CedarFault) as fault:
            return Finding(check, False, "Cedar cannot be read", str(fault))
        without = f"; not published: {', '.join(missing)}" if missing else ""
        return Finding(check, True, f"Cedar answers{without}")

    def _last_of_cedar(self) -> Finding:
        known = self.contact()
        is_well = known is not None and known.problem is None and known.last_success is not None
        return Finding(f"cedar:{self.name}", is_well, "How the last reading of Cedar went")

    def is_paused(self) -> bool:
        """Tell whether a person paused the connection."""
        with self._record.read() as tx:
            paused = facts.get(tx, self.name, Paused)
        return paused is not None and paused.lasts(self._clock.now())

    def contact(self) -> CedarContact | None:
        """Read what the record knows of the last reading."""
        with self._record.read() as tx:
            return facts.get(tx, self.name, CedarContact)


class Installation:
    """One home with its settings and its record."""

    def __init__(
        self,
        home: Path,
        *,
        settings: Settings | None = None,
        credentials: Credentials | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Take a home.

        Args:
            home: The folder.
            settings: In place of the file's, for a scratch copy.
            credentials: In place of the system's.
            clock: In place of the computer's.

        Raises:
            NotConfigured: If the settings are missing or unusable.
            HomeUnusable: If the home cannot be used.
        """
        loaded = None if settings is not None else load(home)
        self.settings: Settings = loaded.settings if loaded is not None else settings or Settings()
        self.unknown_settings = loaded.unknown if loaded is not None else ()
        if not self.settings.connections:
            raise NotConfigured('The settings name no connection; run "cedar-sync configure" to make one.')
        self.home = Home(home)
        self.clock: Clock = clock or SystemClock()
        self.events = Events()
        """Whoever shows how things stand listens here."""
        self.credentials: Credentials = credentials or SystemCredentials(
            is_only_connection=len(self.settings.connections) == 1
        )
        self.web_connector: WebConnectorInstall = (
            system_install() if isinstance(self.credentials, SystemCredentials) else NoWebConnector()
        )
        """This computer's, to be looked at. Who is given other secrets than the system's, as the practice company is,
        does not belong to the real one."""
        self.awake_since: datetime | None = None
        """Since when the long-lived program listens, the time the computer slept not counted."""
        self.secrets = KeptSecrets(self.credentials, logs.never_log)
        self.home_record = HomeRecord(
            self.home,
            self.settings.store.url,
            lambda: self.secrets.get(STORE, Secret.DATABASE_PASSWORD),
            self.clock.now,
        )
        self.holder = Holder(self.home, lambda: self.record, self.events)
        self._watch = SettingsWatch(home) if loaded is not None else None
        self._online: dict[str, OnlineAccess] = {}
        self._outlived: list[OnlineAccess] = []

    def reloads(self) -> bool:
        """Take the settings anew if their file has changed; unusable ones leave those in force as they are.

        Returns:
            Whether other settings are in force now.
        """
        fresh = self._watch.fresh(self.settings) if self._watch is not None else None
        if fresh is None:
            return False
        self.settings = fresh
        self.__dict__.pop("service", None)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def record(self) -> Record:
        """The record, opened at its first use."""
        return self.home_record.record

    @cached_property
    def service(self) -> SyncService:
        """The facade for all connections."""
        watched = [
            WatchedConnection(
                kit.name,
                kit.settings.calls_every,
                kit.on_void,
                kit.settings.reads_every,
                reference_form(kit.system),
                kit.system,
                sides_of(self.settings, kit.settings),
            )
            for kit in self.kits()
        ]
        return SyncService(
            self.record, self.clock, watched, self.events, lambda: self.awake_since, lambda: self.holder.id
        )

    def kits(self, name: str | None = None) -> list[ConnectionKit]:
        """Give one connection, or all.

        Raises:
            UnknownConnection: If there is none of that name.
        """
        found = [each for each in self.settings.connections if name is None or each.name == name]
        if not found:
            raise UnknownConnection(name or "", [each.name for each in self.settings.connections])
        return [ConnectionKit(self, each) for each in found]

    def not_set_up(self) -> str | None:
        """Say what is missing before Cedar can be read at all; None if nothing is."""
        for kit in self.kits():
            try:
                kit.require_cedar_settings()
            except NotConfigured as exc:
                if not kit.belonging.is_another():
                    return str(exc)
        return None

    def start_anew(self, name: str) -> Path:
        """Forget what is known of a connection that its settings would make another one, and have it belong to them.

        Returns:
            The copy of the record as it was.

        Raises:
            NotConfigured: If the settings are those of its invoices: there is nothing to start anew for.
            HomeUnusable: If a program runs in this home or the copy cannot be made; nothing is forgotten then.
        """
        kit = self.kits(name)[0]
        with self.holder.keeping(name), self.home.claimed(), translated(self.home.record):
            reason = kit.belonging.mismatch()
            if reason is None:
                raise NotConfigured(_NOTHING_TO_START_ANEW.format(connection=name))
            copy = copies.keep_copy(self.record, self.home.record, self.clock.now())
            with self.record.write() as tx:
                belonging.start_anew(tx, kit.belonging.sides, reason)
        log.warning("what was known of %s was forgotten by hand", name, extra={"copy": str(copy)})
        return copy

    def write_setting(self, connection: str, path: str, value: str) -> None:
        """Write one setting of a connection into the file; settings that came from none stay in memory.

        Raises:
            HomeUnusable: If the file cannot be written.
        """
        if self._watch is not None:
            change(self.home.path, connection, {path: value}, None)

    def online_access(self, connection: ConnectionSettings) -> "OnlineAccess":
        """Give a connection's way into QuickBooks Online; one for all who ask, until its settings change.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If an address in the settings cannot be used safely.
        """
        destination, port = connection.destination, self.settings.web_connector.port
        if destination.kind != "quickbooks_online":
            raise OtherBooks(connection.name)
        from app.books.quickbooks_online.access import OnlineAccess, Surroundings

        around = Surroundings(
            connection=connection.name,
            home=self.home.path,
            endpoint_port=port,
            credentials=self.credentials,
            client_secret=lambda: self.secrets.get(connection.name, Secret.QBO_CLIENT_SECRET),
            now=self.clock.now,
            conceal=logs.never_log,
            reveal=logs.may_log,
        )
        fresh = OnlineAccess(around, destination)
        known = self._online.get(connection.name)
        if known is None or known.meant != fresh.meant:
            if known is not None:
                # Another thread may be in the middle of a call; it is closed with everything else.
                self._outlived.append(known)
            self._online[connection.name] = known = fresh
        return known

    @contextmanager
    def scratch(self) -> Iterator["Installation"]:
        """Open a copy of this installation that forgets everything at the end."""
        with tempfile.TemporaryDirectory(prefix="cedar-sync-preview-") as folder, translated(self.home.record):
            copy = Path(folder) / self.home.record.name
            self.record.copy_to(copy)
            settings = replace(self.settings, store=StoreSettings())
            with Installation(
                Path(folder), settings=settings, credentials=self.credentials, clock=self.clock
            ) as scratch:
                yield scratch

    def preview(self, names: Sequence[str], *, is_hurried: bool = False) -> list[PreviewedRow]:
        """Read Cedar into a scratch copy, and predict what would happen to each row."""
        with self.scratch() as scratch:
            previewed: list[PreviewedRow] = []
            for name in names:
                kit = scratch.kits(name)[0]
                kit.pull(is_hurried=is_hurried)
                previewed += preview(scratch.record, name, kit.system, kit.settings.destination.customers)
            return previewed

    def examine(self, *, asks_cedar: bool = True, evidence: Evidence | None = None) -> list[Finding]:
        """Look at everything that can be amiss, Cedar included.

        Args:
            asks_cedar: Ask Cedar; otherwise its side is judged by what its last reading left.
            evidence: What was seen of the Web Connector; looked for now where there is none.
        """
        seen = evidence or self.evidence()
        settings = "The settings can be read"
        if self.unknown_settings:
            settings += f"; these mean nothing: {', '.join(self.unknown_settings)}"
        findings = [Finding("settings", True, settings)]
        findings.append(disk(shutil.disk_usage(self.home.path).free, str(self.home.path)))
        found = self._examine_record()
        findings.append(found)
        if self.settings.store.url:
            findings.append(database_password(is_in_file=has_password(self.settings.store.url)))
        if self.secrets.are_the_systems:
            findings.append(credential_store(is_usable=self.secrets.has_store, missing=self._missing_secrets()))
        number = self.settings.web_connector.port
        findings.append(port(number, is_ours=self.is_listening(), is_taken=answers(number)))
        for kit in self.kits():
            findings += kit.examine(seen, asks_cedar=asks_cedar, has_record=found.is_well)
        return findings

    def _missing_secrets(self) -> list[str]:
        """Name the variables that would give what is kept nowhere; a sign-in needs no store."""
        of_books = {
            BooksSystem.QUICKBOOKS_DESKTOP: Secret.WEB_CONNECTOR_PASSWORD,
            BooksSystem.QUICKBOOKS_ONLINE: Secret.QBO_CLIENT_SECRET,
        }
        return [
            self.secrets.variable(kit.name, secret)
            for kit in self.kits()
            for secret in (Secret.CEDAR_API_KEY, of_books[kit.system])
            if self.secrets.get(kit.name, secret) is None
        ]

    def evidence(self) -> Evidence:
        """Look at the Web Connector on this computer; takes a moment, so never on the main thread."""
        return evidence_of(self.web_connector.look(), ComputersZone())

    def _examine_record(self) -> Finding:
        try:
            with translated(self.home.record):
                complaint = self.record.complaint()
        except HomeUnusable as fault:
            return Finding("record", False, "The record cannot be used", str(fault))
        if complaint is None:
            return sound_record(self.service.snapshot().rescued)
        return damaged_record(complaint)

    def is_listening(self) -> bool:
        """Tell whether the long-lived program of this home answers on its port."""
        return self.home.is_running() and answers(self.settings.web_connector.port)

    def support_parts(self, *, asks_cedar: bool = True) -> dict[str, str]:
        """Gather the texts support needs: versions, settings, how things stand, the doctor's findings, the log."""
        evidence = self.evidence()
        found = self.examine(asks_cedar=asks_cedar, evidence=evidence)
        findings = "\n".join(f"{'well' if each.is_well else 'AMISS'}  {each.check}" for each in found)
        return parts_of_home(self.home.path) | {
            "status.txt": support_page(self.service.snapshot()),
            "doctor.txt": findings + "\n",
            "web-connector.txt": connector_summary(
                evidence, [kit.connector_line.as_it_should_be() for kit in self.kits()]
            ),
        }

    def close(self) -> None:
        """Give the record back, and close connections to accounting systems."""
        for access in (*self._online.values(), *self._outlived):
            access.close()
        self._online.clear()
        self._outlived.clear()
        self.home_record.close()


class RunSettings(TypedDict):
    """The settings every run needs."""

    connection: str
    document: DocumentKind
    missing_customers: Missing
    missing_items: Missing
    income_account: str
    on_edited: OnEdited
    on_void: OnVoid
    customers: Mapping[str, str]


class RunningProgram:
    """The long-lived part: the endpoint and the reading of Cedar, in one home, once."""

    def __init__(self, installation: Installation) -> None:
        """Build everything; nothing is started yet.

        Raises:
            NotConfigured: If a connection has no password for the Web Connector and none can be kept.
        """
        self._installation = installation
        installation.home_record.mend()
        from app.books.quickbooks_desktop.web_connector.exchange import Exchange
        from app.books.quickbooks_desktop.web_connector.server import Endpoint

        kits = installation.kits()
        for kit in kits:
            kit.belonging.adopt()
            if (reason := kit.belonging.mismatch()) is not None:
                log.warning("%s", belonging.refusal(reason))
                continue
            if kit.system is BooksSystem.QUICKBOOKS_DESKTOP and kit.connector_password.get() is None:
                kit.connector_password.make_first()
            kit.lift_problem()
        self._exchange = Exchange(_desks(kits), __version__)
        self.endpoint = Endpoint(
            installation.settings.web_connector.port,
            self._exchange,
            lambda: support_page(installation.service.snapshot()),
        )
        self.scheduler = Scheduler(
            {
                kit.name: Rhythm(
                    self._pull_of(kit.name), kit.contact, self._every(kit.name, lambda each: each.reads_every)
                )
                for kit in kits
            },
            installation.clock,
        )
        pushed = [kit for kit in kits if kit.system is not BooksSystem.QUICKBOOKS_DESKTOP]
        self.pushing = Scheduler(
            {
                kit.name: Rhythm(
                    self._push_of(kit.name), _nothing, self._every(kit.name, lambda each: each.calls_every)
                )
                for kit in pushed
            },
            installation.clock,
            "push",
        )
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
        for kit in self._installation.kits():
            kit.lift_problem()
        self.scheduler.look_again()
        self.pushing.look_again()
        self._installation.events.publish(Topic.BOOKS)

    def stop(self) -> None:
        """End what was started, the last first; harmless if it has ended already."""
        self._stack.close()

    def _every(self, name: str, interval: Callable[[ConnectionSettings], timedelta]) -> Callable[[], timedelta]:
        """Give what reads an interval from the settings in force: they may change while the program runs."""
        return lambda: interval(self._installation.kits(name)[0].settings)

    def _pull_of(self, name: str) -> Callable[[], object]:
        def pull() -> object:
            if self._installation.reloads():
                self._exchange.take(_desks(self._installation.kits()))
                self.pushing.look_again()
            kit = self._installation.kits(name)[0]
            try:
                if kit.is_paused() or not kit.lease.is_ours() or kit.belonging.mismatch() is not None:
                    return None
                report = kit.pull(lambda: self.scheduler.is_stopping)
                if report.planned:
                    self.pushing.look_again()
                return report
            finally:
                # The reading thread is at rest now, and a copy does not hold up those that write.
                self._installation.home_record.copy_daily()

        return pull

    def _push_of(self, name: str) -> Callable[[], object]:
        def push() -> object:
            kit = self._installation.kits(name)[0]
            if kit.belonging.mismatch() is not None:
                return None
            pusher = kit.pusher()
            if not kit.lease.is_ours() or not pusher.is_due():
                return None
            end = pusher.push(lambda: self.pushing.is_stopping)
            kit.sign_in.note_end()
            return end

        return push

    def _shared_leases(self) -> list[SharedLease]:
        names = (each.name for each in self._installation.settings.connections)
        return [lease for name in names if (lease := self._installation.holder.lease(name)) is not None]


_NOTHING_TO_START_ANEW = _(
    'The connection "{connection}" goes on as it is: the settings are those of its invoices, so nothing was forgotten.'
)
_NO_KEY = _(
    'There is no Cedar key for the connection "{connection}"; run "cedar-sync configure --connection {connection} '
    '--api-key-stdin" and paste it.'
)
_NO_KEY_NO_STORE = _(
    'There is no Cedar key for the connection "{connection}", and this computer has no credential store that can be '
    "used; set the variable {variable} to the key."
)
_NOT_ONLINE = _('The connection "{connection}" does not go to QuickBooks Online, so this command is not for it.')
_NONE_ONLINE = _("No connection goes to QuickBooks Online, so there is nothing for this command to do.")


class OtherBooks(LookupError):
    """The connection goes to another accounting system than the one a command is for."""

    def __init__(self, name: str | None) -> None:
        """Take the connection that was named; None where all were meant and none goes there."""
        super().__init__(_NONE_ONLINE if name is None else _NOT_ONLINE.format(connection=name))


class UnknownConnection(LookupError):
    """There is no connection of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f'There is no connection "{name}"; there is {", ".join(known)}.')


def would_be_another(
    home: Path, connection: str, settings: Settings, credentials: Credentials | None = None
) -> Reason | None:
    """Tell why changed settings, not in force yet, would make a connection another one; None where they do not.

    Args:
        home: The home.
        connection: The connection that is changed.
        settings: All settings, with the changes.
        credentials: In place of the system's.

    Returns:
        None, too, where the record cannot be looked at: whoever works looks again. A connection that another one's
        settings have already is let be changed in everything else.
    """
    if not (home / RECORD).exists() and not settings.store.url:
        return None
    try:
        before = None
        with suppress(NotConfigured), Installation(home, credentials=credentials) as now:
            for kit in now.kits():
                kit.belonging.adopt()
            before = next((kit.belonging.mismatch() for kit in now.kits() if kit.name == connection), None)
        with Installation(home, settings=settings, credentials=credentials) as changed:
            after = changed.kits(connection)[0].belonging.mismatch()
    except (NotConfigured, HomeUnusable) as fault:
        log.warning("it could not be looked whether the settings fit the record: %s", fault)
        return None
    return after if after != before else None


def _desks(kits: Sequence[ConnectionKit]) -> dict[str, DesktopDesk]:
    desktop = [kit for kit in kits if kit.system is BooksSystem.QUICKBOOKS_DESKTOP]
    return {kit.settings.web_connector.username: kit.desk() for kit in desktop}


def has_password(url: str) -> bool:
    """Tell whether a password stands in an address."""
    user = url.partition("://")[2].rpartition("@")[0]
    return bool(user.partition(":")[2])


def _nothing() -> None:
    """There is no contact to look at: what was refused is probed by the push itself."""


def _digest(*parts: object) -> str:
    return hashlib.blake2b(b"".join(msgspec.json.encode(part) for part in parts), digest_size=16).hexdigest()
