"""Large companies stay fast: bounds far above what is measured, far below what a missing index would cost."""

from __future__ import annotations

from time import thread_time

from tests.practice.quickbooks.asking import Books, line, message_set, order_body

ORDERS = 5000
BATCH = 50


def test_five_thousand_orders_are_written_and_found_quickly(books: Books) -> None:
    lines = "".join(line("STORAGE", "2", rate="75.125", desc="car ABCX 1234") for _ in range(5))
    started = thread_time()
    for first in range(0, ORDERS, BATCH):
        bodies = (order_body(f"INV-{first + place}", lines) for place in range(BATCH))
        adds = "".join(f"<SalesOrderAddRq><SalesOrderAdd>{body}</SalesOrderAdd></SalesOrderAddRq>" for body in bodies)
        books.session.process(message_set(adds, new=f"S{first}"))
    each_add = (thread_time() - started) / ORDERS
    started = thread_time()
    for number in range(200):
        books.session.process(
            message_set(f"<SalesOrderQueryRq><RefNumber>inv-{number * 25}</RefNumber></SalesOrderQueryRq>")
        )
    each_query = (thread_time() - started) / 200
    assert len(books.company.orders()) == ORDERS
    assert each_add < 0.010, f"{each_add * 1000:.2f} ms an order"
    assert each_query < 0.005, f"{each_query * 1000:.2f} ms a query"
