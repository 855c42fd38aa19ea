"""Puts a Windows Python together on Debian: DLLs from a package of pinned hash, the library from a Python here.

The DLLs are python.org's own, signed by the Python Software Foundation; what is missing beside them, ``python.exe`` and
the forwarding ``python3.dll``, is made with MinGW. A release is built on Windows, with python.org's Python.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from installer.pins import install_pins
from installer.running import HERE, BuildFailed, run, tool

VERSION: Final = "3.13"
_SHORT: Final = VERSION.replace(".", "")
_PINS: Final = HERE / "windows_runtime.txt"
_IN_PACKAGE: Final = "deploy_libs"

_BESIDE: Final = frozenset({f"python{_SHORT}.dll"})
"""What lies beside python.exe; all else goes to DLLs."""

_UNWANTED: Final = re.compile(
    # Windows has the api-ms ones itself; those with a tag are for Python without its lock; Wine 8 cannot load _wmi;
    # the runtime of 2015 is too old for Qt.
    r"api-ms-.*|.*\.cp\d+t-.*|_test.*|_wmi\.pyd|tcl.*|tk.*|_tkinter\.pyd|zlib1\.dll|VCRUNTIME.*",
    re.IGNORECASE,
)
_LEFT_BEHIND: Final = (
    *("site-packages", "test", "idlelib", "turtledemo", "tkinter", "lib-dynload", "__pycache__", "ensurepip"),
    *("config-*", "_sysconfigdata*", "EXTERNALLY-MANAGED", "*.so"),
)
"""Parts of a Linux Python's library that have no place on Windows."""

_RUNTIME: Final = ("vcruntime140.dll", "vcruntime140_1.dll")


def make_windows_python(folder: Path) -> Path:
    """Make a Windows Python without packages.

    Returns:
        Its ``python.exe``.

    Raises:
        BuildFailed: If a part cannot be had.
    """
    shutil.rmtree(folder, ignore_errors=True)
    libraries = folder / "DLLs"
    libraries.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        install_pins(_PINS, work / "package", python=VERSION)
        _take(work / "package" / _IN_PACKAGE, folder, libraries)
        shutil.copytree(_library_here(), folder / "Lib", ignore=shutil.ignore_patterns(*_LEFT_BEHIND), symlinks=False)
        (folder / "Lib" / "site-packages").mkdir()
        _make_programs(folder, work)
    return folder / "python.exe"


def take_newer_runtime(folder: Path) -> None:
    """Put Microsoft's runtime that Qt came with beside python.exe; Qt needs one as new as that."""
    for name in _RUNTIME:
        newer = folder / "Lib" / "site-packages" / "shiboken6" / name
        if newer.exists():
            shutil.copy(newer, folder / name)


def _take(package: Path, beside: Path, libraries: Path) -> None:
    for file in package.iterdir():
        if not _UNWANTED.fullmatch(file.name):
            shutil.copy(file, beside if file.name in _BESIDE else libraries)


def _library_here() -> Path:
    """Find the library of a Python of the same version on this computer.

    Raises:
        BuildFailed: If there is none.
    """
    candidates: Iterable[str] = (
        f"python{VERSION}",
        *(
            str(each / "bin" / f"python{VERSION}")
            for each in sorted((Path.home() / ".pyenv/versions").glob(f"{VERSION}*"))
        ),
    )
    for python in candidates:
        try:
            said = run([python, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"])
        except BuildFailed:
            continue
        return Path(said.strip())
    raise BuildFailed(f"A Python {VERSION} of this computer is needed, for its library: python{VERSION} is not here.")


def _make_programs(folder: Path, work: Path) -> None:
    compiler = tool("x86_64-w64-mingw32-gcc")
    library = f"python{_SHORT}"
    shutil.copy(folder / f"{library}.dll", work)
    run([tool("gendef"), f"{library}.dll"], cwd=work)
    run([tool("x86_64-w64-mingw32-dlltool"), "-d", f"{library}.def", "-l", "libpython.a"], cwd=work)
    source = HERE / "wine" / "python_exe.c"
    run([compiler, "-O2", "-s", "-municode", source, "-o", folder / "python.exe", work / "libpython.a"])
    forwards = work / "python3.def"
    forwards.write_text(_forwards((work / f"{library}.def").read_text(encoding="utf-8"), library), encoding="utf-8")
    run([compiler, "-shared", "-nostdlib", "-s", "-o", folder / "python3.dll", forwards, "-Wl,--entry=0"])


def _forwards(definition: str, library: str) -> str:
    """Write a module definition whose every name is the other library's."""
    lines = ["LIBRARY python3.dll", "EXPORTS"]
    for line in definition.splitlines():
        word = line.split(maxsplit=1)[0] if line.strip() else ";"
        if word.startswith(";") or word in {"LIBRARY", "EXPORTS"}:
            continue
        lines.append(f"  {word} = {library}.{word}{' DATA' if line.rstrip().endswith(' DATA') else ''}")
    return "\n".join(lines) + "\n"
