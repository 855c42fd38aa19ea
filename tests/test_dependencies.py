"""What the program needs of others: each one is justified, and under terms a product may be handed on with."""

import re
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import pytest

PROJECT: Final = Path(__file__).parents[1]

ALLOWED: Final = re.compile(
    r"\b(MIT|BSD|Apache|MPL-2\.0|Mozilla Public License 2\.0|PSF|Python Software Foundation|ZPL|Zope Public"
    r"|LGPL-3\.0-only)"
)
"""Permissive ones; MPL-2.0 for files we do not change, LGPL-3.0 for Qt, whose libraries can be exchanged."""

ELSEWHERE: Final = {"colorama": "BSD-3-Clause", "pywin32-ctypes": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Only Windows has them; their licences as their packages tell them."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((PROJECT / name).read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def wanted() -> list[str]:
    project = _read("pyproject.toml")["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return sorted({_name(each) for group in groups for each in group})


@cache
def imported() -> frozenset[str]:
    """List the packages the program's modules import, in lower case."""
    line = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    texts = (each.read_text(encoding="utf-8") for each in (PROJECT / "app").rglob("*.py"))
    return frozenset(name.lower() for text in texts for name in line.findall(text))


def shipped() -> list[str]:
    """List what comes with the program: what it wants, and what that wants, by the lock."""
    packages = {each["name"]: each for each in _read("uv.lock")["package"]}
    found: set[str] = set()
    waiting = wanted()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        package = packages[name]
        waiting += [each["name"] for each in package.get("dependencies", ())]
        for extra in package.get("optional-dependencies", {}).values():
            waiting += [each["name"] for each in extra if each["name"] in packages]
    return sorted(found)


def _licence(name: str) -> str:
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    told = metadata.metadata(name)
    classifiers = [each for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    written = [*(told.get_all("License-Expression") or ()), "; ".join(classifiers), *(told.get_all("License") or ())]
    return next((each for each in written if each), "")


@pytest.mark.parametrize("name", wanted())
def test_every_dependency_is_justified(name: str) -> None:
    decisions = (PROJECT / "app" / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Decisions")[2]

    assert re.search(rf"\b{re.escape(name)}\b", decisions, re.IGNORECASE)


@pytest.mark.parametrize("name", wanted())
def test_every_dependency_is_used(name: str) -> None:
    modules = {
        "psycopg": "sqlalchemy",  # which finds it by its name in the address
        "pyside6-essentials": "pyside6",
        "securesystemslib": "tuf",
        "tzdata": "zoneinfo",
    }

    assert modules.get(name, name) in imported()


@pytest.mark.parametrize("name", shipped())
def test_every_licence_may_be_handed_on(name: str) -> None:
    try:
        licence = _licence(name)
    except metadata.PackageNotFoundError:
        pytest.skip("it is not installed here")

    # Of several to choose from one that is allowed is enough; of several that hold together each must be.
    choices = [re.split(r"\bAND\b", each) for each in re.split(r"\bOR\b|;", licence)]
    assert any(all(ALLOWED.search(part) for part in parts) for parts in choices), licence


@pytest.mark.parametrize("licence", ["", "GPL-2.0-only", "GPL-3.0-only", "AGPL-3.0", "UNLIMITED", "Proprietary"])
def test_other_licences_are_not_allowed(licence: str) -> None:
    assert not ALLOWED.search(licence)


def test_the_lock_has_a_hash_for_everything() -> None:
    for package in _read("uv.lock")["package"]:
        if "editable" not in package["source"]:
            files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]
            assert files, package["name"]
            assert all(each["hash"].startswith("sha256:") for each in files), package["name"]
