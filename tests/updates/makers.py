"""The makers' side of a feed, and the web server that gives it out: real keys, real signatures, real sockets."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from app.updates.feed import ADDRESS_FILE, ROOT_FILE, Feed
from installer.feed import FeedFolder, Keys

SETUP = b"MZ, a setup" * 1000


class Makers:
    """Makes a feed in a folder, and gives versions out."""

    def __init__(self, folder: Path) -> None:
        self.feed = folder / "feed"
        self.keys = folder / "keys"
        self._setup = folder / "setup.exe"
        self.root = self.at().begin()

    def at(self, now: datetime | None = None) -> FeedFolder:
        """Sign at a time; now by default."""
        return FeedFolder(self.feed, Keys(self.keys, ""), now)

    def publish(self, version: str, notes: str = "Faster.", now: datetime | None = None) -> None:
        self._setup.write_bytes(SETUP)
        self.at(now).publish(self._setup, version, notes)

    def keep_copy(self) -> Path:
        """Keep what the server gives out now, to replay it later."""
        copy = self.feed.with_name("copy")
        shutil.copytree(self.feed, copy)
        return copy

    def replay(self, copy: Path) -> None:
        shutil.rmtree(self.feed)
        copy.rename(self.feed)

    def setup_file(self) -> Path:
        (file,) = (self.feed / "targets").glob("*.exe")
        return file


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join(10)


def put_into(folder: Path, feed: Feed) -> None:
    """Put the two files of a build there."""
    folder.mkdir(exist_ok=True)
    (folder / ROOT_FILE).write_bytes(feed.root)
    (folder / ADDRESS_FILE).write_text(f'url = "{feed.address}"\n')
