"""The claim itself: every invoice is in the books exactly once, to the cent, and the program's rows say the same."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from app.domain.row import RowSummary
from app.domain.states import State
from app.practice.cedar import PracticeRailroad
from app.practice.quickbooks import PracticeCompany
from app.practice.quickbooks.views import OrderRecord
from app.sync.reconcile import Part, Reconciliation
from tests.exactly_once.small_railroad import OrderKey, wanted_orders

MEMO = "Cedar invoice "
UNDER_WAY = (State.QUEUED, State.SENDING, State.WAITING)


def invoices_of_ours(company: PracticeCompany) -> dict[OrderKey, list[OrderRecord]]:
    """Collect the open orders that carry our memo, by full invoice number and customer."""
    found: defaultdict[OrderKey, list[OrderRecord]] = defaultdict(list)
    for order in company.orders():
        if order.memo.startswith(MEMO) and not order.is_manually_closed:
            found[order.memo.removeprefix(MEMO), order.customer].append(order)
    return dict(found)


def assert_books_are_right(railroad: PracticeRailroad, company: PracticeCompany) -> None:
    """Compare the books with Cedar, without asking the program."""
    wanted, held = wanted_orders(railroad), invoices_of_ours(company)
    assert set(held) == set(wanted), "other orders than Cedar's are in the books"
    for key, lines in wanted.items():
        assert len(held[key]) == 1, f"{key} is in the books {len(held[key])} times"
        order = held[key][0]
        assert {line.other1: line.amount for line in order.lines} == lines, f"{key} has other lines"
        assert len(order.lines) == len(lines), f"{key} has a line twice"
        assert order.subtotal == sum(lines.values()), f"{key} has another total"
    without_number = {str(key) for key, charge in railroad.charges.items() if charge.gl_code is None}
    in_books = {line.other1 for order in company.orders() for line in order.lines}
    assert not without_number & in_books, "a charge without a GL number is in the books"


def assert_rows_say_so(rows: Iterable[RowSummary], company: PracticeCompany) -> None:
    """Compare the program's rows with the books."""
    known = list(rows)
    assert not [row.id for row in known if row.state in UNDER_WAY], "something is still under way"
    assert not [(row.id, row.state) for row in known if row.state in {State.FAILED, State.CONFLICT}]
    synced = {(row.invoice or "", row.gl_number or ""): row for row in known if row.state is State.SYNCED}
    held = invoices_of_ours(company)
    assert set(synced) == set(held), "what counts as synced is not what the books hold"
    for key, row in synced.items():
        order = held[key][0]
        assert (row.document.txn_id, row.document.edit_sequence) == (order.txn_id, order.edit_sequence), row.id
        assert (row.amount, row.date, row.lines) == (order.subtotal, order.txn_date, len(order.lines)), row.id


def assert_totals_reconcile(bridge: Reconciliation, company: PracticeCompany) -> None:
    """Compare Cedar's own total with the parts, and the part in the books with the books."""
    assert bridge.difference == 0, bridge
    in_books = sum((orders[0].subtotal for orders in invoices_of_ours(company).values()), Decimal(0))
    assert bridge.parts[Part.IN_BOOKS] == in_books, bridge
