"""A sales order as we mean it: what one invoice becomes for one GL number. No I/O."""

import hashlib
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.charge import ChargeId
from app.domain.figures import LineFigures, figure_text
from app.domain.memos import memo_of
from app.domain.money import ZERO, money_text
from app.domain.values import Struct


class DocumentKind(StrEnum):
    """The document an order becomes in the books."""

    SALES_ORDER = "sales_order"
    ESTIMATE = "estimate"
    INVOICE = "invoice"


class OrderLine(Struct, frozen=True, gc=False):
    """One charge as a line."""

    charge_id: ChargeId
    item: str
    """Cedar's service type: the item's name in the books."""
    description: str
    quantity: Decimal
    rate: Decimal | None
    """None where the amount is sent in its place."""
    amount: Decimal

    @classmethod
    def of(cls, charge_id: ChargeId, item: str, description: str, figures: LineFigures) -> "OrderLine":
        """Make a line of chosen figures."""
        return cls(charge_id, item, description, figures.quantity, figures.rate, figures.amount)

    def signature(self) -> str:
        """Give the part of the line that must be equal on both sides."""
        rate = "" if self.rate is None else figure_text(self.rate)
        return "\x1e".join(
            (
                self.charge_id,
                self.item.casefold(),
                self.description,
                figure_text(self.quantity),
                rate,
                money_text(self.amount),
            )
        )


class SalesOrder(Struct, frozen=True, gc=False):
    """A whole order, ready to be written into the books."""

    invoice: str
    gl_number: str
    """The customer's name in the books."""
    customer: str
    """The customer's name in Cedar, for people."""
    date: date
    """The transaction date, in the carrier's time zone."""
    lines: tuple[OrderLine, ...]
    currency: str | None = None

    @property
    def subtotal(self) -> Decimal:
        """The sum of the lines, in cents."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def memo(self) -> str:
        """The text every order's Memo begins with, whatever its reference number had to become."""
        return memo_of(self.invoice)

    def content_hash(self) -> str:
        """Give a digest of all that the books must hold: equal text, nothing to send."""
        parts = [self.gl_number.casefold(), self.invoice, self.date.isoformat(), self.currency or ""]
        parts += [line.signature() for line in self.lines]
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
