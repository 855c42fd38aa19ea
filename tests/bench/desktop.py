"""The desktop program: how soon it is seen, what it costs while nobody looks, and how long its window is busy."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.domain.states import State
from app.domain.values import replace
from app.practice.world import API_KEY
from app.ui.garbage import MainThreadCollector
from app.ui.ports import RowsFilter
from app.ui.window.feed import Answer
from tests.bench.process import cpu_seconds, proportional_mb, resident_mb
from tests.bulk import fill
from tests.reasons.office import Office, a_charge
from tests.screenshots.album import settle, wait_until
from tests.screenshots.scene import Scene, a_scene

IDLE_SECONDS = 60
SETTLING_SECONDS = 15
"""The first reading of Cedar, and what the system does after a start."""
CHANGED_AT_ONCE = 10_000
IMPORTS = ("PySide6.QtSvg", "PySide6.QtNetwork")
CORE_IMPORTS = ("httpx", "lxml.etree", "sqlalchemy", "alembic", "waitress", "keyring", "msgspec", "tomlkit", "stamina")
FIGURES = dict[str, float | int | str]


def desktop(folder: Path, size: int) -> FIGURES:
    """Measure the program as a process, then its window from inside."""
    figures: FIGURES = {"rows in the record": size}
    with Office(folder / "home", a_charge(1)) as office:
        office.run()
        fill(office.installation, size)
        # Of the program under measurement there is only the other one.
        office.program.endpoint.stop()
        figures |= _process(folder / "home")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures |= _window(size)
    return figures


def _process(home: Path) -> FIGURES:
    figures: FIGURES = {}
    began = time.monotonic()
    with _started("desktop", str(home)) as (_, seen):
        figures["seconds to the tray icon"] = seen("tray") - began
        figures["seconds to the rows on screen"] = seen("rows") - began
    with _started("desktop", str(home), "--hidden") as (pid, seen):
        seen("tray")
        time.sleep(SETTLING_SECONDS)
        before = cpu_seconds(pid)
        time.sleep(IDLE_SECONDS)
        figures["hidden CPU % of a minute"] = 100 * (cpu_seconds(pid) - before) / IDLE_SECONDS
        figures["hidden RSS MB"], figures["hidden PSS MB"] = resident_mb(pid), proportional_mb(pid)
    for name, modules in (("bare tray", IMPORTS), ("bare tray with the core's libraries", (*IMPORTS, *CORE_IMPORTS))):
        with _started("bare", *modules) as (pid, seen):
            seen("tray")
            time.sleep(1)
            figures[f"{name} RSS MB"], figures[f"{name} PSS MB"] = resident_mb(pid), proportional_mb(pid)
    return figures


@contextmanager
def _started(*arguments: str) -> Iterator[tuple[int, Callable[[str], float]]]:
    """Start a process; gives its id, and a function that tells when something was seen."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CEDAR_SYNC")} | {
        "QT_QPA_PLATFORM": "offscreen",
        "CEDAR_SYNC_CEDAR_API_KEY": API_KEY,
        "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD": "a-password",
    }
    command = [sys.executable, "-m", "tests.bench.tray_process", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def seen(what: str) -> float:
        assert process.stdout is not None
        for line in process.stdout:
            name, moment = line.split()
            if name == what:
                return float(moment)
        raise ValueError(f"{what} was not seen")

    try:
        yield process.pid, seen
    finally:
        process.terminate()
        process.communicate(timeout=60)


class Pulse:
    """Beats on the main thread; the longest time between two beats is how long it was busy at a stretch."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def stop(self) -> float:
        """Give the longest time, in milliseconds."""
        self._beat()
        self._timer.stop()
        return 1000 * self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def _window(size: int) -> FIGURES:
    application = QApplication.instance() or QApplication(["cedar-sync"])
    collector = MainThreadCollector(application)
    collector.start()
    figures: FIGURES = {}
    try:
        with a_scene([a_charge(1)]) as scene:
            scene.office.run()
            fill(scene.office.installation, size)
            scene.filter(RowsFilter.ALL)
            figures |= _search(scene, size)
            figures |= _scroll(scene)
        with a_scene([a_charge(1)]) as scene:
            scene.office.run()
            fill(scene.office.installation, min(size, CHANGED_AT_ONCE) - 1)
            figures |= _update(scene)
    finally:
        collector.stop()
    return figures


def _search(scene: Scene, size: int) -> FIGURES:
    pulse, began = Pulse(), time.perf_counter()
    scene.window.invoices.filters.search.setText(f"bulk-{size}")
    wait_until(lambda: scene.window.invoices.model.ids() == [f"main/BULK-{size}/4410"])
    figures: FIGURES = {"ms to search": 1000 * (time.perf_counter() - began), "longest ms busy then": pulse.stop()}
    scene.window.invoices.filters.search.clear()
    scene.refresh()
    return figures


def _scroll(scene: Scene) -> FIGURES:
    table, model = scene.window.invoices.table, scene.window.invoices.model
    pulse, began, steps = Pulse(), time.perf_counter(), 0
    while model.rowCount() < 3000:
        before = model.rowCount()
        table.scrollToBottom()
        wait_until(lambda before=before: model.rowCount() > before)  # type: ignore[misc]
        steps += 1
    return {
        "ms a step of scrolling on": 1000 * (time.perf_counter() - began) / steps,
        "longest ms busy while scrolling": pulse.stop(),
    }


def _update(scene: Scene) -> FIGURES:
    """Change every row at once, as a first run of the Web Connector does."""
    answers: list[Answer] = []
    scene.window.feed.answered.connect(answers.append)
    scene.filter(RowsFilter.ALL)
    scene.window.feed.ask_all()
    wait_until(lambda: bool(answers) and len(answers[-1].rows) >= CHANGED_AT_ONCE // 10 and not answers[-1].has_more)
    settle()
    answer, page = answers[-1], scene.window.invoices
    changed = tuple(replace(each, row=replace(each.row, state=State.WAITING)) for each in answer.rows)
    times = []
    for rows_shown in (changed, answer.rows, changed):
        began = time.perf_counter()
        page.show_answer(replace(answer, rows=rows_shown))
        times.append(1000 * (time.perf_counter() - began))
        settle()
    return {"rows updated at once": len(changed), "ms on the main thread for it": sorted(times)[1]}
