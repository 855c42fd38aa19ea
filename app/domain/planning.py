"""What one invoice's charges become: an order for each GL number, and what is left out with its reasons.

Pure: the same charges and rules always give the same plan. No I/O.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Final

from app.domain.charge import ARCHIVED, TAKEN_BACK, Charge, ChargeId
from app.domain.figures import LineFigures, line_figures
from app.domain.money import MAX_AMOUNT, ZERO, money_text
from app.domain.reasons import BOOKS, Reason, ReasonCode
from app.domain.references import SHORT, ReferenceForm, fits
from app.domain.sales_order import OrderLine, SalesOrder
from app.domain.values import Struct, field, replace

EPOCH: Final = date(1970, 1, 1)
"""The date of an order none of whose charges has one; Cedar always has, so it is seen only with damaged data."""


class Rules(Struct, frozen=True):
    """The settings that decide what may sync."""

    billing_statuses: frozenset[str] = frozenset({"INVOICED"})
    time_zone: tzinfo = UTC
    """The carrier's zone: documents are dated in it."""
    shorten_numbers: bool = True
    """Whether an invoice number the books have no room for may get a shorter reference."""
    references: ReferenceForm = SHORT
    """How the books want their numbers."""
    items: Mapping[str, str] = field(default_factory=dict)
    """By service type: the item's name in the books, where it is another."""
    books: str = ""
    """The accounting system a refusal is to name, where it is not QuickBooks Desktop."""


class LeftOutCharge(Struct, frozen=True):
    """A charge that must not sync, with what it is worth."""

    charge_id: ChargeId
    amount: Decimal
    """Zero where Cedar's own amount is unusable."""
    description: str
    location: str | None
    reasons: tuple[Reason, ...]


class PlannedRow(Struct, frozen=True):
    """What one invoice becomes for one GL number."""

    invoice: str | None
    gl_number: str | None
    customer: str | None
    date: date | None
    order: SalesOrder | None
    """None when nothing may sync."""
    left_out: tuple[LeftOutCharge, ...]
    refusals: tuple[Reason, ...]
    """Why the order must not be sent though it has lines: a person must mend it."""
    currency: str | None = None
    cars: tuple[str, ...] = ()

    @property
    def left_out_amount(self) -> Decimal:
        """What is left out, in money."""
        return sum((charge.amount for charge in self.left_out), ZERO)


def left_out_reasons(left_out: Iterable[LeftOutCharge]) -> tuple[Reason, ...]:
    """Give each different reason of charges that are left out, in the order of the catalogue."""
    distinct = {reason.code: reason for charge in left_out for reason in reversed(charge.reasons)}
    return tuple(distinct[code] for code in sorted(distinct, key=list(ReasonCode).index))


def plan_invoice(invoice: str | None, charges: Iterable[Charge], rules: Rules) -> tuple[PlannedRow, ...]:
    """Plan all rows of one invoice.

    Args:
        invoice: The invoice's number; None plans the charges that are on no invoice.
        charges: All charges Cedar shows for it, of whatever status.
        rules: The settings.

    Returns:
        One row for each GL number, and one without a GL number if no charge has any; sorted by GL number. Nothing
        for charges that are voided, deleted or reset.
    """
    live = sorted((charge for charge in charges if _counts(charge, invoice, rules)), key=_order)
    if not live:
        return ()
    if invoice is None:
        return (_row(None, None, live, [], rules, EPOCH),)
    groups: dict[str, list[Charge]] = defaultdict(list)
    orphans: list[Charge] = []
    for charge in live:
        if charge.gl_number is None:
            orphans.append(charge)
        else:
            groups[charge.gl_number.casefold()].append(charge)
    day = _invoice_date(live, rules)
    if not groups:
        return (_row(invoice, None, [], orphans, rules, day),)
    first, *rest = sorted(groups)
    rows = [_row(invoice, groups[first][0].gl_number, groups[first], orphans, rules, day)]
    rows += [_row(invoice, groups[key][0].gl_number, groups[key], [], rules, day) for key in rest]
    return tuple(rows)


def _counts(charge: Charge, invoice: str | None, rules: Rules) -> bool:
    status = charge.billing_status
    if status in rules.billing_statuses:
        return True
    if status in TAKEN_BACK or status == ARCHIVED:
        return False
    # A charge that is on no invoice yet is no part of one: it turns up here once Cedar has invoiced it.
    return invoice is not None


def _row(
    invoice: str | None,
    gl_number: str | None,
    own: Sequence[Charge],
    orphans: Sequence[Charge],
    rules: Rules,
    day: date,
) -> PlannedRow:
    lines: list[OrderLine] = []
    sent: list[Charge] = []
    left_out: list[LeftOutCharge] = []
    for charge in [*own, *orphans]:
        reasons = tuple(_reasons_to_leave_out(charge, rules))
        if reasons:
            left_out.append(_left_out(charge, reasons))
        else:
            sent.append(charge)
            lines.append(_line(charge, rules))
    everything = [*own, *orphans]
    customer = next((charge.customer for charge in everything if charge.customer), None)
    cars = tuple(sorted({charge.car for charge in everything if charge.car}))
    currencies = sorted({charge.currency for charge in sent if charge.currency})
    if lines and all(line.amount == 0 for line in lines):
        nothing = (Reason(ReasonCode.NOTHING_TO_BILL),)
        left_out += [_left_out(charge, nothing) for charge in sent]
        lines = []
    row_day = day if invoice is not None else None
    if not lines or invoice is None or gl_number is None:
        any_currency = next((charge.currency for charge in everything if charge.currency), None)
        return PlannedRow(invoice, gl_number, customer, row_day, None, tuple(left_out), (), any_currency, cars)
    currency = currencies[0] if len(currencies) == 1 else None
    order = SalesOrder(invoice, gl_number, customer or gl_number, day, tuple(lines), currency)
    refusals = tuple(_named(each, rules) for each in _refusals(order, currencies, rules))
    return PlannedRow(invoice, gl_number, customer, row_day, order, tuple(left_out), refusals, currency, cars)


def _reasons_to_leave_out(charge: Charge, rules: Rules) -> Iterable[Reason]:
    if charge.billing_status not in rules.billing_statuses:
        wanted = " or ".join(sorted(_status_words(status) for status in rules.billing_statuses))
        yield Reason(ReasonCode.NOT_INVOICED_YET, {"status": _status_words(charge.billing_status), "wanted": wanted})
    if charge.invoice is None:
        yield Reason(ReasonCode.NO_INVOICE_NUMBER, _which(charge) | {"status": _status_words(charge.billing_status)})
    if charge.gl_number is None:
        yield Reason(ReasonCode.NO_GL_NUMBER, {"location": charge.location or charge.customer or "of this charge"})
    if charge.service_type is None:
        yield Reason(ReasonCode.NO_SERVICE_TYPE, _which(charge))
    if charge.amount is None:
        yield Reason(ReasonCode.BAD_AMOUNT, _which(charge))


def _which(charge: Charge) -> dict[str, str]:
    return {"charge": charge.charge_id, "location": charge.location or charge.customer or "an unnamed location"}


def _named(reason: Reason, rules: Rules) -> Reason:
    """Have a refusal say for which accounting system it is: it may be mended elsewhere there."""
    return replace(reason, facts={**reason.facts, BOOKS: rules.books}) if rules.books else reason


def _refusals(order: SalesOrder, currencies: Sequence[str], rules: Rules) -> Iterable[Reason]:
    if len(currencies) > 1:
        yield Reason(ReasonCode.MIXED_CURRENCY, {"currencies": " and ".join(currencies)})
    elif order.subtotal < 0:
        yield Reason(ReasonCode.NEGATIVE_TOTAL, {"amount": money_text(order.subtotal)})
    if abs(order.subtotal) > MAX_AMOUNT:
        yield Reason(ReasonCode.BAD_AMOUNT, {"charge": "together", "location": order.customer})
    if not rules.shorten_numbers and not fits(order.invoice, rules.references):
        yield Reason(ReasonCode.REF_NUMBER_TOO_LONG, {"invoice": order.invoice})


def _left_out(charge: Charge, reasons: tuple[Reason, ...]) -> LeftOutCharge:
    return LeftOutCharge(
        charge.charge_id,
        charge.amount if charge.amount is not None else ZERO,
        _description(charge),
        charge.location,
        reasons,
    )


def _line(charge: Charge, rules: Rules) -> OrderLine:
    amount = charge.amount if charge.amount is not None else ZERO
    figures: LineFigures = line_figures(charge.quantity, charge.rate, amount)
    text = _description(charge)
    if figures.note:
        text = f"{text} ({figures.note})" if text else figures.note
    service = charge.service_type or ""
    return OrderLine.of(charge.charge_id, rules.items.get(service, service), text, figures)


def _description(charge: Charge) -> str:
    """Say what the charge is for, each thing once: rate description, billing type, location, car."""
    parts: list[str] = []
    for part in (charge.rate_description, charge.billing_type, charge.location, charge.car and f"car {charge.car}"):
        if part and part.casefold() not in {known.casefold() for known in parts}:
            parts.append(part)
    return ", ".join(parts)


def _invoice_date(charges: Sequence[Charge], rules: Rules) -> date:
    wanted = [charge for charge in charges if charge.billing_status in rules.billing_statuses] or charges
    given = [charge.invoice_date for charge in wanted if charge.invoice_date is not None]
    if given:
        return max(given)
    applied = [charge.applied_at for charge in wanted if charge.applied_at is not None]
    return _day(max(applied), rules.time_zone) if applied else EPOCH


def _day(moment: datetime, zone: tzinfo) -> date:
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        # The last hours of the year 9999, which some services use for "never", are no date further east.
        return moment.date()


def _status_words(status: str) -> str:
    return status.replace("_", " ").capitalize()


def _order(charge: Charge) -> tuple[int, str]:
    """Lines stand in the order of their charge ids, as numbers where they are numbers."""
    text = charge.charge_id
    return (int(text), text) if text.isdecimal() else (0, text)
