"""Settings that would make a connection another one: told before they are in force, or taken, and all begins anew."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.bootstrap.connection_kit import kit_of, kits_of
from app.bootstrap.installation import Installation
from app.domain.faults import HomeUnusable, NotConfigured
from app.domain.language import _
from app.domain.reasons import Reason
from app.store import copies
from app.store.database import translated
from app.sync import belonging
from app.system.credentials import Credentials
from app.system.home import RECORD
from app.system.settings import Settings

log = logging.getLogger(__name__)

_NOTHING_TO_START_ANEW: Final = _(
    'The connection "{connection}" goes on as it is: the settings are those of its invoices, so nothing was forgotten.'
)


def would_be_another(
    home: Path, connection: str, settings: Settings, credentials: Credentials | None = None
) -> Reason | None:
    """Tell why changed settings, not in force yet, would make a connection another one; None where they do not.

    Args:
        home: The home.
        connection: The connection that is changed.
        settings: All settings, with the changes.
        credentials: In place of the system's.

    Returns:
        None, too, where the record cannot be looked at: whoever works looks again. A connection that another one's
        settings have already is let be changed in everything else.
    """
    if not (home / RECORD).exists() and not settings.store.url:
        return None
    try:
        before = None
        with suppress(NotConfigured), Installation(home, credentials=credentials) as now:
            kits = {kit.name: kit for kit in kits_of(now)}
            for kit in kits.values():
                kit.belonging.adopt()
            before = kits[connection].belonging.mismatch() if connection in kits else None
        with Installation(home, settings=settings, credentials=credentials) as changed:
            after = kit_of(changed, connection).belonging.mismatch()
    except (NotConfigured, HomeUnusable) as fault:
        log.warning("it could not be looked whether the settings fit the record: %s", fault)
        return None
    return after if after != before else None


def start_anew(installation: Installation, name: str) -> Path:
    """Forget what is known of a connection that its settings would make another one, and have it belong to them.

    Returns:
        The copy of the record as it was.

    Raises:
        NotConfigured: If the settings are those of its invoices: there is nothing to start anew for.
        HomeUnusable: If a program runs in this home or the copy cannot be made; nothing is forgotten then.
    """
    kit, home = kit_of(installation, name), installation.home
    with installation.holder.keeping(name), home.claimed(), translated(home.record):
        reason = kit.belonging.mismatch()
        if reason is None:
            raise NotConfigured(_NOTHING_TO_START_ANEW.format(connection=name))
        copy = copies.keep_copy(installation.record, home.record, installation.clock.now())
        with installation.record.write() as tx:
            belonging.start_anew(tx, kit.belonging.sides, reason)
    log.warning("what was known of %s was forgotten by hand", name, extra={"copy": str(copy)})
    return copy
