"""Cedar's client as the source of a reading: columns are found once a reading, from the table definition."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from app.cedar.client import CedarClient
from app.cedar.columns import ColumnMap, resolve_columns
from app.cedar.query import ChargeQuery
from app.domain.charge import Charge


class CedarSource:
    """Reads charges through the client; use one for each reading."""

    def __init__(self, client: CedarClient, overrides: Mapping[str, str]) -> None:
        """Take the client, and the columns named in the settings."""
        self._client = client
        self.columns: ColumnMap = resolve_columns(client.table_definition(), overrides)

    def listed(self, status: str, since: datetime) -> Iterator[list[Charge]]:
        """Read the charges of a status that were applied at or after a time, page by page."""
        return self._client.charges(self.columns, ChargeQuery(billing_status=status, applied_since=since))

    def of_invoice(self, invoice: str) -> list[Charge]:
        """Read all charges of one invoice, whatever their status and age."""
        pages = self._client.charges(self.columns, ChargeQuery(invoice=invoice))
        return [charge for page in pages for charge in page]

    def total(self, status: str, since: datetime, until: datetime) -> Decimal:
        """Add up the amounts of the charges of a status that were applied within a range, ends included."""
        query = ChargeQuery(billing_status=status, applied_since=since, applied_until=until)
        return self._client.summary(query, self.columns).amount

    def exact_amounts(self, status: str, since: datetime, until: datetime) -> Iterator[tuple[Charge, Decimal]]:
        """Read the charges that `total` adds up, each with its amount as it is added up: not yet in cents."""
        query = ChargeQuery(billing_status=status, applied_since=since, applied_until=until)
        return self._client.exact_amounts(self.columns, query)
