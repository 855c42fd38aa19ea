"""From an answer of QuickBooks Online to what it asks of us. No I/O."""

from collections.abc import Sequence
from typing import Final

import msgspec

from app.books.port import Answer
from app.books.quickbooks_online import fault_codes, wire
from app.books.quickbooks_online.documents import ENTITY, books_document
from app.books.quickbooks_online.wire import Complaint, Document
from app.books.run.accounting_system import Made, Reply, StopRun
from app.books.run.meaning import Meaning
from app.domain.reason_texts import ANSWER
from app.domain.reasons import Reason, ReasonCode

UNREACHABLE: Final = "unreachable"
NO_ANSWER: Final = "no_answer"
GRANT_LOST: Final = "grant_lost"
NOT_SIGNED_IN: Final = "not_signed_in"
"""What the courier reports where there is no answer; else it reports the HTTP status."""

_NOT_RUN: Final = frozenset({UNREACHABLE, GRANT_LOST, NOT_SIGNED_IN, "401", "403", "429"})
_SIGN_IN: Final = frozenset({GRANT_LOST, NOT_SIGNED_IN, "401", "403"})
_DETAILS: Final = {
    UNREACHABLE: ": there is no connection to Intuit's servers",
    NO_ANSWER: ": it did not answer",
    "429": ": it has had too many requests, and asks to wait",
}
_SHORT: Final = 300


def was_not_run(answer: Answer) -> bool:
    """Tell whether a request certainly was not carried out."""
    return answer.fault in _NOT_RUN


def refuse_fault(answer: Answer) -> None:
    """Make sure that something came back.

    Raises:
        StopRun: If nothing did.
    """
    if not answer.fault:
        return
    raw = f"{answer.fault} {answer.message[:_SHORT]}".strip() + fault_codes.trace_words(answer.trace)
    if answer.fault in _SIGN_IN:
        raise StopRun(Reason(ReasonCode.SIGN_IN_LOST, {}, raw), is_transient=False)
    detail = _DETAILS.get(answer.fault, f": its servers are in trouble (HTTP {answer.fault})")
    raise StopRun(Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": detail}, raw), is_transient=True)


def opened(answer: Answer) -> dict[str, msgspec.Raw]:
    """Read the outside of an answer to a question; a fault in it ends the run.

    Raises:
        StopRun: If there is no answer, it cannot be read, or it is a fault.
    """
    refuse_fault(answer)
    try:
        outside = wire.decode(answer.text)
        found = wire.complaints(outside)
    except wire.UnreadableAnswer as exc:
        raise unreadable(str(exc)) from exc
    if found:
        raise stop_for(found[0], answer.trace)
    return outside


def unreadable(why: str) -> StopRun:
    """Say that an answer could not be read."""
    return StopRun(Reason(ReasonCode.REQUEST_NOT_UNDERSTOOD, {"case": ANSWER}, why), is_transient=True)


def stop_for(complaint: Complaint, trace: str) -> StopRun:
    """Say why a question was answered with a fault; it never means "not there"."""
    raw = fault_codes.raw(complaint, trace)
    if fault_codes.meaning(complaint) is Meaning.DENIED:
        return StopRun(Reason(ReasonCode.PERMISSION_DENIED, {}, raw), is_transient=False)
    detail = f": it answered {fault_codes.words(complaint).rstrip('. ')}"
    return StopRun(Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": detail}, raw), is_transient=True)


def refused(request_id: str, found: Sequence[Complaint], trace: str) -> Reply:
    """Read the fault of one request: the first error that says more than that somebody has to look."""
    first = next((each for each in found if fault_codes.meaning(each) is not Meaning.DATA), found[0])
    return Reply(request_id, fault_codes.meaning(first), fault_codes.words(first), fault_codes.raw(first, trace))


def reply(request_id: str, outside: dict[str, msgspec.Raw], trace: str) -> Reply:
    """Read the answer to one request.

    Raises:
        UnreadableAnswer: If it is neither a document nor a fault.
    """
    found = wire.complaints(outside)
    if found:
        return refused(request_id, found, trace)
    for kind, entity in ENTITY.items():
        if entity not in outside:
            continue
        document = wire.read(outside[entity], Document)
        mark = f"intuit_tid {trace}" if trace else None
        if document.status == "Deleted":
            return Reply(request_id, Meaning.DONE, trace=mark)
        made = Made(document.id, document.sync_token)
        return Reply(request_id, Meaning.DONE, document=books_document(kind, document), made=made, trace=mark)
    raise wire.UnreadableAnswer("neither a document nor a fault")
