"""The tables of the record. A change here needs a migration; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.domain.books_document import BooksDocument
from app.domain.charge import Charge
from app.domain.message_set import Errand
from app.domain.planning import LeftOutCharge
from app.domain.reasons import Reason
from app.domain.sales_order import SalesOrder
from app.store.columns import Cents, Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A serial number that is an alias of SQLite's row id and a bigint elsewhere.
Serial = BigInteger().with_variant(Integer, "sqlite")

# Sorted as Python and SQLite sort it, whatever language a server was set up in.
PlainText = Text().with_variant(Text(collation="C"), "postgresql")

charges = Table(
    "charges",
    metadata,
    Column("connection", String(100), primary_key=True),
    Column("charge_id", String(100), primary_key=True),
    Column("invoice", Text),
    Column("applied_at", Moment),
    Column("fingerprint", String(32), nullable=False),
    Column("charge", Json[Charge](Charge), nullable=False),
    Index(None, "connection", "invoice"),
    Index(None, "connection", "applied_at", "charge_id"),
)

invoices_to_plan = Table(
    "invoices_to_plan",
    metadata,
    Column("connection", String(100), primary_key=True),
    # Empty for the charges that are on no invoice.
    Column("invoice", Text, primary_key=True),
)

rows = Table(
    "order_rows",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("connection", String(100), nullable=False),
    Column("invoice", Text),
    Column("gl_number", Text),
    Column("customer", Text),
    Column("state", String(16), nullable=False),
    Column("reasons", Json[tuple[Reason, ...]](tuple[Reason, ...]), nullable=False),
    Column("date", Date),
    Column("amount", Cents, nullable=False),
    Column("currency", String(8)),
    Column("lines", Integer, nullable=False),
    Column("skipped_lines", Integer, nullable=False),
    Column("skipped_amount", Cents, nullable=False),
    Column("document_kind", String(16), nullable=False),
    Column("ref_number", String(32)),
    Column("ref_key", String(64)),
    Column("txn_id", String(64)),
    Column("edit_sequence", String(64)),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Moment),
    Column("updated_at", Moment, nullable=False),
    Column("order", Json[SalesOrder](SalesOrder)),
    Column("left_out", Json[tuple[LeftOutCharge, ...]](tuple[LeftOutCharge, ...]), nullable=False),
    Column("refusals", Json[tuple[Reason, ...]](tuple[Reason, ...]), nullable=False),
    Column("books", Json[BooksDocument](BooksDocument)),
    Column("seen", Json[BooksDocument](BooksDocument)),
    Column("accepted_hash", String(32)),
    Column("message_set_id", String(32)),
    Column("check_books", Boolean, nullable=False),
    Column("overwrite", Boolean, nullable=False),
    Column("cars", Json[tuple[str, ...]](tuple[str, ...]), nullable=False),
    Column("search_text", Text, nullable=False),
    # Another number at every write.
    Column("version", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("connection", "ref_key"),
    # In the order in which what is due goes out.
    Index(None, "connection", "state", "date", "id"),
    Index(None, "connection", "state", "updated_at"),
    Index(None, "connection", "invoice"),
    Index(None, "connection", "message_set_id"),
    # Which kinds of document there are is read from the index alone.
    Index(None, "connection", "txn_id", "document_kind"),
    # Counts and sums of all states are read from the index alone.
    Index("ix_order_rows_totals", "connection", "state", "currency", "amount", "skipped_amount"),
)

history = Table(
    "history",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("row_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(16), nullable=False),
    Column("from_state", String(16)),
    Column("to_state", String(16), nullable=False),
    Column("reasons", Json[tuple[Reason, ...]](tuple[Reason, ...]), nullable=False),
    Column("note", Text, nullable=False),
    Column("raw", Text),
    Index(None, "row_id", "id"),
    sqlite_autoincrement=True,
)

message_sets = Table(
    "message_sets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("connection", String(100), nullable=False),
    Column("state", String(16), nullable=False),
    Column("company", Text, nullable=False),
    Column("prepared_at", Moment, nullable=False),
    Column("handed_out_at", Moment),
    Column("answered_at", Moment),
    Column("text", Text, nullable=False),
    Column("errands", Json[tuple[Errand, ...]](tuple[Errand, ...]), nullable=False),
    Index(None, "connection", "state"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("ticket", String(64), primary_key=True),
    Column("connection", String(100), nullable=False),
    Column("state", String(24), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_call_at", Moment, nullable=False),
    Column("message_set_id", String(32)),
    Column("last_percent", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Index(None, "connection", "started_at"),
)

books_names = Table(
    "books_names",
    metadata,
    Column("connection", String(100), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("list_id", String(64), primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("currency", Text),
    Index(None, "connection", "kind", "name_key"),
)

facts = Table(
    "facts",
    metadata,
    Column("connection", String(100), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("document", Text, nullable=False),
)

# Which program keeps a connection's books in step, on a record that several computers share. All times are the
# server's: computers' clocks differ.
leases = Table(
    "leases",
    metadata,
    Column("connection", String(100), primary_key=True),
    Column("holder", String(32), nullable=False),
    Column("words", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("called_at", DateTime(timezone=True)),
)
