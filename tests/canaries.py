"""Finds a text that must not be somewhere, however it is spelt."""

import base64
import html
import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape


def spellings(secret: str) -> dict[str, bytes]:
    """Give a text's usual spellings, by their names."""
    plain = {
        "plain": secret,
        "XML": escape(secret),
        "HTML": html.escape(secret),
        "JSON": json.dumps(secret)[1:-1],
        "Python": repr(secret)[1:-1],
        "percent": quote(secret, safe=""),
        "path": quote(secret),
        "form": quote_plus(secret),
    }
    found = {name: text.encode() for name, text in plain.items()}
    found |= {
        f"{name}, {code}": text.encode(code) for name, text in plain.items() for code in ("utf-16-le", "utf-16-be")
    }
    for before in range(3):
        # Whatever stands before it, one of three ways to cut it into threes is the one that was taken.
        whole = base64.b64encode(b"\0" * before + secret.encode())
        found[f"base64, {before}"] = whole[4 if before else 0 :][: (len(secret.encode()) - 3) // 3 * 4]
    return found


def found_in(data: bytes, secrets: Iterable[str]) -> list[str]:
    """Tell which secrets are in some bytes, and how they are spelt there."""
    return [f"{secret} ({name})" for secret in secrets for name, spelt in spellings(secret).items() if spelt in data]


def leaks(folder: Path, secrets: Iterable[str]) -> list[str]:
    """Tell which secrets are in which files below a folder, or in their names."""
    wanted = tuple(secrets)
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        data = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        found += [f"{path.relative_to(folder)}: {leak}" for leak in found_in(data, wanted)]
    return found
