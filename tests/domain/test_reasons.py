"""Every reason has words for people, and the facts the program knows fill them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from app.domain.explanation import Explanation
from app.domain.faults import CedarUnavailable
from app.domain.planning import Rules, plan_invoice
from app.domain.reason_texts import explain, title_of_many
from app.domain.reasons import HEALING, Healing, Reason, ReasonCode, Who, healing
from tests.builders import a_charge

FORBIDDEN = re.compile(
    r"\b(soap|https?|xml|qbxml|json|sql|api|url|tickets?|queued?|queues|exceptions?|tracebacks?|hresult|null|stack"
    r"|threads?|sockets?|timeouts?|payload|parse[dr]?|endpoint|backend|hash|sync(ed|ing)?)\b",
    re.IGNORECASE,
)
PRODUCT = re.compile("Cedar Sync")

FACTS: Mapping[ReasonCode, Mapping[str, str]] = {
    ReasonCode.NO_GL_NUMBER: {"location": "North Yard"},
    ReasonCode.NOT_INVOICED_YET: {"status": "Pending", "wanted": "Invoiced"},
    ReasonCode.NO_SERVICE_TYPE: {"charge": "900123", "location": "North Yard"},
    ReasonCode.BAD_AMOUNT: {"charge": "900123", "location": "North Yard"},
    ReasonCode.NO_INVOICE_NUMBER: {"status": "Invoiced", "charge": "900123", "location": "North Yard"},
    ReasonCode.MIXED_CURRENCY: {"currencies": "CAD and USD"},
    ReasonCode.CURRENCY_DIFFERS: {"gl_number": "4410", "currency": "CAD", "books_currency": "US Dollar"},
    ReasonCode.HELD_BY_USER: {"note": ": the customer disputes it"},
    ReasonCode.VOIDED_IN_CEDAR: {"invoice": "INV-1001", "gl_number": "4410"},
    ReasonCode.NEGATIVE_TOTAL: {"amount": "-12.50"},
    ReasonCode.REF_NUMBER_TOO_LONG: {"invoice": "CEDAR-2026-001234"},
    ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS: {
        "gl_number": "4410",
        "customer": "Acme Grain",
        "customer_hint": " In Cedar it belongs to Acme Grain.",
    },
    ReasonCode.CUSTOMER_INACTIVE: {"gl_number": "4410", "customer": "Acme Grain"},
    ReasonCode.ITEM_NOT_IN_QUICKBOOKS: {"item": "JUNCTION SETTLEMENT"},
    ReasonCode.ITEM_INACTIVE: {"item": "JUNCTION SETTLEMENT"},
    ReasonCode.ITEM_NOT_UNIQUE: {
        "item": "SWITCHING",
        "full_names": "Rail:SWITCHING, Yard:SWITCHING",
        "full_name": "Rail:SWITCHING",
    },
    ReasonCode.CLOSED_PERIOD: {"date": "2026-10-31", "closing_date": "2026-12-31"},
    ReasonCode.RECORD_LOCKED: {"what": "the customer or an item"},
    ReasonCode.EDITED_IN_QUICKBOOKS: {"what": "line 2 and total", "ref_number": "INV-1001"},
    ReasonCode.DELETED_IN_QUICKBOOKS: {"ref_number": "INV-1001"},
    ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS: {"ref_number": "INV-1001"},
    ReasonCode.CLOSED_IN_QUICKBOOKS: {"ref_number": "INV-1001"},
    ReasonCode.NUMBER_IN_USE: {"ref_number": "INV-1001", "other_customer": "4420"},
    ReasonCode.SALES_ORDERS_UNAVAILABLE: {"product": "QuickBooks Pro 2024"},
    ReasonCode.WRONG_COMPANY_FILE: {"found": "another company file", "expected": r"C:\Books\railroad.qbw"},
    ReasonCode.QUICKBOOKS_UNREACHABLE: {"detail": ": a message window is open in it"},
    ReasonCode.REFUSED_BY_QUICKBOOKS: {"message": "There is an invalid reference."},
    ReasonCode.AMOUNT_MISMATCH: {"found": "90.00", "expected": "100.00", "ref_number": "INV-1001"},
    ReasonCode.OTHER_CEDAR: {
        "connection": "main",
        "carrier": "9999",
        "server": "region us",
        "known_carrier": "1234",
        "known_server": "region us",
    },
    ReasonCode.OTHER_ACCOUNTING_SYSTEM: {
        "connection": "main",
        "system": "QuickBooks Online",
        "known_system": "QuickBooks Desktop",
    },
    ReasonCode.CONNECTION_RENAMED: {"connection": "rail", "earlier": "main"},
    ReasonCode.CEDAR_UNREACHABLE: {"sentence": "Cedar did not answer within a minute."},
    ReasonCode.CEDAR_KEY_REFUSED: {"sentence": "Cedar does not know the key."},
    ReasonCode.CEDAR_PERMISSION: {"sentence": "The user may not read charges."},
    ReasonCode.CEDAR_COLUMNS_MISSING: {"sentence": "No column holds the GL number."},
}
"""What the program knows where it raises a reason; codes not named are raised without facts."""

CODES = pytest.mark.parametrize("code", ReasonCode)


def words_of(code: ReasonCode) -> Explanation:
    return explain(Reason(code, FACTS.get(code, {})))


@CODES
def test_every_reason_has_all_its_texts(code: ReasonCode) -> None:
    words = words_of(code)
    assert all(text.strip() for text in (words.title, words.why, words.fix))


@CODES
def test_every_reason_tells_who_can_mend_it(code: ReasonCode) -> None:
    assert words_of(code).who in Who


@CODES
def test_a_title_is_at_most_six_words_with_the_real_names_in_it(code: ReasonCode) -> None:
    assert len(words_of(code).title.split()) <= 6


@CODES
def test_a_title_is_no_sentence(code: ReasonCode) -> None:
    assert not words_of(code).title.endswith(".")


@CODES
def test_no_placeholder_is_left(code: ReasonCode) -> None:
    words = words_of(code)
    assert not re.search("[{}…]", words.title + words.why + words.fix)


@CODES
def test_the_words_are_a_bookkeepers(code: ReasonCode) -> None:
    words = words_of(code)
    assert not FORBIDDEN.findall(PRODUCT.sub("", f"{words.title} {words.why} {words.fix}"))


@CODES
def test_what_nobody_has_to_mend_asks_nobody(code: ReasonCode) -> None:
    words = words_of(code)
    asks_nobody = words.fix.startswith("Nothing to do") or "by itself" in words.fix
    assert words.who is not Who.NOBODY or asks_nobody


@CODES
def test_facts_with_braces_are_shown_as_they_are(code: ReasonCode) -> None:
    facts = dict.fromkeys(FACTS.get(code, {}), "{0} {gl_number}")
    words = explain(Reason(code, facts))
    assert "{gl_number}" in words.title + words.why + words.fix or not facts


@CODES
def test_a_fact_that_is_not_known_is_no_error(code: ReasonCode) -> None:
    assert explain(Reason(code)).why


@pytest.mark.parametrize(
    "charge",
    [
        a_charge("1", gl_number=None, location=None, customer=None),
        a_charge("1", gl_number=None),
        a_charge("1", status="IN_PROGRESS"),
        a_charge("1", service_type=None),
        a_charge("1", amount=None),
        a_charge("1", amount="0.00"),
    ],
)
def test_what_planning_says_of_a_left_out_charge_fills_its_texts(charge: object) -> None:
    (row,) = plan_invoice("INV-1001", [charge], Rules())  # type: ignore[list-item]
    (reason,) = row.left_out[0].reasons
    words = explain(reason)
    assert not re.search("[{}…]", words.title + words.why + words.fix)


def test_a_statuss_name_is_shown_as_people_write_it() -> None:
    (row,) = plan_invoice("INV-1001", [a_charge("1", status="IN_PROGRESS")], Rules())
    assert "In progress" in explain(row.left_out[0].reasons[0]).why


def test_a_fault_of_cedar_is_told_in_its_own_sentence() -> None:
    fault = CedarUnavailable("Cedar answered nonsense.", ReasonCode.CEDAR_UNREACHABLE)
    assert explain(fault.reason).why == str(fault)


@pytest.mark.parametrize(
    "code", [code for code in ReasonCode if healing(code) is Healing.BY_ITSELF and code in HEALING]
)
def test_what_heals_by_itself_says_so(code: ReasonCode) -> None:
    fix = words_of(code).fix
    assert "by itself" in fix or "Nothing to do" in fix


def test_a_code_is_its_own_name() -> None:
    assert all(code.value == code.name for code in ReasonCode)


PROMISED = """
NO_GL_NUMBER NOT_INVOICED_YET NO_SERVICE_TYPE NO_INVOICE_NUMBER BAD_AMOUNT MIXED_CURRENCY HELD_BY_USER VOIDED_IN_CEDAR
NOTHING_TO_BILL CUSTOMER_NOT_IN_QUICKBOOKS CUSTOMER_INACTIVE ITEM_NOT_IN_QUICKBOOKS ITEM_INACTIVE REF_NUMBER_TOO_LONG
CLOSED_PERIOD RECORD_LOCKED EDITED_IN_QUICKBOOKS DELETED_IN_QUICKBOOKS ALREADY_INVOICED_IN_QUICKBOOKS
SALES_ORDERS_UNAVAILABLE PERMISSION_DENIED WRONG_COMPANY_FILE QUICKBOOKS_UNREACHABLE NUMBER_IN_USE REFUSED_BY_QUICKBOOKS
REQUEST_NOT_UNDERSTOOD AMOUNT_MISMATCH NEGATIVE_TOTAL OUTCOME_UNKNOWN CEDAR_UNREACHABLE CEDAR_KEY_REFUSED
CEDAR_PERMISSION
"""


@pytest.mark.parametrize("name", PROMISED.split())
def test_the_codes_scripts_rely_on_are_there(name: str) -> None:
    assert ReasonCode(name)


@CODES
def test_a_title_for_many_rows_names_none_of_them(code: ReasonCode) -> None:
    assert not re.search("[{}…]", title_of_many(code))
