"""What the history says of a document that was taken back in the books. No I/O."""

from collections.abc import Mapping
from typing import Final

from app.books.run.accounting_system import Closing
from app.domain.language import _

DELETED: Final = _("The document was deleted in QuickBooks because Cedar does not bill it any more.")
GONE: Final = _("The document was already gone from QuickBooks.")

CLOSED: Final[Mapping[Closing, str]] = {
    Closing.CLOSED: _("The sales order was closed in QuickBooks because Cedar does not bill it any more."),
    Closing.INACTIVE: _("The estimate was made inactive in QuickBooks because Cedar does not bill it any more."),
    Closing.REJECTED: _("The estimate was set to rejected in QuickBooks because Cedar does not bill it any more."),
    Closing.VOIDED: _("The invoice was voided in QuickBooks because Cedar does not bill it any more."),
}
"""What we did."""

WAS_CLOSED: Final[Mapping[Closing, str]] = {
    Closing.CLOSED: _("The sales order was already closed in QuickBooks."),
    Closing.INACTIVE: _("The estimate was already inactive in QuickBooks."),
    Closing.REJECTED: _("The estimate was already set to rejected in QuickBooks."),
    Closing.VOIDED: _("The invoice was already voided in QuickBooks."),
}
"""What there was nothing to do for."""
