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
    effect: str
    """What will happen, in one sentence."""
    consequence: str
    """What will happen, as it is asked before it does."""


def ways_out(row: Row) -> tuple[WayOut, WayOut, WayOut]:
    """Give the three choices for a row in conflict."""
    document = in_books(row)
    names = {
        "invoice": row.invoice or texts.NO_INVOICE,
        "ours": figures.money(row.amount, row.currency),
        "theirs": figures.money(document.subtotal, row.currency) if document else texts.NOT_THERE,
    }
    keep = (texts.KEEP_THEIRS, texts.WILL_KEEP, texts.CONFIRM_KEEP)
    send = (texts.SEND_OURS, texts.WILL_SEND, texts.CONFIRM_SEND)
    if row.has_reason(ReasonCode.VOIDED_IN_CEDAR):
        keep = (texts.LEAVE_THERE, texts.WILL_KEEP, texts.CONFIRM_KEEP)
        send = (texts.TAKE_BACK, texts.WILL_TAKE_BACK, texts.CONFIRM_TAKE_BACK)
    elif row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
        keep = (texts.KEEP_GONE, texts.WILL_KEEP_GONE, texts.CONFIRM_KEEP_GONE)
        send = (texts.SEND_AGAIN, texts.WILL_SEND_NEW, texts.CONFIRM_SEND_NEW)
    elif row.has_reason(ReasonCode.NUMBER_IN_USE):
        send = (texts.SEND_OURS, texts.WILL_SEND_BESIDE, texts.CONFIRM_SEND_BESIDE)
    stop = (texts.STOP_TRACKING, texts.WILL_STOP, texts.CONFIRM_STOP)

    def way(resolution: Resolution, label: str, effect: str, consequence: str) -> WayOut:
        return WayOut(resolution, label, effect.format(**names), consequence.format(**names))

    return (
        way(Resolution.KEEP_THEIRS, *keep),
        way(Resolution.SEND_OURS, *send),
        way(Resolution.STOP_TRACKING, *stop),
    )
