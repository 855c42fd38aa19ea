"""Reads and writes ``HOME/settings.toml``: wrong values refused with line, field and what is allowed; the rest kept."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from app.domain.faults import HomeUnusable, NotConfigured
from app.system.settings import DEFAULT_CONNECTION, Settings, strange_keys, unknown_keys
from app.system.settings_check import check
from app.system.settings_places import line_of, value_at
from app.system.settings_words import WrongSetting, wrong_kind
from app.system.whole_file import write_whole

NAME = "settings.toml"


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
        check(settings)
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
    was, would_be = (value_at(tomllib.loads(text), wrong.path) for text in (before, after))
    if was is None or was != would_be:
        return wrong.at(None, None)
    return wrong.at(file, line_of(before, wrong.path))


def _edit(document: Any, connection: str, changes: Mapping[str, object], port: int | None) -> None:  # noqa: ANN401
    import tomlkit

    if port is not None:
        document.setdefault("web_connector", tomlkit.table())["port"] = port
    connections = document.setdefault("connections", tomlkit.aot())
    entry = next((each for each in connections if each.get("name", DEFAULT_CONNECTION) == connection), None)
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


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
