"""Charges filtered and sorted once and kept, so that a page out of a hundred thousand costs little.

Rule: a view is kept only for a large table and only until the table changes. A small one is looked at anew for every
request, so even a charge that a test changed by hand shows at once.
"""

from collections import OrderedDict
from threading import Lock

import msgspec

from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.charge_table import ChargeTable
from app.practice.cedar.columns import ColumnSet
from app.practice.cedar.filters import chosen
from app.practice.cedar.messages import Filter, SortColumn
from app.practice.cedar.order import Order

_KEEP_FROM = 5_000
_KEPT_VIEWS = 8


class Views:
    """The views of one table that were asked for lately."""

    def __init__(self, table: ChargeTable, columns: ColumnSet) -> None:
        self._table = table
        self._columns = columns
        self._lock = Lock()
        self._kept: OrderedDict[bytes, tuple[int, list[PracticeCharge]]] = OrderedDict()

    def view(self, filters: tuple[Filter, ...], sort: tuple[SortColumn, ...]) -> tuple[Order, list[PracticeCharge]]:
        """Return the charges that pass the filters, in order; not to be changed by the caller.

        Raises:
            RefusedError: A filter or a column is not understood.
        """
        order = Order(sort, self._columns.by_key)
        mark = msgspec.json.encode((filters, sort))
        revision, charges = self._table.snapshot()
        with self._lock:
            kept = self._kept.get(mark)
            if kept is not None and kept[0] == revision:
                self._kept.move_to_end(mark)
                return order, kept[1]
        view = order.sort(chosen(filters, self._columns.by_key, charges))
        if len(charges) >= _KEEP_FROM:
            with self._lock:
                self._kept[mark] = (revision, view)
                while len(self._kept) > _KEPT_VIEWS:
                    self._kept.popitem(last=False)
        return order, view
