"""Finding documents: SalesOrderQuery, EstimateQuery, InvoiceQuery and TxnDeletedQuery.

Rule: reads the file, changes nothing. Numbers are found through the register's index, without case; the answer holds
every document that carries the number (Intuit SDK: RefNumber, RefNumberCaseSensitive).
"""

from __future__ import annotations

from datetime import timedelta

from lxml import etree

from app.practice.quickbooks.answers import Outcome, leaf, record
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_view import show_document
from app.practice.quickbooks.filters import date_test, moment_test, text_test, tree_ids
from app.practice.quickbooks.iterators import Iterators, query_outcome
from app.practice.quickbooks.records import NAME_LISTS, Deletion, Document, DocumentKind, ListKind, Ref
from app.practice.quickbooks.references import child_text
from app.practice.quickbooks.scalars import moment_text, to_bool

_DELETIONS_KEPT = timedelta(days=90)


def query_documents(company: CompanyFile, iterators: Iterators, kind: DocumentKind, request: etree._Element) -> Outcome:
    """Run a query for documents.

    Raises:
        Refusal: The filters or the iterator do not hold together.
    """
    register = company.register
    missing: list[str] = []
    miss_status = 500

    def find_all() -> list[str]:
        nonlocal missing, miss_status
        if request.find("TxnID") is not None:
            found, missing = _by_id(company, kind, _texts(request, "TxnID"))
        elif request.find("RefNumber") is not None or request.find("RefNumberCaseSensitive") is not None:
            found, missing = _by_number(company, kind, request)
            miss_status = company.missed_ref_number_status
        else:
            found, missing = _by_filter(company, kind, request)
        return [document.txn_id for document in found]

    ids, page = iterators.page(request, find_all)
    documents = (register.document(txn_id) for txn_id in ids)
    only = frozenset(_texts(request, "IncludeRetElement"))
    shown = [
        show_document(
            company,
            document,
            with_lines=to_bool(child_text(request, "IncludeLineItems") or ""),
            with_links=to_bool(child_text(request, "IncludeLinkedTxns") or ""),
            only=only,
            owners=frozenset(_texts(request, "OwnerID")),
        )
        for document in documents
        if document is not None
    ]
    return query_outcome(request, shown, page, missing, miss_status)


def _texts(request: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in request.iterfind(name)]


def _by_id(company: CompanyFile, kind: DocumentKind, ids: list[str]) -> tuple[list[Document], list[str]]:
    found, missing = [], []
    for txn_id in ids:
        document = company.register.document(txn_id)
        if document is None or document.kind is not kind:
            missing.append(txn_id)
        else:
            found.append(document)
    return found, missing


def _by_number(company: CompanyFile, kind: DocumentKind, request: etree._Element) -> tuple[list[Document], list[str]]:
    found: dict[str, Document] = {}
    missing = []
    exact = _texts(request, "RefNumberCaseSensitive")
    for number in exact or _texts(request, "RefNumber"):
        hits = company.register.numbered(kind, number)
        if exact:
            hits = [document for document in hits if document.ref_number == number]
        found.update((document.txn_id, document) for document in hits)
        if not hits:
            missing.append(number)
    return list(found.values()), missing


def _by_filter(company: CompanyFile, kind: DocumentKind, request: etree._Element) -> tuple[list[Document], list[str]]:
    entities = tree_ids(company, request, "EntityFilter", *NAME_LISTS)
    accounts = tree_ids(company, request, "AccountFilter", ListKind.ACCOUNT)
    currencies = tree_ids(company, request, "CurrencyFilter", ListKind.CURRENCY)
    is_modified = moment_test(company, request.find("ModifiedDateRangeFilter"), "Modified")
    is_dated = date_test(company, request)
    has_number = text_test(request, "RefNumber")
    paid = child_text(request, "PaidStatus")
    found = company.register.documents(kind) if entities is None else company.register.of_customers(entities[0])
    found = [
        document
        for document in found
        if document.kind is kind
        and (is_modified is None or is_modified(document.modified))
        and (is_dated is None or is_dated(document.txn_date))
        and (has_number is None or has_number(document.ref_number))
        and (accounts is None or _points_into(document, "ARAccountRef", accounts[0]))
        and (currencies is None or _currency_of(company, document) in currencies[0])
        and (paid in (None, "All") or (paid == "PaidOnly") == (not document.subtotal))
    ]
    missing = [name for tree in (entities, accounts, currencies) if tree is not None for name in tree[1]]
    return found, missing


def _points_into(document: Document, name: str, ids: set[str]) -> bool:
    value = document.fields.get(name)
    return isinstance(value, Ref) and value.list_id in ids


def _currency_of(company: CompanyFile, document: Document) -> str:
    customer = company.register.record(document.customer_id)
    value = None if customer is None else customer.fields.get("CurrencyRef")
    return value.list_id if isinstance(value, Ref) else ""


def query_deletions(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a TxnDeletedQuery: what was deleted in about the last 90 days.

    Raises:
        Refusal: The span of time is turned round.
    """
    kinds = _texts(request, "TxnDelType")
    is_within = moment_test(company, request.find("DeletedDateRangeFilter"), "Deleted")
    horizon = company.now() - _DELETIONS_KEPT
    only = frozenset(_texts(request, "IncludeRetElement"))
    shown = [
        _show_deletion(deletion, only)
        for deletion in company.register.deletions
        if deletion.kind.value in kinds
        and deletion.deleted >= horizon
        and (is_within is None or is_within(deletion.deleted))
    ]
    return query_outcome(request, shown, None, ())


def _show_deletion(deletion: Deletion, only: frozenset[str]) -> str:
    fields = [
        ("TxnDelType", leaf("TxnDelType", deletion.kind.value)),
        ("TxnID", leaf("TxnID", deletion.txn_id)),
        ("TimeCreated", leaf("TimeCreated", moment_text(deletion.created))),
        ("TimeDeleted", leaf("TimeDeleted", moment_text(deletion.deleted))),
        ("RefNumber", leaf("RefNumber", deletion.ref_number) if deletion.ref_number else ""),
    ]
    return record("TxnDeletedRet", fields, only)
