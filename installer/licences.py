"""Writes the licences of everything that is inside the program into its folder LICENSES."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app import PRODUCT
from installer.distributions import Package
from installer.running import HERE, BuildFailed

TEXTS: Final = HERE / "licences"
"""Texts that no package brings."""

_QT: Final = frozenset({"pyside6-essentials", "pyside6_essentials", "shiboken6"})
_LIST: Final = "INDEX.txt"


def write_licences(folder: Path, found: Iterable[Package], python_licence: str) -> Path:
    """Write them.

    Args:
        folder: Where to; it is made anew.
        found: The packages inside the program.
        python_licence: The licence of the Python inside it, with those of the libraries it comes with.

    Returns:
        The list of them all.

    Raises:
        BuildFailed: If a package tells no licence: then nobody may hand it on.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in sorted(TEXTS.glob("*.txt")):
        shutil.copy(file, folder)
    (folder / "Python.txt").write_text(python_licence, encoding="utf-8")
    lines = [f"What is inside {PRODUCT}, and under which terms", "", "Python: Python.txt"]
    for each in found:
        is_qt = each.name.lower() in _QT
        licence = "LGPL-3.0-only" if is_qt else each.licence
        if not licence and not each.texts:
            raise BuildFailed(f"{each.name} tells no licence.")
        # Qt's packages bring the text of the other licence they may be had under; it is not ours.
        texts = () if is_qt else each.texts
        for number, (name, text) in enumerate(texts):
            (folder / _file(each.name, name, number)).write_text(text, encoding="utf-8")
        where = "Qt.txt, LGPL-3.0.txt" if is_qt else ", ".join(_file(each.name, n, i) for i, (n, _) in enumerate(texts))
        lines.append(f"{each.name} {each.version}, {licence}: {where or each.home}")
    index = folder / _LIST
    index.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return index


def _file(package: str, name: str, number: int) -> str:
    stem = Path(name).name
    return f"{package}-{number}-{stem}" if stem.endswith(".txt") else f"{package}-{number}-{stem}.txt"
