"""Answers that no run waits for any more: from a session that was replaced, or from before a restart. No I/O."""

import logging

from app.books.port import Answer, Ledger
from app.books.quickbooks_desktop.desktop_system import DesktopSystem, replies_of
from app.books.quickbooks_desktop.qbxml import responses
from app.books.quickbooks_desktop.run import DesktopOptions
from app.books.run.accounting_system import Progress
from app.books.run.context import Context
from app.books.run.writing import record_answer
from app.domain.facts import CompanyFile

log = logging.getLogger(__name__)


def record_late_answer(ledger: Ledger, options: DesktopOptions, message_set_id: str, answer: Answer) -> None:
    """Put the outcomes of a message set on those of its rows whose outcome is still open.

    An answer that cannot be read, or that is a fault, leaves the set unanswered: the next run asks the books.
    """
    message_set = ledger.message_set(message_set_id)
    company = ledger.known(CompanyFile)
    if message_set is None or company is None or answer.fault:
        return
    try:
        parsed = responses.parse(answer.text)
    except responses.UnreadableAnswer:
        log.warning("a late answer could not be read; the books are asked instead")
        return
    if not parsed.responses:
        return
    rows = [
        row
        for row in ledger.rows(errand.row_id for errand in message_set.errands)
        if row.message_set_id == message_set_id or (row.message_set_id is None and row.document.txn_id is None)
    ]
    progress = Progress()
    system = DesktopSystem(ledger, company, company.qbxml, progress)
    record_answer(Context(ledger, options, system, progress), message_set, rows, replies_of(parsed))
