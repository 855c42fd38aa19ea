"""The three ways out of conflicts: what the button says, and what will happen, before it happens. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.language import plural
from app.domain.reasons import ReasonCode
from app.domain.row import Row, RowSummary
from app.sync.orders_by_hand import Resolution
from app.ui.window import figures, texts
from app.ui.window.comparing import in_books
from app.ui.window.wording import sum_of


@dataclass(frozen=True, slots=True)
class WayOut:
    """One choice."""

    resolution: Resolution
    label: str
    effect: str
    """What will happen, in one sentence."""
    consequence: str
    """What will happen, as it is asked before it does."""


LABELS: Final = {
    Resolution.KEEP_THEIRS: texts.KEEP_THEIRS,
    Resolution.SEND_OURS: texts.SEND_OURS,
    Resolution.STOP_TRACKING: texts.STOP_TRACKING,
}
"""What the choices are called where they are made for several rows."""

_MANY: Final = {
    Resolution.KEEP_THEIRS: {ReasonCode.DELETED_IN_QUICKBOOKS: texts.MANY_KEEP_GONE},
    Resolution.SEND_OURS: {
        ReasonCode.DELETED_IN_QUICKBOOKS: texts.MANY_SEND_NEW,
        ReasonCode.NUMBER_IN_USE: texts.MANY_SEND_BESIDE,
        ReasonCode.VOIDED_IN_CEDAR: texts.MANY_TAKE_BACK,
    },
    Resolution.STOP_TRACKING: {},
}
_MANY_ELSE: Final = {
    Resolution.KEEP_THEIRS: texts.MANY_KEEP,
    Resolution.SEND_OURS: texts.MANY_SEND,
    Resolution.STOP_TRACKING: texts.MANY_STOP,
}


def consequence_of_many(rows: Iterable[RowSummary], resolution: Resolution) -> str:
    """Say what a choice does to several rows in conflict, a sentence for each kind of conflict among them."""
    groups: dict[tuple[str, str], list[RowSummary]] = {}
    for row in rows:
        kinds = _MANY[resolution]
        words = next((kinds[reason.code] for reason in row.reasons if reason.code in kinds), _MANY_ELSE[resolution])
        groups.setdefault(words, []).append(row)
    return "\n\n".join(plural(words, len(group)).format(ours=sum_of(group)) for words, group in groups.items())


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
