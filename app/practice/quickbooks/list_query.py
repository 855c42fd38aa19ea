"""Finding list records: CustomerQuery, ItemQuery, ItemServiceQuery, AccountQuery and TemplateQuery.

Rule: reads the file, changes nothing. Names match without case; a name that misses makes the answer a warning (500)
that still holds what was found, filters that match nothing an information (1) (Intuit SDK: status codes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from lxml import etree

from app.practice.quickbooks.answers import Outcome
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.filters import moment_test, text_test, tree_ids
from app.practice.quickbooks.iterators import Iterators, query_outcome
from app.practice.quickbooks.list_view import balance_of, show_record
from app.practice.quickbooks.records import ItemKind, ListKind, ListRecord, Ref
from app.practice.quickbooks.references import child_text

_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = MappingProxyType(
    {
        "LessThan": Decimal.__lt__,
        "LessThanEqual": Decimal.__le__,
        "Equal": lambda one, other: one == other,
        "GreaterThan": Decimal.__gt__,
        "GreaterThanEqual": Decimal.__ge__,
    }
)


def query_list(
    company: CompanyFile,
    iterators: Iterators,
    kind: ListKind,
    request: etree._Element,
    subtype: str | None = None,
) -> Outcome:
    """Run a query for list records.

    Args:
        company: The company file.
        iterators: The session's iterators.
        kind: The list.
        request: The query.
        subtype: The only kind of item wanted.

    Raises:
        Refusal: The filters or the iterator do not hold together.
    """
    missing: list[str] = []

    def find_all() -> list[str]:
        nonlocal missing
        if request.find("ListID") is not None or request.find("FullName") is not None:
            found, missing = _by_name(company, kind, request, subtype)
        else:
            found, missing = _by_filter(company, kind, request, subtype)
        return [record.list_id for record in found]

    ids, page = iterators.page(request, find_all)
    only = frozenset(element.text or "" for element in request.iterfind("IncludeRetElement"))
    records = (company.register.record(list_id) for list_id in ids)
    shown = [show_record(company, record, only) for record in records if record is not None]
    return query_outcome(request, shown, page, missing)


def query_templates(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a TemplateQuery: all of them, there are no filters."""
    only = frozenset(element.text or "" for element in request.iterfind("IncludeRetElement"))
    shown = [show_record(company, record, only) for record in company.register.records(ListKind.TEMPLATE)]
    return query_outcome(request, shown, None, ())


def _by_name(
    company: CompanyFile, kind: ListKind, request: etree._Element, subtype: str | None
) -> tuple[list[ListRecord], list[str]]:
    found: dict[str, ListRecord] = {}
    missing = []
    for element in request:
        if element.tag not in ("ListID", "FullName"):
            continue
        text = element.text or ""
        by_id = element.tag == "ListID"
        record = company.register.record(text) if by_id else company.register.named(kind, text)
        if (
            record is None
            or record.kind is not kind
            or (subtype is not None and record.subtype != subtype)
            or not (record.is_active or company.names_find_inactive)
        ):
            missing.append(text)
        else:
            found[record.list_id] = record
    return list(found.values()), missing


def _by_filter(
    company: CompanyFile, kind: ListKind, request: etree._Element, subtype: str | None
) -> tuple[list[ListRecord], list[str]]:
    status = child_text(request, "ActiveStatus") or "ActiveOnly"
    is_modified = moment_test(company, request, "Modified")
    has_name = text_test(request, "Name")
    has_balance = _balance_test(company, request)
    types = {element.text for element in request.iterfind("AccountType")}
    currencies = tree_ids(company, request, "CurrencyFilter", ListKind.CURRENCY)
    classes = tree_ids(company, request, "ClassFilter", ListKind.CLASS)
    found = [
        record
        for record in company.register.records(kind)
        if (status == "All" or record.is_active == (status == "ActiveOnly"))
        and (subtype is None or record.subtype == subtype)
        and (not types or record.subtype in types)
        and (is_modified is None or is_modified(record.modified))
        and (has_name is None or has_name(company.register.full_name(record)))
        and (currencies is None or _points_into(record, "CurrencyRef", currencies[0]))
        and (classes is None or _points_into(record, "ClassRef", classes[0]))
        and (has_balance is None or has_balance(record))
    ]
    return found, [name for tree in (currencies, classes) if tree is not None for name in tree[1]]


def _balance_test(company: CompanyFile, request: etree._Element) -> Callable[[ListRecord], bool] | None:
    wanted = request.find("TotalBalanceFilter")
    if wanted is None:
        return None
    compare = _COMPARISONS[child_text(wanted, "Operator") or "Equal"]
    amount = Decimal(child_text(wanted, "Amount") or "0")
    return lambda record: compare(balance_of(company, record), amount)


def _points_into(record: ListRecord, name: str, ids: set[str]) -> bool:
    value = record.fields.get(name)
    return isinstance(value, Ref) and value.list_id in ids


ITEM_QUERIES: Mapping[str, str | None] = MappingProxyType(
    {"ItemQueryRq": None, "ItemServiceQueryRq": ItemKind.SERVICE.value}
)
"""Which kind of item each item query shows."""
