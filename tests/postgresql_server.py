"""A real PostgreSQL, Debian's, in a folder of the tests' own: on a Unix socket alone, gone when the tests end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"
"""Who PostgreSQL runs as where the tests run as the administrator, whom it refuses."""

_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "log_min_messages": "warning",
}


def missing() -> str:
    """Say why there is no server; empty where one can be started."""
    if os.name != "posix":
        return "PostgreSQL is started here on a Unix socket"
    if _programs() is None:
        return "Debian's package postgresql is not installed"
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not run as the administrator, and there is no runuser"
    return ""


@contextmanager
def server() -> Iterator[Server]:
    """Start a server of its own, and end it."""
    # Not pytest's folder: the path of a socket may have a hundred characters, and another user must reach it.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        started = Server(folder)
        started.make()
        started.start()
        try:
            yield started
        finally:
            started.stop()


class Server:
    """One server, which can be ended and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"

    def url(self, database: str = "postgres", user: str = USER) -> str:
        """Give the address of a database on it."""
        return f"postgresql+psycopg://{user}@/{database}?host={self._folder}"

    def make(self) -> None:
        self._run("initdb", "--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in _FAST.items())
        self._run(
            "pg_ctl", "start", "--wait", "--silent", f"--log={self._folder / 'log'}", f"-o -k {self._folder} {options}"
        )

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", f"--mode={mode}")

    def ask(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as the server's administrator."""
        return self._run(
            "psql", "-h", str(self._folder), "-U", USER, "-d", database, "-qAtc", statement, has_data=False
        )

    def _run(self, program: str, *arguments: str, has_data: bool = True) -> str:
        programs = _programs()
        assert programs is not None
        place = [f"--pgdata={self._data}"] if has_data else []
        as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        # Into a file: a server that was started holds a pipe open for ever.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [*as_user, str(programs / program), *place, *arguments],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                timeout=60,
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        assert done.returncode == 0, said
        return said.strip()


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    return found[-1].parent if found else None
