"""The log holds no secret, however it is spelt and whoever fails."""

import base64
import html
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest

from app.diagnostics import logs
from tests.canaries import found_in

SECRET = 'Canary-P&ss<w0rd>"-é\\ end'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(logs, "_secrets", set())
    logs.never_log(SECRET)
    logs.to_file(tmp_path / "logs" / "cedar-sync.log")
    yield tmp_path / "logs" / "cedar-sync.log"
    logs.stop()


def test_no_spelling_of_a_secret_is_written(file: Path) -> None:
    spelt = [
        *(SECRET, escape(SECRET), html.escape(SECRET), json.dumps(SECRET), repr(SECRET)),
        *(quote(SECRET), quote(SECRET, safe=""), base64.b64encode(SECRET.encode()).decode()),
    ]
    for each in spelt:
        logging.getLogger("app.test").warning("sent %s", each)

    assert found_in(file.read_bytes(), [SECRET]) == []
    assert file.read_text(encoding="utf-8").count("***") == len(spelt)


def test_a_thread_that_ends_by_a_bug_says_so_in_the_log_alone(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    written = file.read_text(encoding="utf-8")
    assert "a thread ended by a bug" in written
    assert "ValueError: ***" in written
    assert capfd.readouterr().err == ""


def test_closing_the_log_gives_threads_their_usual_end_back(file: Path) -> None:
    logs.stop()

    assert threading.excepthook is threading.__excepthook__


def test_a_secret_that_opens_nothing_any_more_is_let_go_of(file: Path) -> None:
    logs.never_log("ended-token+/")
    logs.may_log("ended-token+/")
    logs.may_log("never heard of")
    logging.getLogger("app.test").warning("ended-token+/ %s", SECRET)

    assert file.read_text(encoding="utf-8").endswith("ended-token+/ ***\n")
