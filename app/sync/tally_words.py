"""Says how many invoices came to which end, for people. No I/O."""

from collections import Counter
from typing import Final

from app.domain.language import _, n_, plural
from app.domain.states import State

NOTHING: Final = _("Nothing to do.")

_SENTENCES: Final = (
    (State.SYNCED, n_("{count} invoice is in QuickBooks.", "{count} invoices are in QuickBooks.")),
    (State.REMOVED, n_("{count} invoice was taken back.", "{count} invoices were taken back.")),
    (State.FAILED, n_("{count} invoice needs you.", "{count} invoices need you.")),
    (State.CONFLICT, n_("{count} invoice waits for your choice.", "{count} invoices wait for your choice.")),
    (State.WAITING, n_("{count} invoice is tried again later.", "{count} invoices are tried again later.")),
)


def tally_words(tally: Counter[State]) -> str:
    """Count the rows by where they ended, a sentence for each end."""
    sentences = [plural(forms, tally[state]) for state, forms in _SENTENCES if tally[state]]
    return " ".join(sentences) or NOTHING
