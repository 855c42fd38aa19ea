"""What a person decides: the fields of ``settings.toml`` with their defaults and what is allowed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, field

from app.domain.books_system import BooksSystem

DEFAULT_CONNECTION: Final = "main"
"""What a connection is called where nobody gave it a name."""

BillingStatus = Literal["IN_PROGRESS", "PENDING", "ASSIGNED", "INVOICED", "ARCHIVED"]
"""Statuses a charge may sync in; voided, deleted and reset ones never do."""


class EndpointSettings(Struct, kw_only=True):
    """Where the Web Connector calls."""

    port: Annotated[int, Meta(ge=1, le=65535)] = 8085
    """On loopback only; it stands in the .QWC file, so it is never chosen silently."""


class ColumnSettings(Struct, kw_only=True):
    """Columns of Cedar's charges table a person chose; empty ones are found from the table definition."""

    gl_number: str = ""
    quantity: str = ""
    rate: str = ""
    invoice_date: str = ""
    currency: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """By field: the columns a person chose."""
        return {name: key for name, key in msgspec.structs.asdict(self).items() if key}


class CedarSettings(Struct, kw_only=True):
    """Which charges are read, and from where."""

    region: Literal["us", "eu"] = "us"
    base_url: str = ""
    """Another server; empty means the region's own."""
    carrier: str = ""
    assume_user: str = ""
    billing_statuses: Annotated[list[BillingStatus], Meta(min_length=1)] = field(default_factory=lambda: ["INVOICED"])
    poll_minutes: Annotated[int, Meta(ge=1, le=1440)] = 5
    lookback_days: Annotated[int, Meta(ge=1, le=3650)] = 120
    time_zone: str = ""
    """IANA name of the carrier's zone; empty means this computer's at the first reading."""
    columns: ColumnSettings = field(default_factory=ColumnSettings)


class DestinationSettings(Struct, kw_only=True):
    """Where the orders go, and how. Fields that mean nothing to a kind are in `FIELDS_OF_ONE_KIND`."""

    kind: Literal["quickbooks_desktop", "quickbooks_online"] = "quickbooks_desktop"
    document: Literal["sales_order", "estimate", "invoice"] = "sales_order"
    """QuickBooks Online has no sales orders: there a person chooses one of the other two, nothing is taken silently."""
    company_file: str = ""
    """Empty means whichever is open, checked by its FileID."""
    environment: Literal["production", "sandbox"] = "production"
    """Which of Intuit's servers, and which of the two key pairs of an Intuit app."""
    client_id: str = ""
    """Of the Intuit app; its secret is in the credential store."""
    realm_id: str = ""
    """The company, as the first sign-in named it; another one is refused afterwards."""
    redirect_url: str = ""
    """Where Intuit sends the browser back to; empty means this computer, which development keys allow alone."""
    api_url: str = ""
    """Root of another server; empty means Intuit's."""
    oauth_url: str = ""
    """Root of another server for the sign-in and the tokens; empty means Intuit's."""
    push_minutes: Annotated[int, Meta(ge=1, le=1440)] = 1
    """How often waiting work is pushed and edits are looked for."""
    customers: dict[str, str] = field(default_factory=dict)
    """By GL number: the customer's name in the books, where it is another."""
    items: dict[str, str] = field(default_factory=dict)
    """By service type: the item's name in the books, where it is another."""
    missing_customers: Literal["fail", "create"] = "fail"
    missing_items: Literal["fail", "create"] = "fail"
    income_account: str = ""
    on_edited: Literal["ask", "overwrite", "keep"] = "ask"
    on_void: Literal["ask", "close", "delete"] = "ask"
    shorten_numbers: bool = True
    """Whether an invoice number longer than the books take may get a shorter reference."""


_ONLINE: Final = (
    "environment",
    "client_id",
    "realm_id",
    "redirect_url",
    "api_url",
    "oauth_url",
    "push_minutes",
    "customers",
    "items",
)
FIELDS_OF_ONE_KIND: Final[dict[str, tuple[str, ...]]] = {
    "quickbooks_desktop": ("company_file",),
    "quickbooks_online": _ONLINE,
}
"""By kind of destination: the fields that mean something to it alone."""


class WebConnectorSettings(Struct, kw_only=True):
    """How the Web Connector signs in to this connection, and how often."""

    username: Annotated[str, Meta(min_length=1, max_length=40)] = "cedar-sync"
    run_every_minutes: Annotated[int, Meta(ge=1, le=1440)] = 1


class ConnectionSettings(Struct, kw_only=True):
    """One carrier feeding one company's books."""

    name: str = DEFAULT_CONNECTION
    """Letters, digits, hyphen and underscore; it stands in the ids of rows."""
    cedar: CedarSettings = field(default_factory=CedarSettings)
    destination: DestinationSettings = field(default_factory=DestinationSettings)
    web_connector: WebConnectorSettings = field(default_factory=WebConnectorSettings)

    @property
    def system(self) -> BooksSystem:
        """The accounting system that keeps this connection's books."""
        return BooksSystem(self.destination.kind)

    @property
    def reads_every(self) -> timedelta:
        """How often Cedar is to be read."""
        return timedelta(minutes=self.cedar.poll_minutes)

    @property
    def calls_every(self) -> timedelta:
        """How often the books are to be in touch: called by the Web Connector, or pushed to."""
        if self.system is BooksSystem.QUICKBOOKS_DESKTOP:
            return timedelta(minutes=self.web_connector.run_every_minutes)
        return timedelta(minutes=self.destination.push_minutes)


class UpdateSettings(Struct, kw_only=True):
    """New versions; means nothing in a build without a feed."""

    check: bool = True
    """Whether the window's program looks once a day for one. It is never installed unless a person says so."""


class StoreSettings(Struct, kw_only=True):
    """Where the record is."""

    url: str = ""
    """Of a PostgreSQL database several computers share; empty means a file in the home. Best without the password."""

    @property
    def has_password(self) -> bool:
        """Whether a password stands in the address."""
        user = self.url.partition("://")[2].rpartition("@")[0]
        return bool(user.partition(":")[2])


class Settings(Struct, kw_only=True):
    """All of it."""

    store: StoreSettings = field(default_factory=StoreSettings)
    web_connector: EndpointSettings = field(default_factory=EndpointSettings)
    updates: UpdateSettings = field(default_factory=UpdateSettings)
    connections: list[ConnectionSettings] = field(default_factory=list)


def strange_keys(settings: Settings, document: Mapping[str, Any]) -> list[str]:
    """List the keys of a destination that mean something to another kind of destination only, as dotted paths."""
    found: list[str] = []
    for connection, written in zip(settings.connections, document.get("connections", ()), strict=False):
        own = FIELDS_OF_ONE_KIND[connection.destination.kind]
        others = {name for names in FIELDS_OF_ONE_KIND.values() for name in names if name not in own}
        found += [f"connections.destination.{key}" for key in written.get("destination", {}) if key in others]
    return found


def unknown_keys(document: object, model: type[Struct] = Settings, path: str = "") -> list[str]:
    """List the keys of a document that the model does not know, as dotted paths."""
    if not isinstance(document, dict):
        return []
    fields = {each.encode_name: each.type for each in msgspec.structs.fields(model)}
    found: list[str] = []
    for key, value in document.items():
        here = f"{path}.{key}" if path else key
        if key not in fields:
            found.append(here)
            continue
        inner = _struct_in(fields[key])
        if inner is not None:
            for part in value if isinstance(value, list) else [value]:
                found += unknown_keys(part, inner, here)
    return found


def allowed_values(path: str, model: type[Struct] = Settings) -> tuple[str, ...]:
    """List the values a field may have where they can be listed; empty for others.

    Args:
        path: Such as ``connections[0].cedar.region``.
        model: Where the path begins.
    """
    name, _, rest = path.partition(".")
    kind = next(
        (each.type for each in msgspec.structs.fields(model) if each.encode_name == name.partition("[")[0]), None
    )
    inner = _struct_in(kind)
    if rest and inner is not None:
        return allowed_values(rest, inner)
    return _choices(kind)


def _choices(kind: object) -> tuple[str, ...]:
    """List a literal type's values, also where they are a list's."""
    if get_origin(kind) is Literal:
        return tuple(str(value) for value in get_args(kind))
    return next((found for part in get_args(kind) if (found := _choices(part))), ())


def _struct_in(kind: object) -> type[Struct] | None:
    for candidate in (kind, *getattr(kind, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, Struct):
            return candidate
    return None
