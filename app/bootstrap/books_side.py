"""What brings a connection's work into its books: the desk the Web Connector calls, or the pusher for the cloud."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from app.books.quickbooks_desktop.run import DesktopOptions
from app.bootstrap.connection_kit import ConnectionKit
from app.domain.books_system import BooksSystem
from app.domain.choices import Missing, OnEdited, OnVoid
from app.domain.sales_order import DocumentKind
from app.sync.desk import DesktopDesk
from app.sync.ledger import RecordLedger
from app.sync.pushing import Pusher


def desks(kits: Sequence[ConnectionKit]) -> dict[str, DesktopDesk]:
    """Give the desks of those connections that the Web Connector serves, by the user name it signs in with."""
    desktop = [kit for kit in kits if kit.settings.system is BooksSystem.QUICKBOOKS_DESKTOP]
    return {kit.settings.web_connector.username: desk(kit) for kit in desktop}


def desk(kit: ConnectionKit) -> DesktopDesk:
    """Build the Web Connector's counterpart."""
    identity = kit.connector_line.identity()
    options = DesktopOptions(
        **_run_settings(kit),
        owner_id=identity.owner_id,
        file_id=identity.file_id,
        company_file=kit.settings.destination.company_file,
    )
    return DesktopDesk(
        kit.fenced,
        kit.installation.clock,
        options,
        _ledger(kit),
        kit.connector_password.get,
        kit.installation.events,
        kit.lease,
        lambda: kit.belonging.mismatch() is not None,
    )


def pusher(kit: ConnectionKit) -> Pusher:
    """Build what brings the connection's work to the cloud.

    Raises:
        SettingsOfAnother: If the settings would make the connection another one.
        OtherBooks: If the connection does not go to the cloud.
        NotConfigured: If something of the sign-in is missing.
    """
    from app.books.quickbooks_online import run as online

    kit.belonging.require()
    realm_id = kit.settings.destination.realm_id
    options = online.OnlineOptions(**_run_settings(kit), realm_id=realm_id)
    return Pusher(
        kit.fenced,
        kit.installation.clock,
        kit.name,
        _ledger(kit),
        lambda ledger: online.converse(ledger, options),
        kit.access.courier(realm_id),
        kit.installation.home.path / f"push-{kit.name}.lock",
        events=kit.installation.events,
        lease=kit.lease,
    )


class _RunSettings(TypedDict):
    """The settings every run needs."""

    connection: str
    document: DocumentKind
    missing_customers: Missing
    missing_items: Missing
    income_account: str
    on_edited: OnEdited
    on_void: OnVoid
    customers: Mapping[str, str]


def _run_settings(kit: ConnectionKit) -> _RunSettings:
    destination = kit.settings.destination
    return {
        "connection": kit.name,
        "document": DocumentKind(destination.document),
        "missing_customers": Missing(destination.missing_customers),
        "missing_items": Missing(destination.missing_items),
        "income_account": destination.income_account,
        "on_edited": OnEdited(destination.on_edited),
        "on_void": OnVoid(destination.on_void),
        "customers": destination.customers,
    }


def _ledger(kit: ConnectionKit) -> RecordLedger:
    on_void, installation = OnVoid(kit.settings.destination.on_void), kit.installation
    return RecordLedger(kit.fenced, installation.clock, kit.name, on_void, installation.events, kit.settings.system)
