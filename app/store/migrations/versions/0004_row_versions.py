"""Rows carry a version, so that one nobody has written since need not be read again; indexes for what calls ask."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("order_rows", sa.Column("version", sa.BigInteger(), nullable=False, server_default="0"))
    op.drop_index("ix_order_rows_connection_state_next_attempt_at", table_name="order_rows")
    op.create_index("ix_order_rows_connection_state_date_id", "order_rows", ["connection", "state", "date", "id"])
    op.drop_index("ix_order_rows_connection_txn_id", table_name="order_rows")
    op.create_index(
        "ix_order_rows_connection_txn_id_document_kind", "order_rows", ["connection", "txn_id", "document_kind"]
    )
