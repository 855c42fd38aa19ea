"""A setup that was fetched: its name, whether it still is what was signed, and when it has had its day."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.updates.version import is_newer

FOLDER: Final = "updates"
"""In the home: what was fetched, and what the feed said last."""

_PREFIX: Final = "cedar-sync-setup-"
_SUFFIX: Final = ".exe"


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A setup on the disk."""

    path: Path
    size: int
    """Bytes."""
    sha256: str
    """As it was signed, in lower-case hexadecimal."""

    def is_whole(self) -> bool:
        """Tell whether the file is what was signed; asked right before it is started.

        The folder is the user's own: whoever can change the file there could start another one as well. It still is
        looked at again, since a disk, a scanner or a sync program may have changed it.
        """
        try:
            with self.path.open("rb") as stream:
                if stream.seek(0, 2) != self.size:
                    return False
                stream.seek(0)
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return False
        return hmac.compare_digest(found, self.sha256)


def setup_name(version: str) -> str:
    """Name the setup of a version."""
    return f"{_PREFIX}{version}{_SUFFIX}"


def tidy(folder: Path, running: str) -> None:
    """Remove setups that are of no use any more: those of the running version and of older ones.

    Raises:
        OSError: If one cannot be removed.
    """
    for file in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        if not is_newer(file.name.removeprefix(_PREFIX).removesuffix(_SUFFIX), running):
            file.unlink(missing_ok=True)
