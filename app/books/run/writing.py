"""Handing a batch to the books: written down first, answered row by row, halved when it is refused whole. No I/O."""

from collections.abc import Generator, Sequence
from typing import Final

from app.books.port import Again, Answer, Ask, Outcome, Refused
from app.books.run import lists
from app.books.run.accounting_system import OutcomeInDoubt, Reception, Replies, StopRun
from app.books.run.context import Context
from app.books.run.meaning import Meaning
from app.books.run.outcomes import outcome, stop_reason
from app.domain.facts import SendingPace
from app.domain.message_set import Errand, MessageSet, MessageSetState
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row
from app.domain.values import Struct

MOST_CHARACTERS: Final = 400_000
"""The largest message set: QuickBooks takes larger ones, but an answer must not be long in coming."""

QUICK: Final = 5.0
SLOW: Final = 20.0
"""Seconds for an answer, below which the next message set may be larger, and above which it gets smaller."""


class Job(Struct, frozen=True):
    """One errand with its request's text."""

    row: Row
    errand: Errand
    text: str


def write(context: Context, jobs: Sequence[Job]) -> Generator[Ask, Answer, None]:
    """Hand jobs out in message sets of the pace that was learnt, and record every outcome.

    Jobs that are left over when a set is refused whole stay queued: the next round takes them in smaller sets.

    Raises:
        StopRun: If nothing more can be written in this run.
        OutcomeInDoubt: If a set came back without answers.
    """
    rest = list(jobs)
    while rest:
        size = _size(context, rest)
        batch, rest = rest[:size], rest[size:]
        taken = yield from _hand_out(context, batch)
        if not taken:
            return


def hand_out_again(context: Context, message_set: MessageSet, rows: Sequence[Row]) -> Generator[Ask, Answer, None]:
    """Hand out a message set once more, the same text under the same id: QuickBooks runs it at most once.

    Raises:
        StopRun: If nothing more can be written in this run.
    """
    answer = yield Ask(message_set.text, context.progress.percent, message_set.id)
    try:
        _take_answer(context, message_set, rows, answer, is_first=False)
    except OutcomeInDoubt:
        # Its documents are not in the books, and QuickBooks runs nothing under this id any more.
        _send_again(context, message_set, rows, "QuickBooks lost it; it goes out under a new id.")


def record_answer(
    context: Context, message_set: MessageSet, rows: Sequence[Row], answer: Replies, learnt: Sequence[object] = ()
) -> StopRun | None:
    """Put the outcomes of a message set on its rows.

    Args:
        context: The run.
        message_set: What was handed out.
        rows: Its rows.
        answer: What the books replied.
        learnt: Facts to keep with the outcomes.

    Returns:
        The reason to stop writing, if the answer holds one.
    """
    by_id = {row.id: row for row in rows}
    ids = lists.ids_of(context, [errand.order for errand in message_set.errands])
    outcomes: list[Outcome] = []
    stop: StopRun | None = None
    for errand in message_set.errands:
        row = by_id.get(errand.row_id)
        if row is None:
            continue
        reply = answer.get(errand.request_id)
        if reply is None:
            outcomes.append(Again(row.id, "QuickBooks did not answer for it; it is looked for before it is sent."))
            continue
        if reply.meaning is Meaning.REFERENCE and errand.order is not None:
            lists.forget(context, errand.order)
        outcomes.append(outcome(context, row, errand, reply, ids))
        if reply.meaning is Meaning.REFERENCE:
            context.stale_names.add(row.id)
        stop = stop or stop_reason(context, row, reply)
    context.ledger.record(outcomes, message_set.id, learnt)
    context.progress.done += sum(not isinstance(each, Again) for each in outcomes)
    return stop


def _size(context: Context, jobs: Sequence[Job]) -> int:
    characters, size = 0, 0
    for job in jobs[: min(context.pace.orders, context.system.most_orders)]:
        goes_alone = context.system.goes_alone(job.text)
        characters += len(job.text)
        if size and (goes_alone or characters > MOST_CHARACTERS):
            break
        size += 1
        if goes_alone:
            break
    return size


def _hand_out(context: Context, batch: Sequence[Job]) -> Generator[Ask, Answer, bool]:
    """Hand out one message set; False if it was refused whole and its rows wait for the next round."""
    new_id = context.system.new_message_set_id()
    text = context.system.message_set([job.text for job in batch], new_id)
    message_set = MessageSet(
        id=new_id,
        connection=context.options.connection,
        state=MessageSetState.PREPARED,
        company=context.company.key,
        prepared_at=context.ledger.now(),
        text=text,
        errands=tuple(job.errand for job in batch),
    )
    rows = context.ledger.prepare(message_set)
    if not rows:
        # Cedar or a person changed one of the rows since it was read: the next round reads them anew.
        return False
    answer = yield Ask(text, context.progress.percent, new_id)
    return _take_answer(context, message_set, rows, answer)


def _take_answer(
    context: Context, message_set: MessageSet, rows: Sequence[Row], answer: Answer, *, is_first: bool = True
) -> bool:
    match context.system.reception(answer):
        case Reception.REPHRASED:
            _send_again(context, message_set, rows, "QuickBooks wants an older form of the request.")
            return False
        case Reception.UNREADABLE:
            _quarantine(context, message_set, rows, answer)
            return False
        case Reception.NOT_DELIVERED:
            if is_first:
                _send_again(context, message_set, rows, "It did not get as far as QuickBooks.")
            # Of one that went out before nobody knows yet whether it was run then.
            context.system.replies(answer)
            return False
    replies = context.system.replies(answer)
    pace = _pace_after(context, len(rows), answer.seconds)
    learnt: list[object] = [] if pace == context.pace else [pace]
    if is_first:
        # A set that went out twice may still arrive a second time: the books must go on remembering it.
        learnt += context.system.learnt_when_answered(message_set.id)
    stop = record_answer(context, message_set, rows, replies, learnt)
    if stop is not None:
        _take_pace(context, SendingPace())
        raise stop
    context.pace = pace
    return True


def _quarantine(context: Context, message_set: MessageSet, rows: Sequence[Row], answer: Answer) -> None:
    """Find the one request QuickBooks cannot read: it refused the set whole, so nothing of it was run."""
    if len(message_set.errands) == 1:
        # Some refuse on the way, others in what they answer.
        raw = (
            f"{answer.fault} {answer.message}".strip()
            if answer.fault
            else context.system.replies(answer).replies[0].raw
        )
        reason = Reason(ReasonCode.REQUEST_NOT_UNDERSTOOD, {}, raw)
        context.ledger.record([Refused(row.id, reason) for row in rows], message_set.id)
        context.progress.done += len(rows)
        return
    _send_again(context, message_set, rows, "QuickBooks could not read the whole batch; it is sent in smaller parts.")
    _take_pace(context, SendingPace(max(1, len(message_set.errands) // 2)))


def _send_again(context: Context, message_set: MessageSet, rows: Sequence[Row], note: str) -> None:
    context.ledger.record([Again(row.id, note) for row in rows], message_set.id)


def _take_pace(context: Context, pace: SendingPace) -> None:
    context.ledger.learn(pace)
    context.pace = pace


def _pace_after(context: Context, orders: int, seconds: float) -> SendingPace:
    """Give the pace after an answer that took some time."""
    pace, most = context.pace, context.system.most_orders
    if seconds > SLOW:
        return SendingPace(max(1, orders // 2))
    if seconds < QUICK and orders >= min(pace.orders, most):
        return SendingPace(min(most, pace.orders * 5 if pace.orders < most // 5 else pace.orders * 2))
    return pace
