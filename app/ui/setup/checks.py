"""What the wizard finds out: Cedar's answer, the columns, who called from QuickBooks, what would be sent. No Qt.

Rule: every check only reads. They take seconds, so widgets run them through `Tasks`; each raises a `KnownFault` whose
sentence can be shown as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.books.quickbooks_desktop.web_connector.diagnosis import Cause, Diagnosis
from app.bootstrap.connection_kit import ConnectionKit, kit_of
from app.bootstrap.connector_silence import diagnose, evidence
from app.bootstrap.installation import Installation
from app.bootstrap.previewing import previewed_rows
from app.diagnostics.logs import never_log
from app.domain.facts import (
    BooksContact,
    BooksProblem,
    CedarContact,
    CompanyFile,
    ListsKnown,
    OnlineCompany,
    Paused,
    Problem,
    SignInRefused,
    standing_refusal,
)
from app.domain.faults import CedarFault, NotConfigured
from app.domain.reasons import ReasonCode
from app.store import facts
from app.system.credentials import Secret
from app.system.settings import CedarSettings
from app.system.zone import ComputersZone
from app.ui.setup import texts
from app.ui.setup.column_list import ColumnsFound, columns_found
from app.ui.setup.dry_run import DryRun, summarised
from app.ui.setup.flow import CedarAnswers, SetupState
from app.ui.setup.place import Place

if TYPE_CHECKING:
    from app.cedar.client import CedarClient

SAMPLE = 50
"""Charges looked at for examples."""


@dataclass(frozen=True, slots=True)
class CedarFound:
    """What Cedar answered to the first question."""

    charges: int
    """How many charges may sync, in the look-back window."""
    newest: datetime | None
    """When the newest of them was applied, in the carrier's zone."""
    days: int
    """The look-back window."""
    needs_columns: bool = False
    """Cedar answered, but which columns hold what has to be chosen first."""


@dataclass(frozen=True, slots=True)
class BooksFound:
    """What is known of the Web Connector and the company file behind it."""

    last_contact: datetime | None
    company: CompanyFile | None
    problem: Problem | None
    lists_read_at: datetime | None
    """When QuickBooks last told all its customers and items."""
    refused_at: datetime | None = None
    """When the Web Connector last showed another password; None if it has got through since."""
    cause: "CauseFound | None" = None
    """What was seen on this computer to keep the Web Connector from calling; None if nothing, or nobody looked."""


@dataclass(frozen=True, slots=True)
class CauseFound:
    """A cause, and the connection's name in the Web Connector's list."""

    application: str
    diagnosis: Diagnosis


_STILL_TO_COME = frozenset({Cause.NOT_ADDED, Cause.NOT_RUNNING, Cause.AUTO_RUN_OFF, Cause.LOG_UNREADABLE})
"""No trouble while somebody follows the steps to connect: they say it."""


def setup_state(place: Place) -> SetupState:
    """Find out how far setting up has come."""
    if not place.is_there():
        return SetupState(place.connection_settings())
    with place.opened() as installation:
        return state_of(installation, place.connection)


def state_of(installation: Installation, name: str) -> SetupState:
    """Find out how far setting up a connection has come."""
    found = books_found(installation, name)
    with installation.record.read() as tx:
        cedar = facts.get(tx, name, CedarContact)
        paused = facts.get(tx, name, Paused)
        online = facts.get(tx, name, OnlineCompany)
    return SetupState(
        kit_of(installation, name).settings,
        has_key=installation.secrets.get(name, Secret.CEDAR_API_KEY) is not None,
        has_password=installation.secrets.get(name, Secret.WEB_CONNECTOR_PASSWORD) is not None,
        company=found.company,
        last_contact=found.last_contact,
        has_read_cedar=cedar is not None and cedar.last_success is not None,
        is_paused=paused is not None and paused.until is None,
        has_online_company=online is not None,
    )


def is_anything_set_up(installation: Installation) -> bool:
    """Tell whether the wizard was gone through to its end for at least one connection; else there is nothing to run."""
    return any(state_of(installation, each.name).is_finished for each in installation.settings.connections)


def needs_setup(place: Place) -> bool:
    """Tell whether the wizard has to be gone through before anything is sent."""
    try:
        return not setup_state(place).is_finished
    except NotConfigured:
        return True


def ask_cedar(place: Place, answers: CedarAnswers, cancelled: Callable[[], bool] = lambda: False) -> CedarFound:
    """Ask Cedar with what was typed: how many charges it has, and how new they are.

    Raises:
        NotConfigured: If the key or the address cannot be used.
        CedarFault: If Cedar refuses or cannot be read.
        Cancelled: If somebody typed on.
    """
    from app.cedar.columns import resolve_columns
    from app.cedar.query import ChargeQuery

    settings = place.connection_settings().cedar
    with _client(place, settings, answers, cancelled) as client:
        definition = client.table_definition()
        try:
            columns = resolve_columns(definition, settings.columns.chosen)
        except CedarFault as fault:
            if fault.reason.code is not ReasonCode.CEDAR_COLUMNS_MISSING:
                raise
            return CedarFound(0, None, settings.lookback_days, needs_columns=True)
        since = datetime.now(UTC) - timedelta(days=settings.lookback_days)
        found = [
            client.summary(ChargeQuery(billing_status=status, applied_since=since), columns)
            for status in settings.billing_statuses
        ]
    newest = max((each.last_applied_at for each in found if each.last_applied_at is not None), default=None)
    in_zone = None if newest is None else newest.astimezone(_zone(settings))
    return CedarFound(sum(each.count for each in found), in_zone, settings.lookback_days)


def kept_answers(place: Place) -> CedarAnswers:
    """Give what is kept of how to reach Cedar; the key stays where it is."""
    settings = place.connection_settings().cedar
    return CedarAnswers(settings.region, settings.carrier, settings.assume_user)


def find_columns(
    place: Place, chosen: Mapping[str, str], cancelled: Callable[[], bool] = lambda: False
) -> ColumnsFound:
    """Read which columns Cedar has, which of them would be used, and an example from each.

    Raises:
        NotConfigured: If the key is missing.
        CedarFault: If Cedar cannot be read.
    """
    from app.cedar.columns import resolve_columns
    from app.cedar.query import ChargeQuery

    settings = place.connection_settings().cedar
    with _client(place, settings, kept_answers(place), cancelled) as client:
        definition = client.table_definition()
        try:
            columns = resolve_columns(definition, chosen)
        except CedarFault as fault:
            if fault.reason.code is not ReasonCode.CEDAR_COLUMNS_MISSING:
                raise
            return columns_found(definition, None, (), str(fault))
        since = datetime.now(UTC) - timedelta(days=settings.lookback_days)
        for status in settings.billing_statuses:
            query = ChargeQuery(billing_status=status, applied_since=since)
            page = next(client.charges(columns, query, SAMPLE), None)
            if page:
                return columns_found(definition, columns, page)
        return columns_found(definition, columns, ())


def books_found(installation: Installation, name: str) -> BooksFound:
    """Read what the record knows of QuickBooks."""
    with installation.record.read() as tx:
        contact = facts.get(tx, name, BooksContact)
        problem = facts.get(tx, name, BooksProblem)
        lists = facts.get(tx, name, ListsKnown)
        company = facts.get(tx, name, CompanyFile)
        refused = facts.get(tx, name, SignInRefused)
    return BooksFound(
        contact.last_contact if contact is not None else None,
        company,
        problem.problem if problem is not None else None,
        lists.refreshed_at if lists is not None else None,
        standing_refusal(refused, contact),
    )


def cause_found(kit: ConnectionKit, *, is_connecting: bool = False) -> CauseFound | None:
    """Look at the Web Connector on this computer for what keeps it from calling.

    Args:
        kit: The connection.
        is_connecting: Somebody follows the steps to connect at this moment.
    """
    found = [
        each
        for each in diagnose(kit, evidence(kit.installation))
        if not each.is_told_by_its_call and not (is_connecting and each.cause in _STILL_TO_COME)
    ]
    return CauseFound(kit.connector_line.name, found[0]) if found else None


def dry_run(place: Place) -> DryRun:
    """Read Cedar into a scratch copy, and say what would be sent and what left out.

    Raises:
        NotConfigured: If the key is missing.
        CedarFault: If Cedar cannot be read.
    """
    with place.opened() as installation:
        destination = kit_of(installation, place.connection).settings.destination
        found = books_found(installation, place.connection)
        rows = previewed_rows(installation, [place.connection], is_hurried=True)
        return summarised(
            rows,
            found.lists_read_at,
            creates_customers=destination.missing_customers == "create",
            creates_items=destination.missing_items == "create",
        )


def _client(
    place: Place, settings: CedarSettings, answers: CedarAnswers, cancelled: Callable[[], bool]
) -> "CedarClient":
    from app.cedar.client import CedarClient
    from app.cedar.retry import RetryPolicy

    api_key = answers.api_key.strip() or place.credentials.get(place.connection, Secret.CEDAR_API_KEY)
    if not api_key:
        raise NotConfigured(texts.NO_KEY_YET)
    never_log(api_key)
    return CedarClient(
        region=answers.region,
        base_url=settings.base_url,
        carrier=answers.carrier.strip(),
        assume_user=answers.assume_user.strip(),
        api_key=api_key,
        time_zone=_zone(settings),
        retry=RetryPolicy(attempts=2, time_limit=10.0),
        cancelled=cancelled,
    )


def _zone(settings: CedarSettings) -> tzinfo:
    return ZoneInfo(settings.time_zone) if settings.time_zone else ComputersZone()
