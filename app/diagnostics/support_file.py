"""The file for support: what they need in one archive, redacted, with a list of what is in it and what is not."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.diagnostics.logs import redacted

MANIFEST: Final = "WHAT-IS-IN-THIS-FILE.txt"

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")

_NOT_IN_IT: Final = (
    "the Cedar key and the Web Connector's password",
    "names of customers, locations and items",
    "invoice numbers, amounts of single invoices, and the record itself",
    "e-mail addresses",
)


def build(parts: Mapping[str, str], made_at: datetime) -> bytes:
    """Pack texts into an archive.

    Args:
        parts: Texts by file name; secrets and e-mail addresses are taken out of each.
        made_at: When, for the manifest.

    Returns:
        The content of a ZIP file.
    """
    clean = {name: _without_addresses(redacted(text)) for name, text in sorted(parts.items())}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest(clean, made_at))
        for name, text in clean.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def manifest(parts: Mapping[str, str], made_at: datetime) -> str:
    """List what is in the file, and what is not."""
    lines = [f"Made {made_at:%Y-%m-%d %H:%M} UTC.", "", "In this file:"]
    lines += [f"  {name}, {len(text.encode()):,} bytes" for name, text in parts.items()]
    lines += ["", "Not in this file:", *(f"  {each}" for each in _NOT_IN_IT)]
    return "\n".join(lines) + "\n"


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub("(address)", text)
