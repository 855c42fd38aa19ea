"""What people are told after a damaged record was replaced. No I/O."""

from typing import Final

from app.domain.facts import RecordRescued
from app.domain.language import _
from app.domain.status import WriteTime

TITLE: Final = _("The record was damaged and has been replaced")

_RESTORED: Final = _(
    "The record was damaged and was replaced {at} by the copy from {copied_at}. What came later is found again in "
    "Cedar and in QuickBooks, and nothing is sent twice. If you left invoices out or brought them back since then, do "
    "that again. The damaged file is kept as {kept_as}."
)
_BEGUN_ANEW: Final = _(
    "The record was damaged {at}, and there was no good copy, so it began anew. What QuickBooks holds is found there "
    "and not sent twice. If you had left invoices out by hand, leave them out again. The damaged file is kept as "
    "{kept_as}."
)


def words(rescued: RecordRescued, write_time: WriteTime) -> str:
    """Say what happened, which copy took the record's place, and what a person has to do.

    Args:
        rescued: What was done.
        write_time: Writes times as its reader wishes.
    """
    copied_at = "" if rescued.copied_at is None else write_time(rescued.copied_at)
    text = _BEGUN_ANEW if rescued.copied_at is None else _RESTORED
    return text.format(at=write_time(rescued.at), copied_at=copied_at, kept_as=rescued.kept_as)
