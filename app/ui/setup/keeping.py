"""What the wizard keeps: settings, the key, the .QWC file, a password, and the word to begin. No Qt.

Rule: only `begin` lets anything be sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.books.quickbooks_desktop.web_connector.qwc_file import render
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.diagnostics.logs import never_log
from app.domain.facts import IntroductionWanted
from app.domain.faults import HomeUnusable
from app.store import facts
from app.system.credentials import Secret
from app.system.settings_file import change
from app.ui.setup import texts
from app.ui.setup.checks import setup_state
from app.ui.setup.flow import CedarAnswers
from app.ui.setup.place import Place, fresh_connection


@dataclass(frozen=True, slots=True)
class FileMade:
    """The .QWC file, and the password that goes with it."""

    path: Path
    password: str
    """Only where a new one was made, or nobody has seen it yet: it is shown once and never again."""


def keep_cedar(place: Place, answers: CedarAnswers) -> None:
    """Keep how to reach Cedar; one whose set-up is not finished is paused first.

    Raises:
        NotConfigured: If the key is too long, or the settings cannot be used.
        HomeUnusable: If there is no credential store, or the home cannot be written.
    """
    is_new = not place.is_there()
    changes: dict[str, object] = {
        "cedar.region": answers.region,
        "cedar.carrier": answers.carrier.strip(),
        "cedar.assume_user": answers.assume_user.strip(),
    }
    if is_new:
        changes["web_connector.username"] = fresh_connection(place.connection).web_connector.username
    draft = place.require_itself(changes)
    place.home.mkdir(parents=True, exist_ok=True)
    if not setup_state(place).is_finished:
        place.pause()
    key = answers.api_key.strip()
    if key:
        never_log(key)
        place.credentials.put(place.connection, Secret.CEDAR_API_KEY, key)
    draft.write()


def keep_draft(place: Place, answers: CedarAnswers) -> None:
    """Keep what was typed of the Cedar page when somebody stops there: never the key, and nothing that is empty.

    Not of a connection that runs, nor of one that would be added to others: a wizard that is closed changes nothing
    for them.

    Raises:
        NotConfigured: If the settings cannot be used.
        HomeUnusable: If the home cannot be written.
    """
    others = [each.name for each in place.settings().connections if each.name != place.connection]
    if setup_state(place).is_finished or (others and not place.is_there()):
        return
    typed = {"carrier": answers.carrier.strip(), "assume_user": answers.assume_user.strip()}
    if any(typed.values()):
        before = place.connection_settings().cedar
        keep_cedar(
            place,
            CedarAnswers(
                answers.region, typed["carrier"] or before.carrier, typed["assume_user"] or before.assume_user
            ),
        )


def keep_columns(place: Place, chosen: Mapping[str, str]) -> None:
    """Keep the columns a person chose; empty ones are found by themselves.

    Raises:
        NotConfigured: If the settings cannot be used.
        HomeUnusable: If they cannot be written.
    """
    change(place.home, place.connection, {f"cedar.columns.{field}": key for field, key in chosen.items()}, None)


def keep_port(place: Place, port: int) -> None:
    """Keep another port for the Web Connector to call."""
    change(place.home, place.connection, {}, port)


def make_file(place: Place, target: Path | None = None, *, new_password: bool = False) -> FileMade:
    """Write the .QWC file, and make a password where there is none or a new one is wanted.

    Args:
        place: The connection.
        target: The file; in the home where none is named.
        new_password: Make a new password although there is one.

    Raises:
        HomeUnusable: If the file cannot be written, or there is no credential store.
    """
    with place.opened() as installation:
        kit = kit_of(installation, place.connection)
        application = kit.connector_line.application()
        path = target or place.home / f"{application.app_name}.qwc"
        try:
            path.write_bytes(render(application))
        except OSError as exc:
            raise HomeUnusable(texts.FILE_NOT_WRITTEN.format(path=path, why=exc.strerror)) from exc
        return FileMade(path, kit.connector_password.to_show(is_new=new_password) or "")


def new_pair(place: Place) -> FileMade:
    """Make new ids for the company file, and the .QWC file with them: for a file that was stamped with the old ones.

    Raises:
        HomeUnusable: If the file cannot be written.
    """
    with place.opened() as installation:
        kit_of(installation, place.connection).connector_line.renew_identity()
    return make_file(place)


def want_introduction(installation: Installation, name: str) -> None:
    """Have QuickBooks opened at the Web Connector's next call, only to learn which company file it is."""
    kit_of(installation, name).lift_problem()
    with installation.record.write() as tx:
        facts.put(tx, name, IntroductionWanted())


def begin(place: Place) -> None:
    """Let the connection read Cedar and send from now on."""
    with place.opened() as installation:
        installation.service.resume([place.connection])
