"""A screen nobody sees, with a window manager and a place for tray icons: Xvfb, openbox, trayer."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

NEEDED = ("Xvfb", "openbox", "trayer", "xdotool", "import")
SCREEN = "1400x900x24"
BAR_HEIGHT = 32
_READY_SECONDS = 20.0
_NOWHERE = subprocess.DEVNULL


def what_is_missing() -> list[str]:
    """Name the programs that are not installed here."""
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def an_x_server() -> Iterator[str]:
    """Run a screen; gives its name for ``DISPLAY``."""
    with ExitStack() as stack:
        # The server chooses a free number itself, and writes it where it is told.
        read, write = os.pipe()
        stack.callback(os.close, read)
        command = ["Xvfb", "-screen", "0", SCREEN, "-nolisten", "tcp", "-displayfd", str(write)]
        server = _start(stack, command, dict(os.environ), descriptors=(write,))
        os.close(write)
        display = f":{os.read(read, 16).decode().strip()}"
        if server.poll() is not None:
            raise OSError("Xvfb did not start")
        environment = os.environ | {"DISPLAY": display}
        _start(stack, ["openbox"], environment)
        _start_tray(stack, environment)
        yield display


def shoot(file: Path, area: str = "") -> None:
    """Take a picture of the screen, or of an area of it as ``WIDTHxHEIGHT+LEFT+TOP``."""
    crop = ["-crop", area, "+repage"] if area else []
    subprocess.run(["import", "-window", "root", *crop, str(file)], check=True, timeout=30)


def point(left: int, top: int, *click: str) -> None:
    """Move the pointer, and click with a button if one is named."""
    subprocess.run(["xdotool", "mousemove", str(left), str(top)], check=True, timeout=30)
    for button in click:
        subprocess.run(["xdotool", "click", button], check=True, timeout=30)


def _start(
    stack: ExitStack, command: list[str], environment: dict[str, str], descriptors: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, env=environment, stdout=_NOWHERE, stderr=_NOWHERE, pass_fds=descriptors)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(_READY_SECONDS)


def _start_tray(stack: ExitStack, environment: dict[str, str]) -> None:
    """Start the place for icons; it gives up where the window manager is not up yet, and is started again."""
    deadline = time.monotonic() + _READY_SECONDS
    command = ["trayer", "--edge", "bottom", "--align", "right", "--height", str(BAR_HEIGHT)]
    search = ["xdotool", "search", "--class", "trayer"]
    tray = _start(stack, command, environment)
    while subprocess.run(search, env=environment, capture_output=True, check=False, timeout=30).returncode != 0:
        if time.monotonic() > deadline:
            raise TimeoutError("trayer did not appear")
        if tray.poll() is not None:
            tray = _start(stack, command, environment)
        time.sleep(0.1)
