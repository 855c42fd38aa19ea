"""Processor instructions an order takes, step by step: the same on every run, however busy the machine is."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from app.practice.cedar import short_line
from app.practice.processor import QuickBooksSession
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import PASSWORD, PracticeWorld
from tests.bench.order_work import ANSWER, ORDERS, RECORD, STEPS

_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


class _Listening(PracticeQuickBooks):
    """Keeps the answer to a whole set of orders."""

    heard = ""

    def begin_session(self, company_file: str) -> QuickBooksSession:
        return _Heard(super().begin_session(company_file), self)


class _Heard:
    def __init__(self, session: QuickBooksSession, ear: _Listening) -> None:
        self._session = session
        self._ear = ear

    def process(self, text: str) -> str:
        answer = self._session.process(text)
        if answer.count("<SalesOrderAddRs") == ORDERS:
            self._ear.heard = answer
        return answer

    def end(self) -> None:
        self._session.end()


def instructions(folder: Path, size: int) -> dict[str, float | int | str]:
    """Count, by valgrind, what each step takes for an order of five lines; takes a few minutes.

    Args:
        folder: For records.
        size: Invoices to draw the orders from; enough that a set of a hundred comes about.
    """
    if shutil.which("valgrind") is None:
        return {"not measured": "valgrind counts instructions; Debian has it"}
    _prepare(folder, size)
    counted = {name: _count(folder, name) for name in STEPS}
    return {
        f"thousand instructions an order: {name}": (number - counted["nothing"]) / ORDERS / 1000
        for name, number in counted.items()
        if name != "nothing"
    }


def _prepare(folder: Path, size: int) -> None:
    """Put a record with orders that are due, and QuickBooks' answer to a hundred of them, into the folder."""
    with PracticeWorld(folder / "home", short_line(invoices=size, today=date(2026, 11, 22))) as world:
        world.pull()
        world.installation.record.copy_to(folder / RECORD)
        quickbooks = _Listening(world.processor)
        username = world.kit.settings.web_connector.username
        WebConnectorStandIn(world.program.endpoint.url, username, PASSWORD, quickbooks).update()
    assert quickbooks.heard, "no set was full: more invoices are needed"
    (folder / ANSWER).write_text(quickbooks.heard, encoding="utf-8")


def _count(folder: Path, step: str) -> int:
    ours = folder / step
    ours.mkdir()
    for name in (RECORD, ANSWER):
        shutil.copy(folder / name, ours / name)
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    result = subprocess.run(
        [*command, sys.executable, "-m", "tests.bench.order_work", str(ours), step],
        # The order of sets would differ from run to run.
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = _COUNTED.search(result.stderr)
    if found is None:
        raise ValueError(f"valgrind gave no count: {result.stderr[-300:]}")
    return int(found[1].replace(",", ""))
