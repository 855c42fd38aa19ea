"""Creating and updating estimates and invoices.

An object with an Id is an update. A sparse one keeps what it leaves out; a full one empties what it leaves out, but
for document number, date, currency and custom fields, which stay in the recorded full update. Lines are never merged.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Final

from msgspec import UNSET, UnsetType

from app.practice.quickbooks_online.bodies import DocumentBody, EstimateBody
from app.practice.quickbooks_online.company import CURRENCIES, OnlineCompany
from app.practice.quickbooks_online.document_lines import set_lines
from app.practice.quickbooks_online.document_rules import check_may_write, check_open, check_token, existing
from app.practice.quickbooks_online.reading import given, needed, plain
from app.practice.quickbooks_online.records import ZERO, Document, DocumentKind, ListKind, ListRecord
from app.practice.quickbooks_online.refusals import bad_customer, bad_reference, business, duplicate_number
from app.practice.quickbooks_online.views import currency_of

_KEPT: Final = {
    "CustomerMemo": "customer_memo",
    "BillAddr": "bill_addr",
    "ShipAddr": "ship_addr",
    "BillEmail": "bill_email",
    "EmailStatus": "email_status",
    "PrintStatus": "print_status",
    "PONumber": "po_number",
    "ShipDate": "ship_date",
    "TrackingNum": "tracking_num",
    "ApplyTaxAfterDiscount": "apply_tax_after_discount",
    "ExpirationDate": "expiration_date",
    "AcceptedBy": "accepted_by",
    "AcceptedDate": "accepted_date",
    "AllowIPNPayment": "allow_ipn_payment",
    "AllowOnlinePayment": "allow_online_payment",
    "AllowOnlineCreditCardPayment": "allow_online_credit_card_payment",
    "AllowOnlineACHPayment": "allow_online_ach_payment",
}
"""Properties that are kept as they are sent, with the attributes they come in."""
_NEVER_EMPTIED: Final = {"CustomField": "custom_field"}
_LISTS_WITHOUT_RECORDS: Final = {"Class": "class_ref", "Department": "department_ref", "SalesTerm": "sales_term_ref"}


def write_document(
    company: OnlineCompany, kind: DocumentKind, body: DocumentBody, *, may_duplicate: bool = False
) -> Document:
    """Create or update a document, wholly or not at all.

    Args:
        company: Whose.
        kind: What it is.
        body: What was sent.
        may_duplicate: Whether a taken number is taken once more (`include=allowduplicatedocnum`).

    Raises:
        Refusal: A rule of the service or of the company forbids it.
    """
    check_may_write(company, kind)
    before = None if isinstance(body.id, UnsetType) else existing(company, kind, body.id)
    if before is not None:
        check_token(company, before, body.sync_token)
        check_open(company, before)
    is_sparse = before is not None and body.sparse is True
    customer = _customer(company, body, before if is_sparse else None)
    draft = _blank(company, kind, customer) if before is None else deepcopy(before)
    draft.customer_id = customer.id
    _set_head(company, draft, body, is_sparse=is_sparse)
    draft.currency = _currency(company, customer, body, before)
    _set_fields(draft, body, is_sparse=is_sparse)
    if not (is_sparse and body.line is UNSET):
        draft.tax_percent = company.preferences.tax_percent or ZERO
        set_lines(company, draft, needed(body.line, "Line"), is_new=before is None)
    if draft.total < 0:
        raise business("Transaction amount must be 0 or greater")
    check_open(company, draft)
    _set_number(company, draft, body, before, may_duplicate=may_duplicate)
    if before is None:
        draft.id = company.new_id("Txn")
    else:
        company.touch(draft)
    company.keep_document(draft)
    return draft


def _blank(company: OnlineCompany, kind: DocumentKind, customer: ListRecord) -> Document:
    now = company.moment()
    return Document(
        id="",
        created=now,
        modified=now,
        kind=kind,
        customer_id=customer.id,
        txn_date=company.today(),
        doc_number=None,
        currency=company.preferences.home_currency,
    )


def _customer(company: OnlineCompany, body: DocumentBody, before: Document | None) -> ListRecord:
    if before is not None and body.customer_ref is UNSET:
        wanted = before.customer_id
    else:
        wanted = needed(body.customer_ref, "CustomerRef").value
    customer = company.find_list(ListKind.CUSTOMER, wanted)
    if customer is None or not customer.is_active:
        raise bad_customer(wanted)
    return customer


def _currency(company: OnlineCompany, customer: ListRecord, body: DocumentBody, before: Document | None) -> str:
    """Settle the currency: the customer's, which must be named unless it is the company's own."""
    sent = given(body.currency_ref)
    home = company.preferences.home_currency
    code = sent.value if sent is not None else (home if before is None else before.currency)
    if code not in CURRENCIES:
        raise bad_reference("Currency", code)
    if not company.preferences.multi_currency and code != home:
        raise business("Multi currency is not enabled for this company")
    if code != currency_of(company, customer):
        raise business("The currency of the transaction is invalid for the customer")
    return code


def _set_head(company: OnlineCompany, draft: Document, body: DocumentBody, *, is_sparse: bool) -> None:
    for name, attribute in _LISTS_WITHOUT_RECORDS.items():
        reference = given(getattr(body, attribute))
        if reference is not None:
            raise bad_reference(name, reference.value)
    draft.txn_date = given(body.txn_date) or draft.txn_date
    if not (is_sparse and body.private_note is UNSET):
        draft.private_note = given(body.private_note)
    if draft.kind is DocumentKind.INVOICE:
        if not (is_sparse and body.due_date is UNSET):
            draft.due_date = given(body.due_date) or draft.txn_date + timedelta(days=company.preferences.due_days)
    elif isinstance(body, EstimateBody) and not (is_sparse and body.txn_status is UNSET):
        draft.status = given(body.txn_status) or ("Closed" if draft.links else "Pending")


def _set_fields(draft: Document, body: DocumentBody, *, is_sparse: bool) -> None:
    for name, attribute in {**_KEPT, **_NEVER_EMPTIED}.items():
        value = getattr(body, attribute, UNSET)
        if value is UNSET:
            if not is_sparse and name not in _NEVER_EMPTIED:
                draft.fields.pop(name, None)
        elif value is None or value == "":
            draft.fields.pop(name, None)
        else:
            draft.fields[name] = plain(value)


def _set_number(
    company: OnlineCompany, draft: Document, body: DocumentBody, before: Document | None, *, may_duplicate: bool
) -> None:
    """Give the document its number; a company that numbers by itself ignores what was sent."""
    if not company.preferences.custom_numbers:
        if before is None:
            draft.doc_number = company.next_number(draft.kind)
        return
    if body.doc_number is UNSET:
        return
    number = given(body.doc_number)
    if number is not None and company.preferences.checks_duplicates and not may_duplicate:
        for other in company.all_documents(draft.kind):
            if other.doc_number == number and (before is None or other.id != before.id):
                raise duplicate_number(number, draft.kind, other.id)
    draft.doc_number = number
