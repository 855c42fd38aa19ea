"""What no type can refuse in settings: names used twice, zones nobody knows, databases that are not spoken to."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from app.domain.language import _
from app.system.settings import ConnectionSettings, Settings
from app.system.settings_words import WrongSetting, shown

DATABASE: Final = "postgresql+psycopg://"
"""How the address of a shared record begins."""

_NO_DATABASE: Final = _(
    "{name} is not usable: it begins with {database} and names a server and a database, or it is empty for a record on "
    "this computer."
)
_NAME_TWICE: Final = _("{name} is {there}, which another connection has already; each needs its own.")
_NAMES_ALIKE: Final = _(
    "{name} is {there}, and another connection is called {other}; the names of two connections have to differ in more "
    "than capitals and signs."
)
_NO_NAME: Final = _(
    "{name} is not usable: {there}; up to 40 letters, digits, hyphens and underscores are allowed, the first a letter "
    "or digit."
)
_NO_ZONE: Final = _('{name} is {there}, which is no IANA zone such as "America/Chicago".')
_NO_SALES_ORDERS: Final = _(
    "{name} is not usable: QuickBooks Online has no sales orders, so choose what an invoice becomes there (allowed: "
    "estimate, invoice)."
)
_NO_ADDRESS: Final = _("{name} is not usable: {there} does not begin with https://.")


def check(settings: Settings) -> None:
    """Make sure of settings whose types are right.

    Raises:
        WrongSetting: If one of them cannot be used.
    """
    if settings.store.url and not settings.store.url.startswith(DATABASE):
        # What stands there is not repeated: there may be a password in it.
        raise WrongSetting("store.url", _NO_DATABASE, {"database": DATABASE})
    _check_names(settings.connections)
    for number, connection in enumerate(settings.connections):
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", connection.name) is None:
            raise WrongSetting(f"connections[{number}].name", _NO_NAME, {"there": shown(connection.name)})
        _check_zone(connection, number)
        _check_destination(connection, number)


def _check_names(connections: Sequence[ConnectionSettings]) -> None:
    names = {number: _as_variable(connection.name) for number, connection in enumerate(connections)}
    twice = _twice(names)
    if twice is not None:
        first, last = (shown(connections[number].name) for number in twice)
        words = _NAME_TWICE if first == last else _NAMES_ALIKE
        raise WrongSetting(f"connections[{twice[1]}].name", words, {"there": last, "other": first})
    # Only where the Web Connector calls does anybody sign in by that name.
    usernames = {
        number: connection.web_connector.username
        for number, connection in enumerate(connections)
        if connection.destination.kind == "quickbooks_desktop"
    }
    twice = _twice(usernames)
    if twice is not None:
        there = shown(usernames[twice[1]])
        raise WrongSetting(f"connections[{twice[1]}].web_connector.username", _NAME_TWICE, {"there": there})


def _twice(values: Mapping[int, str]) -> tuple[int, int] | None:
    """Give the first and the last place of a value that is there twice; None where each is there once."""
    given = list(values.values())
    twice = next((value for value in given if given.count(value) > 1), None)
    places = [number for number, value in values.items() if value == twice]
    return (places[0], places[-1]) if places else None


def _as_variable(name: str) -> str:
    """Give a connection's name as the variables of its secrets have it: two alike could not be told apart."""
    return re.sub(r"[^A-Za-z0-9]", "_", name).upper()


def _check_zone(connection: ConnectionSettings, number: int) -> None:
    zone = connection.cedar.time_zone
    if not zone:
        return
    try:
        known = zone in available_timezones() and ZoneInfo(zone) is not None
    except (ValueError, OSError):
        known = False
    if not known:
        raise WrongSetting(f"connections[{number}].cedar.time_zone", _NO_ZONE, {"there": shown(zone)})


def _check_destination(connection: ConnectionSettings, number: int) -> None:
    destination = connection.destination
    table = f"connections[{number}].destination"
    if destination.kind == "quickbooks_online" and destination.document == "sales_order":
        raise WrongSetting(f"{table}.document", _NO_SALES_ORDERS, {})
    for field, url in (
        ("api_url", destination.api_url),
        ("oauth_url", destination.oauth_url),
        ("redirect_url", destination.redirect_url),
    ):
        if url and re.fullmatch(r"https?://[^\s/]+\S*", url) is None:
            raise WrongSetting(f"{table}.{field}", _NO_ADDRESS, {"there": shown(url)})
