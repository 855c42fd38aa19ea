"""What the program relies on QuickBooks Online for, asked of the practice service and of a real company alike."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from app.books.quickbooks_online import documents
from app.books.quickbooks_online.documents import ENTITY
from app.books.quickbooks_online.fault_codes import meaning
from app.books.quickbooks_online.wire import Complaint
from app.books.run.accounting_system import ChangedLine, DocumentChange, KeptLine, Search
from app.books.run.meaning import Meaning
from app.books.run.watching import is_older
from app.domain.books_document import BooksDocument, differences
from app.domain.books_names import NameKind
from app.domain.sales_order import DocumentKind, SalesOrder
from app.domain.values import replace
from tests.live.books import LiveBooks, now

ESTIMATE, INVOICE = DocumentKind.ESTIMATE, DocumentKind.INVOICE
KINDS = pytest.mark.parametrize("kind", [ESTIMATE, INVOICE])
# The clocks of both sides may differ.
A_WHILE = timedelta(minutes=10)


def added(books: LiveBooks, kind: DocumentKind, number: str, *amounts: str) -> tuple[SalesOrder, BooksDocument]:
    """Add a document, and give it with its order."""
    order = books.order(number, *(amounts or ("900.00", "33.33")))
    reply = books.add(kind, order)
    assert reply.meaning is Meaning.DONE, reply.raw
    assert reply.document is not None
    assert (reply.trace or "").startswith("intuit_tid ")
    return order, reply.document


def test_the_company_introduces_itself(books: LiveBooks) -> None:
    company = books.company
    assert (company.realm_id, bool(company.name), bool(company.country)) == (books.realm_id, True, True)
    assert company.is_using_estimates, "switch estimates on in the company, for the rest of the contract"


def test_names_with_an_apostrophe_and_foreign_letters_are_found(books: LiveBooks) -> None:
    wanted = [(NameKind.CUSTOMER, books.customer.full_name), (NameKind.ITEM, books.item.full_name)]
    found = books.ask(books.system.entries([*wanted, (NameKind.CUSTOMER, f"nobody {books.mark}")]))
    assert [[each.list_id for each in names] for names in found] == [
        [books.customer.list_id],
        [books.item.list_id],
        [],
    ]
    everybody = books.ask(books.system.whole_list(NameKind.CUSTOMER))
    assert books.customer in everybody


def test_a_name_is_taken_once(books: LiveBooks) -> None:
    name = books.customer.full_name
    (again,) = books.ask(books.system.create_customers([name], {name: "Another"}))
    assert (again.meaning, again.names) == (Meaning.NAME_TAKEN, [])


@KINDS
def test_a_document_is_made_and_found_as_it_was_meant(books: LiveBooks, kind: DocumentKind) -> None:
    order, document = added(books, kind, "1")
    assert differences(order, document, books.customer.list_id) == ()
    assert (document.memo, document.is_untouched, document.is_closed) == (order.memo, True, False)
    assert [line.charge_id for line in document.lines] == [line.charge_id for line in order.lines]
    assert [line.description for line in document.lines] == [line.description for line in order.lines]
    assert document.ref_number == order.invoice or not books.company.keeps_our_numbers

    assert books.document(kind, document.txn_id) == document
    found = books.ask(books.system.find(kind, [Search(order, books.customer.list_id, (order.invoice,))]))
    assert document in found
    there = books.ask(books.system.there([(kind, document.txn_id), (kind, "987654321")]))
    assert there == {document.txn_id: document.edit_sequence}


@KINDS
def test_the_same_call_is_answered_as_the_first_time_and_writes_nothing_again(
    books: LiveBooks, kind: DocumentKind
) -> None:
    order = books.order("2", "12.40")
    request_id = books.system.new_message_set_id()
    first, again = (books.add(kind, order, request_id) for _ in range(2))
    assert first.made is not None
    assert (again.meaning, again.made) == (Meaning.DONE, first.made)
    found = books.ask(books.system.find(kind, [Search(order, books.customer.list_id, (order.invoice,))]))
    assert [each.txn_id for each in found if each.memo == order.memo] == [first.made.txn_id]


@KINDS
def test_a_change_keeps_the_lines_it_names_and_replaces_all_others(books: LiveBooks, kind: DocumentKind) -> None:
    order, before = added(books, kind, "3", "900.00", "33.33", "12.40")
    bigger = books.order("3", "900.00", "44.44", "12.40", "7.00")
    after = replace(
        order, date=order.date - timedelta(days=1), lines=(order.lines[0], bigger.lines[1], bigger.lines[3])
    )
    change = DocumentChange(
        document=before,
        order=after,
        sends_customer=False,
        sends_date=True,
        lines=(
            KeptLine(before.lines[0].line_id),
            ChangedLine(before.lines[1].line_id, after.lines[1]),
            ChangedLine(None, after.lines[2]),
        ),
    )
    reply = books.write(kind, books.system.change(kind, "mod0", change, books.references))
    assert reply.meaning is Meaning.DONE, reply.raw
    found = books.document(kind, before.txn_id)
    assert found is not None
    assert found == reply.document
    assert differences(after, found, books.customer.list_id) == ()
    assert [line.line_id for line in found.lines[:2]] == [line.line_id for line in before.lines[:2]]
    assert found.lines[2].line_id not in {line.line_id for line in before.lines}
    assert (found.memo, found.ref_number) == (before.memo, before.ref_number), "what is not named stays"
    assert is_older(before.edit_sequence, found.edit_sequence)

    stale = books.write(kind, books.system.change(kind, "mod1", change, books.references))
    assert (stale.meaning, stale.document) == (Meaning.STALE, None), stale.raw
    assert books.document(kind, before.txn_id) == found


def test_an_estimate_is_rejected_accepted_again_and_deleted(books: LiveBooks) -> None:
    order, document = added(books, ESTIMATE, "4", "50.00")
    since = now() - A_WHILE
    rejected = books.write(ESTIMATE, books.system.close(ESTIMATE, "rem0", document))
    assert rejected.document is not None
    assert rejected.document.is_closed, rejected.raw
    lines = tuple(KeptLine(line.line_id) for line in rejected.document.lines)
    change = DocumentChange(rejected.document, order, sends_customer=False, sends_date=False, lines=lines, reopens=True)
    opened = books.write(ESTIMATE, books.system.change(ESTIMATE, "mod0", change, books.references))
    assert opened.document is not None
    assert not opened.document.is_closed, opened.raw

    deleted = books.write(ESTIMATE, books.system.delete(ESTIMATE, "rem1", opened.document))
    assert (deleted.meaning, deleted.document) == (Meaning.DONE, None), deleted.raw
    assert books.document(ESTIMATE, document.txn_id) is None
    again = books.write(ESTIMATE, books.system.delete(ESTIMATE, "rem2", opened.document))
    assert again.meaning is Meaning.REFERENCE, again.raw
    assert books.eventually(lambda: document.txn_id in books.ask(books.system.changed_since(ESTIMATE, since)).gone), (
        "a deletion is told"
    )


def test_an_invoice_is_voided_and_still_says_whose_it_is(books: LiveBooks) -> None:
    order, document = added(books, INVOICE, "5", "50.00")
    since = now() - A_WHILE
    request = books.system.close(INVOICE, "rem0", document)
    assert books.system.goes_alone(request)
    voided = books.write(INVOICE, request)
    assert voided.meaning is Meaning.DONE, voided.raw
    found = books.document(INVOICE, document.txn_id)
    assert found is not None
    assert (found.is_closed, found.subtotal, found.ref_number) == (True, Decimal(0), document.ref_number)
    assert order.memo in found.memo

    def is_told() -> bool:
        changed = books.ask(books.system.changed_since(INVOICE, since))
        return (found.txn_id, found.edit_sequence) in {(each.txn_id, each.edit_sequence) for each in changed.documents}

    assert books.eventually(is_told), "a void is a change, not a deletion"


@KINDS
def test_a_batch_is_told_part_by_part(books: LiveBooks, kind: DocumentKind) -> None:
    good, bad = books.order("6", "5.00"), books.order("7", "6.00")
    nobody = replace(books.references, customer="987654321")
    requests = [
        books.system.add(kind, "add0", bad, bad.invoice, nobody),
        books.system.add(kind, "add1", good, good.invoice, books.references),
    ]
    text = books.system.message_set(requests, books.system.new_message_set_id())
    replies = books.system.replies(books.send(text))
    refused, made = replies.get("add0"), replies.get("add1")
    assert refused is not None
    assert refused.meaning is Meaning.REFERENCE, refused.raw
    assert made is not None
    assert made.made is not None, made.raw
    books.remember(kind, made.made.txn_id)


@pytest.mark.parametrize(
    ("changes", "means"),
    [
        ({"Caboose": "red"}, Meaning.BUG),
        ({"DocNumber": "x" * 22}, Meaning.BUG),
        ({"Id": "987654321"}, Meaning.REFERENCE),
    ],
)
def test_what_is_refused_has_the_meaning_we_think(books: LiveBooks, changes: dict[str, object], means: Meaning) -> None:
    order = books.order("8", "5.00")
    company = books.company
    body = documents.created(
        ESTIMATE,
        order,
        order.invoice,
        books.references,
        is_multi_currency=company.is_multi_currency,
        country=company.country,
    )
    token = {"SyncToken": "0", "sparse": True} if "Id" in changes else {}
    fault = books.post(f"/{ENTITY[ESTIMATE].lower()}", body | token | changes)["Fault"]["Error"][0]
    complaint = Complaint(fault["code"], fault["Message"], fault.get("Detail", ""))
    assert meaning(complaint) is means, complaint


def test_a_line_whose_figures_do_not_multiply_is_refused(books: LiveBooks) -> None:
    order = books.order("9", "5.00")
    text = books.system.add(ESTIMATE, "add0", order, order.invoice, books.references)
    assert '"Qty":12.5' in text
    reply = books.write(ESTIMATE, text.replace('"Qty":12.5', '"Qty":12'))
    assert reply.meaning is Meaning.BUG, reply.raw
