"""qbXML requests as text, each from a fixed template: the order of elements is part of the schema. No I/O.

Source: Intuit's qbXML 13.0 schema. Only elements that exist since version 6.0 are used, so the version in the
instruction can be lowered freely.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from app.books.quickbooks_desktop.qbxml.text import DESC_LIMIT, cut, escaped
from app.books.run.accounting_system import ChangedLine, DocumentChange, KeptLine, References
from app.domain.figures import figure_text
from app.domain.money import money_text
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder

ELEMENT: Final = {
    DocumentKind.SALES_ORDER: "SalesOrder",
    DocumentKind.ESTIMATE: "Estimate",
    DocumentKind.INVOICE: "Invoice",
}
"""What each kind of document is called in element names and as TxnDelType."""

_CLOSING: Final = {
    (DocumentKind.SALES_ORDER, True): "<IsManuallyClosed>true</IsManuallyClosed>",
    (DocumentKind.SALES_ORDER, False): "<IsManuallyClosed>false</IsManuallyClosed>",
    (DocumentKind.ESTIMATE, True): "<IsActive>false</IsActive>",
    (DocumentKind.ESTIMATE, False): "<IsActive>true</IsActive>",
    # An invoice has no such switch: it is voided, and never comes back.
    (DocumentKind.INVOICE, False): "",
}

NEW_LINE: Final = "-1"
"""The TxnLineID of a line a Mod adds; such lines come last."""

PAGE: Final = 500
"""Records in one page of a list."""


def message_set(requests: Iterable[str], version: str, new_id: str | None = None, old_id: str | None = None) -> str:
    """Wrap requests into one message set.

    Args:
        requests: The requests' texts.
        version: The qbXML version for the instruction, such as ``13.0``.
        new_id: The id to remember the outcome under; for sets that write.
        old_id: The id whose outcome may be forgotten; equal to ``new_id`` and without requests it asks for it.
    """
    attributes = ' onError="continueOnError"'
    if new_id:
        attributes += f' newMessageSetID="{new_id}"'
    if old_id:
        attributes += f' oldMessageSetID="{old_id}"'
    return (
        f'<?xml version="1.0" encoding="utf-8"?><?qbxml version="{version}"?>'
        f"<QBXML><QBXMLMsgsRq{attributes}>{''.join(requests)}</QBXMLMsgsRq></QBXML>"
    )


def introduction(owner_id: str) -> tuple[str, str, str]:
    """Ask who QuickBooks and the company file are, what the Web Connector asks at the start of an update."""
    return (
        '<HostQueryRq requestID="host"/>',
        f'<CompanyQueryRq requestID="company">{_text("OwnerID", owner_id)}</CompanyQueryRq>',
        '<PreferencesQueryRq requestID="preferences"/>',
    )


def list_page(query: str, request_id: str, iterator_id: str | None, fields: Sequence[str]) -> str:
    """Ask for a page of all customers (``CustomerQuery``) or items (``ItemQuery``), inactive ones included."""
    if iterator_id is None:
        attributes = 'iterator="Start"'
    else:
        attributes = f'iterator="Continue" iteratorID="{escaped(iterator_id)}"'
    filters = f"<MaxReturned>{PAGE}</MaxReturned><ActiveStatus>All</ActiveStatus>"
    wanted = "".join(_text("IncludeRetElement", field) for field in fields)
    return f'<{query}Rq requestID="{request_id}" {attributes}>{filters}{wanted}</{query}Rq>'


def list_entry(query: str, request_id: str, full_name: str, fields: Sequence[str]) -> str:
    """Ask for one customer or item by name; it is found whether active or not."""
    wanted = "".join(_text("IncludeRetElement", field) for field in fields)
    return f'<{query}Rq requestID="{escaped(request_id)}">{_text("FullName", full_name)}{wanted}</{query}Rq>'


def income_accounts(request_id: str) -> str:
    """Ask for the active income accounts."""
    return (
        f'<AccountQueryRq requestID="{request_id}"><ActiveStatus>ActiveOnly</ActiveStatus>'
        "<AccountType>Income</AccountType></AccountQueryRq>"
    )


def customer_add(request_id: str, name: str, company_name: str) -> str:
    """Create a customer named by a GL number."""
    return (
        f'<CustomerAddRq requestID="{escaped(request_id)}"><CustomerAdd>{_text("Name", name)}'
        f"{_text('CompanyName', cut(company_name, 41))}</CustomerAdd></CustomerAddRq>"
    )


def item_add(request_id: str, name: str, account: str) -> str:
    """Create a service item named by a service type."""
    return (
        f'<ItemServiceAddRq requestID="{escaped(request_id)}"><ItemServiceAdd>{_text("Name", name)}'
        f"<SalesOrPurchase>{_text('Desc', name)}<AccountRef>{_text('FullName', account)}</AccountRef>"
        "</SalesOrPurchase></ItemServiceAdd></ItemServiceAddRq>"
    )


def order_add(kind: DocumentKind, request_id: str, order: SalesOrder, ref_number: str, refs: References) -> str:
    """Create the document of an order."""
    name = ELEMENT[kind]
    header = (
        f"<CustomerRef>{_text('ListID', refs.customer)}</CustomerRef>{_text('TxnDate', order.date.isoformat())}"
        f"{_text('RefNumber', ref_number)}"
    )
    if kind is DocumentKind.ESTIMATE:
        header += "<IsActive>true</IsActive>"
    header += _text("Memo", cut(order.memo, DESC_LIMIT))
    if kind is not DocumentKind.ESTIMATE:
        header += "<IsToBePrinted>false</IsToBePrinted>"
    lines = "".join(f"<{name}LineAdd>{_line(line, refs)}</{name}LineAdd>" for line in order.lines)
    return f'<{name}AddRq requestID="{escaped(request_id)}"><{name}Add>{header}{lines}</{name}Add></{name}AddRq>'


def order_change(kind: DocumentKind, request_id: str, change: DocumentChange, refs: References) -> str:
    """Change a document. Every line to keep is named: QuickBooks deletes the lines a Mod does not name."""
    name = ELEMENT[kind]
    header = _text("TxnID", change.document.txn_id) + _text("EditSequence", change.document.edit_sequence)
    if change.sends_customer:
        header += f"<CustomerRef>{_text('ListID', refs.customer)}</CustomerRef>"
    if change.sends_date:
        header += _text("TxnDate", change.order.date.isoformat())
    if change.reopens:
        header += _CLOSING[kind, False]
    lines = ""
    for line in change.lines:
        match line:
            case KeptLine(line_id, is_group):
                element = f"{name}LineGroupMod" if is_group else f"{name}LineMod"
                lines += f"<{element}>{_text('TxnLineID', line_id)}</{element}>"
            case ChangedLine(line_id, content, keeps_description):
                content_text = _line(content, refs, sends_amount=True, sends_description=not keeps_description)
                lines += f"<{name}LineMod>{_text('TxnLineID', line_id or NEW_LINE)}{content_text}</{name}LineMod>"
    return f'<{name}ModRq requestID="{escaped(request_id)}"><{name}Mod>{header}{lines}</{name}Mod></{name}ModRq>'


def order_close(kind: DocumentKind, request_id: str, txn_id: str, edit_sequence: str) -> str:
    """Take a document out of use: close a sales order, make an estimate inactive, void an invoice."""
    if kind is DocumentKind.INVOICE:
        return (
            f'<TxnVoidRq requestID="{escaped(request_id)}"><TxnVoidType>Invoice</TxnVoidType>'
            f"{_text('TxnID', txn_id)}</TxnVoidRq>"
        )
    name = ELEMENT[kind]
    return (
        f'<{name}ModRq requestID="{escaped(request_id)}"><{name}Mod>{_text("TxnID", txn_id)}'
        f"{_text('EditSequence', edit_sequence)}{_CLOSING[kind, True]}</{name}Mod></{name}ModRq>"
    )


def order_delete(kind: DocumentKind, request_id: str, txn_id: str) -> str:
    """Delete a document."""
    return (
        f'<TxnDelRq requestID="{escaped(request_id)}">{_text("TxnDelType", ELEMENT[kind])}'
        f"{_text('TxnID', txn_id)}</TxnDelRq>"
    )


def orders_by_reference(kind: DocumentKind, request_id: str, references: Iterable[str]) -> str:
    """Ask for all documents with one of some reference numbers, with their lines and links."""
    return _order_query(kind, request_id, "".join(_text("RefNumber", reference) for reference in references))


def orders_by_id(kind: DocumentKind, request_id: str, txn_ids: Iterable[str]) -> str:
    """Ask for documents by TxnID, with their lines and links."""
    return _order_query(kind, request_id, "".join(_text("TxnID", txn_id) for txn_id in txn_ids))


def order_there(kind: DocumentKind, request_id: str, txn_id: str) -> str:
    """Ask whether a document is there, and for nothing of it but its id."""
    name = ELEMENT[kind]
    return (
        f'<{name}QueryRq requestID="{escaped(request_id)}">{_text("TxnID", txn_id)}'
        f"<IncludeRetElement>TxnID</IncludeRetElement><IncludeRetElement>EditSequence</IncludeRetElement></{name}QueryRq>"
    )


_OF_A_STRAY: Final = ("TxnID", "EditSequence", "CustomerRef", "RefNumber", "Memo")


def orders_modified_since(kind: DocumentKind, request_id: str, since: datetime, iterator_id: str | None) -> str:
    """Ask which documents were changed since a time, and for what tells ours from others; a page at a time.

    Args:
        kind: Which documents.
        request_id: The request's id.
        since: In the local time of the QuickBooks machine: it takes no offset, and gets daylight saving wrong.
        iterator_id: Where the last page ended; None for the first.
    """
    name = ELEMENT[kind]
    start = f'iterator="Continue" iteratorID="{escaped(iterator_id)}"' if iterator_id else 'iterator="Start"'
    stamp = since.strftime("%Y-%m-%dT%H:%M:%S")
    wanted = "".join(_text("IncludeRetElement", each) for each in _OF_A_STRAY)
    return (
        f'<{name}QueryRq requestID="{escaped(request_id)}" {start}><MaxReturned>{PAGE}</MaxReturned>'
        f"<ModifiedDateRangeFilter><FromModifiedDate>{stamp}</FromModifiedDate></ModifiedDateRangeFilter>"
        f"{wanted}</{name}QueryRq>"
    )


def orders_deleted_since(kind: DocumentKind, request_id: str, since: datetime) -> str:
    """Ask which documents were deleted since a local time; QuickBooks remembers about 90 days."""
    stamp = since.strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'<TxnDeletedQueryRq requestID="{escaped(request_id)}">{_text("TxnDelType", ELEMENT[kind])}'
        f"<DeletedDateRangeFilter><FromDeletedDate>{stamp}</FromDeletedDate></DeletedDateRangeFilter>"
        "</TxnDeletedQueryRq>"
    )


def _order_query(kind: DocumentKind, request_id: str, filters: str) -> str:
    name = ELEMENT[kind]
    return (
        f'<{name}QueryRq requestID="{escaped(request_id)}">{filters}<IncludeLineItems>true</IncludeLineItems>'
        f"<IncludeLinkedTxns>true</IncludeLinkedTxns></{name}QueryRq>"
    )


def _line(line: OrderLine, refs: References, *, sends_amount: bool = False, sends_description: bool = True) -> str:
    """Write a line's content: quantity with rate, or with amount, so that it is worth exactly our cents.

    A changed line always says its amount: QuickBooks may otherwise keep the old one.
    """
    # Figures hold nothing that XML writes in another way.
    figures = f"<Quantity>{figure_text(line.quantity)}</Quantity>"
    if line.rate is not None:
        figures += f"<Rate>{figure_text(line.rate)}</Rate>"
    if line.rate is None or sends_amount:
        figures += f"<Amount>{money_text(line.amount)}</Amount>"
    is_described = sends_description and line.description
    description = _text("Desc", cut(line.description, DESC_LIMIT)) if is_described else ""
    return (
        f"<ItemRef>{_text('ListID', refs.items[line.item])}</ItemRef>{description}{figures}"
        f"{_text('Other1', line.charge_id)}"
    )


def _text(name: str, value: str) -> str:
    return f"<{name}>{escaped(value)}</{name}>"
