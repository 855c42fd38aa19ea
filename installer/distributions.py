"""What third-party packages are inside the program, read from what was installed to be packed."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Final

_LICENCE_WORDS: Final = ("licen", "copying", "notice", "authors")
_OWN: Final = "cedar-sync"


@dataclass(frozen=True, slots=True)
class Package:
    """One package."""

    name: str
    version: str
    licence: str
    """As its metadata has it: an SPDX expression, or what else its authors wrote."""

    home: str
    """Its page, perhaps empty."""

    texts: tuple[tuple[str, str], ...]
    """Its licence files: name and text."""


def packages(folder: Path) -> list[Package]:
    """Read the packages in a site-packages folder, by name."""
    found = (_package(each) for each in distributions(path=[str(folder)]))
    return sorted((each for each in found if each.name.lower() != _OWN), key=lambda each: each.name.lower())


def _package(found: Distribution) -> Package:
    metadata = found.metadata
    urls = [line.partition(", ")[2] for line in metadata.get_all("Project-URL") or ()]
    return Package(
        metadata["Name"],
        metadata["Version"],
        _licence(found),
        _first(found, "Home-page") or (urls[0] if urls else ""),
        tuple(_texts(found)),
    )


def _licence(found: Distribution) -> str:
    metadata = found.metadata
    if expression := _first(found, "License-Expression"):
        return expression
    classes = [
        line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or () if line.startswith("License :: ")
    ]
    plain = _first(found, "License")
    # Some put the whole text there; its first line names it.
    return plain.splitlines()[0] if plain.strip() else ", ".join(classes)


def _first(found: Distribution, field: str) -> str:
    return next(iter(found.metadata.get_all(field) or ()), "")


def _texts(found: Distribution) -> Iterator[tuple[str, str]]:
    for file in found.files or ():
        path = PurePosixPath(file)
        is_metadata = any(part.endswith(".dist-info") for part in path.parts)
        is_code = path.suffix in {".py", ".pyc", ".pyi"}
        if is_metadata and not is_code and any(word in path.name.lower() for word in _LICENCE_WORDS):
            yield path.name, Path(str(found.locate_file(file))).read_text(encoding="utf-8", errors="replace")
