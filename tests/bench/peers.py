"""The same orders by the fastest durable open-source Web Connector server, turn and turn about with ours."""

import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import httpx

from app.practice.cedar import short_line
from app.practice.quickbooks import RequestProcessor
from app.practice.quickbooks.views import OrderRecord
from app.practice.update import UpdateReport
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import free_port, stocked
from tests.bench.process import cpu_seconds
from tests.e2e.office import Office

TURNS = 3
"""Each server's; the median counts."""
TODAY = date(2026, 11, 22)
USERNAME = "peer"
PASSWORD = "peer-password"
_OWNER = "{7B3F0C1E-5D0A-4A0B-9E55-0C4F6D1B2A77}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One first sync."""

    orders: int
    calls: int
    waiting: float
    """Seconds the Web Connector waited for the server, all calls together: QuickBooks' own time is not in it."""
    cpu: float
    """Seconds of processor time of the server."""


def peers(folder: Path, size: int) -> dict[str, float | int | str]:
    """Measure both servers; what counts is the time a Web Connector waits for them."""
    if find_spec("qbwc_kit") is None:
        return {"not measured": "uv sync --group bench brings what ours is measured against"}
    ours: list[Turn] = []
    theirs: list[Turn] = []
    for number in range(TURNS):
        turn, orders = _ours(folder / f"ours-{number}", size)
        ours.append(turn)
        theirs.append(_theirs(folder / f"theirs-{number}.sqlite", size, orders))
    figures: dict[str, float | int | str] = {"orders": ours[0].orders, "turns of each": TURNS}
    for name, turns in (("ours", ours), ("qbwc-kit", theirs)):
        figures[f"{name}: orders a second of the server"] = statistics.median(
            each.orders / each.waiting for each in turns
        )
        figures[f"{name}: SOAP round trips an order"] = turns[0].calls / turns[0].orders
        figures[f"{name}: server CPU ms an order"] = statistics.median(1000 * each.cpu / each.orders for each in turns)
    for what in ("orders a second of the server", "server CPU ms an order"):
        ratio = float(figures[f"ours: {what}"]) / float(figures[f"qbwc-kit: {what}"])
        figures[f"ours to qbwc-kit: {what}"] = ratio
    return figures


def _ours(home: Path, size: int) -> tuple[Turn, list[OrderRecord]]:
    with Office(home, short_line(invoices=size, today=TODAY)) as office:
        office.serve()
        office.wait_for_reading()
        assert office.server is not None
        before = cpu_seconds(office.server.pid)
        report = office.update()
        orders = office.company.orders()
        return _turn(report, len(orders), cpu_seconds(office.server.pid) - before), orders


def _theirs(database: Path, size: int, orders: list[OrderRecord]) -> Turn:
    _make_queue(database, [_fields(each) for each in orders])
    company = stocked(short_line(invoices=size, today=TODAY))
    quickbooks = PracticeQuickBooks(RequestProcessor(company, app_name="Peer", owner_id=_OWNER))
    with _serving(database) as (url, pid):
        before = cpu_seconds(pid)
        connector = WebConnectorStandIn(url, USERNAME, PASSWORD, quickbooks, max_calls=4 * len(orders) + 100)
        report = connector.update()
        assert len(company.orders()) == len(orders), report.last_text
        return _turn(report, len(orders), cpu_seconds(pid) - before)


def _make_queue(database: Path, orders: list[dict[str, object]]) -> None:
    """Put orders, as the fields of SalesOrderAdd, in a new queue."""
    with sqlite3.connect(database) as queue:
        queue.execute("CREATE TABLE orders (number INTEGER PRIMARY KEY, fields TEXT NOT NULL, txn_id TEXT)")
        queue.execute("CREATE INDEX waiting ON orders (number) WHERE txn_id IS NULL")
        queue.executemany("INSERT INTO orders (fields) VALUES (?)", [(json.dumps(each),) for each in orders])
    queue.close()


def _turn(report: UpdateReport, orders: int, cpu: float) -> Turn:
    return Turn(orders, len(report.calls), sum(call.seconds for call in report.calls), cpu)


def _fields(order: OrderRecord) -> dict[str, object]:
    """Give an order as SalesOrderAdd has it, in the schema's order."""
    return {
        "CustomerRef": {"FullName": order.customer},
        "TxnDate": order.txn_date.isoformat(),
        "RefNumber": order.ref_number,
        "Memo": order.memo.encode("ascii", "replace").decode(),
        "SalesOrderLineAdd": [
            {
                "ItemRef": {"FullName": line.item},
                # It writes characters beyond ASCII raw, and QuickBooks refuses such a request.
                "Desc": line.desc.encode("ascii", "replace").decode(),
                "Quantity": None if line.quantity is None else f"{line.quantity:f}",
                "Rate": None if line.rate is None else f"{line.rate:f}",
                "Amount": f"{line.amount:f}" if line.rate is None and line.amount is not None else None,
                "Other1": line.other1 or None,
            }
            for line in order.lines
        ],
    }


@contextmanager
def _serving(database: Path) -> Iterator[tuple[str, int]]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.peer_server", str(port), str(database)]
    process = subprocess.Popen(command)
    url = f"http://localhost:{port}/qbwc"
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                httpx.get(url).raise_for_status()
                break
            except httpx.HTTPError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
