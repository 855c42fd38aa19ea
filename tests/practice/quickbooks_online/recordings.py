"""Recorded traffic of a real sandbox company and Intuit's schema, read for comparison.

The folder is named by the variable QBO_ORACLES; without it the comparisons are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from app.practice.quickbooks_online import DocumentKind, ListKind, OnlineCompany
from app.practice.quickbooks_online.json_text import decode
from app.practice.quickbooks_online.records import Document, Line, Link, ListRecord

FOLDER = Path(os.environ.get("QBO_ORACLES", "/nonexistent"))
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_NOT_WRITTEN = {
    "domain",
    "sparse",
    "Id",
    "SyncToken",
    "MetaData",
    "Balance",
    "BalanceWithJobs",
    "FullyQualifiedName",
    "DisplayName",
    "Active",
    "ParentRef",
    "Level",
}
_OWN_PLACE = {
    "DocNumber",
    "TxnDate",
    "CurrencyRef",
    "PrivateNote",
    "TxnStatus",
    "LinkedTxn",
    "Line",
    "TxnTaxDetail",
    "CustomerRef",
    "DueDate",
    "TotalAmt",
}


@dataclass(frozen=True)
class Exchange:
    """One recorded request with its answer."""

    method: str
    path: str
    """Behind the company id."""
    query: dict[str, str]
    body: bytes
    status: int
    content_type: str
    answer: dict[str, Any]


def exchanges(cassette: str) -> list[Exchange]:
    """Read a recording."""
    whole = decode((FOLDER / "cassettes" / f"{cassette}.json").read_bytes())
    assert isinstance(whole, dict)
    found = []
    for each in whole["http_interactions"]:  # type: ignore[union-attr]
        request, response = each["request"], each["response"]  # type: ignore[index, call-overload]
        address = urlsplit(request["uri"])  # type: ignore[index, call-overload, arg-type]
        path = address.path.removeprefix("/v3").removeprefix("/company/-COMPANY_ID-")
        answer = decode(response["body"].encode())  # type: ignore[index, call-overload, union-attr]
        found.append(
            Exchange(
                str(request["method"]),  # type: ignore[index, call-overload]
                path,
                dict(parse_qsl(str(address.query), keep_blank_values=True)),
                str(request["body"]).encode(),  # type: ignore[index, call-overload]
                int(str(response["status"])),  # type: ignore[index, call-overload]
                str(response["headers"]["Content-Type"]),  # type: ignore[index, call-overload]
                answer,  # type: ignore[arg-type]
            )
        )
    return found


def shape(value: object) -> object:
    """Reduce JSON to its keys and types; a number is a number however it is spelt."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | Decimal):
        return "number"
    return "null" if value is None else "text"


def keep_customer(company: OnlineCompany, recorded: Mapping[str, Any]) -> None:
    """Put a recorded customer into the company."""
    company.keep_list(
        ListRecord(
            **_head(recorded),
            kind=ListKind.CUSTOMER,
            name=recorded["DisplayName"],
            is_active=recorded["Active"],
            parent_id=recorded["ParentRef"]["value"] if "ParentRef" in recorded else None,
            fields={name: value for name, value in recorded.items() if name not in _NOT_WRITTEN},
        )
    )


def keep_named(company: OnlineCompany, kind: ListKind, reference: Mapping[str, str]) -> None:
    """Put a customer or an item into the company of which a recording tells id and name alone."""
    if company.find_list(kind, reference["value"]) is None:
        now = company.moment()
        name = reference.get("name", "A. Customer")
        company.keep_list(ListRecord(id=reference["value"], created=now, modified=now, kind=kind, name=name))


def keep_document(company: OnlineCompany, kind: DocumentKind, recorded: Mapping[str, Any]) -> None:
    """Put a recorded document into the company, with the customer and the items it names."""
    keep_named(company, ListKind.CUSTOMER, recorded["CustomerRef"])
    lines = []
    for each in recorded["Line"][:-1]:
        detail = each["SalesItemLineDetail"]
        keep_named(company, ListKind.ITEM, detail["ItemRef"])
        lines.append(
            Line(
                id=each["Id"],
                description=each.get("Description"),
                amount=each["Amount"],
                item_id=detail["ItemRef"]["value"],
                quantity=None if "Qty" not in detail else Decimal(detail["Qty"]),
                unit_price=None if "UnitPrice" not in detail else Decimal(detail["UnitPrice"]),
                tax_code=detail["TaxCodeRef"]["value"],
            )
        )
    taxes = recorded["TxnTaxDetail"].get("TaxLine")
    company.keep_document(
        Document(
            **_head(recorded),
            kind=kind,
            customer_id=recorded["CustomerRef"]["value"],
            txn_date=date.fromisoformat(recorded["TxnDate"]),
            doc_number=recorded["DocNumber"],
            currency=recorded["CurrencyRef"]["value"],
            private_note=recorded.get("PrivateNote"),
            status=recorded.get("TxnStatus", "Pending"),
            due_date=None if "DueDate" not in recorded else date.fromisoformat(recorded["DueDate"]),
            lines=lines,
            last_line_id=max(int(line.id) for line in lines),
            tax_percent=Decimal(taxes[0]["TaxLineDetail"]["TaxPercent"]) if taxes else Decimal(0),
            links=[Link(each["TxnId"], each["TxnType"]) for each in recorded.get("LinkedTxn", [])],
            fields={name: value for name, value in recorded.items() if name not in _NOT_WRITTEN | _OWN_PLACE},
        )
    )


def _head(recorded: Mapping[str, Any]) -> dict[str, Any]:
    stamps = recorded["MetaData"]
    return {
        "id": recorded["Id"],
        "sync_token": int(recorded["SyncToken"]),
        "created": datetime.fromisoformat(stamps["CreateTime"]).astimezone(UTC),
        "modified": datetime.fromisoformat(stamps["LastUpdatedTime"]).astimezone(UTC),
    }


def fault(file: str) -> dict[str, str]:
    """Read the one error of a recorded fault in XML, with the type of the fault."""
    root = etree.parse(str(FOLDER / "xml" / f"{file}.xml")).getroot()
    (error,) = root.iter("{*}Error")
    above = error.getparent()
    assert above is not None
    texts = {etree.QName(each).localname: each.text or "" for each in error}
    return {**texts, "code": str(error.get("code")), "type": str(above.get("type"))}


@cache
def types() -> dict[str, etree._Element]:
    """Give the types of Intuit's schema with properties, by name."""
    found = {}
    for file in ("Finance", "IntuitBaseTypes", "IntuitNamesTypes", "SalesTax"):
        for node in etree.parse(str(FOLDER / "xsd" / f"{file}.xsd")).getroot():
            if node.tag == f"{_XSD}complexType":
                found[str(node.get("name"))] = node
    return found


def properties(name: str) -> dict[str, str]:
    """Give the properties of a type of Intuit's schema, each with the name of its own type."""
    return dict(_properties(name))


def _properties(name: str) -> Iterator[tuple[str, str]]:
    node = types()[name]
    base = node.find(f".//{_XSD}extension")
    if base is not None and _local(base.get("base")) in types():
        yield from _properties(_local(base.get("base")))
    for each in node.iter(f"{_XSD}element", f"{_XSD}attribute"):
        yield str(each.get("name") or _local(each.get("ref"))), _local(each.get("type"))


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]
