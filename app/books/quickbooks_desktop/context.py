"""What the steps of one run share: the ledger, the options, who answered, and how questions are asked. No I/O."""

import logging
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from app.books.port import Answer, Ask, Ledger
from app.books.quickbooks_desktop import faults
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.books.quickbooks_desktop.qbxml.responses import MessageSetAnswer, Response
from app.books.quickbooks_desktop.qbxml.status_codes import Meaning, meaning
from app.domain.books_document import BooksDocument
from app.domain.books_names import NameKind
from app.domain.choices import Missing, OnEdited, OnVoid
from app.domain.facts import CompanyFile, QbxmlCeiling
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import RowId
from app.domain.sales_order import DocumentKind

log = logging.getLogger(__name__)

DOCUMENTS_AT_ONCE: Final = 150
"""Documents asked for in one question."""


@dataclass(frozen=True, slots=True)
class DesktopOptions:
    """The settings a run against QuickBooks Desktop needs."""

    connection: str
    owner_id: str
    file_id: str
    company_file: str = ""
    document: DocumentKind = DocumentKind.SALES_ORDER
    missing_customers: Missing = Missing.FAIL
    missing_items: Missing = Missing.FAIL
    income_account: str = ""
    on_edited: OnEdited = OnEdited.ASK
    on_void: OnVoid = OnVoid.ASK


class StopRun(Exception):
    """The run cannot go on for a reason that is not about one invoice."""

    def __init__(self, reason: Reason, *, is_transient: bool) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.is_transient = is_transient


@dataclass(frozen=True, slots=True)
class NotCreated:
    """Why a list entry could not be created."""

    case: str
    """The case of the reason's words."""
    message: str = ""
    """What QuickBooks said, for people."""
    raw: str | None = None


@dataclass(slots=True)
class Context:
    """The state of one run."""

    ledger: Ledger
    options: DesktopOptions
    company: CompanyFile
    version: str
    total: int = 0
    """How many rows the run set out to write."""
    done: int = 0
    tries: dict[RowId, int] = field(default_factory=dict)
    """How often each row was written in this run: a guard against going round in circles."""
    confirmed: set[tuple[NameKind, str]] = field(default_factory=set)
    """Names that were looked up in this run."""
    not_created: dict[tuple[NameKind, str], NotCreated] = field(default_factory=dict)
    """Why names that we may create, and that are missing, could not be created in this run."""
    strays: dict[DocumentKind, list[BooksDocument]] = field(default_factory=dict)
    """Documents that say they are ours, and that no row knows."""
    stale_names: set[RowId] = field(default_factory=set)
    """Rows whose names were looked up anew in this run after a refusal."""

    @property
    def percent(self) -> int:
        """How far the run is, never 100 before its end."""
        return min(99, 100 * self.done // self.total) if self.total else 1

    @property
    def company_key(self) -> str:
        """What identifies the company file to our message sets."""
        return self.company.path

    def new_message_set_id(self) -> str:
        """Make an id QuickBooks remembers an outcome under; it takes at most 23 characters."""
        return uuid4().hex[:20]


def ask(context: Context, texts: Iterable[str]) -> Generator[Ask, Answer, MessageSetAnswer]:
    """Ask questions that change nothing; what comes back holds an answer to each, and none is an error.

    An error must never be read as "not there": what is there would be made a second time.

    Raises:
        StopRun: If QuickBooks could not answer, or not all of it.
    """
    asked = list(texts)
    answer = yield from send(context, asked)
    if len(answer.responses) < len(asked):
        raise StopRun(faults.connection_reason("", "an answer is missing", context.company.path), is_transient=True)
    for response in answer.responses:
        _refuse_error(response)
    return answer


def by_id(context: Context, kind: DocumentKind, ids: Sequence[str]) -> Generator[Ask, Answer, dict[str, BooksDocument]]:
    """Read documents as they are in the books now, by TxnID; those that are gone are missing.

    Raises:
        StopRun: If QuickBooks could not answer.
    """
    found: dict[str, BooksDocument] = {}
    for start in range(0, len(ids), DOCUMENTS_AT_ONCE):
        part = ids[start : start + DOCUMENTS_AT_ONCE]
        answer = yield from ask(context, [requests.orders_by_id(kind, "read", part)])
        for response in answer.responses:
            found |= {document.txn_id: document for document in responses.documents(response)}
    return found


def send(context: Context, texts: Sequence[str]) -> Generator[Ask, Answer, MessageSetAnswer]:
    """Send requests whose errors the caller looks at himself.

    Raises:
        StopRun: If QuickBooks could not answer.
    """
    while True:
        answer = yield Ask(requests.message_set(texts, context.version), context.percent)
        if faults.code_of(answer.fault) == faults.VERSION_UNSUPPORTED and step_down(context):
            continue
        return read(context, answer)


def _refuse_error(response: Response) -> None:
    means = meaning(response.status, response.severity, response.message)
    if means is Meaning.DONE:
        return
    if means is Meaning.DENIED:
        raise StopRun(Reason(ReasonCode.PERMISSION_DENIED, {}, response.raw), is_transient=False)
    detail = f": it answered {(response.message or str(response.status)).rstrip('. ')}"
    reason = Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": detail}, response.raw)
    log.warning("a question was answered with an error: %s", response.status)
    raise StopRun(reason, is_transient=True)


def read(context: Context, answer: Answer) -> MessageSetAnswer:
    """Read an answer.

    Raises:
        StopRun: If there is none, or it cannot be read.
    """
    if answer.fault:
        reason = faults.connection_reason(answer.fault, answer.message, context.company.path)
        raise StopRun(reason, is_transient=True)
    try:
        return responses.parse(answer.text)
    except responses.UnreadableAnswer as exc:
        log.warning("an answer could not be read: %s", exc)
        raise StopRun(faults.unreadable_reason(str(exc)), is_transient=True) from exc


def step_down(context: Context) -> bool:
    """Take a lower qbXML version after a refusal, and remember it; False if there is none."""
    lower = responses.lower_version(context.version)
    if lower is None:
        return False
    context.version = lower
    context.ledger.learn(QbxmlCeiling(lower))
    return True
