"""The fastest durable open-source Web Connector server, around the same orders: ``python -m tests.bench.peer_server``.

`qbwc-kit` leaves the queue to its user. Here it is the least that is durable: a table of orders in SQLite (WAL, every
commit flushed to the disk), and the outcome of each order committed before its percent goes back. It looks for nothing
in the books before it writes, and compares nothing afterwards.
"""

import json
import sqlite3
import sys
from pathlib import Path

import uvicorn
from qbwc_kit import QBWCService, QBXMLRequest, StaticAuthenticator, TaskContext, add
from qbwc_kit.server import create_app
from qbwc_kit.session import TaskRun

from tests.bench.peers import PASSWORD, USERNAME


class Orders:
    """A durable queue of sales orders, taken one after the other."""

    name = "orders"

    def __init__(self, database: Path) -> None:
        # Tasks run in threads of uvicorn's pool, one at a time.
        self._queue = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._queue.execute("PRAGMA journal_mode = WAL")
        self._queue.execute("PRAGMA synchronous = FULL")

    def run(self, context: TaskContext) -> TaskRun:
        """Hand out what has no outcome yet."""
        while (found := self._next()) is not None:
            number, order = found
            answer = yield QBXMLRequest([add("SalesOrder", json.loads(order))])
            made = answer.first().raise_for_status().records[0]
            self._queue.execute("UPDATE orders SET txn_id = ? WHERE number = ?", (made["TxnID"], number))

    def _next(self) -> tuple[int, str] | None:
        question = "SELECT number, fields FROM orders WHERE txn_id IS NULL ORDER BY number LIMIT 1"
        found: tuple[int, str] | None = self._queue.execute(question).fetchone()
        return found


def main(port: int, database: Path) -> None:
    """Serve until the process is ended."""
    service = QBWCService(authenticator=StaticAuthenticator(USERNAME, PASSWORD, [Orders(database)]))
    app = create_app(service, endpoint_url=f"http://localhost:{port}/qbwc")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
