"""Which module runs which request.

Rule: a table from request to handler. A handler returns an `Outcome` or raises `Refusal`; a refused request has
changed nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import etree

from app.practice.quickbooks.answers import Outcome, Recovery
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.company_query import query_company, query_host, query_preferences
from app.practice.quickbooks.document_add import add_document
from app.practice.quickbooks.document_mod import change_document
from app.practice.quickbooks.document_query import query_deletions, query_documents
from app.practice.quickbooks.document_removal import delete_document, void_document
from app.practice.quickbooks.document_view import show_document
from app.practice.quickbooks.iterators import Iterators
from app.practice.quickbooks.list_add import add_customer, add_service_item
from app.practice.quickbooks.list_query import ITEM_QUERIES, query_list, query_templates
from app.practice.quickbooks.list_view import show_record
from app.practice.quickbooks.records import Document, DocumentKind, ListKind, ListRecord

Handler = Callable[[CompanyFile, Iterators, etree._Element], Outcome]
_Work = Callable[[CompanyFile, DocumentKind, etree._Element], Document]
_ListWork = Callable[[CompanyFile, etree._Element], ListRecord]


def _only(request: etree._Element) -> frozenset[str]:
    return frozenset(element.text or "" for element in request.iterfind("IncludeRetElement"))


def _writes(work: _Work, kind: DocumentKind) -> Handler:
    def run(company: CompanyFile, _: Iterators, request: etree._Element) -> Outcome:
        document = work(company, kind, request[0])
        guid = document.fields.get("ExternalGUID")
        return Outcome(
            body=show_document(company, document, with_lines=True, with_links=False, only=_only(request)),
            recovery=Recovery(
                "TxnID",
                document.txn_id,
                document.txn_number,
                str(document.edit_sequence),
                guid if isinstance(guid, str) else "",
            ),
        )

    return run


def _queries(kind: DocumentKind) -> Handler:
    return lambda company, iterators, request: query_documents(company, iterators, kind, request)


def _lists(kind: ListKind, subtype: str | None = None) -> Handler:
    return lambda company, iterators, request: query_list(company, iterators, kind, request, subtype)


def _adds(work: _ListWork) -> Handler:
    def run(company: CompanyFile, _: Iterators, request: etree._Element) -> Outcome:
        made = work(company, request[0])
        guid = made.fields.get("ExternalGUID")
        return Outcome(
            body=show_record(company, made, _only(request)),
            recovery=Recovery(
                "ListID",
                made.list_id,
                edit_sequence=str(made.edit_sequence),
                external_guid=guid if isinstance(guid, str) else "",
            ),
        )

    return run


def _alone(work: Callable[[CompanyFile, etree._Element], Outcome]) -> Handler:
    return lambda company, _, request: work(company, request)


_DOCUMENT_HANDLERS = {
    f"{kind.value}{verb}Rq": handler
    for kind in DocumentKind
    for verb, handler in (
        ("Add", _writes(add_document, kind)),
        ("Mod", _writes(change_document, kind)),
        ("Query", _queries(kind)),
    )
}

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        **_DOCUMENT_HANDLERS,
        **{name: _lists(ListKind.ITEM, subtype) for name, subtype in ITEM_QUERIES.items()},
        "HostQueryRq": _alone(query_host),
        "CompanyQueryRq": _alone(query_company),
        "PreferencesQueryRq": _alone(query_preferences),
        "TemplateQueryRq": _alone(query_templates),
        "CustomerQueryRq": _lists(ListKind.CUSTOMER),
        "CustomerAddRq": _adds(add_customer),
        "ItemServiceAddRq": _adds(add_service_item),
        "AccountQueryRq": _lists(ListKind.ACCOUNT),
        "TxnDelRq": _alone(delete_document),
        "TxnVoidRq": _alone(void_document),
        "TxnDeletedQueryRq": _alone(query_deletions),
    }
)
"""Every request the practice company runs, by the name of its element."""
