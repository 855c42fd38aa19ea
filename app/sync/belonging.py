"""Keeps a connection's settings from making it another one: its invoices belong to one Cedar and one accounting system.

Everything in the record is kept under the connection's name. Settings that name another railroad, other books or
another connection would plan the one's invoices by the other's charges; so they are not worked by at all.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.cedar.regions import REGIONS, server_name
from app.domain.books_system import BooksSystem
from app.domain.facts import BelongsTo
from app.domain.faults import HomeUnusable, SettingsOfAnother
from app.domain.language import _
from app.domain.reason_texts import explain
from app.domain.reasons import SETTINGS_OF_ANOTHER, Reason, ReasonCode
from app.store import belongings, facts
from app.store.database import Record
from app.system.settings import ConnectionSettings, Settings

_REGION: Final = _("region {region}")
SYSTEMS: Final = {
    BooksSystem.QUICKBOOKS_DESKTOP: _("QuickBooks Desktop"),
    BooksSystem.QUICKBOOKS_ONLINE: _("QuickBooks Online"),
}
_REFUSAL: Final = _("{why} {fix} {anew}")
_ANEW: Final = _(
    "To give up what is known instead, end Cedar Sync and run cedar-sync configure --connection {connection} "
    "--start-anew; a copy is kept."
)


@dataclass(frozen=True, slots=True)
class Sides:
    """A connection as the settings have it."""

    name: str
    region: str
    base_url: str
    carrier: str
    system: BooksSystem
    names: frozenset[str]
    """The names of all connections in the settings."""

    @property
    def belongs_to(self) -> BelongsTo:
        """What the settings say it belongs to."""
        return BelongsTo(server_name(self.region, self.base_url), self.carrier.strip(), self.system)


def sides_of(settings: Settings, connection: ConnectionSettings) -> Sides:
    """Give a connection as the settings have it."""
    names, cedar = frozenset(each.name for each in settings.connections), connection.cedar
    return Sides(connection.name, cedar.region, cedar.base_url, cedar.carrier, connection.system, names)


def mismatch(tx: Connection, sides: Sides) -> Reason | None:
    """Tell why a connection must not be worked by its settings; None where they are those of its invoices."""
    known, now = facts.get(tx, sides.name, BelongsTo), sides.belongs_to
    if not belongings.has_any(tx, sides.name):
        earlier = None if known == now else _earlier_names(tx, sides.names, now)
        return _renamed(sides.name, earlier[0]) if earlier else None
    if known is None:
        # From before this was kept: what is in force is taken for right.
        return None
    if _is_other_cedar(known, now):
        return _other_cedar(sides.name, known, now)
    if known.system is not now.system and belongings.is_in_books(tx, sides.name):
        return _other_system(sides.name, known, now)
    return None


class Belonging:
    """What one connection belongs to, held against its settings."""

    def __init__(self, record: Callable[[], Record], sides: Sides) -> None:
        """Take what opens the record, and the connection as its settings have it."""
        self._record = record
        self.sides = sides

    def mismatch(self) -> Reason | None:
        """Tell why the connection must not be worked by its settings; None where they are those of its invoices.

        Raises:
            HomeUnusable: If the record cannot be used.
        """
        with self._record().read() as tx:
            return mismatch(tx, self.sides)

    def is_another(self) -> bool:
        """Tell whether other settings stand in the place of those that were set up; no where that cannot be seen."""
        with suppress(HomeUnusable):
            return self.mismatch() is not None
        return False

    def require(self) -> None:
        """Make sure that the connection may be worked by its settings, and keep what it belongs to from now on.

        Raises:
            SettingsOfAnother: If it belongs elsewhere; nothing is kept.
        """
        record, sides, now = self._record(), self.sides, self.sides.belongs_to
        with record.read() as tx:
            known, reason = facts.get(tx, sides.name, BelongsTo), mismatch(tx, sides)
        if reason is not None:
            raise refusal(reason)
        if known == now or not (now.carrier and now.server):
            return
        with record.write() as tx:
            known, reason = facts.get(tx, sides.name, BelongsTo), mismatch(tx, sides)
            if reason is not None:
                raise refusal(reason)
            if known is not None and known.system is not sides.system:
                # Ids of customers and items mean nothing in other books.
                belongings.forget_books(tx, sides.name)
            facts.put(tx, sides.name, now)

    def adopt(self) -> None:
        """Take the settings for right where the connection's invoices are from before this was kept.

        Raises:
            HomeUnusable: If the record cannot be used.
        """
        name = self.sides.name
        with self._record().read() as tx:
            is_old = facts.get(tx, name, BelongsTo) is None and belongings.has_any(tx, name)
        if is_old:
            self.require()


def start_anew(tx: Connection, sides: Sides, reason: Reason) -> None:
    """Forget what is known of a connection, as if the record had been lost, and have it belong to its settings.

    What is in the books stays there, and is found again by its memo.

    Args:
        tx: A transaction that may write.
        sides: The connection.
        reason: Why it does not go on as it is.
    """
    for name in {sides.name, *_earlier_names(tx, sides.names, sides.belongs_to)}:
        if name == sides.name or reason.code is ReasonCode.CONNECTION_RENAMED:
            belongings.forget(tx, name)
    facts.put(tx, sides.name, sides.belongs_to)


def refusal(reason: Reason) -> SettingsOfAnother:
    """Put a mismatch into the words of a fault."""
    words = explain(reason)
    return SettingsOfAnother(_REFUSAL.format(why=words.why, fix=words.fix, anew=way_on(reason)), reason)


def way_on(reason: Reason) -> str:
    """Say what a person can do who means the settings as they are; empty for any other reason."""
    if reason.code not in SETTINGS_OF_ANOTHER:
        return ""
    return _ANEW.format(connection=reason.facts["connection"])


def _earlier_names(tx: Connection, names: Collection[str], now: BelongsTo) -> list[str]:
    """List connections with invoices of the same carrier that the settings do not name any more."""
    if not (now.carrier and now.server):
        return []
    known = belongings.all_known(tx)
    return [name for name, each in known.items() if name not in names and not _is_other_cedar(each, now)]


def _is_other_cedar(known: BelongsTo, now: BelongsTo) -> bool:
    """Tell whether settings name another Cedar; a field that is still to be filled in names none."""
    is_other_carrier = bool(now.carrier) and now.carrier != known.carrier
    return is_other_carrier or (bool(now.server) and now.server != known.server)


def _other_cedar(name: str, known: BelongsTo, now: BelongsTo) -> Reason:
    return Reason(
        ReasonCode.OTHER_CEDAR,
        {
            "connection": name,
            "carrier": now.carrier or known.carrier,
            "server": _server_words(now.server or known.server),
            "known_carrier": known.carrier,
            "known_server": _server_words(known.server),
        },
    )


def _other_system(name: str, known: BelongsTo, now: BelongsTo) -> Reason:
    return Reason(
        ReasonCode.OTHER_ACCOUNTING_SYSTEM,
        {"connection": name, "system": SYSTEMS[now.system], "known_system": SYSTEMS[known.system]},
    )


def _renamed(name: str, earlier: str) -> Reason:
    return Reason(ReasonCode.CONNECTION_RENAMED, {"connection": name, "earlier": earlier})


def _server_words(server: str) -> str:
    return _REGION.format(region=server) if server in REGIONS else server
