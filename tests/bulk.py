"""A record with very many rows, made in one statement."""

from __future__ import annotations

from sqlalchemy import text

from app.bootstrap.installation import Installation
from app.store.tables import rows


def fill(installation: Installation, many: int) -> None:
    """Copy the synced row many times, in one statement."""
    changed = {
        "id": "'main/BULK-' || n || '/4410'",
        "invoice": "'BULK-' || n",
        "ref_number": "'B' || n",
        "ref_key": "'b' || n",
        "txn_id": "'T' || n",
        "search_text": "'bulk-' || n || ' acme grain 4410'",
    }
    wanted = ", ".join(changed.get(column.name, f'"{column.name}"') for column in rows.columns)
    names = ", ".join(f'"{column.name}"' for column in rows.columns)
    with installation.record.write() as tx:
        tx.execute(
            text(
                "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many) "  # noqa: S608
                f"INSERT INTO order_rows ({names}) SELECT {wanted} FROM numbers "
                "CROSS JOIN order_rows WHERE order_rows.id = 'main/INV-1/4410'"
            ),
            {"many": many},
        )
