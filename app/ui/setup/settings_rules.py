"""What the settings window may write: wrong values refused at their field, and what the Web Connector must be told.

No Qt. Rule: what the settings file would refuse is refused here first, by field and in a sentence.
"""

from collections.abc import Mapping
from typing import Final
from zoneinfo import available_timezones

from app.diagnostics.logs import never_log
from app.system.credentials import LONGEST, Secret, length_of
from app.system.listening import PortTaken, listen
from app.system.settings import ConnectionSettings, Settings
from app.system.settings_file import change
from app.ui.setup import texts
from app.ui.setup.listening import PortInUse, free_port
from app.ui.setup.place import LONGEST_USERNAME, Place

PORT: Final = "port"
UPDATES: Final = "updates"
"""Whether to look for updates once a day."""
API_KEY: Final = "api_key"
"""Not a setting: the key goes to the credential store."""
CLIENT_SECRET: Final = "client_secret"  # noqa: S105 (the name of a field)
"""Neither: the secret of the Intuit app."""
_SECRETS: Final = {API_KEY: Secret.CEDAR_API_KEY, CLIENT_SECRET: Secret.QBO_CLIENT_SECRET}

ASKED_OF_CEDAR: Final = frozenset({API_KEY, "cedar.region", "cedar.carrier", "cedar.assume_user"})
"""Fields that Cedar may refuse; whether it does is found out once they are saved."""

TOLD_TO_THE_WEB_CONNECTOR: Final = frozenset({PORT, "web_connector.username"})
"""Fields that stand in the .QWC file: another value needs a new one."""


def value_at(connection: ConnectionSettings, path: str) -> object:
    """Give a setting by its dotted path inside the connection."""
    value: object = connection
    for name in path.split("."):
        value = getattr(value, name)
    return value


def differing(wanted: Mapping[str, object], settings: Settings, connection: ConnectionSettings) -> dict[str, object]:
    """Give only what is not so already."""
    found: dict[str, object] = {}
    for path, value in wanted.items():
        if path == PORT:
            is_same = settings.web_connector.port == value
        elif path == UPDATES:
            is_same = settings.updates.check == value
        else:
            is_same = not value if path in _SECRETS else value_at(connection, path) == value
        if not is_same:
            found[path] = value
    return found


def refusals(changes: Mapping[str, object], settings: Settings, name: str) -> dict[str, str]:
    """Say by field what cannot be written, and why.

    Args:
        changes: Values by path.
        settings: The settings as they are.
        name: The connection's name.
    """
    found: dict[str, str] = {}
    username = changes.get("web_connector.username")
    if isinstance(username, str):
        others = {each.web_connector.username: each.name for each in settings.connections if each.name != name}
        if not 1 <= len(username) <= LONGEST_USERNAME:
            found["web_connector.username"] = texts.WRONG_USERNAME
        elif username in others:
            found["web_connector.username"] = texts.USERNAME_TAKEN.format(name=others[username])
    zone = changes.get("cedar.time_zone")
    if zone and zone not in available_timezones():
        found["cedar.time_zone"] = texts.WRONG_ZONE
    if changes.get("cedar.billing_statuses") == []:
        found["cedar.billing_statuses"] = texts.NO_STATUS
    for path in ("cedar.carrier", "cedar.assume_user"):
        if changes.get(path) == "":
            found[path] = texts.NOT_EMPTY
    key = changes.get(API_KEY)
    if isinstance(key, str) and length_of(key) > LONGEST:
        found[API_KEY] = texts.KEY_TOO_LONG.format(length=length_of(key), limit=LONGEST)
    return found


def needs_new_file(changes: Mapping[str, object]) -> bool:
    """Tell whether the Web Connector must get a new .QWC file."""
    return not TOLD_TO_THE_WEB_CONNECTOR.isdisjoint(changes)


def keep(place: Place, changes: Mapping[str, object]) -> None:
    """Write the changes; everything else in the file stays as it is, comments included.

    Raises:
        SettingsOfAnother: If they would make the connection another one than its invoices belong to.
        PortInUse: If another program has the new port.
        NotConfigured: If the settings or the key cannot be used.
        HomeUnusable: If they cannot be written.
    """
    settings = {path: value for path, value in changes.items() if path not in {PORT, UPDATES, *_SECRETS}}
    if settings:
        place.require_itself(settings)
    port = changes.get(PORT)
    if isinstance(port, int):
        _make_sure_of(port)
    for name, secret in _SECRETS.items():
        typed = changes.get(name)
        if isinstance(typed, str):
            never_log(typed)
            place.credentials.put(place.connection, secret, typed)
    updates = changes.get(UPDATES)
    if settings or port is not None or updates is not None:
        change(
            place.home,
            place.connection,
            settings,
            port if isinstance(port, int) else None,
            checks_updates=updates if isinstance(updates, bool) else None,
        )


def _make_sure_of(port: int) -> None:
    try:
        listeners = listen(port)
    except PortTaken as exc:
        raise PortInUse(port, free_port()) from exc
    for listener in listeners:
        listener.close()
