"""Where this build's feed is, and which keys it trusts: two files beside the program, put there by whoever built it.

A build without them looks for nothing. The variable ``CEDAR_SYNC_UPDATE_FEED`` names a folder with the two files for
tests and for trying a feed out; whoever can set it can start another program just as well.

Rule: a feed is asked over HTTPS, or on this computer. The signatures hold without it; who looks for what is nobody's
business on the way.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from app.domain.faults import NotConfigured
from app.system.network import is_loopback
from app.system.resources import resources

VARIABLE: Final = "CEDAR_SYNC_UPDATE_FEED"
FOLDER: Final = "updates"
"""The folder's name among the resources."""
ADDRESS_FILE: Final = "feed.toml"
ROOT_FILE: Final = "root.json"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, and the beginning of trust in it."""

    address: str
    """Ends in a slash; metadata and setups are in the folders ``metadata/`` and ``targets/`` below it."""
    root: bytes
    """The signed list of trusted keys this build came with."""


def feed_folder() -> Path:
    """Give the folder where the two files would be."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else resources() / FOLDER


def has_feed() -> bool:
    """Tell whether this build looks for updates at all."""
    folder = feed_folder()
    return (folder / ADDRESS_FILE).is_file() and (folder / ROOT_FILE).is_file()


def configured_feed() -> Feed:
    """Read where the feed is.

    Raises:
        NotConfigured: If this build has none, or its two files cannot be used.
    """
    folder = feed_folder()
    if not has_feed():
        raise NotConfigured(
            "This copy does not look for updates: it was built without a feed. A new version comes from whoever gave "
            "you this one."
        )
    try:
        document = tomllib.loads((folder / ADDRESS_FILE).read_text(encoding="utf-8-sig"))
        root = (folder / ROOT_FILE).read_bytes()
    except (OSError, ValueError) as exc:
        raise _unusable(folder) from exc
    return Feed(_address(document.get("url"), folder), root)


def _address(value: object, folder: Path) -> str:
    text = value if isinstance(value, str) else ""
    try:
        url = urlsplit(text)
        host = url.hostname
    except ValueError as exc:
        raise _unusable(folder) from exc
    if not host or url.query or url.fragment:
        raise _unusable(folder)
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(host)):
        raise NotConfigured(
            f"The update feed in {folder / ADDRESS_FILE} is not asked over an encrypted connection; it must begin with "
            "https://."
        )
    return f"{text.rstrip('/')}/"


def _unusable(folder: Path) -> NotConfigured:
    return NotConfigured(
        f"The update feed named in {folder / ADDRESS_FILE} cannot be used; install Cedar Sync again, or tell support."
    )
