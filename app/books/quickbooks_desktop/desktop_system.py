"""QuickBooks Desktop as a run asks it and writes to it: everything in qbXML, packed into message sets. No I/O."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from app.books.port import Answer, Ask, Ledger
from app.books.quickbooks_desktop import faults
from app.books.quickbooks_desktop.editions import can_hold_sales_orders
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.books.quickbooks_desktop.qbxml.responses import MessageSetAnswer, Response
from app.books.quickbooks_desktop.qbxml.status_codes import meaning
from app.books.quickbooks_desktop.qbxml.text import DESC_LIMIT, cut
from app.books.run.accounting_system import (
    Asking,
    Changed,
    Closing,
    Company,
    Created,
    DocumentChange,
    Made,
    OutcomeInDoubt,
    Progress,
    Recalled,
    Reception,
    References,
    Replies,
    Reply,
    Search,
    StopRun,
)
from app.books.run.meaning import Meaning
from app.domain.books_document import BooksDocument, BooksStray
from app.domain.books_names import BooksName, NameKind
from app.domain.facts import CompanyFile, LastMessageSet, QbxmlCeiling
from app.domain.message_set import MessageSet
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import SHORT, reference_key
from app.domain.sales_order import DocumentKind, SalesOrder

log = logging.getLogger(__name__)

NUMBERS_AT_ONCE: Final = 150
"""Document numbers asked for in one question."""

DOCUMENTS_AT_ONCE: Final = 50
"""Questions about one document each that go together."""

NEVER_ARRIVED: Final = 600
"""messageSetStatusCode: QuickBooks has never heard of this id, or has forgotten it."""

RECOVERY_FAILED: Final = frozenset({NEVER_ARRIVED, 9001, 9002, 9004})
"""messageSetStatusCode: what became of the set is not known; with 9001 and 9002 it did arrive."""

_CLOSING: Final = {
    DocumentKind.SALES_ORDER: Closing.CLOSED,
    DocumentKind.ESTIMATE: Closing.INACTIVE,
    DocumentKind.INVOICE: Closing.VOIDED,
}
_QUERY: Final = {NameKind.CUSTOMER: "CustomerQuery", NameKind.ITEM: "ItemQuery"}
_FIELDS: Final = {
    NameKind.CUSTOMER: ("ListID", "FullName", "IsActive", "CurrencyRef"),
    NameKind.ITEM: ("ListID", "Name", "FullName", "IsActive"),
}


class DesktopSystem:
    """One company file of QuickBooks Desktop in one run."""

    references = SHORT
    most_orders = 100
    watch_every = timedelta(minutes=10)
    # QuickBooks' times carry a wrong offset while daylight saving is in force, and clocks differ.
    watch_overlap = timedelta(hours=2)
    may_be_another_copy = True
    # QuickBooks is asked for its own memory instead.
    repeats_safely_for = timedelta(0)
    still_runs_for = timedelta(0)
    name_limits: Mapping[NameKind, int] = {NameKind.CUSTOMER: 41, NameKind.ITEM: 31}

    def __init__(self, ledger: Ledger, company_file: CompanyFile, version: str, progress: Progress) -> None:
        """Take the ledger, the company file that answers, the qbXML version to write in, and how far the run is."""
        self.company = Company(
            company_file.path, company_file.closing_date, company_file.is_multi_currency, company_file.home_currency
        )
        self._file = company_file
        self._ledger = ledger
        self._version = version
        self._progress = progress
        self._last = ledger.known(LastMessageSet)

    def new_message_set_id(self) -> str:
        """Make an id QuickBooks remembers an outcome under; it takes at most 23 characters."""
        return uuid4().hex[:20]

    def can_hold(self, kind: DocumentKind) -> bool | None:
        """Tell from QuickBooks' product name whether it holds a kind of document; every edition has the other two."""
        return can_hold_sales_orders(self._file.product) if kind is DocumentKind.SALES_ORDER else True

    def unavailable(self, kind: DocumentKind, raw: str | None = None) -> Reason:  # noqa: ARG002 (one kind alone can be missing)
        """Say that this QuickBooks does not hold a kind of document."""
        return Reason(ReasonCode.SALES_ORDERS_UNAVAILABLE, {"product": self._file.product}, raw)

    def can_delete(self, kind: DocumentKind) -> bool:  # noqa: ARG002 (the port asks by kind)
        """Tell whether a kind of document is deleted: all of them are."""
        return True

    def closing(self, kind: DocumentKind) -> Closing:
        """Tell how a kind of document is taken out of use."""
        return _CLOSING[kind]

    def can_reopen(self, kind: DocumentKind) -> bool:  # noqa: ARG002 (the port asks by kind)
        """Tell whether a document that was closed can be opened again; a voided invoice gets its figures back."""
        return True

    def description_as_kept(self, description: str) -> str:
        """Give a line's description as QuickBooks keeps it."""
        return cut(description, DESC_LIMIT)

    def whole_list(self, kind: NameKind) -> Asking[list[BooksName]]:
        """Read all customers or all items, page by page."""
        names: list[BooksName] = []
        iterator_id: str | None = None
        while True:
            request = requests.list_page(_QUERY[kind], kind, iterator_id, _FIELDS[kind])
            answer = yield from self._ask([request])
            response = answer.get(kind)
            if response is None:
                return names
            names += _names(response, kind)
            iterator_id = response.iterator_id
            if response.remaining <= 0 or iterator_id is None:
                return names

    def entries(self, wanted: Sequence[tuple[NameKind, str]]) -> Asking[list[list[BooksName]]]:
        """Look list entries up by name."""
        texts = [
            requests.list_entry(_QUERY[kind], f"n{number}", name, _FIELDS[kind])
            for number, (kind, name) in enumerate(wanted)
        ]
        answer = yield from self._ask(texts)
        found = [(kind, answer.get(f"n{number}")) for number, (kind, _) in enumerate(wanted)]
        return [[] if response is None else _names(response, kind) for kind, response in found]

    def income_accounts(self) -> Asking[list[str]]:
        """Read the names of the active income accounts."""
        answer = yield from self._ask([requests.income_accounts("accounts")])
        response = answer.get("accounts")
        return [] if response is None else responses.account_names(response)

    def create_customers(self, names: Sequence[str], called: Mapping[str, str]) -> Asking[list[Created]]:
        """Create customers."""
        texts = [requests.customer_add(f"c{number}", name, called[name]) for number, name in enumerate(names)]
        return (yield from self._create(NameKind.CUSTOMER, texts, "c"))

    def create_items(self, names: Sequence[str], account: str) -> Asking[list[Created]]:
        """Create service items."""
        texts = [requests.item_add(f"i{number}", name, account) for number, name in enumerate(names)]
        return (yield from self._create(NameKind.ITEM, texts, "i"))

    def _create(self, kind: NameKind, texts: Sequence[str], letter: str) -> Asking[list[Created]]:
        answer = yield from self._send(texts)
        created: list[Created] = []
        for number in range(len(texts)):
            response = answer.get(f"{letter}{number}")
            if response is None:
                created.append(Created([], Meaning.NOT_RUN))
                continue
            means = meaning(response.status, response.severity, response.message)
            created.append(Created(_names(response, kind), means, response.message, response.raw))
        return created

    def find(self, kind: DocumentKind, searches: Sequence[Search]) -> Asking[list[BooksDocument]]:
        """Find documents by their RefNumber; the answer holds them with their lines."""
        numbers = {reference_key(number): number for search in searches for number in search.numbers}
        wanted = list(numbers.values())
        texts = [
            requests.orders_by_reference(kind, f"find{start}", wanted[start : start + NUMBERS_AT_ONCE])
            for start in range(0, len(wanted), NUMBERS_AT_ONCE)
        ]
        if not texts:
            return []
        answer = yield from self._ask(texts)
        return [document for response in answer.responses for document in responses.documents(response)]

    def read(self, kind: DocumentKind, ids: Sequence[str]) -> Asking[dict[str, BooksDocument]]:
        """Read documents by TxnID."""
        answer = yield from self._ask([requests.orders_by_id(kind, "read", ids)])
        documents = (document for response in answer.responses for document in responses.documents(response))
        return {document.txn_id: document for document in documents}

    def there(self, documents: Sequence[tuple[DocumentKind, str]]) -> Asking[dict[str, str]]:
        """Tell which of some documents are there."""
        texts = [
            requests.order_there(kind, f"there{number}", txn_id) for number, (kind, txn_id) in enumerate(documents)
        ]
        found: dict[str, str] = {}
        for start in range(0, len(texts), DOCUMENTS_AT_ONCE):
            answer = yield from self._ask(texts[start : start + DOCUMENTS_AT_ONCE])
            for response in answer.responses:
                found |= {each.txn_id: each.edit_sequence for each in responses.strays(response)}
        return found

    def changed_since(self, kind: DocumentKind, since: datetime) -> Asking[Changed]:
        """Ask which documents were changed or deleted since a time; QuickBooks takes its machine's local time."""
        local = since.astimezone().replace(tzinfo=None)
        documents: list[BooksStray] = []
        iterator_id: str | None = None
        while True:
            answer = yield from self._ask([requests.orders_modified_since(kind, "changed", local, iterator_id)])
            response = answer.get("changed")
            if response is None:
                break
            documents += responses.strays(response)
            iterator_id = response.iterator_id
            if response.remaining <= 0 or iterator_id is None:
                break
        answer = yield from self._ask([requests.orders_deleted_since(kind, "deleted", local)])
        response = answer.get("deleted")
        return Changed(documents, responses.deleted(response) if response is not None else frozenset())

    def add(
        self, kind: DocumentKind, request_id: str, order: SalesOrder, ref_number: str, references: References
    ) -> str:
        """Write the Add request of an order."""
        return requests.order_add(kind, request_id, order, ref_number, references)

    def change(self, kind: DocumentKind, request_id: str, change: DocumentChange, references: References) -> str:
        """Write the Mod request of a change."""
        return requests.order_change(kind, request_id, change, references)

    def close(self, kind: DocumentKind, request_id: str, document: BooksDocument) -> str:
        """Write the request that takes a document out of use."""
        return requests.order_close(kind, request_id, document.txn_id, document.edit_sequence)

    def delete(self, kind: DocumentKind, request_id: str, document: BooksDocument) -> str:
        """Write the request that deletes a document."""
        return requests.order_delete(kind, request_id, document.txn_id)

    def goes_alone(self, request: str) -> bool:  # noqa: ARG002 (the port asks by request)
        """Tell whether a request has to be a message set of its own: none has."""
        return False

    def message_set(self, texts: Sequence[str], message_set_id: str) -> str:
        """Wrap requests into one message set; QuickBooks may forget the set before it then."""
        last = self._last.id if self._last is not None else None
        return requests.message_set(texts, self._version, message_set_id, last)

    def reception(self, answer: Answer) -> Reception:
        """Tell what became of a whole message set."""
        code = faults.code_of(answer.fault)
        if code == faults.VERSION_UNSUPPORTED and self._step_down():
            return Reception.REPHRASED
        return Reception.UNREADABLE if code == faults.NOT_UNDERSTOOD else Reception.TAKEN

    def replies(self, answer: Answer) -> Replies:
        """Read the answer to a message set.

        Raises:
            StopRun: If there is none, or it cannot be read.
            OutcomeInDoubt: If QuickBooks took the set, but tells nothing of its requests.
        """
        parsed = self._read(answer)
        if parsed.status in RECOVERY_FAILED and not parsed.responses:
            self._ledger.forget(LastMessageSet)
            self._last = None
            raise OutcomeInDoubt
        return replies_of(parsed)

    def learnt_when_answered(self, message_set_id: str) -> Sequence[object]:
        """Let QuickBooks forget a set's outcome with the next one."""
        self._last = LastMessageSet(message_set_id)
        return [self._last]

    def recall(self, message_set: MessageSet) -> Asking[Recalled]:
        """Ask QuickBooks for its memory of a message set."""
        text = requests.message_set([], self._version, message_set.id, message_set.id)
        answer = yield Ask(text, self._progress.percent)
        if faults.code_of(answer.fault) == faults.NOT_UNDERSTOOD:
            # Some versions do not take the question; the documents themselves tell as well.
            return Recalled()
        parsed = self._read(answer)
        if parsed.responses and parsed.status not in RECOVERY_FAILED:
            return Recalled(replies_of(parsed), has_arrived=True)
        return Recalled(has_arrived=parsed.status in RECOVERY_FAILED and parsed.status != NEVER_ARRIVED)

    def _ask(self, texts: Iterable[str]) -> Asking[MessageSetAnswer]:
        """Ask questions that change nothing; what comes back holds an answer to each, and none is an error.

        An error must never be read as "not there": what is there would be made a second time.
        """
        asked = list(texts)
        answer = yield from self._send(asked)
        if len(answer.responses) < len(asked):
            raise StopRun(faults.connection_reason("", "an answer is missing", self._file.path), is_transient=True)
        for response in answer.responses:
            _refuse_error(response)
        return answer

    def _send(self, texts: Sequence[str]) -> Asking[MessageSetAnswer]:
        """Send requests whose errors the caller looks at himself."""
        while True:
            answer = yield Ask(requests.message_set(texts, self._version), self._progress.percent)
            if faults.code_of(answer.fault) == faults.VERSION_UNSUPPORTED and self._step_down():
                continue
            return self._read(answer)

    def _read(self, answer: Answer) -> MessageSetAnswer:
        if answer.fault:
            reason = faults.connection_reason(answer.fault, answer.message, self._file.path)
            raise StopRun(reason, is_transient=True)
        try:
            return responses.parse(answer.text)
        except responses.UnreadableAnswer as exc:
            log.warning("an answer could not be read: %s", exc)
            raise StopRun(faults.unreadable_reason(str(exc)), is_transient=True) from exc

    def _step_down(self) -> bool:
        """Take a lower qbXML version after a refusal, and remember it; False if there is none."""
        lower = responses.lower_version(self._version)
        if lower is None:
            return False
        self._version = lower
        self._ledger.learn(QbxmlCeiling(lower))
        return True


def replies_of(answer: MessageSetAnswer) -> Replies:
    """Tell what each answer of a message set asks of us."""
    return Replies(tuple(_reply(response) for response in answer.responses))


def _reply(response: Response) -> Reply:
    document = next(responses.documents(response), None)
    made = responses.written(response) if document is None else document
    return Reply(
        response.request_id,
        meaning(response.status, response.severity, response.message),
        response.message,
        response.raw,
        document,
        None if made is None else Made(made.txn_id, made.edit_sequence),
    )


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


def _names(response: Response, kind: NameKind) -> list[BooksName]:
    return responses.customers(response) if kind is NameKind.CUSTOMER else responses.items(response)
