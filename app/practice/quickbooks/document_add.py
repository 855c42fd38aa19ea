"""Adding documents: SalesOrderAdd, EstimateAdd and InvoiceAdd.

Rule: everything is checked before the document comes into being; a refused Add leaves nothing behind. A RefNumber
that is in use is no reason to refuse (Intuit SDK: RefNumber is not unique).
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from app.practice.quickbooks.amounts import check_total, total_of
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_defaults import fill_defaults, next_number
from app.practice.quickbooks.document_fields import read_header, store_header
from app.practice.quickbooks.document_lines import build_line
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.invoicing import Takeover, copy_line, find_order, open_lines, settle
from app.practice.quickbooks.permissions import require_form, require_open_period, require_writing
from app.practice.quickbooks.records import Document, DocumentKind, Line, ListKind
from app.practice.quickbooks.references import child_text, resolve
from app.practice.quickbooks.scalars import to_bool, to_date


def add_document(company: CompanyFile, kind: DocumentKind, body: etree._Element) -> Document:
    """Run an Add request.

    Args:
        company: The company file.
        kind: What to add.
        body: The `SalesOrderAdd` element or its like.

    Returns:
        The new document.

    Raises:
        Refusal: QuickBooks would not take it.
    """
    require_writing(company)
    require_form(company, kind)
    reference = body.find("CustomerRef")
    if reference is None:
        raise Refusal(3150, 'There is a missing element: "CustomerRef".')
    customer = resolve(company, reference, ListKind.CUSTOMER, kind.value)
    txn_date = _date(company, kind, body)
    require_open_period(company, kind, txn_date)
    header = read_header(company, kind, body, changing=False)
    lines, takeovers = _lines(company, kind, body)
    credit = body.find("SetCredit")
    if credit is not None:
        # The practice company keeps no credit memos, so no credit can be found.
        raise Refusal(3120, f'Object "{child_text(credit, "CreditTxnID")}" specified in the request cannot be found.')

    document = company.register.add_document(
        kind, customer.list_id, txn_date, child_text(body, "RefNumber") or next_number(company, kind)
    )
    document.memo = child_text(body, "Memo") or ""
    document.is_closed = to_bool(child_text(body, "IsManuallyClosed") or "")
    document.lines = lines
    store_header(document, header)
    fill_defaults(company, document, customer)
    settle(company, document, takeovers)
    return document


def _date(company: CompanyFile, kind: DocumentKind, body: etree._Element) -> date:
    text = child_text(body, "TxnDate")
    if text:
        return to_date(text)
    # QuickBooks proposes the date last used for this kind of form, which is seldom the one meant.
    return company.register.last_dates.get(kind) or company.now().date()


def _lines(company: CompanyFile, kind: DocumentKind, body: etree._Element) -> tuple[list[Line], list[Takeover]]:
    """Build all lines, those taken over from orders included."""
    lines: list[Line] = []
    takeovers: list[Takeover] = []
    for element in body:
        if element.tag == "LinkToTxnID":
            order = find_order(company, element.text or "")
            for source in open_lines(order):
                lines.append(copy_line(company, source))
                takeovers.append((order, source))
        elif str(element.tag).endswith(("LineAdd", "LineGroupAdd")):
            link = element.find("LinkToTxn")
            if link is None:
                lines.append(build_line(company, element, kind, before=lines[-1] if lines else None))
                continue
            order = find_order(company, child_text(link, "TxnID") or "")
            line_id = child_text(link, "TxnLineID") or ""
            wanted = next((line for line in open_lines(order) if line.txn_line_id == line_id), None)
            if wanted is None:
                raise Refusal(3120, f'Object "{line_id}" specified in the request cannot be found.')
            lines.append(copy_line(company, wanted))
            takeovers.append((order, wanted))
    if not lines:
        raise Refusal(
            3210,
            f'The "{kind.value}Line" field has an invalid value "".  QuickBooks error message: A transaction needs at '
            "least one line.",
        )
    check_total(total_of(line.amount for line in lines), kind.value)
    return lines, takeovers
