"""Reads the feed by The Update Framework: which version is the newest, and its setup, as the makers signed them.

The target ``latest.json`` names the newest version; the setup of a version is ``cedar-sync-setup-VERSION.exe``, and
what is signed with it says the version again and in a few words what is new. What the feed said last is kept in the
home, so that an older state, replayed by somebody on the way, is recognised.

Source: the client workflow of the specification, https://theupdateframework.github.io/specification/latest/, section 5.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from tuf.api import exceptions
from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater

from app import __version__
from app.domain.faults import HomeUnusable
from app.updates.faults import FeedFault, FeedProblem
from app.updates.feed import Feed
from app.updates.fetcher import FeedFetcher
from app.updates.setup_file import SetupFile, setup_name, tidy
from app.updates.version import is_newer, numbers

log = logging.getLogger(__name__)

LATEST: Final = "latest.json"

LOOK_SECONDS: Final = 60.0
FETCH_SECONDS: Final = 1800.0
"""A setup of 30 MB over a line of a quarter of a megabit a second takes as long."""

_LONGEST_LATEST: Final = 4096
_LONGEST_NOTES: Final = 2000


@dataclass(frozen=True, slots=True)
class Newer:
    """A version that is newer than the running one."""

    version: str
    notes: str
    """What is new in it, in a few words; perhaps empty."""
    size: int
    """Of its setup, in bytes."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the feed found."""

    newer: Newer | None
    setup: SetupFile | None = None
    """Only where it was fetched."""


def look(feed: Feed, folder: Path, *, fetches: bool = False, seconds: float | None = None) -> Look:
    """Look for a newer version.

    Args:
        feed: Where to look, and whom to trust.
        folder: Where it is remembered what the feed said, and a setup is kept.
        fetches: Whether to fetch the setup, too; one that is there already is taken, if it is what was signed.
        seconds: How long that may take; a usual time by default.

    Raises:
        FeedFault: If the feed gives nothing that may be used.
        HomeUnusable: If the folder cannot be written, or another look is under way.
    """
    limit = seconds if seconds is not None else FETCH_SECONDS if fetches else LOOK_SECONDS
    with _told(folder), _alone(folder), FeedFetcher(feed.address, limit) as fetcher:
        metadata = folder / "metadata"
        metadata.mkdir(exist_ok=True)
        tidy(folder, __version__)
        updater = Updater(
            str(metadata),
            f"{feed.address}metadata/",
            str(folder),
            f"{feed.address}targets/",
            fetcher=fetcher,
            bootstrap=feed.root,
        )
        version = _latest(updater, folder)
        if version is None or not is_newer(version, __version__):
            return Look(None)
        target = _target(updater, setup_name(version))
        newer = Newer(version, _notes(target, version), target.length)
        return Look(newer, _fetched(updater, target, folder / setup_name(version)) if fetches else None)


def _latest(updater: Updater, folder: Path) -> str | None:
    """Give the newest version the makers name; None from a feed that is still empty."""
    target = updater.get_targetinfo(LATEST)
    if target is None:
        return None
    if target.length > _LONGEST_LATEST:
        raise FeedFault(FeedProblem.NONSENSE)
    path = Path(_path(updater, target, folder / LATEST))
    try:
        version = json.loads(path.read_bytes())["version"]
    except (ValueError, KeyError, TypeError) as exc:
        raise FeedFault(FeedProblem.NONSENSE) from exc
    if not isinstance(version, str) or numbers(version) is None:
        raise FeedFault(FeedProblem.NONSENSE)
    return version


def _target(updater: Updater, name: str) -> TargetFile:
    target = updater.get_targetinfo(name)
    if target is None:
        raise FeedFault(FeedProblem.NONSENSE)
    return target


def _path(updater: Updater, target: TargetFile, path: Path) -> str:
    return updater.find_cached_target(target, str(path)) or updater.download_target(target, str(path))


def _notes(target: TargetFile, version: str) -> str:
    """Give what is new, and make sure that the setup is that of the version."""
    custom = target.custom
    if not isinstance(custom, dict) or custom.get("version") != version:
        raise FeedFault(FeedProblem.NONSENSE)
    notes = custom.get("notes", "")
    return notes[:_LONGEST_NOTES] if isinstance(notes, str) else ""


def _fetched(updater: Updater, target: TargetFile, path: Path) -> SetupFile:
    sha256 = target.hashes.get("sha256")
    if sha256 is None:
        raise FeedFault(FeedProblem.NONSENSE)
    return SetupFile(Path(_path(updater, target, path)), target.length, sha256)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only one that reads: the library keeps what it knows in files it does not share."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "looking.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise HomeUnusable("Updates are being looked for already; try again in a minute.") from exc
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say by its kind what went wrong; the log has the library's own words."""
    try:
        yield
    except OSError as exc:
        raise HomeUnusable(
            f"What belongs to the update cannot be kept in {folder} ({exc.strerror or exc}); check the disk and the "
            "rights of that folder. Nothing was installed."
        ) from exc
    except (exceptions.RepositoryError, exceptions.DownloadError) as exc:
        problem = next(problem for kind, problem in _PROBLEMS if isinstance(exc, kind))
        log.info("the feed gave nothing that may be used (%s): %s", problem, exc)
        raise FeedFault(problem) from exc


_PROBLEMS: Final = (
    (exceptions.ExpiredMetadataError, FeedProblem.STALE),
    (exceptions.BadVersionNumberError, FeedProblem.OLDER),
    (exceptions.UnsignedMetadataError, FeedProblem.NOT_SIGNED),
    (exceptions.LengthOrHashMismatchError, FeedProblem.CHANGED),
    (exceptions.RepositoryError, FeedProblem.NONSENSE),
    (exceptions.DownloadLengthMismatchError, FeedProblem.TOO_LONG),
    (exceptions.SlowRetrievalError, FeedProblem.TOO_SLOW),
    (exceptions.DownloadError, FeedProblem.UNREACHABLE),
)
"""The first that fits counts: the later ones are wider."""
