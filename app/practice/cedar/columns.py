"""The columns of the charges table: the fifteen published ones and the ones carriers have besides.

Rule: a column knows how to read its value from a charge and nothing of how it travels.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Literal, TypeAlias

from app.practice.cedar.charge import BILLING_STATUSES, BILLING_TYPES, PracticeCharge
from app.practice.cedar.messages import ColumnDefinition, TableDefinition
from app.practice.cedar.values import ColumnType, Value

CARRIER_TIME_ZONE = "America/Regina"
"""Name of the practice carrier's time zone: six hours behind UTC all year round."""

_REGINA = timezone(timedelta(hours=-6))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a carrier's charges table."""

    key: str
    """What requests and cells call it."""
    name: str
    """What people call it."""
    type: ColumnType
    """Decides the form of its cells."""
    read: Callable[[PracticeCharge], Value]
    """Takes the value from a charge."""
    description: str | None = None
    """A sentence about it, if the carrier wrote one."""
    searchable: bool = True
    """Whether filters may name it."""
    aliases: tuple[str, ...] = ()
    """Other names."""
    enum_values: tuple[str, ...] = ()
    """The only values there are, where they are limited."""

    @property
    def definition(self) -> ColumnDefinition:
        """The column as the table definition shows it."""
        return ColumnDefinition(
            key=self.key,
            name=self.name,
            type=self.type.value,
            searchable=self.searchable,
            description=self.description,
            aliases=self.aliases or None,
            enum_values=self.enum_values or None,
        )


ColumnChoice: TypeAlias = Literal["full", "subset"] | Sequence[Column]
"""`subset`: the published columns only; `full`: more, as real carriers have; or columns of one's own."""


def _invoice_moment(charge: PracticeCharge) -> datetime | None:
    """Noon in the carrier's zone: the type has no plain dates, and a date must survive the way through UTC."""
    if charge.invoice_date is None:
        return None
    return datetime.combine(charge.invoice_date, time(12), tzinfo=_REGINA)


def _car_number(charge: PracticeCharge) -> int | None:
    """The digits after the car's initials."""
    number = charge.car.partition(" ")[2]
    return int(number) if number.isdecimal() else None


_STRING, _REAL, _DECIMAL = ColumnType.STRING, ColumnType.REAL, ColumnType.DECIMAL

DOCUMENTED: tuple[Column, ...] = (
    Column("chargeId", "Charge ID", ColumnType.INT, lambda c: c.charge_id, "Unique id of the charge"),
    Column("customer", "Customer", _STRING, lambda c: c.customer),
    Column("customerLocation", "Customer Location", _STRING, lambda c: c.customer_location),
    Column(
        "customerLocationAccountNumber",
        "Customer Location Account #",
        _STRING,
        lambda c: c.location_account_number,
        aliases=("accountNumber",),
    ),
    Column("invoice", "Invoice", _STRING, lambda c: c.invoice, aliases=("invoiceNumber",)),
    Column("accountingPeriod", "Accounting Period", _STRING, lambda c: c.accounting_period),
    Column("billingType", "Billing Type", _STRING, lambda c: c.billing_type, enum_values=BILLING_TYPES),
    Column(
        "billingStatus",
        "Billing Status",
        _STRING,
        lambda c: c.billing_status,
        "Where the charge stands on its way to an invoice",
        enum_values=BILLING_STATUSES,
    ),
    Column("amount", "Amount", _REAL, lambda c: c.amount, "Final amount of the charge"),
    Column("appliedAt", "Applied At", ColumnType.TIMESTAMP, lambda c: c.applied_at),
    Column("serviceType", "Service Type", _STRING, lambda c: c.service_type),
    Column("glCode", "GL Code", _STRING, lambda c: c.gl_code, aliases=("generalLedgerCode",)),
    Column("rateTableEntry", "Rate Table Entry", _STRING, lambda c: c.rate_table_entry),
    Column("rateDescription", "Rate Description", _STRING, lambda c: c.rate_description),
    Column("adjustment_total", "Adjustment Total", _REAL, lambda c: c.adjustment_total),
)
"""The columns of the service's published example."""

EXTRA: tuple[Column, ...] = (
    Column("quantity", "Quantity", _DECIMAL, lambda c: c.quantity, aliases=("qty", "units")),
    Column("rate", "Rate", _DECIMAL, lambda c: c.rate, aliases=("unitRate", "price")),
    Column(
        "invoiceDate",
        "Invoice Date",
        ColumnType.TIMESTAMP,
        _invoice_moment,
        "Date of the invoice",
        aliases=("invoicedOn",),
    ),
    Column("currency", "Currency", _STRING, lambda c: c.currency, aliases=("currencyCode",)),
    Column(
        "carInitials",
        "Car Initials",
        _STRING,
        lambda c: c.car.partition(" ")[0] or None,
        aliases=("equipmentInitials",),
    ),
    Column("carNumber", "Car Number", ColumnType.INT, _car_number, aliases=("equipmentNumber",)),
)
"""Columns the published example leaves out; keys, names and aliases are this sandbox's own."""


class ColumnSet:
    """The columns one carrier has."""

    def __init__(self, choice: ColumnChoice) -> None:
        """Choose columns.

        Raises:
            ValueError: There is no such set.
        """
        if isinstance(choice, str):
            known = {"subset": DOCUMENTED, "full": DOCUMENTED + EXTRA}
            if choice not in known:
                raise ValueError(f"columns must be 'full', 'subset' or a list of columns, not {choice!r}")
            choice = known[choice]
        self.by_key = {column.key: column for column in choice}
        """Every column by its key, in order."""

    def definition(self, columns: Sequence[Column] | None = None) -> TableDefinition:
        """Describe some of the columns, or all."""
        shown = self.by_key.values() if columns is None else columns
        return TableDefinition(
            columns=[column.definition for column in shown],
            default_columns=[column.key for column in self.default],
        )

    @property
    def default(self) -> list[Column]:
        """What a request gets that names no columns."""
        published = {column.key for column in DOCUMENTED}
        chosen = [column for column in self.by_key.values() if column.key in published]
        return chosen or list(self.by_key.values())
