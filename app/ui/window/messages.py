"""Text to send to whoever keeps Cedar: which location, which charges, how much, and what to do. Pure; no Qt."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.domain.language import plural
from app.domain.planning import LeftOutCharge
from app.domain.reason_texts import explain
from app.domain.reasons import Reason, Who
from app.domain.row import RowSummary
from app.domain.sums import Sums
from app.store.row_lists import LeftOutOnRow
from app.ui.window import figures, texts
from app.ui.window.wording import explained


def for_cedar(left_out: Iterable[LeftOutOnRow]) -> str:
    """Write a message about charges that Cedar must mend; empty if there are none."""
    wanted = sorted(
        (each for each in left_out if mendable(each.charge) is not None),
        key=lambda each: (each.charge.location or "", mendable(each.charge) or "", each.row.invoice or ""),
    )
    if not wanted:
        return ""
    blocks = [
        _block([*group])
        for _, group in groupby(wanted, key=lambda each: (each.charge.location or "", mendable(each.charge)))
    ]
    total = texts.MESSAGE_TOTAL.format(charges=plural(texts.CHARGES, len(wanted)), amount=money_of(wanted))
    return "\n\n".join([texts.MESSAGE_HEAD, *blocks, total]) + "\n"


def for_cedar_about(row: RowSummary, reason: Reason) -> str:
    """Write a message about a whole invoice that Cedar must mend."""
    words = explained(reason)
    lines = (
        texts.MESSAGE_INVOICE.format(
            invoice=row.invoice or texts.NO_INVOICE, amount=figures.money(row.amount, row.currency), why=words.why
        ),
        texts.MESSAGE_FIX.format(fix=words.fix),
    )
    return "\n".join(lines) + "\n"


def mendable(charge: LeftOutCharge) -> str | None:
    """Give the code of the first reason that whoever keeps Cedar can mend; None if there is none."""
    return next((each.code.value for each in charge.reasons if explain(each).who is Who.CEDAR_ADMIN), None)


def _block(charges: Sequence[LeftOutOnRow]) -> str:
    first = charges[0].charge
    reason = next(each for each in first.reasons if explain(each).who is Who.CEDAR_ADMIN)
    words = explain(reason)
    head = texts.MESSAGE_PLACE.format(
        location=first.location or texts.NO_LOCATION,
        why=words.title,
        charges=plural(texts.CHARGES, len(charges)),
        amount=money_of(charges),
    )
    lines = [
        texts.MESSAGE_CHARGE.format(
            charge=each.charge.charge_id,
            invoice=each.row.invoice or texts.NO_INVOICE,
            amount=figures.money(each.charge.amount, each.row.currency),
            description=each.charge.description,
        ).rstrip(": ")
        for each in charges
    ]
    return "\n".join([head, *lines])


def money_of(charges: Iterable[LeftOutOnRow]) -> str:
    """Add up what charges are worth, each currency by itself."""
    return figures.sums(Sums.of((each.row.currency, each.charge.amount) for each in charges))
