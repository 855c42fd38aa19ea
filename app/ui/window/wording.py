"""What the list says of a row, in words: state, what happened, when it is tried next, and the whole as a sentence."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from app.domain.explanation import Explanation
from app.domain.language import plural
from app.domain.reason_texts import PAID, explain
from app.domain.reasons import OUR_RULES, Healing, Reason, ReasonCode, Who, healing
from app.domain.row import RowSummary
from app.domain.states import State
from app.domain.sums import Sums
from app.domain.values import replace
from app.store.row_lists import ListedRow
from app.ui.window import figures, texts
from app.ui.window.filters import worth

SEPARATOR: Final = " · "
_BELOW_ZERO: Final = re.compile(r"-\d[\d.,]*")


def state_name(state: State, reasons: Sequence[Reason]) -> str:
    """Name a state; of conflicts there are several kinds."""
    if state is not State.CONFLICT or not reasons:
        return texts.STATES[state]
    reason = reasons[0]
    if reason.code is ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS and reason.facts.get("case") == PAID:
        return texts.CONFLICT_PAID
    return texts.CONFLICT_STATES.get(reason.code.value, texts.STATES[state])


def explained(reason: Reason) -> Explanation:
    """Put a reason into words, with figures below zero written as everywhere in the window."""
    facts = {name: f"−{value[1:]}" if _BELOW_ZERO.fullmatch(value) else value for name, value in reason.facts.items()}
    return explain(replace(reason, facts=facts))


def sum_of(rows: Iterable[RowSummary]) -> str:
    """Add up what rows are worth, each currency by itself."""
    return figures.sums(Sums.of((row.currency, worth(row)) for row in rows))


def asks_to_leave_out(rows: Sequence[RowSummary]) -> str:
    """Ask whether to leave rows out, and say what that means for what is in the books already."""
    in_books, number = sum(row.is_in_books for row in rows), len(rows)
    if in_books == number:
        return plural(texts.LEAVE_OUT_ASK_IN_BOOKS, number)
    if in_books:
        return texts.LEAVE_OUT_ASK_MIXED.format(
            rows=plural(texts.INVOICES, number), in_books=plural(texts.INVOICES, in_books)
        )
    words = texts.LEAVE_OUT_ASK if number == 1 else texts.LEAVE_OUT_ASK_MANY
    return words.format(rows=plural(texts.INVOICES, number))


def happened(listed: ListedRow, *, is_retried: bool = False) -> str:
    """Say in a few words what happened to a row."""
    row = listed.row
    match row.state:
        case State.QUEUED:
            return texts.RETRYING if is_retried else texts.READY
        case State.SENDING:
            return texts.ON_ITS_WAY
        case State.REMOVED:
            return texts.TAKEN_BACK
        case State.SYNCED if row.skipped_lines:
            return partly(row.skipped_lines, [reason.code for reason in listed.left_out_reasons])
        case State.SYNCED:
            return document(row)
        case State.CONFLICT if row.reasons and row.reasons[0].facts.get("what"):
            # That it was changed is the state's name already.
            return texts.CHANGED_WHAT.format(what=row.reasons[0].facts["what"])
        case _:
            reasons = row.reasons or listed.left_out_reasons
            return explained(reasons[0]).title if reasons else ""


def partly(count: int, codes: Sequence[ReasonCode]) -> str:
    """Say how many charges of a row are left out, and the first reason."""
    why = texts.PARTLY_SHORT.get(codes[0].value, texts.PARTLY_OTHER) if codes else texts.PARTLY_OTHER
    return plural(texts.PARTLY, count).format(why=why)


def document(row: RowSummary) -> str:
    """Name the document in the books."""
    kind = texts.DOCUMENTS[row.document.kind]
    number = row.document.ref_number
    return texts.IN_BOOKS_AS.format(document=kind, number=number) if number else kind


def next_try(listed: ListedRow, now: datetime) -> str:
    """Say when a row moves on, or what it waits for."""
    row = listed.row
    match row.state:
        case State.QUEUED:
            return texts.NEXT_RUN
        case State.WAITING if row.next_attempt_at is not None:
            return figures.moment(row.next_attempt_at, now)
        case State.FAILED:
            return _after_failing(row.reasons)
        case State.CONFLICT:
            return texts.AFTER_CHOICE
        case State.SKIPPED:
            return _after_leaving_out(row.reasons or listed.left_out_reasons)
        case _:
            return ""


def _after_failing(reasons: Sequence[Reason]) -> str:
    if not reasons:
        return texts.AFTER_RETRY
    code = reasons[0].code
    if code in OUR_RULES:
        return texts.AFTER_CEDAR if explain(reasons[0]).who is Who.CEDAR_ADMIN else texts.AFTER_YOU
    return texts.LOOKS_AGAIN if healing(code) is Healing.LISTS else texts.AFTER_RETRY


def _after_leaving_out(reasons: Sequence[Reason]) -> str:
    if any(explain(reason).who is Who.CEDAR_ADMIN for reason in reasons):
        return texts.AFTER_CEDAR
    follows = any(reason.code is ReasonCode.NOT_INVOICED_YET for reason in reasons)
    return texts.BY_ITSELF if follows else ""


def customer(row: RowSummary) -> str:
    """Name the customer, or the GL number where Cedar has no name."""
    return row.customer or row.gl_number or texts.MISSING


def sentence(listed: ListedRow, *, is_retried: bool = False) -> str:
    """Say all of a row in one sentence, for a screen reader."""
    row = listed.row
    return texts.ROW_SENTENCE.format(
        state=state_name(row.state, row.reasons),
        invoice=row.invoice or texts.NO_INVOICE,
        customer=row.customer or row.gl_number or texts.NO_CUSTOMER,
        amount=figures.money(worth(row), row.currency),
        date=figures.long_day(row.date) if row.date else texts.NO_DATE,
        happened=happened(listed, is_retried=is_retried),
    )


def cells(
    listed: ListedRow, now: datetime, *, is_retried: bool = False, currency: str | None = None
) -> tuple[str, ...]:
    """Give the texts of a row, column by column; its currency is named only where it is not the usual one."""
    row = listed.row
    amount = figures.money(worth(row), None if row.currency == currency else row.currency)
    return (
        state_name(row.state, row.reasons),
        row.invoice or texts.MISSING,
        customer(row),
        row.gl_number or texts.MISSING,
        figures.short_day(row.date, now.astimezone().date()),
        amount,
        happened(listed, is_retried=is_retried),
        next_try(listed, now),
    )
