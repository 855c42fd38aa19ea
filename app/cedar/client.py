"""Reads Cedar's charges: the table definition, the rows page by page, and the summary.

Rule: it only reads, so that every call may be repeated; it holds one page at a time; and every fault it raises is a
`app.domain.faults.CedarFault`, or `app.cedar.faults.Cancelled`.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from decimal import Decimal
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx

from app.cedar import faults, summary, wire
from app.cedar.address import service_address
from app.cedar.columns import ColumnDefinition, ColumnMap
from app.cedar.exchange import Exchange, Identity
from app.cedar.mapping import RowReader
from app.cedar.query import ChargeQuery, rows_request
from app.cedar.retry import Retrier, RetryPolicy
from app.cedar.summary import ChargeSummary
from app.domain.charge import Charge

logger = logging.getLogger(__name__)

PAGES_LIMIT: Final = 20_000
"""Pages; at the usual size ten million charges, more than any carrier has in a look-back."""

Answer = TypeVar("Answer")

_PATH: Final = "/t/v1/charges-table-"


def _never() -> bool:
    return False


class CedarClient:
    """One carrier's charges, seen as one Cedar user. Not for several threads at a time."""

    def __init__(
        self,
        *,
        region: str,
        base_url: str,
        carrier: str,
        assume_user: str,
        api_key: str,
        time_zone: tzinfo,
        transport: httpx.BaseTransport | None = None,
        retry: RetryPolicy | None = None,
        cancelled: Callable[[], bool] = _never,
    ) -> None:
        """Prepare for reading; nothing is sent yet.

        Args:
            region: `us` or `eu`.
            base_url: Another server's root, or nothing for the region's own.
            carrier: The carrier's number or identifier.
            assume_user: The e-mail address of the Cedar user whose permissions count.
            api_key: The key.
            time_zone: The carrier's, for dates.
            transport: In place of the network, for tests.
            retry: How patient to be.
            cancelled: Asked often; once it says yes, reading ends with `Cancelled`.

        Raises:
            NotConfigured: If one of these cannot be used.
        """
        address = service_address(region, base_url)
        self._exchange = Exchange(address, Identity(carrier, assume_user, api_key), transport, cancelled)
        self._retrier = Retrier(retry or RetryPolicy(), cancelled)
        self._zone = time_zone

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; may be called twice."""
        self._exchange.close()

    def table_definition(self) -> tuple[ColumnDefinition, ...]:
        """Read which columns the carrier has.

        Raises:
            CedarFault: If Cedar cannot be read.
            Cancelled: If somebody asked us to stop.
        """
        columns = self._read(wire.table_definition, "GET", "def")
        return tuple(
            ColumnDefinition(column.key, column.name or "", column.type or "STRING", tuple(column.aliases or ()))
            for column in columns
            if column.key
        )

    def charges(self, columns: ColumnMap, query: ChargeQuery, page_size: int = 500) -> Iterator[list[Charge]]:
        """Read the charges of a query, one list a page, in the order of their ids.

        Nothing is read before the first page is asked for. A fault ends the listing in the middle: what was given
        until then is true, but not all.

        Raises:
            CedarFault: If Cedar cannot be read, or its listing does not come to an end.
            Cancelled: If somebody asked us to stop.
        """
        for _, charges in self._pages(columns, query, page_size):
            if charges:
                yield charges

    def exact_amounts(
        self, columns: ColumnMap, query: ChargeQuery, page_size: int = 500
    ) -> Iterator[tuple[Charge, Decimal]]:
        """Read the charges of a query that have an amount, each with the amount as Cedar has it, not yet in cents.

        Raises:
            CedarFault: If Cedar cannot be read, or its listing does not come to an end.
            Cancelled: If somebody asked us to stop.
        """
        reader = RowReader(columns, self._zone)
        for rows, charges in self._pages(columns, query, page_size):
            for row, charge in zip(rows, charges, strict=True):
                amount = reader.exact_amount(row)
                if amount is not None:
                    yield charge, amount

    def _pages(
        self, columns: ColumnMap, query: ChargeQuery, page_size: int
    ) -> Iterator[tuple[Sequence[wire.Row], list[Charge]]]:
        reader = RowReader(columns, self._zone)
        course = _Course()
        token: str | None = None
        while True:
            page = self._read(wire.rows_page, "POST", "rows", rows_request(columns, query, page_size, token))
            rows = page.rows or ()
            charges = [reader.charge(row) for row in rows]
            token = page.next_token or None
            course.advance(charges, token)
            yield rows, charges
            if token is None:
                logger.debug("read %d charges on %d pages", course.charges, course.pages)
                return

    def summary(self, query: ChargeQuery, columns: ColumnMap | None = None) -> ChargeSummary:
        """Read Cedar's own count and sums over the charges of a query.

        Args:
            query: Which charges.
            columns: The carrier's columns; without them, the documented keys are asked for.

        Raises:
            CedarFault: If Cedar cannot be read.
            Cancelled: If somebody asked us to stop.
        """
        return self._read(
            lambda answer: summary.read(answer, columns), "POST", "summary", summary.request(query, columns)
        )

    def _read(self, parse: Callable[[bytes], Answer], method: str, call: str, body: bytes | None = None) -> Answer:
        answer = self._retrier(lambda: self._exchange.ask(method, _PATH + call, body))
        try:
            return parse(answer)
        except wire.Unreadable as exc:
            # A page of some other program is worth showing; JSON may hold customers and is not.
            is_json = answer.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
            start = "" if is_json else answer[:4096].decode(errors="replace")
            raise faults.unavailable(faults.NONSENSE, self._exchange.redacted(f"{exc} {start}")) from exc


class _Course:
    """Watches that a listing gets on: a page token is opaque, so only its coming back gives a circle away."""

    def __init__(self) -> None:
        self.pages = 0
        self.charges = 0
        self._tokens: set[str] = set()
        self._firsts: set[str] = set()

    def advance(self, charges: list[Charge], token: str | None) -> None:
        """Note a page and the token of the next.

        Raises:
            CedarUnavailable: If the listing goes in a circle or has no end.
        """
        self.pages += 1
        self.charges += len(charges)
        if token in self._tokens or (charges and charges[0].charge_id in self._firsts):
            raise faults.unavailable(faults.STUCK, f"page {self.pages}")
        if token is not None and self.pages >= PAGES_LIMIT:
            raise faults.unavailable(faults.ENDLESS, f"page {self.pages}")
        if token is not None:
            self._tokens.add(token)
        if charges:
            self._firsts.add(charges[0].charge_id)
