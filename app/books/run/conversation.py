"""One update of the books, as a conversation: yields requests, takes answers, reports outcomes. No I/O.

The steps: who answered (the accounting system's own introduction), what is in doubt (`settling`), the lists (`lists`),
other hands in the books (`watching`), then round after round what is due: looked for or read in the books (`matching`,
`changing`) and written (`writing`), until nothing is due. For somebody who sets up (`IntroductionWanted`), a run ends
after the introduction and the lists; nothing is written.
"""

from collections.abc import Generator, Sequence
from datetime import timedelta
from typing import Final

from app.books.port import (
    Again,
    Answer,
    Ask,
    Conversation,
    InConflict,
    Later,
    Ledger,
    Outcome,
    Refused,
    RunEnd,
    TakenBack,
    Written,
    WrittenUnchecked,
)
from app.books.run import lists, removal_words
from app.books.run.accounting_system import (
    AccountingSystem,
    Asking,
    DocumentChange,
    OutcomeInDoubt,
    Progress,
    References,
    Search,
    StopRun,
)
from app.books.run.changing import hand_on, plan_change
from app.books.run.context import Context, RunOptions, of_rows
from app.books.run.matching import in_order_of_claim, judge, search_for
from app.books.run.settling import settle
from app.books.run.watching import is_older, watch
from app.books.run.writing import Job, write
from app.domain.books_document import BooksDocument
from app.domain.choices import OnVoid
from app.domain.facts import BooksProblem, IntroductionWanted, ListsKnown, Problem
from app.domain.memos import invoices_perhaps
from app.domain.message_set import Action, Errand
from app.domain.reason_texts import explain
from app.domain.reasons import Healing, Reason, ReasonCode, healing
from app.domain.retrying import LONGEST, is_recent
from app.domain.row import Row, RowId, voided
from app.domain.sales_order import SalesOrder

ROUND: Final = 200
"""Rows looked at in one round."""

MOST_TRIES: Final = 10
"""How often one row is written in one run before it waits for the next; a refused set of 100 is halved seven times."""

HEAL_EVERY: Final = timedelta(minutes=5)
"""How often, at the most, the names that failed rows wait for are looked up."""


def converse(
    ledger: Ledger, options: RunOptions, progress: Progress, introduction: Asking[AccountingSystem]
) -> Conversation:
    """Run one update.

    Args:
        ledger: The connection's ledger.
        options: The connection's settings.
        progress: How far the run is; the accounting system tells it with every request.
        introduction: The accounting system's own first step: who answers, and is it the right company.
    """
    try:
        system = yield from introduction
        context = Context(ledger, options, system, progress)
        if ledger.known(IntroductionWanted) is not None:
            yield from _get_acquainted(context)
            return RunEnd()
        yield from _settle(context)
        _refuse_missing_kind(context)
        yield from lists.refresh(context)
        yield from watch(context)
        yield from _look_again_for_missing_names(context)
        context.progress.total = ledger.count_due()
        while rows := ledger.due(ROUND):
            yield from _round(context, rows)
        _ask_about_leftovers(context)
    except StopRun as stop:
        return _end(ledger, stop)
    _all_is_well(ledger)
    return RunEnd()


def _get_acquainted(context: Context) -> Generator[Ask, Answer, None]:
    """Read the lists for somebody who sets up; nothing is written, whatever is due: the next session does that."""
    context.ledger.forget(ListsKnown)
    yield from lists.refresh(context)
    context.ledger.forget(IntroductionWanted)
    if context.ledger.known(BooksProblem) is not None:
        context.ledger.forget(BooksProblem)


def _ask_about_leftovers(context: Context) -> None:
    """Look at the strays once more, now that whoever wanted one has it: the next look will not list them."""
    for kind, strays in context.strays.items():
        taken = context.ledger.taken(stray.txn_id for stray in strays)
        context.ledger.doubt_strays(kind, [stray for stray in strays if stray.txn_id not in taken])


def _all_is_well(ledger: Ledger) -> None:
    """Drop the connection's problem, and send what failed only because of it."""
    if ledger.known(BooksProblem) is not None:
        ledger.forget(BooksProblem)
    denied = ledger.failed_for([ReasonCode.PERMISSION_DENIED])
    ledger.record([Again(row.id, "QuickBooks gives permission again.") for row in denied])


def _end(ledger: Ledger, stop: StopRun) -> RunEnd:
    known, now = ledger.known(BooksProblem), ledger.now()
    same = known is not None and known.problem.reason.code is stop.reason.code
    since = known.problem.since if known is not None and same else now
    # What heals by itself is tried at the connector's next call; the rest is probed once in a while.
    next_attempt = None if stop.is_transient else now + LONGEST
    ledger.learn(BooksProblem(Problem(stop.reason, since, next_attempt)))
    # The ledger names the accounting system, for it may be mended elsewhere there.
    kept = ledger.known(BooksProblem)
    words = explain(kept.problem.reason if kept is not None else stop.reason)
    return RunEnd(f"{words.why} {words.fix}")


def _settle(context: Context) -> Generator[Ask, Answer, None]:
    try:
        yield from settle(context)
    except OutcomeInDoubt as exc:
        raise _in_doubt() from exc


def _in_doubt() -> StopRun:
    return StopRun(Reason(ReasonCode.OUTCOME_UNKNOWN), is_transient=True)


def _refuse_missing_kind(context: Context) -> None:
    """Stop before 500 orders fail, where it is known that these books have no such documents."""
    new = (row for row in context.ledger.due(ROUND) if row.order is not None and row.document.txn_id is None)
    for kind in sorted({row.document.kind for row in new}):
        if context.system.can_hold(kind) is False:
            raise StopRun(context.system.unavailable(kind), is_transient=False)


def _look_again_for_missing_names(context: Context) -> Generator[Ask, Answer, None]:
    """Notice by ourselves when a customer or an item that rows wait for is there."""
    known = context.ledger.known(ListsKnown)
    looked_up_at = known.missing_looked_up_at if known else None
    if looked_up_at is not None and is_recent(looked_up_at, HEAL_EVERY, context.ledger.now()):
        return
    codes = [code for code in ReasonCode if healing(code) is Healing.LISTS]
    rows = [(row.id, row.order) for row in context.ledger.failed_for(codes) if row.order is not None]
    if not rows:
        return
    orders = [order for _, order in rows]
    yield from lists.look_up(context, orders)
    lists.looked_up_missing(context)
    note = "The customer and the items are in QuickBooks now."
    resolved = zip(rows, lists.resolve(context, orders), strict=True)
    context.ledger.record([Again(row_id, note) for (row_id, _), found in resolved if found.references])


def _round(context: Context, rows: Sequence[Row]) -> Generator[Ask, Answer, None]:
    rows = _without_circles(context, rows)
    wanted = [(row, row.order) for row in rows if row.order is not None]
    removals = [row for row in rows if row.order is None]
    orders = [order for _, order in wanted]
    yield from lists.look_up(context, orders)
    ready: list[tuple[Row, SalesOrder, References]] = []
    refused: list[Outcome] = []
    doubtful: list[SalesOrder] = []
    for (row, order), resolved in zip(wanted, lists.resolve(context, orders), strict=True):
        if resolved.references is not None:
            ready.append((row, order, resolved.references))
            continue
        refused.append(Refused(row.id, resolved.reasons[0], order=order))
        if resolved.reasons[0].code is ReasonCode.CURRENCY_DIFFERS:
            doubtful.append(order)
    _record(context, refused)
    for order in doubtful:
        # Another customer may take the name: at the next try it is looked up, however fresh the list is.
        lists.forget(context, order)
    new = [each for each in ready if each[0].document.txn_id is None]
    known = [each for each in ready if each[0].document.txn_id is not None]
    jobs = yield from _adds(context, new)
    jobs += yield from _changes(context, known)
    jobs += yield from _removals(context, removals)
    for row in rows:
        context.tries[row.id] = context.tries.get(row.id, 0) + 1
    try:
        yield from write(context, jobs)
    except OutcomeInDoubt:
        yield from _settle(context)


def _without_circles(context: Context, rows: Sequence[Row]) -> list[Row]:
    """Let rows wait that keep coming back in one run, so that every run ends."""
    tired = [row for row in rows if context.tries.get(row.id, 0) >= MOST_TRIES]
    if tired:
        reason = Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": ": it keeps changing this order"})
        context.ledger.record([Later(row.id, reason) for row in tired])
    left_out = {row.id for row in tired}
    return [row for row in rows if row.id not in left_out]


def _adds(context: Context, rows: Sequence[tuple[Row, SalesOrder, References]]) -> Generator[Ask, Answer, list[Job]]:
    """Look for documents that are already there, then make the requests for those that are not."""
    form = context.system.references
    searches = [(row, search_for(row, order, refs, form)) for row, order, refs in rows]
    found = yield from _find(context, searches)
    verdicts = _verdicts(context, searches, found)
    settled = list(verdicts.values())
    jobs: list[Job] = []
    for row, order, refs in rows:
        if row.id in verdicts:
            continue
        request_id = f"add{len(jobs)}"
        text = context.system.add(row.document.kind, request_id, order, row.document.ref_number or "", refs)
        jobs.append(Job(row, Errand(request_id, row.id, Action.ADD, order), text))
    _record(context, settled)
    return jobs


def _verdicts(
    context: Context, searches: Sequence[tuple[Row, Search]], found: Sequence[BooksDocument]
) -> dict[RowId, Outcome]:
    """Decide for each search what was found means; a document belongs to one row alone."""
    ids = [document.txn_id for document in found]
    taken = set(context.ledger.taken(ids) | context.ledger.of_another(found)) if found else set()
    verdicts: dict[RowId, Outcome] = {}
    for row, search in in_order_of_claim(searches, found):
        verdict = judge(row, search, found, frozenset(taken))
        match verdict:
            case None:
                continue
            case Written(document=document):
                taken.add(document.txn_id)
            case WrittenUnchecked(txn_id=txn_id):
                taken.add(txn_id)
            case InConflict(document=document) if document is not None:
                # One person is asked about it for one invoice.
                taken.add(document.txn_id)
        verdicts[row.id] = verdict
    return verdicts


def _find(context: Context, searches: Sequence[tuple[Row, Search]]) -> Generator[Ask, Answer, list[BooksDocument]]:
    found: dict[str, BooksDocument] = {}
    for kind in sorted({row.document.kind for row, _ in searches}):
        of_kind = [search for row, search in searches if row.document.kind is kind]
        found |= {each.txn_id: each for each in (yield from context.system.find(kind, of_kind))}
    invoices = {search.order.invoice for _, search in searches}
    strays = [each for several in context.strays.values() for each in several]
    strays = [each for each in strays if not invoices.isdisjoint(invoices_perhaps(each.memo))]
    return list((found | {each.txn_id: each for each in strays}).values())


def _changes(context: Context, rows: Sequence[tuple[Row, SalesOrder, References]]) -> Generator[Ask, Answer, list[Job]]:
    """Read the documents, compare them with what we left there, and make the requests for what differs."""
    found = yield from of_rows(context, [row for row, _, _ in rows])
    settled: list[Outcome] = []
    jobs: list[Job] = []
    for row, order, refs in rows:
        document = found.get(row.document.txn_id or "")
        plan = plan_change(context.system, row, order, document, refs, context.options.on_edited)
        if not isinstance(plan, DocumentChange):
            settled.append(plan)
            continue
        request_id = f"mod{len(jobs)}"
        text = context.system.change(row.document.kind, request_id, plan, refs)
        jobs.append(Job(row, Errand(request_id, row.id, Action.CHANGE, order), text))
    _record(context, settled)
    return jobs


def _removals(context: Context, rows: Sequence[Row]) -> Generator[Ask, Answer, list[Job]]:
    """Take voided invoices out of the books, the way the settings say."""
    found = yield from of_rows(context, rows)
    settled: list[Outcome] = []
    jobs: list[Job] = []
    for row in rows:
        document = found.get(row.document.txn_id or "")
        verdict = _removal(context, row, document, f"rem{len(jobs)}")
        if isinstance(verdict, Job):
            jobs.append(verdict)
        else:
            settled.append(verdict)
    _record(context, settled)
    return jobs


def _removal(context: Context, row: Row, document: BooksDocument | None, request_id: str) -> Job | Outcome:
    if document is None:
        return TakenBack(row.id, removal_words.GONE, is_deleted=True)
    deletes = context.options.on_void is OnVoid.DELETE and context.system.can_delete(row.document.kind)
    if document.is_closed and (row.is_closed_by_us or not deletes):
        note = removal_words.WAS_CLOSED[context.system.closing(row.document.kind)]
        return TakenBack(row.id, note, is_deleted=False, document=document, is_by_us=False)
    if row.is_closed_by_us and not row.overwrite and not is_older(document.edit_sequence, row.document.edit_sequence):
        # We had taken it back, and somebody wants it after all.
        return InConflict(row.id, voided(row), document)
    held_up = hand_on(row, document, context.options.on_edited)
    if held_up is not None and not row.overwrite:
        return held_up
    if deletes:
        text = context.system.delete(row.document.kind, request_id, document)
        return Job(row, Errand(request_id, row.id, Action.DELETE, None), text)
    text = context.system.close(row.document.kind, request_id, document)
    return Job(row, Errand(request_id, row.id, Action.CLOSE, None), text)


def _record(context: Context, settled: Sequence[Outcome]) -> None:
    if settled:
        context.ledger.record(settled)
        context.progress.done += len(settled)
