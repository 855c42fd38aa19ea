"""Charges as Cedar last showed them, and the invoices that have to be planned again because of a change.

A charge and the mark on its invoice are written in one transaction: a crash never leaves a change unplanned.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Text, delete, exists, func, insert, not_, select, type_coerce

from app.domain.charge import Charge, ChargeId
from app.store.tables import charges, invoices_to_plan, rows

NO_INVOICE = ""
"""The mark for charges that are on no invoice."""


def of_ids(tx: Connection, connection: str, ids: Iterable[str]) -> list[Charge]:
    """Read charges by their ids; those that are not known are missing."""
    wanted = select(charges.c.charge).where(charges.c.connection == connection, charges.c.charge_id.in_(set(ids)))
    return list(tx.execute(wanted).scalars())


def known(tx: Connection, connections: Sequence[str], ids: Iterable[str]) -> frozenset[str]:
    """Tell which of some ids are those of charges of some connections."""
    wanted = select(charges.c.charge_id).where(charges.c.connection.in_(connections), charges.c.charge_id.in_(set(ids)))
    return frozenset(tx.execute(wanted).scalars())


def save_changed(tx: Connection, connection: str, page: Sequence[Charge]) -> int:
    """Keep the charges that differ from what is kept, and mark the invoices they are and were on.

    Returns:
        How many charges were new or different.
    """
    latest = {charge.charge_id: charge for charge in page}
    known = {
        row.charge_id: (row.fingerprint, row.invoice)
        for row in tx.execute(
            select(charges.c.charge_id, charges.c.fingerprint, charges.c.invoice).where(
                charges.c.connection == connection, charges.c.charge_id.in_(latest)
            )
        )
    }
    changed = []
    for charge in latest.values():
        fingerprint = charge.fingerprint()
        before = known.get(charge.charge_id)
        if before is None or before[0] != fingerprint:
            changed.append((charge, fingerprint))
    if not changed:
        return 0
    ids = [charge.charge_id for charge, _ in changed]
    tx.execute(delete(charges).where(charges.c.connection == connection, charges.c.charge_id.in_(ids)))
    tx.execute(
        insert(charges),
        [
            {
                "connection": connection,
                "charge_id": charge.charge_id,
                "invoice": charge.invoice,
                "applied_at": charge.applied_at,
                "fingerprint": fingerprint,
                "charge": charge,
            }
            for charge, fingerprint in changed
        ],
    )
    touched = {charge.invoice for charge, _ in changed}
    touched |= {known[charge_id][1] for charge_id in ids if charge_id in known}
    mark(tx, connection, touched)
    return len(changed)


def drop(tx: Connection, connection: str, gone: Sequence[ChargeId]) -> None:
    """Forget charges that Cedar no longer has, and mark their invoices."""
    where = (charges.c.connection == connection, charges.c.charge_id.in_(gone))
    mark(tx, connection, tx.execute(select(charges.c.invoice).where(*where).distinct()).scalars())
    tx.execute(delete(charges).where(*where))


def of_invoice(tx: Connection, connection: str, invoice: str | None) -> list[Charge]:
    """List the charges of one invoice, or those on none."""
    return list(
        tx.execute(
            select(charges.c.charge).where(
                charges.c.connection == connection,
                charges.c.invoice.is_(None) if invoice is None else charges.c.invoice == invoice,
            )
        ).scalars()
    )


def ids_since(tx: Connection, connection: str, since: datetime) -> Iterator[tuple[ChargeId, str | None]]:
    """List charge id and invoice of every kept charge that was applied at or after a time."""
    found = tx.execution_options(yield_per=2000).execute(
        select(charges.c.charge_id, charges.c.invoice)
        .where(charges.c.connection == connection, charges.c.applied_at >= since)
        .order_by(charges.c.applied_at, charges.c.charge_id)
    )
    for row in found:
        yield ChargeId(row.charge_id), row.invoice


def oldest_unbilled(
    tx: Connection, connection: str, settled: Iterable[str], first: datetime, last: datetime
) -> datetime | None:
    """Give the time of the oldest kept charge in a range whose status is none of some; None if there is none."""
    written = type_coerce(charges.c.charge, Text)
    return tx.execute(
        select(func.min(charges.c.applied_at)).where(
            charges.c.connection == connection,
            charges.c.applied_at >= first,
            charges.c.applied_at < last,
            *(not_(written.contains(f'"billing_status":"{status}"', autoescape=True)) for status in settled),
        )
    ).scalar()


def applied_between(tx: Connection, connection: str, first: datetime, last: datetime) -> Iterator[Charge]:
    """List the kept charges that were applied within a range, ends included."""
    found = tx.execution_options(yield_per=2000).execute(
        select(charges.c.charge).where(
            charges.c.connection == connection, charges.c.applied_at >= first, charges.c.applied_at <= last
        )
    )
    yield from found.scalars()


def newest(tx: Connection, connection: str) -> datetime | None:
    """Give the latest time a kept charge was applied at."""
    return tx.execute(
        select(charges.c.applied_at)
        .where(charges.c.connection == connection, charges.c.applied_at.is_not(None))
        .order_by(charges.c.applied_at.desc())
        .limit(1)
    ).scalar()


def count(tx: Connection, connection: str) -> int:
    """Count the kept charges."""
    return tx.execute(select(func.count()).where(charges.c.connection == connection)).scalar_one()


def mark(tx: Connection, connection: str, invoices: Iterable[str | None]) -> None:
    """Mark invoices as in need of planning; marking twice is harmless."""
    wanted = {NO_INVOICE if invoice is None else invoice for invoice in invoices}
    if not wanted:
        return
    marked = set(
        tx.execute(
            select(invoices_to_plan.c.invoice).where(
                invoices_to_plan.c.connection == connection, invoices_to_plan.c.invoice.in_(wanted)
            )
        ).scalars()
    )
    if wanted - marked:
        tx.execute(
            insert(invoices_to_plan),
            [{"connection": connection, "invoice": invoice} for invoice in sorted(wanted - marked)],
        )


def mark_all(tx: Connection, connection: str) -> None:
    """Mark every invoice, because the rules changed."""
    invoice = func.coalesce(charges.c.invoice, NO_INVOICE)
    marked = exists().where(invoices_to_plan.c.connection == connection, invoices_to_plan.c.invoice == invoice)
    every = select(charges.c.connection, invoice).where(charges.c.connection == connection, ~marked)
    tx.execute(insert(invoices_to_plan).from_select(["connection", "invoice"], every.distinct()))


def marked(tx: Connection, connection: str, limit: int, leaving: Sequence[str | None] = ()) -> list[str | None]:
    """List some invoices in need of planning, but for those to leave alone."""
    found = tx.execute(
        select(invoices_to_plan.c.invoice)
        .where(
            invoices_to_plan.c.connection == connection,
            invoices_to_plan.c.invoice.not_in([NO_INVOICE if invoice is None else invoice for invoice in leaving]),
        )
        .order_by(invoices_to_plan.c.invoice)
        .limit(limit)
    ).scalars()
    return [None if invoice == NO_INVOICE else invoice for invoice in found]


def new_invoices(tx: Connection, connection: str, since: datetime) -> dict[str, datetime]:
    """List the marked invoices that have no row yet, with the time of their newest charge, if it is not too old."""
    newest = func.max(charges.c.applied_at)
    found = tx.execute(
        select(charges.c.invoice, newest)
        .join(
            invoices_to_plan,
            (invoices_to_plan.c.connection == charges.c.connection) & (invoices_to_plan.c.invoice == charges.c.invoice),
        )
        .where(
            charges.c.connection == connection,
            ~exists().where(rows.c.connection == connection, rows.c.invoice == charges.c.invoice),
        )
        .group_by(charges.c.invoice)
        .having(newest >= since)
        .order_by(charges.c.invoice)
    )
    return {invoice: moment for invoice, moment in found if invoice is not None}


def unmark(tx: Connection, connection: str, invoices: Sequence[str | None]) -> None:
    """Take the mark off invoices that were planned."""
    planned = [NO_INVOICE if invoice is None else invoice for invoice in invoices]
    tx.execute(
        delete(invoices_to_plan).where(
            invoices_to_plan.c.connection == connection, invoices_to_plan.c.invoice.in_(planned)
        )
    )
