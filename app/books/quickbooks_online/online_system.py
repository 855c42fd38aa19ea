"""QuickBooks Online as a run asks it and writes to it: queries, and batches that are run once. No I/O.

A message set is one call: a batch under a ``requestid``, the id of the set. Intuit answers the same call with the same
id as the first time and writes nothing again, so what is in doubt is sent once more as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar
from uuid import uuid4

import msgspec

from app.books.port import Answer, Ask, Ledger
from app.books.quickbooks_online import documents, wire
from app.books.quickbooks_online.call import call_text, query_text, quoted
from app.books.quickbooks_online.documents import ENTITY, books_document
from app.books.quickbooks_online.fault_codes import meaning
from app.books.quickbooks_online.lines import description_as_kept, plain
from app.books.quickbooks_online.replies import opened, refuse_fault, reply, unreadable, was_not_run
from app.books.quickbooks_online.wire import Document, Entry, UnreadableAnswer
from app.books.run.accounting_system import (
    Asking,
    Changed,
    Closing,
    Company,
    Created,
    DocumentChange,
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
from app.domain.books_document import BooksDocument
from app.domain.books_names import BooksName, NameKind, last_name
from app.domain.facts import OnlineCompany
from app.domain.message_set import MessageSet
from app.domain.plain_text import name_key
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import LONG, reference_key
from app.domain.sales_order import DocumentKind, SalesOrder
from app.domain.values import replace

T = TypeVar("T")

PAGE: Final = 1000
"""Rows in one page of a query, the most there are; also the most changes one answer tells."""

VALUES_AT_ONCE: Final = 150
"""Values in one ``IN``."""

REMEMBERED: Final = timedelta(days=30)
"""How far back deletions are told."""

_PRODUCT: Final = "QuickBooks Online"
_ENTITY: Final = {NameKind.CUSTOMER: "Customer", NameKind.ITEM: "Item"}
_NAME: Final = {NameKind.CUSTOMER: "DisplayName", NameKind.ITEM: "Name"}
_NO_LINES: Final = frozenset({"Category", "Group"})
"""Types of items that cannot stand on a line of their own."""


class OnlineSystem:
    """One company of QuickBooks Online in one run."""

    references = LONG
    most_orders = 25
    watch_every = timedelta(0)
    watch_overlap = timedelta(minutes=5)
    may_be_another_copy = False
    # Intuit does not say how long it remembers an id.
    repeats_safely_for = timedelta(minutes=15)
    # Its servers give up on a request after two minutes.
    still_runs_for = timedelta(minutes=3)
    name_limits: Mapping[NameKind, int] = {NameKind.CUSTOMER: 100, NameKind.ITEM: 100}

    def __init__(self, ledger: Ledger, company: OnlineCompany, progress: Progress) -> None:
        """Take the ledger, the company, and how far the run is."""
        self.company = Company(company.realm_id, company.closing_date, company.is_multi_currency, company.home_currency)
        self._online = company
        self._ledger = ledger
        self._progress = progress

    def new_message_set_id(self) -> str:
        """Make a ``requestid``."""
        return str(uuid4())

    def can_hold(self, kind: DocumentKind) -> bool | None:
        """Tell whether the company holds a kind of document: there are no sales orders, and estimates may be off."""
        if kind is DocumentKind.ESTIMATE:
            return self._online.is_using_estimates
        return kind is DocumentKind.INVOICE

    def unavailable(self, kind: DocumentKind, raw: str | None = None) -> Reason:
        """Say that the company does not hold a kind of document."""
        facts = {"product": _PRODUCT, "case": kind.value}
        return Reason(ReasonCode.SALES_ORDERS_UNAVAILABLE, facts, raw)

    def can_delete(self, kind: DocumentKind) -> bool:
        """Tell whether a kind of document is deleted; an invoice is voided."""
        return kind is not DocumentKind.INVOICE

    def closing(self, kind: DocumentKind) -> Closing:
        """Tell how a kind of document is taken out of use."""
        return Closing.VOIDED if kind is DocumentKind.INVOICE else Closing.REJECTED

    def can_reopen(self, kind: DocumentKind) -> bool:
        """Tell whether a document that was closed can be opened again; a void cannot be undone."""
        return kind is not DocumentKind.INVOICE

    def description_as_kept(self, description: str) -> str:
        """Give a line's description as QuickBooks Online keeps it, without our mark."""
        return description_as_kept(description)

    def whole_list(self, kind: NameKind) -> Asking[list[BooksName]]:
        """Read all customers or all items."""
        entries = yield from self._all(_ENTITY[kind], Entry, "Active in (true,false)")
        return [name for entry in entries for name in _names(kind, entry)]

    def entries(self, wanted: Sequence[tuple[NameKind, str]]) -> Asking[list[list[BooksName]]]:
        """Look list entries up by name."""
        found: list[BooksName] = []
        for kind in NameKind:
            # By the last name, so that whoever else has it is found as well.
            names = dict.fromkeys(last_name(plain(name)).strip() for each, name in wanted if each is kind)
            for part in _parts([name for name in names if name]):
                where = f"{_NAME[kind]} in ({_values(part)}) and Active in (true,false)"
                entries = yield from self._all(_ENTITY[kind], Entry, where)
                found += [name for entry in entries for name in _names(kind, entry)]
        by_name: dict[tuple[NameKind, str], list[BooksName]] = {}
        for entry in found:
            keys = {name_key(entry.full_name)}
            if entry.is_known_by_last_name:
                keys.add(name_key(last_name(entry.full_name)))
            for key in keys:
                by_name.setdefault((entry.kind, key), []).append(entry)
        return [by_name.get((kind, name_key(name)), []) for kind, name in wanted]

    def income_accounts(self) -> Asking[list[str]]:
        """Read the names of the active income accounts."""
        accounts = yield from self._all("Account", Entry, "AccountType = 'Income'")
        return [account.fully_qualified_name or account.name for account in accounts]

    def create_customers(self, names: Sequence[str], called: Mapping[str, str]) -> Asking[list[Created]]:
        """Create customers."""
        bodies = [{"DisplayName": plain(name), "CompanyName": plain(called[name])[:100]} for name in names]
        return (yield from self._create(NameKind.CUSTOMER, bodies))

    def create_items(self, names: Sequence[str], account: str) -> Asking[list[Created]]:
        """Create service items."""
        accounts = yield from self._all("Account", Entry, "AccountType = 'Income'")
        wanted = name_key(account)
        ids = [each.id for each in accounts if wanted in {name_key(each.name), name_key(each.fully_qualified_name)}]
        if not ids:
            return [Created([], Meaning.DATA, f"There is no income account {account}.") for _ in names]
        reference = {"value": ids[0]}
        bodies = [{"Name": plain(name), "Type": "Service", "IncomeAccountRef": reference} for name in names]
        return (yield from self._create(NameKind.ITEM, bodies))

    def _create(self, kind: NameKind, bodies: Sequence[Mapping[str, object]]) -> Asking[list[Created]]:
        created: list[Created] = []
        for start in range(0, len(bodies), self.most_orders):
            part = bodies[start : start + self.most_orders]
            items = [
                {"bId": f"n{number}", "operation": "create", _ENTITY[kind]: body} for number, body in enumerate(part)
            ]
            # The name itself keeps an entry from being made twice.
            query = {"requestid": self.new_message_set_id()}
            text = call_text("POST", "/batch", query, wire.encode({"BatchItemRequest": items}))
            answer = yield Ask(text, self._progress.percent)
            outside = opened(answer)
            try:
                answers = _batch(outside)
            except (UnreadableAnswer, KeyError) as exc:
                raise unreadable(str(exc)) from exc
            created += [_created(kind, answers.get(f"n{number}"), answer.trace) for number in range(len(part))]
        return created

    def find(self, kind: DocumentKind, searches: Sequence[Search]) -> Asking[list[BooksDocument]]:
        """Find documents by number; where the company numbers them itself, by the orders' dates."""
        if self._online.keeps_our_numbers:
            numbers = {reference_key(number): number for search in searches for number in search.numbers if number}
            return (yield from self._documents(kind, "DocNumber", list(numbers.values())))
        # What is not ours is told from ours by what stands in it, whatever its number.
        days = {search.order.date.isoformat() for search in searches}
        return (yield from self._documents(kind, "TxnDate", sorted(days)))

    def read(self, kind: DocumentKind, ids: Sequence[str]) -> Asking[dict[str, BooksDocument]]:
        """Read documents by id."""
        found = yield from self._documents(kind, "Id", ids)
        return {document.txn_id: document for document in found}

    def there(self, documents: Sequence[tuple[DocumentKind, str]]) -> Asking[dict[str, str]]:
        """Tell which of some documents are there."""
        found: dict[str, str] = {}
        for kind in sorted({kind for kind, _ in documents}):
            for part in _parts([txn_id for each, txn_id in documents if each is kind]):
                entities = yield from self._all(ENTITY[kind], Document, f"Id in ({_values(part)})")
                found |= {each.id: each.sync_token for each in entities}
        return found

    def changed_since(self, kind: DocumentKind, since: datetime) -> Asking[Changed]:
        """Ask which documents were changed or deleted since a time: all changes, deletions of the last 30 days."""
        stamp = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if self._ledger.now() - since < REMEMBERED:
            text = call_text("GET", "/cdc", {"entities": ENTITY[kind], "changedSince": stamp})
            found = _changes(opened((yield Ask(text, self._progress.percent))), ENTITY[kind])
            if len(found) < PAGE:
                gone = frozenset(each.id for each in found if each.status == "Deleted")
                return Changed(documents.strays(kind, found), gone)
        changed = yield from self._all(ENTITY[kind], Document, f"MetaData.LastUpdatedTime >= {quoted(stamp)}")
        return Changed(documents.strays(kind, changed), frozenset(), is_complete=False)

    def add(
        self, kind: DocumentKind, request_id: str, order: SalesOrder, ref_number: str, references: References
    ) -> str:
        """Write the part of a batch that creates a document."""
        body = documents.created(
            kind,
            order,
            ref_number,
            references,
            is_multi_currency=self._online.is_multi_currency,
            country=self._online.country,
        )
        return _item(request_id, "create", kind, body)

    def change(self, kind: DocumentKind, request_id: str, change: DocumentChange, references: References) -> str:
        """Write the part of a batch that changes a document."""
        return _item(request_id, "update", kind, documents.changed(kind, change, references))

    def close(self, kind: DocumentKind, request_id: str, document: BooksDocument) -> str:
        """Write the part of a batch that rejects an estimate; or the call that voids an invoice, which is no part."""
        if kind is DocumentKind.INVOICE:
            return wire.encode(documents.named(document))
        return _item(request_id, "update", kind, documents.rejected(document))

    def delete(self, kind: DocumentKind, request_id: str, document: BooksDocument) -> str:
        """Write the part of a batch that deletes a document."""
        return _item(request_id, "delete", kind, documents.named(document))

    def goes_alone(self, request: str) -> bool:
        """Tell whether a request is a call of its own: no source says how a batch voids."""
        return not request.startswith(_ITEM)

    def message_set(self, texts: Sequence[str], message_set_id: str) -> str:
        """Write the call that carries requests."""
        if len(texts) == 1 and self.goes_alone(texts[0]):
            return call_text("POST", "/invoice", {"operation": "void", "requestid": message_set_id}, texts[0])
        body = '{"BatchItemRequest":[' + ",".join(texts) + "]}"
        return call_text("POST", "/batch", {"requestid": message_set_id}, body)

    def reception(self, answer: Answer) -> Reception:
        """Tell what became of a whole call."""
        if was_not_run(answer):
            return Reception.NOT_DELIVERED
        if answer.fault:
            return Reception.TAKEN
        try:
            outside = wire.decode(answer.text)
            found = wire.complaints(outside)
        except UnreadableAnswer:
            return Reception.TAKEN
        if not found:
            return Reception.TAKEN
        match meaning(found[0]):
            case Meaning.DENIED | Meaning.UNAVAILABLE | Meaning.LATER:
                return Reception.NOT_DELIVERED
            case Meaning.BUG:
                return Reception.UNREADABLE
            case _:
                # The answer to a call that carries one request alone.
                return Reception.TAKEN

    def replies(self, answer: Answer) -> Replies:
        """Read the answer to a message set.

        Raises:
            StopRun: If there is none, or it cannot be read.
        """
        refuse_fault(answer)
        try:
            outside = wire.decode(answer.text)
            if "BatchItemResponse" in outside:
                items = _batch(outside)
                return Replies(tuple(self._in_full(reply(name, item, answer.trace)) for name, item in items.items()))
            found = wire.complaints(outside)
            if found and self.reception(answer) is Reception.NOT_DELIVERED:
                opened(answer)
            return Replies((self._in_full(reply("", outside, answer.trace)),), is_single=True)
        except UnreadableAnswer as exc:
            raise unreadable(str(exc)) from exc

    def learnt_when_answered(self, message_set_id: str) -> Sequence[object]:  # noqa: ARG002 (the port asks by set)
        """Nothing is learnt: QuickBooks Online forgets by itself."""
        return ()

    def recall(self, message_set: MessageSet) -> Asking[Recalled]:  # noqa: ARG002 (the port asks by set)
        """It cannot be asked what it remembers, only be sent the same again."""
        yield from ()
        return Recalled()

    def _documents(self, kind: DocumentKind, field: str, values: Sequence[str]) -> Asking[list[BooksDocument]]:
        found: dict[str, BooksDocument] = {}
        for part in _parts(values):
            entities = yield from self._all(ENTITY[kind], Document, f"{field} in ({_values(part)})")
            try:
                found |= {each.id: books_document(kind, each) for each in entities}
            except UnreadableAnswer as exc:
                raise unreadable(str(exc)) from exc
        return self._with_full_names(list(found.values()))

    def _with_full_names(self, documents: Sequence[BooksDocument]) -> list[BooksDocument]:
        """Have lines name their items in full, as far as they are known: documents tell the last name alone."""
        ids = {line.item_id for document in documents for line in document.lines if line.item_id is not None}
        full = self._ledger.full_names(NameKind.ITEM, ids) if ids else {}
        return [
            replace(
                document,
                lines=tuple(replace(line, item=full.get(line.item_id or "", line.item)) for line in document.lines),
            )
            for document in documents
        ]

    def _in_full(self, reply: Reply) -> Reply:
        if reply.document is None:
            return reply
        (document,) = self._with_full_names([reply.document])
        return replace(reply, document=document)

    def _all(self, entity: str, kind: type[T], where: str) -> Asking[list[T]]:
        """Read all rows of a query, page by page."""
        found: list[T] = []
        while True:
            start = len(found) + 1
            statement = f"select * from {entity} where {where} orderby Id"  # noqa: S608 (values are quoted)
            statement += f" startposition {start} maxresults {PAGE}"
            outside = opened((yield Ask(query_text(statement), self._progress.percent)))
            try:
                response = wire.read(outside["QueryResponse"], dict[str, msgspec.Raw])
                # There is no such key where nothing was found.
                page = wire.read(response[entity], list[kind]) if entity in response else []  # type: ignore[valid-type]
            except (UnreadableAnswer, KeyError) as exc:
                raise unreadable(str(exc)) from exc
            found += page
            if len(page) < PAGE:
                return found


_ITEM: Final = '{"bId":'


def _item(request_id: str, operation: str, kind: DocumentKind, body: Mapping[str, object]) -> str:
    if kind not in ENTITY:
        raise StopRun(Reason(ReasonCode.SALES_ORDERS_UNAVAILABLE, {"product": _PRODUCT}), is_transient=False)
    return wire.encode({"bId": request_id, "operation": operation, ENTITY[kind]: body})


def _batch(outside: dict[str, msgspec.Raw]) -> dict[str, dict[str, msgspec.Raw]]:
    items = wire.read(outside["BatchItemResponse"], list[dict[str, msgspec.Raw]])
    return {wire.read(item["bId"], str): item for item in items if "bId" in item}


def _changes(outside: dict[str, msgspec.Raw], entity: str) -> list[Document]:
    try:
        parts = wire.read(outside["CDCResponse"], list[dict[str, msgspec.Raw]])
        found: list[Document] = []
        for part in parts:
            for response in wire.read(part["QueryResponse"], list[dict[str, msgspec.Raw]]):
                if entity in response:
                    found += wire.read(response[entity], list[Document])
    except (UnreadableAnswer, KeyError) as exc:
        raise unreadable(str(exc)) from exc
    return found


def _created(kind: NameKind, item: dict[str, msgspec.Raw] | None, trace: str) -> Created:
    if item is None:
        return Created([], Meaning.NOT_RUN)
    try:
        found = wire.complaints(item)
        if found:
            refusal: Reply = reply("", item, trace)
            return Created([], refusal.meaning, refusal.message, refusal.raw)
        return Created(_names(kind, wire.read(item[_ENTITY[kind]], Entry)), Meaning.DONE)
    except (UnreadableAnswer, KeyError) as exc:
        raise unreadable(str(exc)) from exc


def _names(kind: NameKind, entry: Entry) -> list[BooksName]:
    if kind is NameKind.ITEM and entry.type in _NO_LINES:
        return []
    currency = entry.currency_ref.value if entry.currency_ref is not None else None
    if kind is NameKind.CUSTOMER:
        # Unlike an item's, a customer's own name is unique, also below another customer.
        name, is_below = entry.display_name, False
    else:
        name = entry.fully_qualified_name or entry.name
        is_below = name != entry.name
    return [BooksName(kind, entry.id, name, entry.active, currency, is_below)] if name else []


def _values(values: Iterable[str]) -> str:
    return ",".join(quoted(value) for value in values)


def _parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + VALUES_AT_ONCE] for start in range(0, len(values), VALUES_AT_ONCE)]
