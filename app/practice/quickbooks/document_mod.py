"""Changing documents: SalesOrderMod, EstimateMod and InvoiceMod.

Rule: header elements left out keep their value, empty ones clear it. If any line is named, the list is replaced and
unnamed lines are gone; new lines (TxnLineID -1) come last (Intuit SDK: modifying transactions). A refused Mod leaves
nothing behind.
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from app.practice.quickbooks.amounts import check_total, total_of
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_defaults import fill_line_tax
from app.practice.quickbooks.document_fields import read_header, require_clearable, store_header
from app.practice.quickbooks.document_lines import build_line, change_line
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.permissions import NOT_ENABLED, require_open_period, require_writing
from app.practice.quickbooks.records import Document, DocumentKind, Line, ListKind
from app.practice.quickbooks.references import child_text, find_document, is_empty_reference, require_id, resolve
from app.practice.quickbooks.scalars import to_bool, to_date

_NEW_LINE = "-1"


def change_document(company: CompanyFile, kind: DocumentKind, body: etree._Element) -> Document:
    """Run a Mod request.

    Args:
        company: The company file.
        kind: What to change.
        body: The `SalesOrderMod` element or its like.

    Returns:
        The changed document.

    Raises:
        Refusal: QuickBooks would not take the change.
    """
    require_writing(company)
    if kind is DocumentKind.ESTIMATE and not company.estimates_enabled:
        raise Refusal(3250, NOT_ENABLED)
    document = find_document(company, kind, child_text(body, "TxnID") or "")
    company.require_document(document)
    given = child_text(body, "EditSequence") or ""
    if given != str(document.edit_sequence):
        raise Refusal(3200, f'The provided edit sequence "{given}" is out-of-date.')
    if document.is_fully_invoiced:
        raise Refusal(
            3170,
            f"There was an error when modifying a {kind.value}.  QuickBooks error message: This transaction has been "
            "fully invoiced and can no longer be changed.",
        )
    new_date = _date(body)
    require_open_period(company, kind, document.txn_date, new_date or document.txn_date)
    customer_id = _customer(company, kind, body)
    if body.find("SetCredit") is not None:
        raise Refusal(3120, "The credit specified in the request cannot be found.")
    if child_text(body, "IsManuallyClosed") == "":
        require_clearable("IsManuallyClosed")
    header = read_header(company, kind, body, changing=True)
    lines = _lines(company, document, body)
    check_total(total_of(line.amount for line in lines), kind.value)

    store_header(document, header)
    _apply_own_fields(company, document, body)
    document.lines = lines
    if new_date is not None:
        document.txn_date = company.register.last_dates[kind] = new_date
    if customer_id is not None:
        company.register.reassign(document, customer_id)
    if company.sales_tax:
        fill_line_tax(company, document)
    company.register.touch(document)
    return document


def _date(body: etree._Element) -> date | None:
    text = child_text(body, "TxnDate")
    if text == "":
        require_clearable("TxnDate")
    return to_date(text) if text else None


def _customer(company: CompanyFile, kind: DocumentKind, body: etree._Element) -> str | None:
    reference = body.find("CustomerRef")
    if reference is None:
        return None
    if is_empty_reference(reference):
        require_clearable("CustomerRef")
    return resolve(company, reference, ListKind.CUSTOMER, kind.value).list_id


def _apply_own_fields(company: CompanyFile, document: Document, body: etree._Element) -> None:
    memo, number = child_text(body, "Memo"), child_text(body, "RefNumber")
    if memo is not None:
        document.memo = memo
    if number is not None:
        company.register.renumber(document, number)
    closed = child_text(body, "IsManuallyClosed")
    if closed:
        document.is_closed = to_bool(closed)


def _lines(company: CompanyFile, document: Document, body: etree._Element) -> list[Line]:
    """Build the new list of lines; the old one if the request names none."""
    named = [element for element in body if str(element.tag).endswith(("LineMod", "LineGroupMod"))]
    if not named:
        return document.lines
    before: list[Line] = []
    seen: set[str] = set()
    is_adding = False
    for element in named:
        line_id = child_text(element, "TxnLineID") or ""
        above = before[-1] if before else None
        if line_id == _NEW_LINE:
            is_adding = True
            before.append(build_line(company, element, document.kind, before=above))
            continue
        require_id(line_id, "TxnLineID")
        line = company.register.find_line(document, line_id)
        if line is None or line_id in seen:
            raise Refusal(3120, f'Object "{line_id}" specified in the request cannot be found.')
        if is_adding:
            raise Refusal(
                3210,
                f'The "TxnLineID" field has an invalid value "{line_id}".  QuickBooks error message: New lines must '
                "come after all existing ones.",
            )
        seen.add(line_id)
        is_kept = len(element) == 1
        if line.invoiced and not is_kept:
            raise Refusal(3210, _invoiced(line_id))
        before.append(line if is_kept else change_line(company, line, element, document.kind, before=above))
    for line in document.lines:
        if line.invoiced and line.txn_line_id not in seen:
            raise Refusal(3210, _invoiced(line.txn_line_id))
    return before


def _invoiced(line_id: str) -> str:
    return (
        f'The "TxnLineID" field has an invalid value "{line_id}".  QuickBooks error message: The line has been '
        "invoiced and can no longer be changed or deleted."
    )
