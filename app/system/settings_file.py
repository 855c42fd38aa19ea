"""Reads and writes ``HOME/settings.toml``: wrong values refused with line, field and what is allowed; the rest kept."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from app.domain.faults import HomeUnusable, NotConfigured
from app.domain.language import _
from app.system.settings import ConnectionSettings, Settings, strange_keys, unknown_keys
from app.system.settings_words import WrongSetting, shown, wrong_kind
from app.system.whole_file import write_whole

NAME = "settings.toml"

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


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and what in the file nobody knows."""

    settings: Settings
    unknown: tuple[str, ...]
    """Dotted paths of keys that are kept but mean nothing, perhaps because of a spelling mistake."""


def load(home: Path) -> LoadedSettings:
    """Read the settings.

    Raises:
        NotConfigured: If there are none, or one of them cannot be used.
        HomeUnusable: If the file cannot be read.
    """
    file = home / NAME
    text = _text_of(file)
    if text is None:
        raise NotConfigured(
            f'There are no settings yet ({file}); run "cedar-sync configure" or open Cedar Sync to set it up.'
        )
    return parse(text, file)


def are_there(home: Path) -> bool:
    """Tell whether a home has settings, sound or not.

    Raises:
        HomeUnusable: If this user may not look there.
    """
    file = home / NAME
    try:
        return file.exists()
    except OSError as exc:
        raise _unreadable(file, exc) from exc


def _unreadable(file: Path, exc: OSError) -> HomeUnusable:
    return HomeUnusable(f"The settings {file} cannot be read ({exc.strerror}); check the rights of that folder.")


def _text_of(file: Path) -> str | None:
    """Read the file's text; None if there is no file."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as exc:
        raise NotConfigured(
            f'{file} is not a text file in UTF-8; save it as UTF-8 in an editor, or move it aside and run "cedar-sync '
            'configure".'
        ) from exc
    except OSError as exc:
        raise _unreadable(file, exc) from exc


def parse(text: str, file: Path) -> LoadedSettings:
    """Read settings from text.

    Raises:
        NotConfigured: If they cannot be used; the sentence names line, field and what is allowed.
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as exc:
        raise NotConfigured(
            f"{file} cannot be read: {_lower_first(str(exc))}. Correct that line and start again."
        ) from exc
    try:
        settings = msgspec.convert(document, Settings)
    except msgspec.ValidationError as exc:
        wrong = wrong_kind(str(exc).rpartition(" - at `$")[2].strip("`").lstrip("."), document)
        raise wrong.at(file, line_of(text, wrong.path)) from exc
    try:
        _check(settings)
    except WrongSetting as wrong:
        raise wrong.at(file, line_of(text, wrong.path)) from None
    return LoadedSettings(settings, tuple(unknown_keys(document) + strange_keys(settings, document)))


@dataclass(frozen=True, slots=True)
class Draft:
    """Changed settings that are not in the file yet."""

    settings: Settings
    file: Path
    text: str

    def write(self) -> None:
        """Put them into force.

        Raises:
            HomeUnusable: If the file cannot be written.
        """
        _write(self.file, self.text)


def change(
    home: Path,
    connection: str,
    changes: Mapping[str, object],
    port: int | None,
    *,
    checks_updates: bool | None = None,
    database_url: str | None = None,
) -> Settings:
    """Change some fields of one connection in the file; arguments and faults are those of `drafted`.

    Raises:
        NotConfigured: If the result cannot be used; the file is left as it was.
        HomeUnusable: If the file cannot be written.
    """
    draft = drafted(home, connection, changes, port, checks_updates=checks_updates, database_url=database_url)
    draft.write()
    return draft.settings


def drafted(
    home: Path,
    connection: str,
    changes: Mapping[str, object],
    port: int | None,
    *,
    checks_updates: bool | None = None,
    database_url: str | None = None,
) -> Draft:
    """Change some fields of one connection and keep everything else as it is, comments included; nothing is written.

    Args:
        home: The home folder.
        connection: The connection's name; it is added if there is none of that name.
        changes: Values by dotted path inside the connection, such as ``cedar.carrier``.
        port: The endpoint's port; None leaves it.
        checks_updates: Whether to look for updates once a day; None leaves it.
        database_url: Where the record is, empty for a file in the home; None leaves it.

    Raises:
        NotConfigured: If the result cannot be used.
        HomeUnusable: If the file cannot be read.
    """
    # Needed for writing only, and slow to import.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file = home / NAME
    before = _text_of(file) or ""
    try:
        tomllib.loads(before)
        document = tomlkit.parse(before)
    except (ValueError, RecursionError, TOMLKitError) as exc:
        words = _lower_first(str(exc))
        raise NotConfigured(
            f"{file} cannot be read: {words}. Correct it, or move it aside and configure anew."
        ) from exc
    try:
        _edit(document, connection, changes, port)
        if checks_updates is not None:
            document.setdefault("updates", tomlkit.table())["check"] = checks_updates
        if database_url is not None:
            document.setdefault("store", tomlkit.table())["url"] = database_url
    except (TypeError, ValueError, AttributeError, KeyError, TOMLKitError) as exc:
        raise NotConfigured(
            f"{file} has a value where a table belongs; correct it, or move it aside and configure anew."
        ) from exc
    text = tomlkit.dumps(document)
    try:
        loaded = parse(text, file)
    except WrongSetting as wrong:
        raise _as_it_stands(wrong, before, text, file) from wrong
    return Draft(loaded.settings, file, text)


def _as_it_stands(wrong: WrongSetting, before: str, after: str, file: Path) -> WrongSetting:
    """Tell of a wrong setting with its place in the file as it is; with none if it was only to be written."""
    was, would_be = (_value_at(tomllib.loads(text), wrong.path) for text in (before, after))
    if was is None or was != would_be:
        return wrong.at(None, None)
    return wrong.at(file, line_of(before, wrong.path))


def _value_at(document: object, path: str) -> object:
    """Give what stands at a path; None where nothing does."""
    for part in _parts(path):
        if isinstance(document, list) and part.startswith("["):
            number = int(part[1:-1])
            document = document[number] if number < len(document) else None
        else:
            document = document.get(part) if isinstance(document, dict) else None
    return document


def _edit(document: Any, connection: str, changes: Mapping[str, object], port: int | None) -> None:  # noqa: ANN401
    import tomlkit

    if port is not None:
        document.setdefault("web_connector", tomlkit.table())["port"] = port
    connections = document.setdefault("connections", tomlkit.aot())
    entry = next((each for each in connections if each.get("name", "main") == connection), None)
    if entry is None:
        entry = tomlkit.table()
        entry["name"] = connection
        connections.append(entry)
    for path, value in changes.items():
        *tables, field = path.split(".")
        place = entry
        for name in tables:
            place = place.setdefault(name, tomlkit.table())
        place[field] = value


def _write(file: Path, text: str) -> None:
    """Write the file whole or not at all, readable by its owner alone."""
    try:
        write_whole(file, text)
    except OSError as exc:
        raise HomeUnusable(
            f"The settings {file} cannot be written ({exc.strerror}); check the disk and the rights of that folder."
        ) from exc


def _check(settings: Settings) -> None:
    """Refuse what no type can refuse: names used twice, zones nobody knows, databases that are not spoken to.

    Raises:
        WrongSetting: If there is such a one.
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


def line_of(text: str, path: str) -> int | None:
    """Find the line a field is written on.

    Args:
        text: TOML as a person writes it: tables in headers, one key a line.
        path: Such as ``connections[1].cedar.region``.

    Returns:
        The line, counted from 1; None if it is written another way.
    """
    wanted = _parts(path)
    counts: dict[str, int] = {}
    here: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line):
            here = _expanded(header[2].split("."), counts, is_array=header[1] == "[[")
            if _without_index(here) == wanted:
                return number
        elif key := re.match(r"\s*([A-Za-z0-9_\-.\"']+)\s*=", line):
            parts = [part.strip("\"'") for part in key[1].split(".")]
            if here + parts == wanted[: len(here) + len(parts)] and len(here + parts) >= len(_without_index(wanted)):
                return number
    return None


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"\.|(?=\[)", path) if part]


def _expanded(parts: list[str], counts: dict[str, int], *, is_array: bool) -> list[str]:
    """Turn a table's header into a path with the index of each array's element."""
    path: list[str] = []
    for position, raw in enumerate(parts):
        name = raw.strip().strip("\"'")
        path.append(name)
        key = ".".join(path)
        if is_array and position == len(parts) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            path.append(f"[{counts[key]}]")
    return path


def _without_index(path: list[str]) -> list[str]:
    return path[:-1] if path and path[-1].startswith("[") else path


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
