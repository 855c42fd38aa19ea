"""Pages of rows: what `charges-table-rows` answers.

Rule: following the next tokens from the first page to the last shows every row exactly once and in order, whatever
the page sizes; the previous tokens lead back the same way.
"""

from bisect import bisect_left, bisect_right
from itertools import count

import msgspec
from msgspec import UNSET

from app.practice.cedar.cells import rows_of
from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.columns import Column, ColumnSet
from app.practice.cedar.errors import malformed
from app.practice.cedar.filters import known
from app.practice.cedar.messages import RowsAnswer, RowsRequest
from app.practice.cedar.order import Order
from app.practice.cedar.tokens import Cursor, PageTokens
from app.practice.cedar.values import from_text, to_text
from app.practice.cedar.views import Views

DEFAULT_PAGE_SIZE = 100
"""Rows of a page when the request does not say."""


class Listing:
    """Answers requests for rows."""

    def __init__(self, views: Views, columns: ColumnSet) -> None:
        self._views = views
        self._columns = columns
        self._tokens = PageTokens()
        self._last_pages = count()

    def answer(self, request: RowsRequest, *, repeats_token: bool = False) -> RowsAnswer:
        """Return a page.

        Args:
            request: What was asked.
            repeats_token: Play the broken server that hands out the same next token for ever.

        Raises:
            RefusedError: The request makes no sense.
        """
        wanted = request.table_data_request
        columns = self._requested(request)
        order, view = self._views.view(wanted.additional_filters, wanted.sort_columns)
        size, next_token, previous_token = _paging(request)
        mark = msgspec.json.encode((wanted.requested_columns, wanted.additional_filters, wanted.sort_columns))
        start, end = self._span(next_token, previous_token, mark, order, view, size)
        page = view[start:end]
        answer = RowsAnswer(
            table_def=self._columns.definition(columns),
            rows=rows_of(columns, page),
        )
        if page and start > 0:
            answer.prev_token = self._token(page[0], order, mark, is_forward=False)
        if page and (end < len(view) or repeats_token):
            answer.next_token = self._token(page[-1], order, mark, is_forward=True)
        elif next(self._last_pages) % 2:
            # Both ways to say "that was all" are legal; a client must know them both.
            answer.next_token = ""
        if repeats_token and next_token:
            answer.next_token = next_token
        return answer

    def _requested(self, request: RowsRequest) -> list[Column]:
        """Return the columns to deliver."""
        names = request.table_data_request.requested_columns
        if not names:
            return self._columns.default
        return [known(self._columns.by_key, name.column_key) for name in names]

    def _span(
        self,
        next_token: str,
        previous_token: str,
        mark: bytes,
        order: Order,
        view: list[PracticeCharge],
        size: int,
    ) -> tuple[int, int]:
        """Work out where the page begins and ends."""
        if not next_token and not previous_token:
            return 0, min(size, len(view))
        cursor = self._tokens.open(next_token or previous_token, mark)
        if cursor.is_forward is not bool(next_token):
            raise malformed("a next token was sent as the previous one, or the other way round")
        values = tuple(
            None if text is None else from_text(kind, text)
            for kind, text in zip(order.types, cursor.values, strict=True)
        )
        place = order.place(values, cursor.charge_id)
        if cursor.is_forward:
            start = bisect_right(view, place, key=order.place_of)
            return start, min(start + size, len(view))
        end = bisect_left(view, place, key=order.place_of)
        return max(0, end - size), end

    def _token(self, charge: PracticeCharge, order: Order, mark: bytes, *, is_forward: bool) -> str:
        """Make the token of the page next to a row."""
        values = tuple(to_text(value) for value in order.place_of(charge).values)
        return self._tokens.seal(Cursor(is_forward, values, charge.charge_id), mark)


def _paging(request: RowsRequest) -> tuple[int, str, str]:
    """Bring the paging fields of the two places they may stand in together.

    Raises:
        RefusedError: They contradict each other.
    """
    inner = request.table_data_request
    for outside, inside in (
        (request.page_size, inner.page_size),
        (request.page_next_token or UNSET, inner.page_next_token or UNSET),
        (request.page_previous_token or UNSET, inner.page_previous_token or UNSET),
    ):
        if outside is not UNSET and inside is not UNSET and outside != inside:
            raise malformed("the paging fields inside and outside tableDataRequest differ")
    next_token = request.page_next_token or inner.page_next_token
    previous_token = request.page_previous_token or inner.page_previous_token
    if next_token and previous_token:
        raise malformed("pageNextToken and pagePreviousToken exclude each other")
    size = inner.page_size if request.page_size is UNSET else request.page_size
    return DEFAULT_PAGE_SIZE if size is UNSET else size, next_token, previous_token
