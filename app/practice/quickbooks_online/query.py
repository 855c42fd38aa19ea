"""Answering query statements.

Recorded: nothing at all in the answer where nothing was found, also beyond the last page; maxResults tells how many
rows came and not how many were asked for; a count tells only totalCount. Inactive list records are hidden unless the
statement asks about Active. Without ORDERBY lists come by full name and documents newest first.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from app.practice.quickbooks_online.bodies import CustomerBody, EstimateBody, InvoiceBody, ItemBody
from app.practice.quickbooks_online.columns import column, test_of
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.json_text import Json
from app.practice.quickbooks_online.query_text import Statement, read_statement
from app.practice.quickbooks_online.records import DocumentKind, ListKind, Record
from app.practice.quickbooks_online.refusals import invalid_query
from app.practice.quickbooks_online.views import show, show_company, show_preferences

_ENTITIES: Final = {each.lower(): each for each in (*ListKind, *DocumentKind, "CompanyInfo", "Preferences")}
_BODIES: Final[dict[str, type[Struct]]] = {
    "Customer": CustomerBody,
    "Item": ItemBody,
    "Estimate": EstimateBody,
    "Invoice": InvoiceBody,
}
_SINGLE: Final = {"CompanyInfo": show_company, "Preferences": show_preferences}


def answer_query(company: OnlineCompany, text: str) -> Json:
    """Answer a statement with the `QueryResponse` object.

    Raises:
        Refusal: It cannot be read, or asks for what there is not.
    """
    statement = read_statement(text)
    entity = _ENTITIES.get(statement.entity.lower())
    if entity is None:
        raise invalid_query(f"Invalid context declaration: {statement.entity}")
    if entity in _SINGLE:
        if statement.is_count:
            return {"totalCount": 1}
        return _page(entity, [_SINGLE[entity](company)], statement)
    found = _matching(company, entity, statement)
    if statement.is_count:
        return {"totalCount": len(found)}
    rows = found[statement.start - 1 : statement.start - 1 + statement.most]
    return _page(entity, [_chosen(company, entity, statement, row) for row in rows], statement)


def _page(entity: str, rows: list[Json] | list[dict[str, Json]], statement: Statement) -> Json:
    if not rows:
        return {}
    return {entity: [*rows], "startPosition": statement.start, "maxResults": len(rows)}


def _matching(company: OnlineCompany, entity: str, statement: Statement) -> list[Record]:
    """Find the rows of a statement in their order."""
    tests = [test_of(entity, condition) for condition in statement.conditions]
    records: list[Record] = []
    if entity in list(ListKind):
        asks_active = any(condition.column.lower() == "active" for condition in statement.conditions)
        lists = [each for each in company.all_lists(ListKind(entity)) if asks_active or each.is_active]
        lists.sort(key=lambda record: company.full_name(record).casefold())
        records += lists
    else:
        documents = company.all_documents(DocumentKind(entity))
        documents.sort(key=lambda each: (each.txn_date, int(each.id)), reverse=True)
        records += documents
    found = [record for record in records if all(test(company, record) for test in tests)]
    for name, is_downwards in reversed(statement.order):
        by = column(entity, name)
        without = [record for record in found if by.get(company, record) is None]
        having = [record for record in found if by.get(company, record) is not None]
        having.sort(key=lambda record: by.get(company, record), reverse=is_downwards)  # type: ignore[arg-type, return-value]
        found = having + without
    return found


def _chosen(company: OnlineCompany, entity: str, statement: Statement, record: Record) -> Json:
    """Write a row, with the columns asked for."""
    whole = show(company, record)
    if statement.columns == ("*",):
        return whole
    shown: dict[str, Json] = {"domain": "QBO", "sparse": True}
    known = {**dict.fromkeys(whole), **dict.fromkeys(_properties(entity))}
    for name in statement.columns:
        head, _, tail = name.partition(".")
        actual = next((each for each in known if each.lower() == head.lower()), None)
        if actual is None:
            raise invalid_query(f"Property {name} not found for Entity {entity}")
        value = whole.get(actual)
        if tail and isinstance(value, dict):
            part = next((each for each in value if each.lower() == tail.lower()), None)
            if part is None:
                raise invalid_query(f"Property {name} not found for Entity {entity}")
            before = shown.get(actual)
            shown[actual] = {**(before if isinstance(before, dict) else {}), part: value[part]}
        elif value is not None:
            shown[actual] = value
    return shown


def _properties(entity: str) -> list[str]:
    body = _BODIES.get(entity)
    return [] if body is None else [field.encode_name for field in msgspec.structs.fields(body)]
