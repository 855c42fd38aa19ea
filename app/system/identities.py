"""The ids the company files are stamped with, once more beside the record.

The Web Connector and the company file keep their halves of the pair; if ours went with a damaged record, a company file
with the old stamp would count as another one. The record has the word; this file is asked when the record is gone.
"""

import logging
import os
from pathlib import Path
from typing import Final

import msgspec

from app.domain.facts import Identity

log = logging.getLogger(__name__)

NAME: Final = "identities.json"


def kept(home: Path) -> dict[str, Identity]:
    """Read the pairs by connection; empty where there is no file, or none that can be read."""
    try:
        return msgspec.json.decode((home / NAME).read_bytes(), type=dict[str, Identity])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError) as exc:
        log.warning("%s cannot be read: %s", home / NAME, exc)
        return {}


def keep(home: Path, connection: str, identity: Identity) -> None:
    """Keep a pair; a home that cannot be written is told by whoever needs to write there."""
    known = kept(home)
    if known.get(connection) == identity:
        return
    file = home / NAME
    fresh = file.with_name(f"{NAME}.{os.getpid()}.new")
    try:
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(known | {connection: identity}), indent=2))
        fresh.replace(file)
    except OSError as exc:
        log.warning("%s cannot be written: %s", file, exc)
        fresh.unlink(missing_ok=True)
