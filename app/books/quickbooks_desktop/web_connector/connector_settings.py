r"""What the Web Connector keeps in the registry: the applications that were added, and how they are run.

No I/O: keys below ``HKEY_CURRENT_USER\Software\Intuit\QBWebConnector`` as plain mappings. Intuit documents the key, and
that an application is kept there under its name with what its .QWC file says, its schedule and its encrypted password;
how the values are named and nested is nowhere written down. So values are known by the names of the .QWC file's
elements however they are spelt, what is not there is unknown and not "no", and no shape is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

RegistryTree = Mapping[str, Mapping[str, str | int]]
"""Values by name, by key; keys are paths below the Web Connector's own, which is the empty one."""


@dataclass(frozen=True, slots=True)
class RegisteredApplication:
    """An application in the Web Connector's list; a field is empty or None where nothing is known."""

    name: str = ""
    url: str = ""
    user_name: str = ""
    owner_id: str = ""
    file_id: str = ""
    run_every: timedelta | None = None
    """The interval of Auto-Run."""
    is_auto_run: bool | None = None
    has_password: bool | None = None
    """Whether a password is kept. The password itself is never read."""


@dataclass(frozen=True, slots=True)
class ConnectorSettings:
    """The Web Connector's settings for one Windows user."""

    applications: tuple[RegisteredApplication, ...] = ()
    mentions: frozenset[str] = frozenset()
    """Every text in them, also where its meaning is not known; in lower case."""
    is_locked: bool | None = None
    """An update is under way, or broke off."""

    def mentions_any(self, *texts: str) -> bool:
        """Tell whether one of some texts stands anywhere in the settings."""
        return any(text.strip() and text.strip().casefold() in self.mentions for text in texts)


_AUTO_RUN: Final = ("autorun", "isautorun", "autorunenabled", "doscheduling", "isscheduled", "schedulerenabled")
_SURE: Final = frozenset({"appurl", "fileid"})
"""One of these makes a key an application's."""
_MAYBE: Final = frozenset({"appname", "username", "ownerid", "appuniquename", "appdisplayname"})
"""Two of these do."""
_TRUE: Final = frozenset({"1", "-1", "true", "yes", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "off"})
_LONGEST: Final = timedelta(days=366)


def connector_settings(tree: RegistryTree) -> ConnectorSettings:
    """Read the settings."""
    keys = {path: {_plain(name): value for name, value in values.items()} for path, values in tree.items()}
    own = [path for path, values in keys.items() if _is_application(values)]
    lock = keys.get("", {}).get("updatelock")
    return ConnectorSettings(
        tuple(_application(path, _with_children(path, own, keys)) for path in sorted(own)),
        frozenset(_mentions(tree)),
        None if lock is None else _flag(lock),
    )


def same_guid(one: str, other: str) -> bool:
    """Compare two GUIDs, with or without braces."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(guid: str) -> str:
    return guid.strip().strip("{}").casefold()


def _plain(name: str) -> str:
    return re.sub(r"[^0-9a-z]", "", name.casefold())


def _is_application(values: Mapping[str, str | int]) -> bool:
    return bool(_SURE & values.keys()) or len(_MAYBE & values.keys()) > 1


def _with_children(
    path: str, applications: list[str], keys: Mapping[str, Mapping[str, str | int]]
) -> dict[str, str | int]:
    """Add what stands in keys below an application's, as its schedule may."""
    found = dict(keys[path])
    for other, values in keys.items():
        if path and other.startswith(f"{path}\\") and other not in applications:
            for name, value in values.items():
                found.setdefault(name, value)
    return found


def _application(path: str, values: Mapping[str, str | int]) -> RegisteredApplication:
    names = (_text(values, name) for name in ("appname", "appuniquename", "appdisplayname"))
    return RegisteredApplication(
        name=next((name for name in names if name), path.rpartition("\\")[2]),
        url=_text(values, "appurl"),
        user_name=_text(values, "username"),
        owner_id=_text(values, "ownerid"),
        file_id=_text(values, "fileid"),
        run_every=_interval(values),
        is_auto_run=next((_flag(values[name]) for name in _AUTO_RUN if name in values), None),
        has_password=_has_password(values),
    )


def _text(values: Mapping[str, str | int], name: str) -> str:
    return str(values.get(name, "")).strip()


def _flag(value: str | int) -> bool | None:
    text = str(value).strip().casefold()
    return True if text in _TRUE else False if text in _FALSE else None


def _interval(values: Mapping[str, str | int]) -> timedelta | None:
    for name, unit in (("runeverynminutes", timedelta(minutes=1)), ("runeverynseconds", timedelta(seconds=1))):
        text = _text(values, name)
        if re.fullmatch(r"[0-9]{1,7}", text):
            return min(int(text) * unit, _LONGEST)
    return None


def _has_password(values: Mapping[str, str | int]) -> bool | None:
    found = [bool(str(value).strip()) for name, value in values.items() if "password" in name]
    return any(found) if found else None


def _mentions(tree: RegistryTree) -> Iterator[str]:
    for path, values in tree.items():
        yield from (part.casefold() for part in path.split("\\") if part)
        for name, value in values.items():
            yield name.strip().casefold()
            if isinstance(value, str):
                yield value.strip().casefold()
