"""A connection's Cedar: what it takes to read it, reading it, and setting its total against the rows.

Rule: the HTTP library is imported by who reads Cedar; a status must not wait for it.
"""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import msgspec

from app.bootstrap.connection_kit import ConnectionKit, kits_of
from app.bootstrap.installation import Installation
from app.domain.books_system import BooksSystem
from app.domain.choices import OnVoid
from app.domain.faults import NotConfigured
from app.domain.language import _
from app.domain.planning import Rules
from app.domain.references import reference_form
from app.domain.sales_order import DocumentKind
from app.sync.carrier_zone import carrier_zone, keep_carrier_zone
from app.sync.planner import Planner
from app.sync.pull import Puller, PullReport, PullRules
from app.sync.reading_alone import reading_alone
from app.sync.reconcile import Reconciliation
from app.sync.reconcile import reconcile as reconcile_rows
from app.system.credentials import Secret
from app.system.settings import CedarSettings

if TYPE_CHECKING:
    from app.cedar.client import CedarClient
    from app.sync.cedar_source import CedarSource

_NO_KEY: Final = _(
    'There is no Cedar key for the connection "{connection}"; run "cedar-sync configure --connection {connection} '
    '--api-key-stdin" and paste it.'
)
_NO_KEY_NO_STORE: Final = _(
    'There is no Cedar key for the connection "{connection}", and this computer has no credential store that can be '
    "used; set the variable {variable} to the key."
)


def pull(kit: ConnectionKit, cancelled: Callable[[], bool] = lambda: False, *, is_hurried: bool = False) -> PullReport:
    """Read Cedar now, alone: a reading that another program is doing is waited for.

    Args:
        kit: The connection.
        cancelled: Asked often; once it says yes, reading ends.
        is_hurried: A person waits for the answer, so a fault that lasts is told soon.

    Raises:
        SettingsOfAnother: If the settings would make the connection another one.
        NotConfigured: If carrier, user or key are missing.
        CedarFault: If Cedar cannot be read.
        Cancelled: If somebody asked to stop.
        KeptElsewhere: If a program on another computer keeps the connection in step: Cedar is read there.
    """
    installation = kit.installation
    with installation.holder.keeping(kit.name):
        kit.belonging.require()
        with reading_alone(installation.home.path, kit.name, cancelled):
            keep_carrier_zone(kit.fenced, kit.settings)
            with client(kit, cancelled, is_hurried=is_hurried) as cedar:
                return _puller(kit, cedar).pull()


def reconcile(
    kit: ConnectionKit, since: date | None, until: date | None, *, is_hurried: bool = False
) -> Reconciliation:
    """Set Cedar's own total against the rows, for the charges applied in a range; the look-back window by default.

    Args:
        kit: The connection.
        since: The first day.
        until: The last day; today by default.
        is_hurried: A person waits for the answer, so a fault that lasts is told soon.

    Raises:
        SettingsOfAnother: If the settings would make the connection another one.
        NotConfigured: If carrier, user or key are missing.
        CedarFault: If Cedar cannot be read.
    """
    kit.belonging.require()
    installation, settings = kit.installation, kit.settings.cedar
    zone = _zone(kit)
    today = installation.clock.now().astimezone(zone).date()
    first = since or today - timedelta(days=settings.lookback_days)
    with client(kit, is_hurried=is_hurried) as cedar:
        read = source(kit, cedar)
        return reconcile_rows(installation.record, kit.name, read, _statuses(settings), zone, first, until or today)


def client(kit: ConnectionKit, cancelled: Callable[[], bool] = lambda: False, *, is_hurried: bool) -> "CedarClient":
    """Open a client for the connection's carrier.

    Raises:
        NotConfigured: If carrier, user or key are missing.
    """
    from app.cedar.client import CedarClient
    from app.cedar.retry import RetryPolicy

    api_key = require_settings(kit)
    settings = kit.settings.cedar
    return CedarClient(
        region=settings.region,
        base_url=settings.base_url,
        carrier=settings.carrier,
        assume_user=settings.assume_user,
        api_key=api_key,
        time_zone=_zone(kit),
        retry=RetryPolicy(attempts=3, time_limit=20.0) if is_hurried else None,
        cancelled=cancelled,
    )


def source(kit: ConnectionKit, cedar: "CedarClient") -> "CedarSource":
    """Give what reads charges through a client, by the columns a person chose."""
    from app.sync.cedar_source import CedarSource

    return CedarSource(cedar, kit.settings.cedar.columns.chosen)


def require_settings(kit: ConnectionKit) -> str:
    """Make sure of what Cedar needs to know of us; give the key.

    Raises:
        NotConfigured: If carrier, user or key are missing.
    """
    cedar, secrets = kit.settings.cedar, kit.installation.secrets
    for value, field in ((cedar.carrier, "carrier"), (cedar.assume_user, "assume_user")):
        if not value.strip():
            raise NotConfigured(f'The setting cedar.{field} of the connection "{kit.name}" is empty; fill it in.')
    api_key = secrets.get(kit.name, Secret.CEDAR_API_KEY)
    if api_key is None:
        words = _NO_KEY if secrets.has_store else _NO_KEY_NO_STORE
        variable = secrets.variable(kit.name, Secret.CEDAR_API_KEY)
        raise NotConfigured(words.format(connection=kit.name, variable=variable))
    return api_key


def not_set_up(installation: Installation) -> str | None:
    """Say what is missing before Cedar can be read at all; None if nothing is."""
    for kit in kits_of(installation):
        try:
            require_settings(kit)
        except NotConfigured as exc:
            if not kit.belonging.is_another():
                return str(exc)
    return None


def _puller(kit: ConnectionKit, cedar: "CedarClient") -> Puller:
    settings, destination, system = kit.settings.cedar, kit.settings.destination, kit.settings.system
    statuses = frozenset(_statuses(settings))
    rules = Rules(
        statuses,
        _zone(kit),
        destination.shorten_numbers,
        reference_form(system),
        destination.items,
        "" if system is BooksSystem.QUICKBOOKS_DESKTOP else system.value,
    )
    pull_rules = PullRules(
        billing_statuses=statuses,
        lookback=timedelta(days=settings.lookback_days),
        poll_every=kit.settings.reads_every,
        digest=_digest(settings, destination),
    )
    clock, document, on_void = kit.installation.clock, DocumentKind(destination.document), OnVoid(destination.on_void)
    return Puller(
        kit.fenced,
        clock,
        kit.name,
        lambda: source(kit, cedar),
        Planner(kit.fenced, clock, kit.name, rules, document, on_void),
        pull_rules,
        kit.installation.events,
    )


def _zone(kit: ConnectionKit) -> tzinfo:
    return carrier_zone(lambda: kit.installation.record, kit.settings)


def _statuses(settings: CedarSettings) -> list[str]:
    return [status.strip().upper() for status in settings.billing_statuses]


def _digest(*parts: object) -> str:
    return hashlib.blake2b(b"".join(msgspec.json.encode(part) for part in parts), digest_size=16).hexdigest()
