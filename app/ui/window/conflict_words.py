"""The three ways out of a conflict: what the button says, and what will happen, before it happens. No Qt."""

from dataclasses import dataclass

from app.domain.reasons import ReasonCode
from app.domain.row import Row
from app.sync.orders_by_hand import Resolution
from app.ui.window import figures, texts
from app.ui.window.comparing import in_books


@dataclass(frozen=True, slots=True)
class WayOut:
    """One choice."""

    resolution: Resolution
    label: str
    consequence: str
    """What will happen, in a sentence or two."""


def ways_out(row: Row) -> tuple[WayOut, WayOut, WayOut]:
    """Give the three choices for a row in conflict."""
    document = in_books(row)
    names = {
        "invoice": row.invoice or texts.NO_INVOICE,
        "ours": figures.money(row.amount, row.currency),
        "theirs": figures.money(document.subtotal, row.currency) if document else texts.NOT_THERE,
    }
    keep, kept = texts.KEEP_THEIRS, texts.CONFIRM_KEEP
    send, consequence = texts.SEND_OURS, texts.CONFIRM_SEND
    if row.has_reason(ReasonCode.VOIDED_IN_CEDAR):
        keep, send, consequence = texts.LEAVE_THERE, texts.TAKE_BACK, texts.CONFIRM_TAKE_BACK
    elif row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
        keep, kept = texts.KEEP_GONE, texts.CONFIRM_KEEP_GONE
        send, consequence = texts.SEND_AGAIN, texts.CONFIRM_SEND_NEW
    elif row.has_reason(ReasonCode.NUMBER_IN_USE):
        consequence = texts.CONFIRM_SEND_BESIDE
    return (
        WayOut(Resolution.KEEP_THEIRS, keep, kept.format(**names)),
        WayOut(Resolution.SEND_OURS, send, consequence.format(**names)),
        WayOut(Resolution.STOP_TRACKING, texts.STOP_FOLLOWING, texts.CONFIRM_STOP.format(**names)),
    )
