"""Counts and sums by state and currency, read from the index alone."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_order_rows_totals", table_name="order_rows")
    op.create_index(
        "ix_order_rows_totals",
        "order_rows",
        ["connection", "state", "currency", "amount", "skipped_amount"],
        unique=False,
    )
