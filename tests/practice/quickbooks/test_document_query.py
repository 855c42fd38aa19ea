"""Finding and removing documents."""

from __future__ import annotations

from datetime import date

import pytest

from tests.practice.quickbooks.asking import Books, line, status, text, texts


def query(inside: str, name: str = "SalesOrder", attributes: str = "") -> str:
    return f"<{name}QueryRq {attributes}>{inside}</{name}QueryRq>"


def numbers(books: Books, inside: str) -> list[str]:
    return texts(books.ask_one(query(inside)), "SalesOrderRet/RefNumber")


def test_a_number_is_found_without_case_with_all_its_bearers(books: Books) -> None:
    first, second = books.add_order("Inv-1"), books.add_order("INV-1")
    books.add_order("INV-12")
    response = books.ask_one(query("<RefNumber>inv-1</RefNumber>"))
    assert texts(response, "SalesOrderRet/TxnID") == [first, second]
    assert numbers(books, "<RefNumberCaseSensitive>INV-1</RefNumberCaseSensitive>") == ["INV-1"]


@pytest.mark.parametrize("code", [1, 500])
def test_a_number_that_misses_answers_as_the_company_is_set(books: Books, code: int) -> None:
    books.company.missed_ref_number_status = code
    books.add_order("INV-1")
    assert status(books.ask_one(query("<RefNumber>INV-2</RefNumber>"))) == code
    both = books.ask_one(query("<RefNumber>INV-2</RefNumber><RefNumber>INV-1</RefNumber>"))
    assert status(both) == (0 if code == 1 else 500)
    assert texts(both, "SalesOrderRet/RefNumber") == ["INV-1"]


def test_an_id_that_misses_is_a_warning_with_the_rest(books: Books) -> None:
    found = books.add_order()
    response = books.ask_one(query(f"<TxnID>FF-1</TxnID><TxnID>{found}</TxnID>"))
    assert (status(response), response.get("statusSeverity")) == (500, "Warn")
    assert texts(response, "SalesOrderRet/TxnID") == [found]


def test_lines_and_links_come_only_when_asked_for(books: Books) -> None:
    txn_id = books.add_order()
    invoice = books.company.make_invoice_from(txn_id)
    plain = books.ask_one(query(f"<TxnID>{txn_id}</TxnID>"))
    assert plain.find(".//SalesOrderLineRet") is None
    assert plain.find(".//LinkedTxn") is None
    full = books.ask_one(
        query(
            f"<TxnID>{txn_id}</TxnID><IncludeLineItems>true</IncludeLineItems><IncludeLinkedTxns>1</IncludeLinkedTxns>"
        )
    )
    assert text(full, ".//LinkedTxn/TxnID") == invoice
    assert text(full, ".//LinkedTxn/TxnType") == "Invoice"
    assert text(full, ".//SalesOrderLineRet/Invoiced") == "2"
    assert text(full, ".//IsFullyInvoiced") == "true"


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<TxnDateRangeFilter><FromTxnDate>2026-03-31</FromTxnDate></TxnDateRangeFilter>", ["INV-1", "INV-2"]),
        ("<TxnDateRangeFilter><FromTxnDate>2026-04-01</FromTxnDate></TxnDateRangeFilter>", ["INV-2"]),
        ("<TxnDateRangeFilter><ToTxnDate>2026-03-31</ToTxnDate></TxnDateRangeFilter>", ["INV-1"]),
        ("<TxnDateRangeFilter><DateMacro>LastMonth</DateMacro></TxnDateRangeFilter>", ["INV-2"]),
        ("<TxnDateRangeFilter><DateMacro>LastCalendarYearToDate</DateMacro></TxnDateRangeFilter>", []),
        ("<TxnDateRangeFilter><DateMacro>ThisCalendarYear</DateMacro></TxnDateRangeFilter>", ["INV-1", "INV-2"]),
        (
            "<RefNumberFilter><MatchCriterion>StartsWith</MatchCriterion><RefNumber>inv</RefNumber></RefNumberFilter>",
            ["INV-1", "INV-2"],
        ),
        (
            "<RefNumberFilter><MatchCriterion>EndsWith</MatchCriterion><RefNumber>-2</RefNumber></RefNumberFilter>",
            ["INV-2"],
        ),
        ("<RefNumberRangeFilter><FromRefNumber>INV-2</FromRefNumber></RefNumberRangeFilter>", ["INV-2"]),
        ("<EntityFilter><FullNameWithChildren>4410</FullNameWithChildren></EntityFilter>", ["INV-1", "INV-2"]),
        ("<MaxReturned>1</MaxReturned>", ["INV-1"]),
        (
            "<ModifiedDateRangeFilter><FromModifiedDate>2026-11-22T15:16:03</FromModifiedDate></ModifiedDateRangeFilter>",
            ["INV-2"],
        ),
        (
            "<ModifiedDateRangeFilter><ToModifiedDate>2026-11-22</ToModifiedDate></ModifiedDateRangeFilter>",
            ["INV-1", "INV-2"],
        ),
        (
            "<ModifiedDateRangeFilter><ToModifiedDate>2026-11-22T09:15:03-06:00</ToModifiedDate></ModifiedDateRangeFilter>",
            ["INV-1"],
        ),
    ],
)
def test_filters(books: Books, inside: str, found: list[str]) -> None:
    books.add_order("INV-1")
    books.clock.advance(minutes=1)
    books.company.edit_order(books.add_order("INV-2"), txn_date=date(2026, 10, 31))
    assert numbers(books, inside) == found


def test_a_range_turned_round_is_refused(books: Books) -> None:
    dates = "<FromTxnDate>2026-04-01</FromTxnDate><ToTxnDate>2026-03-01</ToTxnDate>"
    assert status(books.ask_one(query(f"<TxnDateRangeFilter>{dates}</TxnDateRangeFilter>"))) == 3030
    names = "<FromRefNumber>b</FromRefNumber><ToRefNumber>a</ToRefNumber>"
    assert status(books.ask_one(query(f"<RefNumberRangeFilter>{names}</RefNumberRangeFilter>"))) == 3031


def test_filters_that_match_nothing_are_no_error(books: Books) -> None:
    response = books.ask_one(query("<TxnDateRangeFilter><DateMacro>Today</DateMacro></TxnDateRangeFilter>"))
    assert (status(response), response.get("statusSeverity"), response.get("retCount")) == (1, "Info", "0")


def test_the_answer_holds_only_the_elements_asked_for(books: Books) -> None:
    books.add_order()
    response = books.ask_one(
        query(
            "<IncludeLineItems>0</IncludeLineItems><IncludeRetElement>TxnID</IncludeRetElement>"
            "<IncludeRetElement>EditSequence</IncludeRetElement>"
        )
    )
    assert [str(child.tag) for child in response[0]] == ["TxnID", "EditSequence"]


def test_meta_data_only_counts(books: Books) -> None:
    books.add_order()
    response = books.ask_one(query("", attributes='metaData="MetaDataOnly"'))
    assert (response.get("retCount"), len(response)) == ("1", 0)


def test_invoices_are_filtered_by_payment(books: Books) -> None:
    books.add_order("9", line("STORAGE", "1", amount="5.00"), name="Invoice")
    assert status(books.ask_one(query("<PaidStatus>PaidOnly</PaidStatus>", "Invoice"))) == 1
    assert status(books.ask_one(query("<PaidStatus>NotPaidOnly</PaidStatus>", "Invoice"))) == 0


def delete(txn_id: str, kind: str = "SalesOrder") -> str:
    return f"<TxnDelRq><TxnDelType>{kind}</TxnDelType><TxnID>{txn_id}</TxnID></TxnDelRq>"


DELETED = "<TxnDeletedQueryRq><TxnDelType>SalesOrder</TxnDelType>{}</TxnDeletedQueryRq>"


def test_a_deleted_order_is_gone_and_remembered_as_deleted(books: Books) -> None:
    txn_id = books.add_order("INV-1")
    response = books.ask_one(delete(txn_id))
    assert (text(response, "TxnID"), text(response, "RefNumber")) == (txn_id, "INV-1")
    assert status(books.ask_one(query(f"<TxnID>{txn_id}</TxnID>"))) == 500
    assert status(books.ask_one(query("<RefNumber>INV-1</RefNumber>"))) == 1
    assert status(books.ask_one(delete(txn_id))) == 3120
    assert text(books.ask_one(DELETED.format("")), "TxnDeletedRet/TxnID") == txn_id


def test_deletions_are_told_for_about_ninety_days(books: Books) -> None:
    books.company.delete_order(books.add_order())
    span = "<DeletedDateRangeFilter><FromDeletedDate>{}</FromDeletedDate></DeletedDateRangeFilter>"
    assert status(books.ask_one(DELETED.format(span.format("2026-11-22")))) == 0
    assert status(books.ask_one(DELETED.format(span.format("2026-11-23")))) == 1
    books.clock.advance(days=91)
    assert status(books.ask_one(DELETED.format(""))) == 1


def test_an_invoiced_order_cannot_be_deleted_until_its_invoice_is(books: Books) -> None:
    txn_id = books.add_order()
    invoice = books.company.make_invoice_from(txn_id)
    assert status(books.ask_one(delete(txn_id))) == 3160
    assert status(books.ask_one(delete(invoice, "Invoice"))) == 0
    assert not books.company.order(txn_id).is_fully_invoiced
    assert status(books.ask_one(delete(txn_id))) == 0


def test_closed_periods_and_locks_guard_against_deletion(books: Books) -> None:
    txn_id = books.add_order()
    books.company.lock(txn_id)
    assert status(books.ask_one(delete(txn_id))) == 3175
    books.company.unlock(txn_id)
    books.company.closing_date = date(2026, 3, 31)
    assert status(books.ask_one(delete(txn_id))) == 3161


def test_a_wrong_kind_does_not_delete(books: Books) -> None:
    txn_id = books.add_order()
    assert status(books.ask_one(delete(txn_id, "Estimate"))) == 3120
    assert status(books.ask_one(delete(txn_id, "Bill"))) == 3120
    assert len(books.company.orders()) == 1


def test_a_voided_invoice_stays_with_nothing_on_it(books: Books) -> None:
    txn_id = books.add_order("9", line("STORAGE", "1", amount="5.00"), name="Invoice")
    void = f"<TxnVoidRq><TxnVoidType>Invoice</TxnVoidType><TxnID>{txn_id}</TxnID></TxnVoidRq>"
    assert status(books.ask_one(void)) == 0
    invoice = books.company.order(txn_id)
    assert (str(invoice.subtotal), invoice.memo) == ("0.00", "VOID: Cedar invoice 9")
