"""A Wine of the build's own: three libraries Wine 8 lacks, fonts, and how programs are run in it."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from installer.running import HERE, BuildFailed, run, tool

_STAND_INS: Final[Mapping[str, tuple[str, ...]]] = {"icuuc": (), "mscms": (), "bcryptprimitives": ("-ladvapi32",)}
"""What Windows has and Wine 8 lacks, by its source, with what it is linked to."""

_FONTS: Final = ("MS Shell Dlg", "MS Shell Dlg 2", "Segoe UI", "Tahoma")


class Wine:
    """A Wine prefix."""

    def __init__(self, folder: Path, display: str | None = None) -> None:
        """Take the prefix's folder; `make` makes it."""
        self.folder = folder.absolute()
        self.environment = {
            "WINEPREFIX": str(self.folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # "n": the ones put there; nothing at all for .NET and the browser, which Wine would offer to fetch.
            "WINEDLLOVERRIDES": ";".join(["mscoree=", "mshtml=", *(f"{name}=n" for name in _STAND_INS)]),
            **({} if display is None else {"DISPLAY": display}),
        }

    def make(self) -> Self:
        """Make the prefix, if it is not there yet.

        Raises:
            BuildFailed: If Wine or MinGW is not there, or fails.
        """
        system = self.folder / "drive_c" / "windows" / "system32"
        if not system.exists():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            run([tool("wineboot"), "-i"], env=self.environment, timeout=300)
            # By itself Wine 8 is a Windows 7.
            self.run(["winecfg", "-v", "win10"])
            for font in _FONTS:
                key = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes"
                self.run(["reg", "add", key, "/v", font, "/t", "REG_SZ", "/d", "Liberation Sans", "/f"])
        compiler = tool("x86_64-w64-mingw32-gcc")
        for name, links in _STAND_INS.items():
            source = HERE / "wine" / f"{name}.c"
            run([compiler, "-O2", "-s", "-w", "-shared", "-o", system / f"{name}.dll", source, *links])
        return self

    def run(self, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, timeout: float = 1800) -> str:
        """Run a Windows program and give what it printed.

        Raises:
            BuildFailed: If it ends with a fault.
        """
        return run([tool("wine"), *command], env={**self.environment, **(env or {})}, timeout=timeout)

    def end(self) -> None:
        """End all that runs in it."""
        # Where nothing runs any more it calls that a fault.
        with contextlib.suppress(BuildFailed):
            run([tool("wineserver"), "-k"], env=self.environment, timeout=60)


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Give a display for the time of a build: the one there is, else one of our own that nobody sees."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    with tempfile.TemporaryFile("w+b") as number:
        command = [tool("Xvfb"), "-displayfd", str(number.fileno()), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        with subprocess.Popen(  # noqa: S603 (the build's own command)
            command, pass_fds=[number.fileno()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                yield f":{_first_line(number.fileno())}"
            finally:
                server.terminate()


def _first_line(descriptor: int) -> str:
    import time

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        text = os.pread(descriptor, 100, 0).decode()
        if text.endswith("\n"):
            return text.strip()
        time.sleep(0.05)
    raise TimeoutError("the display did not start")


def windows_path(path: Path) -> str:
    """Name a file of this computer as programs under Wine see it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")
