"""The home folder: where settings, record and logs of one installation live, used by one running program at a time."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from app.domain.faults import HomeUnusable
from app.system.folder_rights import keep_to_owner

VARIABLE = "CEDAR_SYNC_HOME"
RECORD = "record.sqlite"


class Home:
    """A home folder that is there and can be written."""

    def __init__(self, path: Path) -> None:
        """Make sure of the folder.

        Raises:
            HomeUnusable: If it cannot be made or written.
        """
        self.path = path
        try:
            is_new = not path.exists()
            path.mkdir(parents=True, exist_ok=True)
            keep_to_owner(path, is_new=is_new)
            # Its name is its own: other threads and programs may be looking at the same moment.
            with tempfile.TemporaryFile(dir=path):
                pass
        except OSError as exc:
            raise HomeUnusable(
                f"The folder {path} cannot be written ({exc.strerror}); choose another home, or give your user the "
                "right to write there."
            ) from exc

    @property
    def record(self) -> Path:
        """The record's file."""
        return self.path / RECORD

    @property
    def holder(self) -> Path:
        """The file in which the running program notes who it is on a shared record, for the commands beside it."""
        return self.path / "lease-holder"

    @property
    def log(self) -> Path:
        """The log's file."""
        return self.path / "logs" / "cedar-sync.log"

    @contextlib.contextmanager
    def claimed(self) -> Iterator[None]:
        """Run in this home as its one long-lived program.

        Raises:
            HomeUnusable: If another one is running there.
        """
        lock = FileLock(self.path / "running.lock")
        try:
            # A command that asks whether a program is running holds the lock for an instant.
            lock.acquire(timeout=1)
        except Timeout as exc:
            raise HomeUnusable(
                f"Cedar Sync is already running with the home {self.path}; use that one, or end it first."
            ) from exc
        except OSError as exc:
            raise HomeUnusable(f"The folder {self.path} cannot be used ({exc.strerror}); check its rights.") from exc
        try:
            yield
        finally:
            lock.release()

    def is_running(self) -> bool:
        """Tell whether a long-lived program uses this home now."""
        lock = FileLock(self.path / "running.lock")
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            return True
        lock.release()
        return False


def require_no_file(path: Path) -> None:
    """Make sure that no file stands where a home, or a folder above it, should be.

    Raises:
        HomeUnusable: If one does, or if this user may not look there.
    """
    try:
        there = next((each for each in (path, *path.parents) if each.exists()), None)
        is_file = there is not None and not there.is_dir()
    except OSError as exc:
        raise HomeUnusable(
            f"The folder {path} cannot be looked at ({exc.strerror}); choose another home, or give your user the right "
            "to read there."
        ) from exc
    if is_file:
        raise HomeUnusable(f"{there} is a file, and the home is a folder; name another folder with --home.")


def default_home() -> Path:
    """Give the home of this user, absolute: the variable's, else the usual one."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen).absolute() if chosen else usual_home()


def usual_home() -> Path:
    """Give the home a start without any options uses: the platform's folder for a program's data.

    The variable does not count: whoever started this program may have set it for this one start.
    """
    return user_data_path("Cedar Sync", appauthor=False)
