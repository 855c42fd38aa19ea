"""What goes into the file for support, gathered off the main thread in whatever state the program is. No Qt."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.bootstrap.installation import Installation
from app.bootstrap.support_parts import support_parts
from app.diagnostics.support_file import pack, prepared
from app.domain.faults import HomeUnusable, KnownFault
from app.sync.support import parts_of_home
from app.system.credentials import Credentials
from app.system.whole_file import write_whole_bytes
from app.ui import texts

TROUBLE = "trouble.txt"


def gather(home: Path, credentials: Credentials, installation: Installation | None) -> dict[str, str]:
    """Give the texts of the file, clean and complete, as they will be packed.

    Args:
        home: The home folder.
        credentials: Where secrets are kept.
        installation: The running program's; None while nothing runs.
    """
    return prepared(_parts(home, credentials, installation), datetime.now(UTC))


def write(files: dict[str, str], target: Path) -> Path:
    """Pack the texts into a file.

    Raises:
        HomeUnusable: If it cannot be written.
    """
    try:
        write_whole_bytes(target, pack(files))
    except OSError as exc:
        raise HomeUnusable(texts.SUPPORT_NOT_SAVED.format(path=target, why=exc.strerror)) from exc
    return target


def _parts(home: Path, credentials: Credentials, installation: Installation | None) -> dict[str, str]:
    if installation is not None:
        return support_parts(installation, asks_cedar=False)
    try:
        with Installation(home, credentials=credentials) as opened:
            return support_parts(opened, asks_cedar=False)
    except (KnownFault, DBAPIError) as fault:
        # A home that cannot be opened is what support has to hear of.
        return parts_of_home(home) | {TROUBLE: f"{type(fault).__name__}: {fault}\n"}
