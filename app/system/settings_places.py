"""Where a setting stands in its file, and what stands there: paths such as ``connections[1].cedar.region``. No I/O."""

import re


def value_at(document: object, path: str) -> object:
    """Give what stands at a path of a document; None where nothing does."""
    for part in _parts(path):
        if isinstance(document, list) and part.startswith("["):
            number = int(part[1:-1])
            document = document[number] if number < len(document) else None
        else:
            document = document.get(part) if isinstance(document, dict) else None
    return document


def line_of(text: str, path: str) -> int | None:
    """Find the line a field is written on.

    Args:
        text: TOML as a person writes it: tables in headers, one key a line.
        path: Such as ``connections[1].cedar.region``.

    Returns:
        The line, counted from 1; None if it is written another way.
    """
    wanted = _parts(path)
    counts: dict[str, int] = {}
    here: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line):
            here = _expanded(header[2].split("."), counts, is_array=header[1] == "[[")
            if _without_index(here) == wanted:
                return number
        elif key := re.match(r"\s*([A-Za-z0-9_\-.\"']+)\s*=", line):
            parts = [part.strip("\"'") for part in key[1].split(".")]
            if here + parts == wanted[: len(here) + len(parts)] and len(here + parts) >= len(_without_index(wanted)):
                return number
    return None


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"\.|(?=\[)", path) if part]


def _expanded(parts: list[str], counts: dict[str, int], *, is_array: bool) -> list[str]:
    """Turn a table's header into a path with the index of each array's element."""
    path: list[str] = []
    for position, raw in enumerate(parts):
        name = raw.strip().strip("\"'")
        path.append(name)
        key = ".".join(path)
        if is_array and position == len(parts) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            path.append(f"[{counts[key]}]")
    return path


def _without_index(path: list[str]) -> list[str]:
    return path[:-1] if path and path[-1].startswith("[") else path
