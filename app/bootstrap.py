"""The only place where objects are built and wired, and where start and stop have their order."""

import getpass
import hashlib
import logging
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypedDict
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
from filelock import FileLock, Timeout

from app import PRODUCT, __version__
from app.books.quickbooks_desktop.run import DesktopOptions
from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence, evidence_of
from app.books.quickbooks_desktop.web_connector.connector_summary import connector_summary
from app.books.quickbooks_desktop.web_connector.diagnosis import Diagnosis, Heard, OwnLine, diagnose
from app.books.quickbooks_desktop.web_connector.qwc_file import QwcApplication
from app.cedar.faults import Cancelled
from app.diagnostics import logs
from app.diagnostics.support_file import without_names
from app.domain.books_system import BooksSystem
from app.domain.choices import Missing, OnEdited, OnVoid
from app.domain.facts import (
    EVERY_CONNECTION,
    BooksContact,
    BooksProblem,
    CarrierZone,
    CedarContact,
    Identity,
    PasswordUnseen,
    Paused,
    SignInEnds,
    SignInRefused,
    standing_refusal,
)
from app.domain.faults import (
    CedarFault,
    CedarUnavailable,
    HomeUnusable,
    KnownFault,
    NotConfigured,
    PortUsed,
    StoreUnusable,
)
from app.domain.language import _
from app.domain.planning import Rules
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import LONG, SHORT, ReferenceForm
from app.domain.sales_order import DocumentKind
from app.domain.status import LEAST_SILENCE
from app.domain.values import replace
from app.store import copies, facts, leases, rescue
from app.store.backend import Backend
from app.store.database import Record, translated
from app.sync import belonging
from app.sync.belonging import Sides
from app.sync.clock import Clock, SystemClock
from app.sync.desk import DesktopDesk
from app.sync.doctor import (
    Finding,
    another,
    books,
    connector,
    damaged_record,
    database_password,
    disk,
    one_company,
    port,
    pushed,
    sound_record,
    web_connector,
)
from app.sync.doctor_secrets import credential_store, intuit_app, signed_in, web_connector_password
from app.sync.events import Events, Topic
from app.sync.lease import Alone, Lease, LeaseKeeper, SharedLease
from app.sync.ledger import RecordLedger
from app.sync.neighbours import sharing
from app.sync.planner import Planner
from app.sync.preview import PreviewedRow, preview
from app.sync.pull import Puller, PullReport, PullRules
from app.sync.pushing import Pusher
from app.sync.reconcile import Reconciliation, reconcile
from app.sync.scheduler import Rhythm, Scheduler
from app.sync.service import SyncService, WatchedConnection, lift_problem
from app.system import identities
from app.system.credentials import STORE, Credentials, Secret, SystemCredentials, is_store_usable, new_password
from app.system.home import RECORD, Home
from app.system.network import answers
from app.system.settings import ConnectionSettings, Settings, StoreSettings
from app.system.settings_file import NAME as SETTINGS_FILE
from app.system.settings_file import change, load
from app.system.web_connector_install import NoWebConnector, WebConnectorInstall, system_install
from app.system.zone import ComputersZone, computers_zone_name

if TYPE_CHECKING:
    from app.books.quickbooks_online.access import OnlineAccess
    from app.books.quickbooks_online.courier import Courier
    from app.books.quickbooks_online.grants import Grant, Standing
    from app.books.quickbooks_online.signing_in import SignIn
    from app.cedar.client import CedarClient

log = logging.getLogger(__name__)

DEFAULT_CONNECTION: Final = "main"
PULL_PATIENCE: Final = 300
"""Seconds a reading waits for one that another program is doing."""


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
    def sides(self) -> Sides:
        """Which Cedar and which books the settings name."""
        cedar = self.settings.cedar
        names = frozenset(each.name for each in self._installation.settings.connections)
        return Sides(self.name, cedar.region, cedar.base_url, cedar.carrier, self.system, names)

    def mismatch(self) -> Reason | None:
        """Tell why this connection must not be worked by its settings; None where they are those of its invoices."""
        with self._record.read() as tx:
            return belonging.mismatch(tx, self.sides)

    def is_another(self) -> bool:
        """Tell whether other settings stand in the place of those that were set up; no where that cannot be seen."""
        with suppress(HomeUnusable):
            return self.mismatch() is not None
        return False

    def adopt_settings(self) -> None:
        """Take the settings for right where the invoices are from before it was kept what they belong to.

        Raises:
            HomeUnusable: If the record cannot be used.
        """
        belonging.adopt(self._record, self.sides)

    def require_own_settings(self) -> None:
        """Make sure that the settings are those of this connection's invoices, and keep that they are.

        Raises:
            SettingsOfAnother: If they would make it another one.
        """
        belonging.learn(self._record, self.sides)

    @cached_property
    def lease(self) -> Lease:
        """The right to keep this connection's books in step."""
        return self._installation.shared_lease(self.name) or Alone()

    @cached_property
    def _fenced(self) -> Record:
        """The record for whatever keeps the books in step: each transaction that writes looks at the lease."""
        shared = self._installation.shared_lease(self.name)
        return self._record if shared is None else self._record.fenced(shared.require)

    @property
    def on_void(self) -> OnVoid:
        """The setting for documents whose invoice was voided."""
        return OnVoid(self.settings.destination.on_void)

    @property
    def system(self) -> BooksSystem:
        """The accounting system that keeps this connection's books."""
        return BooksSystem(self.settings.destination.kind)

    @property
    def identity(self) -> Identity:
        """The OwnerID and FileID of this connection; made at the first use, and kept for ever."""
        with self._record.write() as tx:
            known = facts.get(tx, self.name, Identity)
            if known is None:
                # One OwnerID stands for the program, so connections share it.
                others = (facts.get(tx, other.name, Identity) for other in self._installation.settings.connections)
                owner = next((other.owner_id for other in others if other is not None), _guid())
                known = identities.kept(self._installation.home.path).get(self.name) or Identity(owner, _guid())
                facts.put(tx, self.name, known)
        identities.keep(self._installation.home.path, self.name, known)
        return known

    def renew_identity(self) -> Identity:
        """Make a new OwnerID and FileID, for a company file that was stamped with the old ones elsewhere."""
        fresh = Identity(_guid(), _guid())
        with self._record.write() as tx:
            facts.put(tx, self.name, fresh)
        identities.keep(self._installation.home.path, self.name, fresh)
        return fresh

    @property
    def application_name(self) -> str:
        """The connection's name in the Web Connector's list."""
        return PRODUCT if self.name == DEFAULT_CONNECTION else f"{PRODUCT} {self.name}"

    @property
    def own_line(self) -> OwnLine:
        """This connection as the Web Connector's list should have it; nothing is made for that."""
        with self._record.read() as tx:
            known = facts.get(tx, self.name, Identity)
        line = OwnLine(self.application_name, f"{self._url}/qbwc", self.settings.web_connector.username)
        return line if known is None else replace(line, owner_id=known.owner_id, file_id=known.file_id)

    @property
    def _url(self) -> str:
        return f"http://localhost:{self._installation.settings.web_connector.port}"

    def application(self) -> QwcApplication:
        """Describe this connection to the Web Connector."""
        identity = self.identity
        url = self._url
        return QwcApplication(
            app_name=self.application_name,
            app_url=f"{url}/qbwc",
            app_support=f"{url}/support",
            app_description="Writes Cedar invoices into QuickBooks as sales orders",
            user_name=self.settings.web_connector.username,
            owner_id=identity.owner_id,
            file_id=identity.file_id,
            run_every_minutes=self.settings.web_connector.run_every_minutes,
        )

    def password(self) -> str | None:
        """Give the Web Connector's password; None if there is none yet."""
        return self._installation.secret(self.name, Secret.WEB_CONNECTOR_PASSWORD)

    @property
    def password_given_by(self) -> str | None:
        """The variable the password comes from: it wins over any that is made; None if there is none."""
        return self._installation.given_by(self.name, Secret.WEB_CONNECTOR_PASSWORD)

    def make_password(self) -> str:
        """Make a new password for the Web Connector and keep it.

        Raises:
            HomeUnusable: If this computer has no credential store.
        """
        password = new_password()
        self._installation.credentials.put(self.name, Secret.WEB_CONNECTOR_PASSWORD, password)
        logs.never_log(password)
        return password

    def make_first_password(self) -> None:
        """Make the password a connection cannot run without; nobody has seen it yet.

        Raises:
            StoreUnusable: If this computer has no credential store to keep it in.
        """
        try:
            self.make_password()
        except HomeUnusable as exc:
            raise StoreUnusable(str(exc)) from exc
        with self._record.write() as tx:
            facts.put(tx, self.name, PasswordUnseen())

    def password_to_show(self, *, is_new: bool = False) -> str | None:
        """Give the password if somebody has to be shown it, made now where there is none; it counts as shown then.

        Args:
            is_new: Make a new one, whoever knows the old one.

        Returns:
            None if it was shown when it was made, or a variable gives it.

        Raises:
            HomeUnusable: If this computer has no credential store.
        """
        known = None if is_new else self.password()
        if known is not None and self.password_given_by is not None:
            return None
        with self._record.read() as tx:
            is_unseen = facts.get(tx, self.name, PasswordUnseen) is not None
        if known is not None and not is_unseen:
            return None
        shown = known or self.make_password()
        with self._record.write() as tx:
            facts.forget(tx, self.name, PasswordUnseen)
            if known is None:
                # What was refused was refused by the password of before.
                facts.forget(tx, self.name, SignInRefused)
        return shown

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

    def begin_sign_in(self, *, is_resumed: bool = False) -> "SignIn":
        """Begin a sign-in to QuickBooks Online, or go on with the one another program of this home began.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If the client id or its secret is missing.
            HomeUnusable: If the home cannot be written.
        """
        return self.access.begin(self.settings.destination.realm_id, is_resumed=is_resumed)

    def finish_sign_in(self, grant: "Grant") -> None:
        """Keep what a sign-in came to; the first one says which company the connection belongs to from now on.

        Raises:
            SignInRefused: If it is for another company.
            HomeUnusable: If it cannot be kept.
        """
        destination = self.settings.destination
        self.access.require_company(grant, destination.realm_id)
        if not destination.realm_id:
            self._installation.write_setting(self.name, "destination.realm_id", grant.realm_id)
            destination.realm_id = grant.realm_id
        self.access.keeper.keep(grant.tokens)
        self.lift_problem()
        self._installation.events.publish(Topic.BOOKS)

    def sign_out(self) -> bool:
        """End the sign-in; the company stays the connection's.

        Returns:
            Whether Intuit could be told; the tokens are forgotten here in any case.
        """
        is_told = self.access.keeper.sign_out()
        self._installation.events.publish(Topic.BOOKS)
        return is_told

    def sign_in_standing(self) -> "Standing":
        """Tell how the sign-in stands, without asking Intuit; reads the credential store, so not on the main thread."""
        return self.access.keeper.standing()

    def note_sign_in_end(self) -> None:
        """Keep when the sign-in ends, so that a person is reminded in time."""
        ends = self.sign_in_standing().ends_at
        with self._record.read() as tx:
            known = facts.get(tx, self.name, SignInEnds)
        if ends is not None and known != SignInEnds(ends):
            with self._record.write() as tx:
                facts.put(tx, self.name, SignInEnds(ends))

    def require_sign_in(self) -> None:
        """Make sure that somebody has signed in.

        Raises:
            NotConfigured: If nobody has, or the client id or its secret is missing.
        """
        self.access.require_client()
        standing = self.sign_in_standing()
        if not standing.is_signed_in and not standing.is_lost:
            from app.books.quickbooks_online.grants import NotSignedIn

            raise NotSignedIn(self.name)

    def courier(self) -> "Courier":
        """Give what carries calls to QuickBooks Online; the installation closes it.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If the settings of this connection or computer cannot be used.
        """
        return self.access.courier(self.settings.destination.realm_id)

    def ledger(self) -> RecordLedger:
        """Build the ledger."""
        return RecordLedger(self._fenced, self._clock, self.name, self.on_void, self._installation.events, self.system)

    def desk(self) -> DesktopDesk:
        """Build the Web Connector's counterpart."""
        identity = self.identity
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
            self.password,
            self._installation.events,
            self.lease,
            lambda: self.mismatch() is not None,
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

        self.require_own_settings()
        options = online.OnlineOptions(**self._run_options, realm_id=self.settings.destination.realm_id)
        return Pusher(
            self._fenced,
            self._clock,
            self.name,
            self.ledger(),
            lambda ledger: online.converse(ledger, options),
            self.courier(),
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
        with self._installation.keeping(self.name):
            self.require_own_settings()
            return self._pull(cancelled, is_hurried=is_hurried)

    def _pull(self, cancelled: Callable[[], bool], *, is_hurried: bool) -> PullReport:
        lock = FileLock(self._installation.home.path / f"pull-{self.name}.lock")
        try:
            with lock.acquire(timeout=PULL_PATIENCE, cancel_check=cancelled):
                self._keep_time_zone()
                with self.cedar_client(cancelled, is_hurried=is_hurried) as client:
                    return self._puller(client).pull()
        except Timeout as exc:
            if cancelled():
                raise Cancelled from exc
            raise CedarUnavailable(
                "Another Cedar Sync program has been reading Cedar for minutes; try again later.",
                ReasonCode.CEDAR_UNREACHABLE,
            ) from exc

    def reconcile(self, since: date | None, until: date | None, *, is_hurried: bool = False) -> Reconciliation:
        """Set Cedar's own total against the rows, for the charges applied in a range; the look-back window by default.

        Raises:
            SettingsOfAnother: If the settings would make the connection another one.
            NotConfigured: If carrier, user or key are missing.
            CedarFault: If Cedar cannot be read.
        """
        self.require_own_settings()
        cedar = self.settings.cedar
        today = self._clock.now().astimezone(self.time_zone).date()
        first = since or today - timedelta(days=cedar.lookback_days)
        statuses = [status.strip().upper() for status in cedar.billing_statuses]
        from app.sync.cedar_source import CedarSource

        with self.cedar_client(lambda: False, is_hurried=is_hurried) as client:
            source = CedarSource(client, self._columns)
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
        api_key = self._installation.secret(self.name, Secret.CEDAR_API_KEY)
        if api_key is None:
            words = _NO_KEY if self._installation.has_store else _NO_KEY_NO_STORE
            variable = self._installation.variable(self.name, Secret.CEDAR_API_KEY)
            raise NotConfigured(words.format(connection=self.name, variable=variable))
        return api_key

    @property
    def time_zone(self) -> tzinfo:
        """The carrier's zone: the settings', else the one this computer had when Cedar was first read."""
        name = self.settings.cedar.time_zone
        if not name:
            with self._record.read() as tx:
                kept = facts.get(tx, self.name, CarrierZone)
            name = kept.name if kept is not None else ""
        return ZoneInfo(name) if name else ComputersZone()

    def _keep_time_zone(self) -> None:
        """Remember this computer's zone before the first reading, where the settings name none."""
        if self.settings.cedar.time_zone:
            return
        with self._record.read() as tx:
            is_kept = facts.get(tx, self.name, CarrierZone) is not None
        name = None if is_kept else computers_zone_name()
        if name is not None:
            with self._fenced.write() as tx:
                facts.put(tx, self.name, CarrierZone(name))

    @property
    def _columns(self) -> dict[str, str]:
        """The columns a person named."""
        named = msgspec.structs.asdict(self.settings.cedar.columns)
        return {field: key for field, key in named.items() if key}

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
            lambda: CedarSource(client, self._columns),
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
        reason = self.mismatch() if has_record else None
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
        every = _calls_every(self.settings)
        if not is_desktop:
            was_pushed = contact is not None and contact.last_session_end is not None
            said = books(problem, self.name, was_pushed=was_pushed)
            return [*found, pushed(contact, every, self._clock.now(), self.name), said]
        given_by = self.password_given_by
        called = web_connector(contact, refused, every, self._clock.now(), self.name, given_by)
        amiss = connector(self.diagnose(evidence), self.application_name, self.name, given_by)
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
        return diagnose(seen, self.own_line, heard, self._clock.now())

    def _examine_password(self) -> Finding:
        return web_connector_password(
            self.name,
            is_known=self.password() is not None,
            given_by=self.password_given_by,
            has_store=self._installation.has_store,
            variable=self._installation.variable(self.name, Secret.WEB_CONNECTOR_PASSWORD),
        )

    def _examine_way_in(self) -> list[Finding]:
        """Look at what lets us into QuickBooks Online, without asking Intuit."""
        lacks_secret = self._installation.secret(self.name, Secret.QBO_CLIENT_SECRET) is None
        try:
            access = self.access
            access.require_client()
        except NotConfigured as fault:
            needs_variable = None
            if lacks_secret and self.settings.destination.client_id.strip() and not self._installation.has_store:
                needs_variable = self._installation.variable(self.name, Secret.QBO_CLIENT_SECRET)
            return [intuit_app(self.name, str(fault), needs_variable)]
        standing = access.keeper.standing()
        signed = signed_in(self.name, is_signed_in=standing.is_signed_in, is_lost=standing.is_lost)
        return [intuit_app(self.name, None), signed]

    def _examine_cedar(self) -> Finding:
        from app.sync.cedar_source import CedarSource

        check = f"cedar:{self.name}"
        try:
            with self.cedar_client(lambda: False, is_hurried=True) as client:
                missing = CedarSource(client, self._columns).columns.not_published()
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
        return paused is not None and (paused.until is None or paused.until > self._clock.now())

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
        self.on_damage: Callable[[], None] = lambda: None
        """Called once, in whichever thread met damage in the record: whoever runs the program begins anew then."""
        self._is_damaged = False
        self._is_looked_over = False
        self._open: Record | None = None
        self._file_stamp = _stamp(home) if loaded is not None else None
        self._online: dict[str, OnlineAccess] = {}
        self._outlived: list[OnlineAccess] = []

    def reloads(self) -> bool:
        """Take the settings anew if their file has changed; unusable ones leave those in force as they are.

        Returns:
            Whether other settings are in force now.
        """
        stamp = _stamp(self.home.path)
        if self._file_stamp is None or stamp == self._file_stamp:
            return False
        self._file_stamp = stamp
        try:
            fresh = load(self.home.path).settings
        except KnownFault as fault:
            log.warning("the settings were changed and cannot be used; the earlier ones stay in force: %s", fault)
            return False
        if [each.name for each in fresh.connections] != [each.name for each in self.settings.connections]:
            log.warning("connections were added or taken away; that counts from the next start on")
            return False
        if [each.destination.kind for each in fresh.connections] != [
            each.destination.kind for each in self.settings.connections
        ]:
            log.warning("a connection is to go to another accounting system; that counts from the next start on")
            return False
        if fresh.store.url != self.settings.store.url:
            log.warning("the record is to be at another place; that counts from the next start on")
            return False
        self.settings = fresh
        self.__dict__.pop("service", None)
        log.info("the settings were changed and are in force")
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
        if self._open is None:
            self._open = Record.open(self._server() or self.home.record)
            self._open.on_damage = self._on_damage
        return self._open

    def _server(self) -> Backend | None:
        """Give the server the settings name; None where the record is a file in the home."""
        url = self.settings.store.url
        if not url:
            return None
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        from app.store.postgresql import PostgresqlServer

        try:
            address = make_url(url)
        except (ArgumentError, ValueError) as exc:
            raise NotConfigured(f"{self.home.path / SETTINGS_FILE}: the setting store.url is no address.") from exc
        if address.password is not None:
            logs.never_log(str(address.password))
        password = self.secret(STORE, Secret.DATABASE_PASSWORD)
        return PostgresqlServer(address if password is None else address.set(password=password))

    @cached_property
    def holder(self) -> str:
        """Who this program is on a shared record: the one that runs in this home, where one does."""
        if self.home.is_running():
            with suppress(OSError):
                return self.home.holder.read_text(encoding="ascii")[:32]
        return uuid4().hex

    def become_holder(self) -> None:
        """Be somebody new on a shared record, and say so to the commands of this home.

        A program that was killed may still have a call in the air; whoever starts after it must not pass for it.
        """
        self.holder = uuid4().hex
        try:
            if self.home.holder.exists():
                with self.record.write() as tx:
                    leases.give_up(tx, self.home.holder.read_text(encoding="ascii")[:32])
            self.home.holder.write_text(self.holder, encoding="ascii")
        except OSError as exc:
            raise HomeUnusable(f"{self.home.holder} cannot be written ({exc.strerror}); check its rights.") from exc

    def shared_lease(self, name: str) -> SharedLease | None:
        """Give the lease of a connection; None where no other computer can reach the record."""
        if not self.record.is_shared:
            return None
        return SharedLease(self.record, name, lambda: self.holder, _own_words(), self.events)

    def let_go(self) -> None:
        """Give up every lease of this program."""
        with self.record.write() as tx:
            leases.give_up(tx, self.holder)

    @contextmanager
    def keeping(self, name: str) -> Iterator[None]:
        """Keep a connection in step for as long as something takes, beside the program that runs in this home.

        Raises:
            KeptElsewhere: If a program on another computer keeps it in step.
        """
        lease = self.shared_lease(name)
        if lease is None:
            yield
            return
        was_ours = lease.is_ours()
        if not lease.take():
            raise lease.refusal()
        try:
            yield
        finally:
            if not was_ours and not self.home.is_running():
                self.let_go()

    def mend_record(self) -> None:
        """Look the record's file over before a long life with it; a damaged one is set aside and replaced.

        Raises:
            HomeUnusable: If it cannot be looked at or replaced, or another program uses it.
        """
        # What is on a server is the server's to look after.
        if not self._is_looked_over and not self.settings.store.url:
            self._look_record_over()
            self._is_looked_over = True

    def _look_record_over(self) -> None:
        file = self.home.record
        with translated(file):
            if rescue.damage(file) is None:
                return
        # Nobody else may be at work in it while it is moved away.
        with self.home.claimed(), translated(file):
            complaint = rescue.damage(file)
            if complaint is None:
                return
            self.close()
            rescued = rescue.rescue(file, complaint, self.clock.now())
            known = identities.kept(self.home.path)
            with self.record.write() as tx:
                facts.put(tx, EVERY_CONNECTION, rescued)
                for name, identity in known.items():
                    # The copy may be older than the pair.
                    facts.put(tx, name, identity)
            rescue.finish(file)

    def copy_record(self) -> None:
        """Make today's copy of the record if it is missing; what keeps it from being made is logged."""
        if self.record.is_shared:
            return
        file, now = self.home.record, self.clock.now()
        try:
            if copies.is_due(file, now):
                copies.make_daily(self.record, file, now)
        except copies.DamagedCopy as exc:
            log.error("the record is damaged: %s", exc)  # noqa: TRY400 (a traceback would tell nothing)
            self._on_damage()
        except (OSError, sqlite3.Error) as exc:
            log.warning("no copy of the record was made: %s", exc)

    def _on_damage(self) -> None:
        """Have the file looked over at the next start, and whoever runs this program begin anew."""
        if self._is_damaged:
            return
        self._is_damaged = True
        log.error("the record is damaged; it is looked over when the program begins anew")
        try:
            rescue.suspect(self.home.record)
        except OSError as exc:
            log.warning("that could not be noted: %s", exc)
        self.on_damage()

    @cached_property
    def service(self) -> SyncService:
        """The facade for all connections."""
        watched = [
            WatchedConnection(
                kit.name,
                _calls_every(kit.settings),
                kit.on_void,
                timedelta(minutes=kit.settings.cedar.poll_minutes),
                reference_form(kit.system),
                kit.system,
                kit.sides,
            )
            for kit in self.kits()
        ]
        return SyncService(self.record, self.clock, watched, self.events, lambda: self.awake_since, lambda: self.holder)

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
                if not kit.is_another():
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
        with self.keeping(name), self.home.claimed(), translated(self.home.record):
            reason = kit.mismatch()
            if reason is None:
                raise NotConfigured(_NOTHING_TO_START_ANEW.format(connection=name))
            copy = copies.keep_copy(self.record, self.home.record, self.clock.now())
            with self.record.write() as tx:
                belonging.start_anew(tx, kit.sides, reason)
        log.warning("what was known of %s was forgotten by hand", name, extra={"copy": str(copy)})
        return copy

    def secret(self, connection: str, secret: Secret) -> str | None:
        """Read a secret, and make sure that no log ever shows it."""
        value = self.credentials.get(connection, secret)
        if value is not None:
            logs.never_log(value)
        return value

    def given_by(self, connection: str, secret: Secret) -> str | None:
        """Name the variable that gives a secret; None if none does."""
        ours = self.credentials
        return ours.given_by(connection, secret) if isinstance(ours, SystemCredentials) else None

    def variable(self, connection: str, secret: Secret) -> str:
        """Name the variable that gives a secret, or could; empty where secrets are not the system's."""
        ours = self.credentials
        return ours.variable(connection, secret) if isinstance(ours, SystemCredentials) else ""

    @property
    def has_store(self) -> bool:
        """Whether secrets can be kept on this computer."""
        return not isinstance(self.credentials, SystemCredentials) or is_store_usable()

    def write_setting(self, connection: str, path: str, value: str) -> None:
        """Write one setting of a connection into the file; settings that came from none stay in memory.

        Raises:
            HomeUnusable: If the file cannot be written.
        """
        if self._file_stamp is not None:
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
            client_secret=lambda: self.secret(connection.name, Secret.QBO_CLIENT_SECRET),
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
        if isinstance(self.credentials, SystemCredentials):
            findings.append(credential_store(is_usable=self.has_store, missing=self._missing_secrets()))
        number = self.settings.web_connector.port
        findings.append(port(number, is_ours=self.is_listening(), is_taken=answers(number)))
        for kit in self.kits():
            findings += kit.examine(seen, asks_cedar=asks_cedar, has_record=found.is_well)
        if found.is_well:
            with self.record.read() as tx:
                named = {each.name: each.destination for each in self.settings.connections}
                findings += [one_company(*pair) for pair in sharing(tx, named)]
        return findings

    def _missing_secrets(self) -> list[str]:
        """Name the variables that would give what is kept nowhere; a sign-in needs no store."""
        of_books = {
            BooksSystem.QUICKBOOKS_DESKTOP: Secret.WEB_CONNECTOR_PASSWORD,
            BooksSystem.QUICKBOOKS_ONLINE: Secret.QBO_CLIENT_SECRET,
        }
        return [
            self.variable(kit.name, secret)
            for kit in self.kits()
            for secret in (Secret.CEDAR_API_KEY, of_books[kit.system])
            if self.secret(kit.name, secret) is None
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
        return bare_support_parts(self.home.path) | {
            "status.txt": support_text(self),
            "doctor.txt": findings + "\n",
            "web-connector.txt": connector_summary(evidence, [kit.own_line for kit in self.kits()]),
        }

    def close(self) -> None:
        """Give the record back, and close connections to accounting systems."""
        for access in (*self._online.values(), *self._outlived):
            access.close()
        self._online.clear()
        self._outlived.clear()
        if self._open is not None:
            self._open.close()
            self._open = None


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

    def __init__(self, installation: Installation, support_page: Callable[[], str] | None = None) -> None:
        """Build everything; nothing is started yet.

        Raises:
            NotConfigured: If a connection has no password for the Web Connector and none can be kept.
        """
        self._installation = installation
        installation.mend_record()
        from app.books.quickbooks_desktop.web_connector.exchange import Exchange
        from app.books.quickbooks_desktop.web_connector.server import Endpoint

        kits = installation.kits()
        for kit in kits:
            kit.adopt_settings()
            if (reason := kit.mismatch()) is not None:
                log.warning("%s", belonging.refusal(reason))
                continue
            if kit.system is BooksSystem.QUICKBOOKS_DESKTOP and kit.password() is None:
                kit.make_first_password()
            kit.lift_problem()
        self._exchange = Exchange(_desks(kits), __version__)
        self.endpoint = Endpoint(
            installation.settings.web_connector.port,
            self._exchange,
            support_page or (lambda: support_text(installation)),
        )
        self.scheduler = Scheduler(
            {
                kit.name: Rhythm(self._pull_of(kit.name), kit.contact, self._every(kit.name, _reads_every))
                for kit in kits
            },
            installation.clock,
        )
        pushed = [kit for kit in kits if kit.system is not BooksSystem.QUICKBOOKS_DESKTOP]
        self.pushing = Scheduler(
            {
                kit.name: Rhythm(self._push_of(kit.name), _nothing, self._every(kit.name, _calls_every))
                for kit in pushed
            },
            installation.clock,
            "push",
        )
        self._leases = LeaseKeeper(self._shared_leases, self.scheduler.look_again, installation.let_go)
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
                self._installation.become_holder()
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
                if kit.is_paused() or not kit.lease.is_ours() or kit.mismatch() is not None:
                    return None
                report = kit.pull(lambda: self.scheduler.is_stopping)
                if report.planned:
                    self.pushing.look_again()
                return report
            finally:
                # The reading thread is at rest now, and a copy does not hold up those that write.
                self._installation.copy_record()

        return pull

    def _push_of(self, name: str) -> Callable[[], object]:
        def push() -> object:
            kit = self._installation.kits(name)[0]
            if kit.mismatch() is not None:
                return None
            pusher = kit.pusher()
            if not kit.lease.is_ours() or not pusher.is_due():
                return None
            end = pusher.push(lambda: self.pushing.is_stopping)
            kit.note_sign_in_end()
            return end

        return push

    def _shared_leases(self) -> list[SharedLease]:
        names = (each.name for each in self._installation.settings.connections)
        return [lease for name in names if (lease := self._installation.shared_lease(name)) is not None]


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
                kit.adopt_settings()
            before = next((kit.mismatch() for kit in now.kits() if kit.name == connection), None)
        with Installation(home, settings=settings, credentials=credentials) as changed:
            after = changed.kits(connection)[0].mismatch()
    except (NotConfigured, HomeUnusable) as fault:
        log.warning("it could not be looked whether the settings fit the record: %s", fault)
        return None
    return after if after != before else None


def bare_support_parts(home: Path) -> dict[str, str]:
    """Gather what support can be told of any home, also of one that cannot be opened: versions, settings, the log."""
    parts = {"versions.txt": f"{PRODUCT} {__version__}\nPython {sys.version}\n{platform.platform()}\n"}
    for name, file in ((SETTINGS_FILE, home / SETTINGS_FILE), *((f"logs/{f.name}", f) for f in _logs(home))):
        try:
            text = file.read_text(encoding="utf-8-sig", errors="replace")
            # The home itself may lie anywhere, and be called anything.
            parts[name] = (without_names(text) if name == SETTINGS_FILE else text).replace(str(home), "HOME")
        except OSError as exc:
            parts[name] = f"It cannot be read: {exc.strerror}\n"
    return parts


def _logs(home: Path) -> list[Path]:
    return sorted((home / "logs").glob("*.log*"))


def support_text(installation: Installation) -> str:
    """Write the page the Web Connector links to: no secrets, no customers, only how things stand."""
    snapshot = installation.service.snapshot()
    lines = [f"{PRODUCT} {__version__}", "", snapshot.overall.line, ""]
    for connection in snapshot.connections:
        counts = ", ".join(f"{total.rows} {state}" for state, total in connection.totals.items() if total.rows)
        lines.append(f"{connection.name}: {counts or 'no invoices yet'}")
    return "\n".join(lines) + "\n"


def _desks(kits: Sequence[ConnectionKit]) -> dict[str, DesktopDesk]:
    desktop = [kit for kit in kits if kit.system is BooksSystem.QUICKBOOKS_DESKTOP]
    return {kit.settings.web_connector.username: kit.desk() for kit in desktop}


def has_password(url: str) -> bool:
    """Tell whether a password stands in an address."""
    user = url.partition("://")[2].rpartition("@")[0]
    return bool(user.partition(":")[2])


def _nothing() -> None:
    """There is no contact to look at: what was refused is probed by the push itself."""


def _own_words() -> str:
    """Say which program this is, for people at other computers."""
    try:
        return f"{platform.node() or '?'} ({getpass.getuser()})"
    except (OSError, KeyError):
        return platform.node() or "?"


def _stamp(home: Path) -> tuple[int, int] | None:
    try:
        found = (home / SETTINGS_FILE).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def reference_form(system: BooksSystem) -> ReferenceForm:
    """Tell how an accounting system wants its document numbers."""
    return LONG if system is BooksSystem.QUICKBOOKS_ONLINE else SHORT


def _calls_every(connection: ConnectionSettings) -> timedelta:
    """Tell how often the books are to be in touch."""
    if BooksSystem(connection.destination.kind) is BooksSystem.QUICKBOOKS_DESKTOP:
        return timedelta(minutes=connection.web_connector.run_every_minutes)
    return timedelta(minutes=connection.destination.push_minutes)


def _reads_every(connection: ConnectionSettings) -> timedelta:
    """Tell how often Cedar is to be read."""
    return timedelta(minutes=connection.cedar.poll_minutes)


def _digest(*parts: object) -> str:
    return hashlib.blake2b(b"".join(msgspec.json.encode(part) for part in parts), digest_size=16).hexdigest()


def _guid() -> str:
    return f"{{{str(uuid4()).upper()}}}"
