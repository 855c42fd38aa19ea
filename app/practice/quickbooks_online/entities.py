"""Reading and changing one object: which entity takes which operation."""

from __future__ import annotations

from typing import Final

from msgspec import UnsetType

from app.practice.quickbooks_online.bodies import (
    CustomerBody,
    DocumentBody,
    EstimateBody,
    InvoiceBody,
    ItemBody,
)
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.document_removal import delete_document, void_document
from app.practice.quickbooks_online.document_writing import write_document
from app.practice.quickbooks_online.json_text import Json
from app.practice.quickbooks_online.list_writing import DEFAULT_TAX_CODE, write_list
from app.practice.quickbooks_online.reading import check_id, read_body
from app.practice.quickbooks_online.records import DocumentKind, ListKind, Record
from app.practice.quickbooks_online.refusals import missing, not_found, unsupported
from app.practice.quickbooks_online.views import show, show_company, show_preferences

_DOCUMENTS: Final[dict[str, type[DocumentBody]]] = {"Estimate": EstimateBody, "Invoice": InvoiceBody}
_LISTS: Final[dict[str, type[CustomerBody | ItemBody]]] = {"Customer": CustomerBody, "Item": ItemBody}
ENTITIES: Final = {each.lower(): each for each in (*ListKind, *DocumentKind)}
"""The entities that have ids, by the word in their paths."""


def read(company: OnlineCompany, entity: str, record_id: str) -> dict[str, Json]:
    """Give one object.

    Raises:
        Refusal: There is none.
    """
    check_id(record_id)
    found: Record | None
    if entity in _DOCUMENTS:
        found = company.find_document(DocumentKind(entity), record_id)
    else:
        found = company.find_list(ListKind(entity), record_id)
    if found is None:
        raise not_found()
    shown = show(company, found)
    if entity == ListKind.CUSTOMER:
        shown.setdefault("DefaultTaxCodeRef", {"value": DEFAULT_TAX_CODE})
    return {entity: shown}


def read_settings(company: OnlineCompany, word: str) -> dict[str, Json]:
    """Give what the company tells about itself: `companyinfo` or `preferences`."""
    if word == "preferences":
        return {"Preferences": show_preferences(company)}
    return {"CompanyInfo": show_company(company)}


def change(
    company: OnlineCompany, entity: str, text: bytes, operation: str, *, may_duplicate: bool = False
) -> dict[str, Json]:
    """Carry out a change and give the object as it is then.

    Args:
        company: Whose object.
        entity: Its kind.
        text: What was sent.
        operation: ``create``, ``update``, ``delete``, ``void``, or ``write`` where the Id decides.
        may_duplicate: Whether a taken number is taken once more.

    Raises:
        Refusal: It is not possible.
    """
    if operation in {"delete", "void"}:
        return _remove(company, entity, text, operation)
    if entity in _DOCUMENTS:
        document = read_body(text, _DOCUMENTS[entity], entity)
        _check_id(document.id, operation)
        written = write_document(company, DocumentKind(entity), document, may_duplicate=may_duplicate)
        return {entity: show(company, written)}
    if entity in _LISTS:
        body = read_body(text, _LISTS[entity], entity)
        _check_id(body.id, operation)
        return {entity: show(company, write_list(company, ListKind(entity), body))}
    raise unsupported(f"{operation} of {entity}")


def _check_id(record_id: str | UnsetType, operation: str) -> None:
    """Refuse an update that does not say of what."""
    if operation == "update" and isinstance(record_id, UnsetType):
        raise missing("Id")


def _remove(company: OnlineCompany, entity: str, text: bytes, operation: str) -> dict[str, Json]:
    if entity not in _DOCUMENTS:
        raise unsupported(f"{operation} of {entity}")
    kind = DocumentKind(entity)
    whole = read_body(text, _DOCUMENTS[entity], entity)
    if operation == "void":
        return {entity: show(company, void_document(company, kind, whole))}
    deleted = delete_document(company, kind, whole)
    return {entity: {"domain": "QBO", "status": "Deleted", "Id": deleted.id}}
