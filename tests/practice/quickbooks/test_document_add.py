"""Adding sales orders, estimates and invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.practice.quickbooks import Edition, ListKind, NewLine
from app.practice.quickbooks.document_view import HEADER_ORDER
from app.practice.quickbooks.records import DocumentKind
from tests.practice.quickbooks.asking import Books, line, message, open_books, order_body, status, text, texts


def test_a_sales_order_comes_back_complete(books: Books) -> None:
    lines = line("storage", "2", rate="75.125", more="<Other1>900123</Other1>") + line(
        "DEMURRAGE", "3", amount="100.00"
    )
    response = books.add(order_body("INV-1001", lines))
    assert status(response) == 0
    order = response.find("SalesOrderRet")
    assert order is not None
    assert text(order, "CustomerRef/FullName") == "4410"
    assert text(order, "TxnDate") == "2026-03-31"
    assert text(order, "RefNumber") == "INV-1001"
    assert text(order, "TimeCreated") == "2026-11-22T15:15:03+00:00"
    assert texts(order, "SalesOrderLineRet/Amount") == ["150.25", "100.00"]
    assert texts(order, "SalesOrderLineRet/Rate") == ["75.125", "33.33333"]
    assert texts(order, "SalesOrderLineRet/Other1") == ["900123"]
    assert len(set(texts(order, "SalesOrderLineRet/TxnLineID"))) == 2
    assert (text(order, "Subtotal"), text(order, "TotalAmount")) == ("250.25", "250.25")
    assert text(order, "EditSequence") == books.company.order(text(order, "TxnID")).edit_sequence


@pytest.mark.parametrize(
    ("given", "amount", "rate"),
    [
        (line("STORAGE", "2", rate="75.125"), "150.25", "75.125"),
        (line("STORAGE", "3", amount="100"), "100.00", "33.33333"),
        (line("STORAGE", "2", rate="0.005", amount="0.01"), "0.01", "0.005"),
        (line("STORAGE", amount="80.00"), "80.00", "80"),
        (line("STORAGE", rate="80"), "80.00", "80"),
        (line("STORAGE", "3"), "37.50", "12.5"),
        (line("STORAGE"), "12.50", "12.5"),
        (line("DEMURRAGE", "3"), "0.00", "0"),
        (line("STORAGE", "1", rate="0.125"), "0.13", "0.125"),
        (line("STORAGE", "0", amount="0"), "0.00", "0"),
    ],
)
def test_quantity_rate_and_amount_complete_each_other(books: Books, given: str, amount: str, rate: str) -> None:
    response = books.add(order_body("1", given))
    assert text(response, ".//SalesOrderLineRet/Amount") == amount
    assert text(response, ".//SalesOrderLineRet/Rate") == rate


@pytest.mark.parametrize(
    "given",
    [
        line("STORAGE", "2", rate="75.12", amount="150.25"),
        line("STORAGE", rate="75.12", amount="75.00"),
        line("STORAGE", "0", amount="5.00"),
        line("STORAGE", "1", amount="-5.00"),
        line("", "1", amount="5.00"),
        line("DISCOUNT", more="<RatePercent>10</RatePercent>"),
    ],
)
def test_contradictions_and_negative_totals_are_refused(books: Books, given: str) -> None:
    assert status(books.add(order_body("1", given))) == 3210
    assert books.company.orders() == []


def test_a_negative_line_is_fine_while_the_total_is_not_negative(books: Books) -> None:
    response = books.add(order_body("1", line("STORAGE", "1", amount="50.00") + line("DISCOUNT", amount="-50.00")))
    assert text(response, ".//Subtotal") == "0.00"


def test_a_percentage_counts_from_the_line_above(books: Books) -> None:
    lines = line("STORAGE", "1", rate="80") + "<Line><ItemRef><FullName>DISCOUNT</FullName></ItemRef>"
    lines += "<RatePercent>-10</RatePercent></Line>"
    response = books.add(order_body("1", lines))
    assert texts(response, ".//SalesOrderLineRet/Amount") == ["80.00", "-8.00"]


def test_an_amount_beyond_all_bounds_is_too_large(books: Books) -> None:
    assert status(books.add(order_body("1", line("STORAGE", "9999999999", rate="9999999999")))) == 3110


def test_a_line_of_mere_text_has_no_money(books: Books) -> None:
    response = books.add(order_body("1", line("", desc="Thank you") + line("STORAGE", "1")))
    assert texts(response, ".//SalesOrderLineRet/Amount") == ["12.50"]
    assert texts(response, ".//SalesOrderLineRet/Desc") == ["Thank you", "Car storage"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (order_body("1", line("STORAGE", "1"), customer="Nobody"), "Nobody"),
        (order_body("1", line("STORAGE", "1"), customer="4500"), "4500"),
        (order_body("1", line("STORAGE", "1"), customer="Track Supply"), "Track Supply"),
        (order_body("1", line("RETIRED", "1")), "RETIRED"),
        (order_body("1", line("SWITCHING", "1")), "SWITCHING"),
        (
            order_body("1", line("STORAGE", "1")).replace(
                "<Memo>", "<TermsRef><FullName>Net 99</FullName></TermsRef><Memo>"
            ),
            "Net 99",
        ),
        (
            order_body("1", "")
            + "<SalesOrderLineGroupAdd><ItemGroupRef><FullName>Pack</FullName></ItemGroupRef></SalesOrderLineGroupAdd>",
            "Pack",
        ),
    ],
)
def test_an_unknown_or_inactive_reference_is_named(books: Books, body: str, named: str) -> None:
    response = books.add(body)
    assert status(response) == 3140
    assert message(response).startswith("There is an invalid reference to QuickBooks")
    assert f'"{named}"' in message(response)
    assert books.company.orders() == []


def test_of_list_id_and_name_the_list_id_counts(books: Books) -> None:
    body = order_body("1", line("STORAGE", "1")).replace(
        "<CustomerRef>", f"<CustomerRef><ListID>{books.customer_id}</ListID>"
    )
    assert text(books.add(body.replace("4410</FullName>", "Nobody</FullName>")), ".//CustomerRef/FullName") == "4410"
    stale = body.replace(books.customer_id, "80001111-1700000000")
    assert status(books.add(stale)) == 3140
    assert status(books.add(body.replace(books.customer_id, "nonsense"))) == 3000


def test_an_empty_reference_is_a_missing_element(books: Books) -> None:
    body = order_body("1", line("STORAGE", "1")).replace("<FullName>4410</FullName>", "")
    assert status(books.add(body)) == 3150


@pytest.mark.parametrize("edition", [Edition.PREMIER, Edition.ACCOUNTANT, Edition.ENTERPRISE])
def test_every_edition_but_pro_creates_sales_orders(edition: Edition) -> None:
    assert open_books(edition).add_order()


def test_pro_and_a_company_without_sales_orders_say_not_enabled() -> None:
    books = open_books(Edition.PRO)
    response = books.add(order_body("1", line("STORAGE", "1")))
    assert status(response) == 3250
    assert "not enabled or not available" in message(response)
    books.company.edition = Edition.ENTERPRISE
    books.company.sales_orders_enabled = False
    assert status(books.add(order_body("1", line("STORAGE", "1")))) == 3250
    books.company.sales_orders_enabled = True
    assert books.add_order()


def test_estimates_can_be_switched_off(books: Books) -> None:
    books.company.estimates_enabled = False
    assert status(books.add(order_body("1", line("STORAGE", "1"), name="Estimate"), "Estimate")) == 3250


@pytest.mark.parametrize("name", ["SalesOrder", "Estimate", "Invoice"])
def test_the_closing_date_stops_documents_on_and_before_it(books: Books, name: str) -> None:
    body = order_body("1", line("STORAGE", "1"), name=name)
    books.company.closing_date = date(2026, 3, 31)
    assert status(books.add(body, name)) == 3171
    assert status(books.add(body.replace("2026-03-31", "2026-04-01"), name)) == 0
    books.company.closing_date_spares_orders = True
    assert status(books.add(body, name)) == (3171 if name == "Invoice" else 0)


def test_the_same_number_is_taken_twice(books: Books) -> None:
    assert books.add_order("INV-1") != books.add_order("INV-1")


def test_without_a_date_the_last_one_used_is_taken(books: Books) -> None:
    undated = order_body("1", line("STORAGE", "1")).replace("<TxnDate>2026-03-31</TxnDate>", "")
    assert text(books.add(undated), ".//TxnDate") == "2026-11-22"
    books.add_order()
    assert text(books.add(undated), ".//TxnDate") == "2026-03-31"


def test_without_a_number_the_next_one_is_taken(books: Books) -> None:
    books.add_order("INV-0099")
    response = books.add(order_body("", line("STORAGE", "1")).replace("<RefNumber></RefNumber>", ""))
    assert text(response, ".//RefNumber") == "INV-0100"


def test_what_is_left_out_comes_from_the_customer_and_the_company(books: Books) -> None:
    books.company.add_customer("4600", terms="Net 30")
    response = books.add(order_body("1", line("STORAGE", "1"), customer="4600"))
    assert text(response, ".//TermsRef/FullName") == "Net 30"
    assert text(response, ".//DueDate") == "2026-04-30"
    assert text(response, ".//TemplateRef/FullName") == "Custom Sales Order"
    assert text(response, ".//IsToBePrinted") == "true"


def test_the_header_comes_back_as_it_was_sent(books: Books) -> None:
    books.company.add_to_list(ListKind.SALES_REP, "ABC")
    body = (
        f"<CustomerRef><ListID>{books.customer_id}</ListID></CustomerRef><TxnDate>2026-03-31</TxnDate>"
        "<RefNumber>1</RefNumber><BillAddress><Addr1>Acme &amp; Co</Addr1><City>Salina</City><State>KS</State>"
        "<PostalCode>67401</PostalCode></BillAddress><PONumber>PO 7</PONumber><SalesRepRef><FullName>abc</FullName>"
        "</SalesRepRef><FOB>Salina</FOB><IsManuallyClosed>1</IsManuallyClosed><Memo>&lt;memo&gt;</Memo>"
        "<IsToBePrinted>false</IsToBePrinted><Other>o</Other>"
        "<ExternalGUID>{90A44FB7-33D9-4815-AC85-AC86A7E7D1EB}</ExternalGUID>"
    )
    response = books.add(body + line("STORAGE", "1").replace("Line>", "SalesOrderLineAdd>"))
    found = response.find("SalesOrderRet")
    assert found is not None
    assert text(found, "BillAddress/City") == "Salina"
    assert text(found, "BillAddressBlock/Addr2") == "Salina, KS 67401"
    assert text(found, "SalesRepRef/FullName") == "ABC"
    assert text(found, "Memo") == "<memo>"
    assert text(found, "IsManuallyClosed") == "true"
    assert text(found, "IsToBePrinted") == "false"
    assert text(found, "ExternalGUID") == "{90A44FB7-33D9-4815-AC85-AC86A7E7D1EB}"
    order = HEADER_ORDER[DocumentKind.SALES_ORDER]
    places = [order.index(str(child.tag)) for child in found if child.tag != "SalesOrderLineRet"]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("<ClassRef><FullName>Freight</FullName></ClassRef>", 3250),
        ("<SalesTaxCodeRef><FullName>Non</FullName></SalesTaxCodeRef>", 3250),
        ("<DataExt><OwnerID>0</OwnerID><DataExtName>Car</DataExtName><DataExtValue>1</DataExtValue></DataExt>", 3121),
        ("<InventorySiteRef><FullName>Yard</FullName></InventorySiteRef>", 3250),
    ],
)
def test_switched_off_features_are_refused(books: Books, more: str, code: int) -> None:
    assert status(books.add(order_body("1", line("STORAGE", "1", more=more)))) == code


def test_a_public_custom_field_is_kept_and_shown_to_those_who_ask(books: Books) -> None:
    books.company.custom_fields.add("Car")
    field = "<DataExt><OwnerID>0</OwnerID><DataExtName>Car</DataExtName><DataExtValue>ABCX 1</DataExtValue></DataExt>"
    assert status(books.add(order_body("1", line("STORAGE", "1", more=field)))) == 0
    query = "<SalesOrderQueryRq><IncludeLineItems>true</IncludeLineItems>{}</SalesOrderQueryRq>"
    assert text(books.ask_one(query.format("<OwnerID>0</OwnerID>")), ".//DataExtValue") == "ABCX 1"
    assert books.ask_one(query.format("")).find(".//DataExtRet") is None


def test_sales_tax_is_added_to_the_total_and_not_to_the_subtotal(books: Books) -> None:
    books.company.turn_on_sales_tax(Decimal("5"))
    untaxed = line("STORAGE", "1", amount="50.00", more="<SalesTaxCodeRef><FullName>non</FullName></SalesTaxCodeRef>")
    response = books.add(order_body("1", line("STORAGE", "1", amount="100.00") + untaxed))
    assert text(response, ".//Subtotal") == "150.00"
    assert text(response, ".//SalesTaxTotal") == "5.00"
    assert text(response, ".//TotalAmount") == "155.00"
    assert texts(response, ".//SalesOrderLineRet/SalesTaxCodeRef/FullName") == ["Tax", "Non"]


def test_with_several_currencies_the_customer_decides(books: Books) -> None:
    body = order_body("1", line("STORAGE", "1", amount="10.00"), customer="Nord")
    rate = body.replace("<SalesOrderLineAdd>", "<ExchangeRate>0.75</ExchangeRate><SalesOrderLineAdd>", 1)
    books.company.add_customer("Nord", currency="Canadian Dollar")
    assert status(books.add(rate)) == 3250
    books.company.multi_currency = True
    response = books.add(rate)
    assert text(response, ".//CurrencyRef/FullName") == "Canadian Dollar"
    assert text(response, ".//TotalAmountInHomeCurrency") == "7.50"


def test_a_price_level_of_the_line_changes_the_items_price(books: Books) -> None:
    books.company.add_to_list(ListKind.PRICE_LEVEL, "Friends", percent=Decimal("-20"))
    level = "<PriceLevelRef><FullName>Friends</FullName></PriceLevelRef>"
    response = books.add(order_body("1", line("STORAGE", "2", more=level)))
    assert text(response, ".//SalesOrderLineRet/Amount") == "20.00"


def test_the_answer_can_be_narrowed(books: Books) -> None:
    body = order_body("1", line("STORAGE", "1"))
    response = books.ask_one(
        f"<SalesOrderAddRq><SalesOrderAdd>{body}</SalesOrderAdd><IncludeRetElement>TxnID</IncludeRetElement>"
        "<IncludeRetElement>SalesOrderLineRet</IncludeRetElement></SalesOrderAddRq>"
    )
    assert {str(child.tag) for child in response[0]} == {"TxnID", "SalesOrderLineRet"}


def test_an_invoice_can_be_pending_and_counts_into_the_balance_only_when_it_is_not(books: Books) -> None:
    def balance() -> str:
        return text(books.ask_one("<CustomerQueryRq><FullName>4410</FullName></CustomerQueryRq>"), ".//Balance")

    body = order_body("1", line("STORAGE", "1", amount="10.00"), name="Invoice")
    pending = body.replace("<Memo>", "<IsPending>true</IsPending><Memo>")
    assert text(books.add(pending, "Invoice"), ".//IsPending") == "true"
    assert balance() == "0.00"
    assert text(books.add(body, "Invoice"), ".//BalanceRemaining") == "10.00"
    assert balance() == "10.00"


def test_an_invoice_takes_over_an_order_and_leaves_its_traces(books: Books) -> None:
    txn_id = books.add_order()
    body = order_body("9", f"<LinkToTxnID>{txn_id}</LinkToTxnID>", name="Invoice")
    invoice = books.add(body, "Invoice")
    assert status(invoice) == 0
    assert text(invoice, ".//Subtotal") == "20.00"
    assert books.company.order(txn_id).is_fully_invoiced
    assert status(books.add(body, "Invoice")) == 3210
    assert status(books.add(body.replace(txn_id, "FFFF-1"), "Invoice")) == 3120


def test_an_invoice_line_takes_over_one_line_of_an_order(books: Books) -> None:
    txn_id = books.add_order(lines=line("STORAGE", "1", rate="10") + line("DEMURRAGE", "1", rate="5"))
    line_id = books.company.order(txn_id).lines[1].txn_line_id
    link = f"<Line><LinkToTxn><TxnID>{txn_id}</TxnID><TxnLineID>{line_id}</TxnLineID></LinkToTxn></Line>"
    assert text(books.add(order_body("9", link, name="Invoice"), "Invoice"), ".//Subtotal") == "5.00"
    assert [row.invoiced for row in books.company.order(txn_id).lines] == [0, 1]


def test_an_invoice_needs_a_line_and_knows_no_credits(books: Books) -> None:
    assert status(books.add(order_body("9", "", name="Invoice"), "Invoice")) == 3210
    credit = "<SetCredit><CreditTxnID>1-1</CreditTxnID><AppliedAmount>1.00</AppliedAmount></SetCredit>"
    assert status(books.add(order_body("9", credit + line("STORAGE", "1"), name="Invoice"), "Invoice")) == 3120


def test_the_edit_sequence_is_the_second_of_the_change(books: Books) -> None:
    order = books.company.order(books.add_order())
    assert order.edit_sequence == str(int(books.clock.now.timestamp()))


def test_a_person_and_a_program_see_the_same_documents(books: Books) -> None:
    made = books.company.create_order("4410", [NewLine("STORAGE", Decimal(2), Decimal(3))], ref_number="PERSON-1")
    response = books.ask_one(
        f"<SalesOrderQueryRq><TxnID>{made}</TxnID><IncludeLineItems>1</IncludeLineItems></SalesOrderQueryRq>"
    )
    assert text(response, ".//Subtotal") == "6.00"
