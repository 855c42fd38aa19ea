"""The first record."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "books_names",
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("list_id", sa.String(length=64), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("connection", "kind", "list_id", name="pk_books_names"),
    )
    op.create_index(
        "ix_books_names_connection_kind_name_key", "books_names", ["connection", "kind", "name_key"], unique=False
    )
    op.create_table(
        "charges",
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("charge_id", sa.String(length=100), nullable=False),
        sa.Column("invoice", sa.Text(), nullable=True),
        sa.Column("applied_at", sa.String(length=27), nullable=True),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("charge", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("connection", "charge_id", name="pk_charges"),
    )
    op.create_index(
        "ix_charges_connection_applied_at_charge_id", "charges", ["connection", "applied_at", "charge_id"], unique=False
    )
    op.create_index("ix_charges_connection_invoice", "charges", ["connection", "invoice"], unique=False)
    op.create_table(
        "facts",
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("connection", "kind", name="pk_facts"),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("from_state", sa.String(length=16), nullable=True),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_row_id_id", "history", ["row_id", "id"], unique=False)
    op.create_table(
        "invoices_to_plan",
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("connection", "invoice", name="pk_invoices_to_plan"),
    )
    op.create_table(
        "message_sets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.String(length=27), nullable=False),
        sa.Column("handed_out_at", sa.String(length=27), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("errands", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_message_sets"),
    )
    op.create_index("ix_message_sets_connection_state", "message_sets", ["connection", "state"], unique=False)
    op.create_table(
        "order_rows",
        # The collation was added before any record was on PostgreSQL; on SQLite nothing changes.
        sa.Column("id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("invoice", sa.Text(), nullable=True),
        sa.Column("gl_number", sa.Text(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("skipped_lines", sa.Integer(), nullable=False),
        sa.Column("skipped_amount", sa.BigInteger(), nullable=False),
        sa.Column("document_kind", sa.String(length=16), nullable=False),
        sa.Column("ref_number", sa.String(length=32), nullable=True),
        sa.Column("ref_key", sa.String(length=64), nullable=True),
        sa.Column("txn_id", sa.String(length=64), nullable=True),
        sa.Column("edit_sequence", sa.String(length=64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.String(length=27), nullable=True),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("order", sa.Text(), nullable=True),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("refusals", sa.Text(), nullable=False),
        sa.Column("books", sa.Text(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        sa.Column("accepted_hash", sa.String(length=32), nullable=True),
        sa.Column("message_set_id", sa.String(length=32), nullable=True),
        sa.Column("check_books", sa.Boolean(), nullable=False),
        sa.Column("overwrite", sa.Boolean(), nullable=False),
        sa.Column("cars", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_rows"),
        sa.UniqueConstraint("connection", "ref_key", name="uq_order_rows_connection_ref_key"),
    )
    op.create_index("ix_order_rows_connection_invoice", "order_rows", ["connection", "invoice"], unique=False)
    op.create_index(
        "ix_order_rows_connection_message_set_id", "order_rows", ["connection", "message_set_id"], unique=False
    )
    op.create_index(
        "ix_order_rows_connection_state_next_attempt_at",
        "order_rows",
        ["connection", "state", "next_attempt_at"],
        unique=False,
    )
    op.create_index(
        "ix_order_rows_connection_state_updated_at",
        "order_rows",
        ["connection", "state", "updated_at"],
        unique=False,
    )
    op.create_index("ix_order_rows_connection_txn_id", "order_rows", ["connection", "txn_id"], unique=False)
    op.create_index(
        "ix_order_rows_totals", "order_rows", ["connection", "state", "amount", "skipped_amount"], unique=False
    )
    op.create_table(
        "sessions",
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.Column("connection", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("last_call_at", sa.String(length=27), nullable=False),
        sa.Column("message_set_id", sa.String(length=32), nullable=True),
        sa.Column("last_percent", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", name="pk_sessions"),
    )
    op.create_index("ix_sessions_connection_started_at", "sessions", ["connection", "started_at"], unique=False)
