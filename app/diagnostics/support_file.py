"""The file for support: what they need in one archive, redacted, with a list of what is in it and what is not."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.diagnostics.logs import redacted

MANIFEST: Final = "WHAT-IS-IN-THIS-FILE.txt"

NOT_IN_IT: Final = (
    "the Cedar key, the Web Connector's password, and what signs Cedar Sync in to QuickBooks Online",
    "names of customers, locations and items",
    "invoice numbers, amounts of single invoices, and the record itself",
    "e-mail addresses, the name you sign in to this computer with, and notes in the settings",
)
"""Said before the file is saved, and in the file."""

_MADE: Final = "Made {moment} UTC."
_IN_IT: Final = "In this file:"
_NOT: Final = "Not in this file:"
_PART: Final = "  {name}, {size} bytes"
_ADDRESS_HERE: Final = "(address)"

_SECRET_VALUE: Final = re.compile(
    r"""((?:key|password|secret|token)\w{0,40}["']?[ \t]{0,8}=[ \t]{0,8})("[^"\n]*"|'[^'\n]*'|[^\s,}]+)""",
    re.IGNORECASE,
)
"""Something secret with a value: no setting of ours is written so, but a person may have written one."""
_SIGN_IN: Final = re.compile(r"(://)[^\s/@]{1,200}@")
"""User and password in an address."""
_COMMENT: Final = re.compile(r"""^((?:[^#"'\n]|"[^"\n]*"|'[^'\n]*')*?)#[^\n]*$""", re.MULTILINE)
"""A person's note in the settings: it may name anybody."""
_NAMES: Final = re.compile(r"^(\s*\[[^\]\n]*\.(?:customers|items)\]).*?(?=^\s*\[|\Z)", re.MULTILINE | re.DOTALL)
_NAMES_IN_LINE: Final = re.compile(r"^(\s*(?:customers|items)\s*=\s*)\{.*$", re.MULTILINE)
"""What customers and items are called in the books."""
_PERSON: Final = re.compile(r"""([A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}|/home/|/Users/)[^\\/"'\n]{1,100}""", re.IGNORECASE)
_CHOSEN_FILE: Final = re.compile(r"(?<![\w./\\])(?:[A-Za-z]:\\|/)[^\"\n]{1,260}?(?= cannot be written)")
"""A file somebody chose: its name may be a customer's."""
_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.-]+")


def build(parts: Mapping[str, str], made_at: datetime) -> bytes:
    """Pack texts into an archive.

    Args:
        parts: Texts by file name; secrets and e-mail addresses are taken out of each.
        made_at: When, for the manifest.

    Returns:
        The content of a ZIP file.
    """
    return pack(prepared(parts, made_at))


def prepared(parts: Mapping[str, str], made_at: datetime) -> dict[str, str]:
    """Give the texts exactly as they are packed, the manifest first: what a person looks at is what is sent."""
    clean = {name: _cleaned(redacted(text)) for name, text in sorted(parts.items())}
    return {MANIFEST: manifest(clean, made_at), **clean}


def pack(files: Mapping[str, str]) -> bytes:
    """Pack texts that are prepared into a ZIP file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def manifest(parts: Mapping[str, str], made_at: datetime) -> str:
    """List what is in the file, and what is not."""
    lines = [_MADE.format(moment=f"{made_at:%Y-%m-%d %H:%M}"), "", _IN_IT]
    lines += [_PART.format(name=name, size=f"{len(text.encode()):,}") for name, text in parts.items()]
    lines += ["", _NOT, *(f"  {each}" for each in NOT_IN_IT)]
    return "\n".join(lines) + "\n"


def without_names(settings: str) -> str:
    """Give settings, also such that cannot be read as settings, without people's notes and the names in them."""
    text = _COMMENT.sub(r"\1", settings)
    return _NAMES_IN_LINE.sub(r"\1{...}", _NAMES.sub("\\1\n...\n\n", text))


def _cleaned(text: str) -> str:
    text = _CHOSEN_FILE.sub("(file)", _PERSON.sub(r"\1(user)", text))
    text = _SECRET_VALUE.sub(r'\1"***"', text)
    return _ADDRESS.sub(_ADDRESS_HERE, _SIGN_IN.sub(r"\1***@", text))
