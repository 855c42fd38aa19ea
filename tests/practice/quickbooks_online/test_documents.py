"""Creating, changing, voiding and deleting estimates and invoices."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.practice.quickbooks_online import Desk, DocumentKind, NewLine, OnlineCompany, Refusal
from app.practice.quickbooks_online.entities import change
from app.practice.quickbooks_online.json_text import encode
from tests.practice.quickbooks_online.calling import Caller, document, line


def test_an_estimate_is_kept_to_the_cent(caller: Caller) -> None:
    made = caller.create(
        DocNumber="INV-2026-004518",
        TxnDate="2026-11-18",
        TxnStatus="Accepted",
        CurrencyRef={"value": "USD"},
        PrivateNote="CEDAR:1042:INV-2026-004518\nGL 41200-017",
        CustomerMemo={"value": "Railroad charges"},
        Line=[
            line("900.00", Qty=12, UnitPrice=Decimal("75.00"), Description="Demurrage [#1]", ServiceDate="2026-11-14"),
            line("631.50", item="2", LineNum=2, Qty=3, UnitPrice=Decimal("210.50"), TaxCodeRef={"value": "NON"}),
            {"DetailType": "DescriptionOnly", "Description": "Period 2026-11"},
        ],
    )
    assert made["Line"][3] == {
        "Amount": Decimal("1531.50"),
        "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {},
    }
    assert [each.get("Id") for each in made["Line"]] == ["1", "2", "3", None]
    assert (made["SyncToken"], made["TotalAmt"], made["TxnTaxDetail"]) == ("0", Decimal("1531.50"), {"TotalTax": 0})
    assert made["MetaData"]["CreateTime"] == "2026-11-22T07:15:03-08:00"
    (held,) = caller.company.documents("Estimate")
    assert (held.id, held.customer, held.doc_number) == (made["Id"], "41200-017", "INV-2026-004518")
    assert (held.txn_date, held.status, held.total) == (date(2026, 11, 18), "Accepted", Decimal("1531.50"))
    assert [(each.item, each.quantity, each.unit_price, each.amount) for each in held.lines] == [
        ("Demurrage", Decimal(12), Decimal("75.00"), Decimal("900.00")),
        ("Switching", Decimal(3), Decimal("210.50"), Decimal("631.50")),
        (None, None, None, None),
    ]
    assert caller.get(f"/estimate/{held.id}")["Estimate"] == made


def test_amounts_leave_as_numbers_with_their_decimals(caller: Caller) -> None:
    body = encode(document(Line=[line("0.10"), line("900.00")]))
    text = caller.ask("POST", "/invoice", body).text
    assert '"Amount":0.10,' in text
    assert '"TotalAmt":900.10,' in text
    assert '"Balance":900.10}' in text


def test_defaults_are_those_of_the_service(caller: Caller) -> None:
    estimate, invoice = caller.create(), caller.create("invoice")
    assert estimate["TxnStatus"] == "Pending"
    assert not {"LinkedTxn", "Balance", "DueDate", "DocNumber", "AllowIPNPayment"} & estimate.keys()
    assert (invoice["LinkedTxn"], invoice["DueDate"], invoice["Balance"]) == ([], "2026-12-22", Decimal("900.00"))
    assert "TxnStatus" not in invoice
    assert invoice["Id"] != estimate["Id"], "transactions share one sequence of ids"


WRONG: list[tuple[str, dict[str, object], str, str | None]] = [
    ("no customer", {"CustomerRef": None}, "2020", "CustomerRef"),
    ("no lines", {"Line": []}, "2020", "Line"),
    ("unknown property", {"Vendor": 1}, "2010", None),
    ("unknown property of a line", {"Line": [line(Quantity=1)]}, "2010", None),
    ("number too long", {"DocNumber": "x" * 22}, "2050", "DocNumber"),
    ("description too long", {"Line": [line(Description="x" * 4001)]}, "2050", "Description"),
    ("no such status", {"TxnStatus": "Done"}, "2170", "TxnStatus"),
    ("no such detail", {"Line": [line(DetailType="Other")]}, "2170", "DetailType"),
    ("no such date", {"TxnDate": "18.11.2026"}, "2010", None),
    ("amount as text", {"Line": [{**line(), "Amount": "900.00"}]}, "2010", None),
    ("no amount", {"Line": [{**line(), "Amount": None}]}, "2020", "Amount"),
    ("control character", {"PrivateNote": "a\u0007b"}, "2010", None),
    ("missing customer", {"CustomerRef": {"value": "77"}}, "6250", ""),
    ("inactive customer", {"CustomerRef": {"value": "3"}}, "6250", ""),
    ("missing item", {"Line": [line(item="77")]}, "2500", ""),
    ("missing class", {"ClassRef": {"value": "1"}}, "2500", ""),
    ("wrong amount", {"Line": [line("900.01", Qty=12, UnitPrice=75)]}, "6070", ""),
    ("negative total", {"Line": [line("10.00"), line("-10.01")]}, "6000", ""),
    ("foreign currency", {"CurrencyRef": {"value": "CAD"}}, "6000", ""),
    ("missing object", {"Id": "77", "SyncToken": "0"}, "610", ""),
    ("no id", {"Id": "1.5", "SyncToken": "0"}, "2030", "Id"),
]


@pytest.mark.parametrize(
    ("properties", "code", "element"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG]
)
def test_what_is_wrong_is_refused_by_its_code(
    company: OnlineCompany, properties: dict[str, object], code: str, element: str | None
) -> None:
    with pytest.raises(Refusal) as caught:
        change(company, "Estimate", encode(document(**properties)), "write")
    assert (caught.value.code, caught.value.element) == (code, element)
    assert company.documents("Estimate") == []


def test_negative_lines_and_lines_without_quantity_are_fine(caller: Caller) -> None:
    made = caller.create(Line=[line("10.00"), line("-9.99", Qty=1, UnitPrice=Decimal("-9.99")), line("0.00", Qty=0)])
    assert made["TotalAmt"] == Decimal("0.01")


@settings(max_examples=60, deadline=None)
@given(
    quantity=st.decimals("0.01", "999", places=2),
    price=st.decimals("-9999", "9999", places=5),
    off=st.sampled_from(["-0.01", "0", "0.01"]),
)
def test_amount_is_quantity_times_price_in_cents(quantity: Decimal, price: Decimal, off: str) -> None:
    company = OnlineCompany("1")
    desk = Desk(company)
    desk.add_account("Services")
    desk.add_customer("A")
    desk.add_item("B")
    amount = (quantity * price).quantize(Decimal("0.01"), ROUND_HALF_UP) + Decimal(off)
    body = document(Line=[line(str(amount), Qty=quantity, UnitPrice=price), line("9999999.99")])
    if off == "0":
        change(company, "Invoice", encode(body), "write")
        (held,) = company.documents("Invoice")
        assert held.total == amount + Decimal("9999999.99")
    else:
        with pytest.raises(Refusal, match="6070"):
            change(company, "Invoice", encode(body), "write")


def test_a_sparse_update_keeps_the_head_and_replaces_the_lines(caller: Caller) -> None:
    made = caller.create(PrivateNote="CEDAR:1", DocNumber="7", TxnStatus="Accepted", Line=[line("1.00"), line("2.00")])
    caller.clock.advance(minutes=1)
    changed = caller.post(
        "/estimate",
        {
            "Id": made["Id"],
            "SyncToken": "0",
            "sparse": True,
            "Line": [line("5.00", Id="2"), line("1.00")],
            "CustomerMemo": {"value": "new"},
        },
    )["Estimate"]
    assert [each.get("Id") for each in changed["Line"]] == ["2", "3", None]
    assert (changed["PrivateNote"], changed["DocNumber"], changed["TxnStatus"]) == ("CEDAR:1", "7", "Accepted")
    assert (changed["SyncToken"], changed["CustomerMemo"]) == ("1", {"value": "new"})
    assert changed["MetaData"]["LastUpdatedTime"] == "2026-11-22T07:16:03-08:00"
    assert changed["MetaData"]["CreateTime"] == "2026-11-22T07:15:03-08:00"
    kept = caller.post("/estimate", {"Id": made["Id"], "SyncToken": "1", "sparse": True, "PrivateNote": ""})["Estimate"]
    assert "PrivateNote" not in kept
    assert kept["Line"] == changed["Line"]


def test_a_full_update_empties_what_it_leaves_out(caller: Caller) -> None:
    made = caller.create(PrivateNote="n", DocNumber="7", CustomerMemo={"value": "m"}, TxnDate="2026-11-01")
    changed = caller.post("/estimate", document(Id=made["Id"], SyncToken="0"))["Estimate"]
    assert not {"PrivateNote", "CustomerMemo"} & changed.keys()
    assert (changed["DocNumber"], changed["TxnDate"], changed["Line"][0]["Id"]) == ("7", "2026-11-01", "2")
    assert caller.refusal("/estimate", {"Id": made["Id"], "SyncToken": "1"})["element"] == "CustomerRef"


def test_what_was_read_can_be_sent_back(caller: Caller) -> None:
    for kind in ("estimate", "invoice"):
        made = caller.create(kind, PrivateNote="n", Line=[line("2.00", Qty=2, UnitPrice=1)])
        again = caller.post(f"/{kind}", made)[kind.capitalize()]
        assert {**again, "SyncToken": "0"} == made


def test_a_line_that_is_not_there_cannot_be_kept(caller: Caller) -> None:
    made = caller.create()
    body = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    assert caller.refusal("/estimate", {**body, "Line": [line(Id="9")]})["code"] == "2500"
    assert caller.refusal("/estimate", {**body, "Line": [line(Id="1"), line(Id="1")]})["code"] == "2500"


def test_a_stale_token_is_refused_with_a_persons_name(caller: Caller) -> None:
    made = caller.create()
    caller.desk.edit("Estimate", made["Id"], memo="by hand")
    for path, body in (
        ("/estimate", {"Id": made["Id"], "SyncToken": "0", "sparse": True}),
        ("/estimate?operation=delete", {"Id": made["Id"], "SyncToken": "0"}),
    ):
        error = caller.refusal(path.partition("?")[0], body, **({"operation": "delete"} if "?" in path else {}))
        assert (error["code"], error["element"]) == ("5010", "")
        assert caller.company.person in error["Detail"]
    assert caller.refusal("/estimate", {"Id": made["Id"], "sparse": True})["code"] == "2020"


def test_a_document_number_is_taken_once_per_kind(caller: Caller) -> None:
    first = caller.create(DocNumber="7")
    other = caller.create("invoice", DocNumber="7")
    error = caller.refusal("/estimate", document(DocNumber="7"))
    assert error["code"] == "6140"
    assert f"DocNumber=7 is assigned to TxnType=Estimate with TxnId={first['Id']}" in error["Detail"]
    second = caller.create(DocNumber="8")
    renumbered = {"Id": second["Id"], "SyncToken": "0", "sparse": True, "DocNumber": "7"}
    assert caller.refusal("/estimate", renumbered)["code"] == "6140"
    assert caller.post("/invoice", {**renumbered, "Id": other["Id"]})["Invoice"]["DocNumber"] == "7"
    caller.desk.delete("Estimate", first["Id"])
    assert caller.post("/estimate", renumbered)["Estimate"]["DocNumber"] == "7"
    caller.desk.check_duplicates(is_on=False)
    assert caller.create(DocNumber="7")["DocNumber"] == "7"


def test_a_company_that_numbers_by_itself_ignores_what_is_sent(caller: Caller) -> None:
    caller.desk.use_custom_numbers(is_on=False)
    made = [caller.create(DocNumber="INV-7") for _ in range(2)]
    assert [each["DocNumber"] for each in made] == ["1001", "1002"]
    body = {"Id": made[0]["Id"], "SyncToken": "0", "sparse": True, "DocNumber": "INV-7"}
    assert caller.post("/estimate", body)["Estimate"]["DocNumber"] == "1001"


def test_closed_books_stop_invoices_and_not_estimates(caller: Caller) -> None:
    invoice = caller.create("invoice", TxnDate="2026-10-31")
    caller.desk.close_books(date(2026, 10, 31))
    before = {"TxnDate": "2026-10-31"}
    reference = {"Id": invoice["Id"], "SyncToken": "0"}
    assert caller.refusal("/invoice", document(**before))["code"] == "6200"
    assert caller.refusal("/invoice", {**reference, "sparse": True, "TxnDate": "2026-11-01"})["code"] == "6200"
    for operation in ("delete", "void"):
        assert caller.refusal("/invoice", reference, operation=operation)["code"] == "6200"
    caller.create(**before)
    caller.create("invoice", TxnDate="2026-11-01")
    caller.desk.close_books(date(2026, 10, 31), has_password=True)
    assert caller.refusal("/invoice", document(**before))["code"] == "6210"
    caller.desk.close_books(None)
    caller.create("invoice", **before)


def test_what_is_switched_off_or_unknown_is_refused(caller: Caller) -> None:
    caller.desk.use_estimates(is_on=False)
    assert caller.refusal("/estimate", document())["code"] == "5020"
    caller.create("invoice")
    for path in ("/salesorder", "/salesreceipt", "/Estimate"):
        assert caller.refusal(path, document())["code"] == "500"
    assert caller.refusal("/invoice", document(), operation="send")["code"] == "500"
    assert caller.refusal("/customer/1/5", method="GET")["code"] == "500"


def test_a_company_without_subscription_is_read_only(caller: Caller) -> None:
    made = caller.create()
    caller.desk.subscribe(is_on=False)
    assert caller.refusal("/estimate", document())["code"] == "6190"
    assert caller.refusal("/estimate", {"Id": made["Id"], "SyncToken": "0"}, operation="delete")["code"] == "6190"
    assert caller.refusal("/customer", {"DisplayName": "new"})["code"] == "6190"
    assert caller.get(f"/estimate/{made['Id']}")["Estimate"] == made


def test_deleting(caller: Caller) -> None:
    made = caller.create()
    gone = caller.post("/estimate", {"Id": made["Id"], "SyncToken": "0"}, operation="delete")
    assert gone.keys() == {"Estimate", "time"}
    assert gone["Estimate"] == {"domain": "QBO", "status": "Deleted", "Id": made["Id"]}
    assert caller.company.documents("Estimate") == []
    again = caller.refusal("/estimate", {"Id": made["Id"], "SyncToken": "0"}, operation="delete")
    assert (again["code"], "made inactive" in again["Detail"]) == ("610", True)
    assert caller.refusal(f"/estimate/{made['Id']}", method="GET")["code"] == "610"


def test_voiding(caller: Caller) -> None:
    made = caller.create("invoice", DocNumber="7", PrivateNote="CEDAR:1", Line=[line("2.00", Qty=2, UnitPrice=1)])
    voided = caller.post("/invoice", {"Id": made["Id"], "SyncToken": "0"}, operation="void")["Invoice"]
    assert (voided["SyncToken"], voided["DocNumber"], voided["TotalAmt"], voided["Balance"]) == ("1", "7", 0, 0)
    assert [each["Amount"] for each in voided["Line"]] == [0, 0]
    assert "Voided" in voided["PrivateNote"]
    assert "CEDAR:1" in voided["PrivateNote"]
    estimate = caller.create()
    assert caller.refusal("/estimate", {"Id": estimate["Id"], "SyncToken": "0"}, operation="void")["code"] == "500"


def test_what_has_been_paid_or_converted_stays(caller: Caller) -> None:
    estimate = caller.create()
    invoice_id = caller.desk.convert(estimate["Id"])
    shown = caller.get(f"/estimate/{estimate['Id']}")["Estimate"]
    assert (shown["TxnStatus"], shown["SyncToken"]) == ("Closed", "1")
    assert shown["LinkedTxn"] == [{"TxnId": invoice_id, "TxnType": "Invoice"}]
    assert caller.refusal("/estimate", {"Id": estimate["Id"], "SyncToken": "1"}, operation="delete")["code"] == "6000"
    caller.desk.apply_payment(invoice_id, Decimal("100"))
    invoice = caller.get(f"/invoice/{invoice_id}")["Invoice"]
    assert (invoice["Balance"], invoice["SyncToken"]) == (Decimal("800.00"), "1")
    assert [each["TxnType"] for each in invoice["LinkedTxn"]] == ["Estimate", "Payment"]
    assert caller.refusal("/invoice", {"Id": invoice_id, "SyncToken": "1"}, operation="void")["code"] == "6540"
    assert caller.refusal("/invoice", {"Id": invoice_id, "SyncToken": "1"}, operation="delete")["code"] == "6000"


def test_an_estimate_is_open_again_when_its_invoice_is_deleted(caller: Caller) -> None:
    estimate = caller.create()
    invoice_id = caller.desk.convert(estimate["Id"])
    caller.post("/invoice", {"Id": invoice_id, "SyncToken": "0"}, operation="delete")
    shown = caller.get(f"/estimate/{estimate['Id']}")["Estimate"]
    assert (shown["TxnStatus"], shown["SyncToken"], "LinkedTxn" in shown) == ("Pending", "2", False)


def test_tax_is_in_the_total_and_not_in_the_subtotal(caller: Caller) -> None:
    caller.desk.charge_tax(Decimal(8))
    made = caller.create(Line=[line("325.75", TaxCodeRef={"value": "TAX"}), line("10.00")])
    assert made["Line"][2]["Amount"] == Decimal("335.75")
    assert (made["TotalAmt"], made["TxnTaxDetail"]["TotalTax"]) == (Decimal("361.81"), Decimal("26.06"))
    caller.desk.add_item("Taxed", is_taxable=True)
    assert caller.create(Line=[line("100.00", item="3")])["TotalAmt"] == Decimal("108.00")


def test_a_foreign_customer_is_billed_in_the_own_currency(caller: Caller) -> None:
    caller.desk.use_multi_currency()
    customer = {"CustomerRef": {"value": caller.desk.add_customer("Vancouver", currency="CAD")}}
    assert caller.refusal("/estimate", document(**customer))["code"] == "6000"
    assert caller.refusal("/estimate", document(**customer, CurrencyRef={"value": "XXX"}))["code"] == "2500"
    made = caller.create(**customer, CurrencyRef={"value": "CAD"})
    assert made["CurrencyRef"] == {"value": "CAD", "name": "Canadian Dollar"}
    assert caller.company.documents("Estimate")[0].currency == "CAD"


def test_an_item_that_was_made_inactive_stays_on_its_line_alone(caller: Caller) -> None:
    made = caller.create()
    caller.desk.set_active("Item", "Demurrage", is_active=False)
    body: dict[str, Any] = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    assert caller.refusal("/estimate", {**body, "Line": [line()]})["code"] == "2500"
    assert caller.post("/estimate", {**body, "Line": [line(Id="1")]})["Estimate"]["SyncToken"] == "1"


def test_an_invoice_moves_its_customers_stamp_and_not_the_token(caller: Caller) -> None:
    caller.clock.advance(minutes=1)
    caller.create("invoice")
    customer = caller.get("/customer/1")["Customer"]
    assert (customer["SyncToken"], customer["Balance"]) == ("0", 900)
    assert customer["MetaData"]["LastUpdatedTime"] == "2026-11-22T07:16:03-08:00"
    caller.clock.advance(minutes=1)
    caller.post("/invoice", {"Id": "1", "SyncToken": "0"}, operation="delete")
    customer = caller.get("/customer/1")["Customer"]
    assert (customer["SyncToken"], customer["Balance"]) == ("0", 0)
    assert customer["MetaData"]["LastUpdatedTime"] == "2026-11-22T07:17:03-08:00"
    caller.clock.advance(minutes=1)
    caller.create()
    assert caller.get("/customer/1")["Customer"] == customer, "an estimate owes nothing"


def test_pictures_show_what_a_person_wrote(company: OnlineCompany) -> None:
    desk = Desk(company)
    kind = DocumentKind.INVOICE
    made = desk.write(kind, "41200-017", [NewLine("Switching", Decimal(2), Decimal("1.5"), description="x")])
    desk.edit_line(kind, made, 0, quantity=Decimal(4))
    desk.add_line(kind, made, NewLine(description="words"))
    held = company.document(kind, made)
    assert (held.doc_number, held.sync_token, held.total, held.balance) == (
        "1001",
        "2",
        Decimal("6.00"),
        Decimal("6.00"),
    )
    desk.delete_line(kind, made, 0)
    desk.edit(kind, made, customer="41200-018", doc_number="A", txn_date=date(2026, 1, 2), private_note="p")
    held = company.document(kind, made)
    assert (held.customer, held.doc_number, held.private_note, len(held.lines)) == ("41200-018", "A", "p", 1)
    desk.void(made)
    assert company.document(kind, made).sync_token == "5"


def test_a_taken_number_may_be_taken_on_demand(caller: Caller) -> None:
    caller.create(DocNumber="7")
    again = caller.post("/estimate", document(DocNumber="7"), include="allowduplicatedocnum")
    assert again["Estimate"]["DocNumber"] == "7"
