"""Where PyInstaller runs: a Windows Python with exactly the pinned packages, on Windows itself or under Wine."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from installer.pins import PROGRAM, TOOLS, install_pins, write_pins
from installer.running import HERE, ROOT, BuildFailed, run, tell
from installer.windows_python import VERSION, make_windows_python, take_newer_runtime
from installer.wine_prefix import Wine, screen, windows_path


class Runs(Protocol):
    """Runs a Windows program and gives what it printed."""

    def __call__(self, command: Sequence[str | Path]) -> str:
        """Run it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """A Windows Python that can pack."""

    packages: Path
    """The folder with what the program needs, and nothing else."""

    tools: Path
    """The folder with what packs it."""

    python_version: str
    python_licence: str
    pack: Runs
    """Runs the Python's own ``python`` with arguments; the tools are found."""


@contextmanager
def workshop(work: Path) -> Iterator[Workshop]:
    """Set one up.

    Args:
        work: The folder for it; what is in it from an earlier build is made anew.

    Raises:
        BuildFailed: If a part is missing.
    """
    work.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield _here(work)
    else:
        with screen() as display:
            wine = Wine(work / "wine", display)
            try:
                yield _under_wine(work, wine)
            finally:
                wine.end()


def _install(pins: Path, which: Sequence[str], folder: Path, python: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    install_pins(write_pins(pins, which), folder, python=python)
    return folder


def _under_wine(work: Path, wine: Wine) -> Workshop:
    install_debian_packages()
    tell("Putting a Windows Python together")
    python = make_windows_python(work / "python")
    packages = _install(work / "program.txt", PROGRAM, work / "python" / "Lib" / "site-packages", VERSION)
    tools = _install(work / "tools.txt", TOOLS, work / "tools", VERSION)
    take_newer_runtime(work / "python")
    tell("Making a Wine")
    wine.make()
    # The program's own first: what both need is taken from there.
    places = ";".join(map(windows_path, (packages, tools)))
    found = {"PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1"}

    def pack(command: Sequence[str | Path]) -> str:
        words = [windows_path(word) if isinstance(word, Path) else word for word in command]
        return wine.run([str(python), *words], env=found)

    version = pack(["-c", "import platform; print(platform.python_version())"]).strip()
    licence = (work / "python" / "Lib" / "LICENSE.txt").read_text(encoding="utf-8")
    return Workshop(packages, tools, version, licence, pack)


def _here(work: Path) -> Workshop:
    """Use the Python that runs this, as a release does; python.org's."""
    short = f"{sys.version_info.major}.{sys.version_info.minor}"
    packages = _install(work / "program.txt", PROGRAM, work / "packages", short)
    tools = _install(work / "tools.txt", TOOLS, work / "tools", short)
    licence = Path(sys.base_prefix) / "LICENSE.txt"
    if not licence.exists():
        raise BuildFailed(f"{licence} is missing; build with a Python from python.org.")
    found = {"PYTHONPATH": os.pathsep.join(map(str, (packages, tools)))}

    def pack(command: Sequence[str | Path]) -> str:
        # The base's, in isolation from whatever environment runs the build: only pinned packages are found.
        return run([Path(sys.base_prefix) / "python.exe", "-s", *command], env=found)

    return Workshop(packages, tools, platform.python_version(), licence.read_text(encoding="utf-8"), pack)


def install_debian_packages() -> None:
    """Install what the build needs of Debian, where that is possible and not done.

    Raises:
        BuildFailed: If they cannot be installed.
    """
    names = (HERE / "debian-packages.txt").read_text(encoding="utf-8").split()
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    try:
        run(["dpkg", "-s", *names])
    except BuildFailed:
        tell("Installing Debian's packages")
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], cwd=ROOT)
