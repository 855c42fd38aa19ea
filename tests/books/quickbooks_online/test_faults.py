"""Answers that are no, and answers that are none: each has a meaning, and none of them breaks a run off by surprise."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.books.port import Answer, Ask, Ledger
from app.books.quickbooks_online import fault_codes
from app.books.quickbooks_online.introduction import introduce
from app.books.quickbooks_online.online_system import OnlineSystem
from app.books.quickbooks_online.wire import Complaint
from app.books.run.accounting_system import Progress, Reception, Search, StopRun
from app.books.run.meaning import Meaning
from app.domain.books_names import NameKind
from app.domain.charge import ChargeId
from app.domain.facts import OnlineCompany
from app.domain.figures import ONE
from app.domain.reasons import ReasonCode
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"

FEW = settings(max_examples=50)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PERSON = "Robin Vale"
STALE = (
    f"Stale Object Error : You and {PERSON} were working on this at the same time. {PERSON} finished before you did."
)


@pytest.mark.parametrize(
    ("code", "message", "meaning"),
    [
        ("610", "Object Not Found", Meaning.REFERENCE),
        ("2010", "Request has invalid or unsupported property", Meaning.BUG),
        ("003001", "ThrottleExceeded", Meaning.LATER),
        ("5010", "Stale Object Error", Meaning.STALE),
        ("5020", "Permission Denied Error", Meaning.UNAVAILABLE),
        ("6070", "Amount calculation incorrect in the request", Meaning.BUG),
        ("6140", "Duplicate Document Number Error", Meaning.NUMBER_TAKEN),
        ("6190", "Invalid Company Status", Meaning.DENIED),
        ("6200", "Account Period Closed, Cannot Update Through Services API", Meaning.CLOSED),
        ("6240", "Duplicate Name Exists Error", Meaning.NAME_TAKEN),
        ("6250", "Invalid Customer", Meaning.REFERENCE),
        ("10000", "An application error has occurred", Meaning.LATER),
        ("424242", "Something new", Meaning.DATA),
        ("", "", Meaning.DATA),
    ],
)
def test_a_code_has_its_meaning(code: str, message: str, meaning: Meaning) -> None:
    assert fault_codes.meaning(Complaint(code, message)) is meaning


@pytest.mark.parametrize(
    ("code", "words", "meaning"),
    [
        ("6210", "Duplicate Document Number Error : You must specify a different number.", Meaning.NUMBER_TAKEN),
        ("5010", "Stale Object Error : Account Period Closed, Cannot Update Through Services API", Meaning.CLOSED),
        ("6000", "The account period has closed and the account books cannot be updated.", Meaning.CLOSED),
        ("6000", "Duplicate Name Exists Error", Meaning.NAME_TAKEN),
        ("424242", STALE, Meaning.STALE),
    ],
)
@pytest.mark.parametrize("place", ["message", "detail"])
def test_the_text_counts_before_the_code(code: str, words: str, meaning: Meaning, place: str) -> None:
    assert fault_codes.meaning(Complaint(**{"code": code, place: words.upper()})) is meaning


@pytest.mark.parametrize("code", ["5010", "424242"])
def test_who_was_faster_is_nobodys_business(code: str) -> None:
    complaint = Complaint(code, "Stale Object Error", STALE)
    for shown in (fault_codes.words(complaint), fault_codes.raw(complaint, "1-abc")):
        assert PERSON not in shown
    assert fault_codes.raw(complaint, "1-abc") == f"{code} Stale Object Error (intuit_tid 1-abc)"


def test_a_token_that_is_repeated_to_us_goes_no_further() -> None:
    complaint = Complaint("3200", "message=AuthenticationFailed; errorCode=003200", "Token expired: AB01SECRET")
    assert "SECRET" not in fault_codes.words(complaint) + fault_codes.raw(complaint)


# Nonsense


LEDGER = Mock(spec=Ledger)
LEDGER.full_names.return_value = {}
"""A ledger that knows nothing."""
LEDGER.now.return_value = NOW
LEDGER.known.return_value = None


def a_system(*, keeps_our_numbers: bool = True) -> OnlineSystem:
    """Make a company in a run."""
    company = OnlineCompany("1", "Prairie", "US", NOW, keeps_our_numbers=keeps_our_numbers)
    return OnlineSystem(LEDGER, company, Progress())


def an_order() -> SalesOrder:
    """Make a small order."""
    line = OrderLine(ChargeId("1"), "SWITCHING", "", ONE, ONE, Decimal("1.00"))
    return SalesOrder("INV-1", "4410", "Acme", date(2026, 11, 22), (line,))


Question = Callable[[], Generator[Ask, Answer, object]]
ESTIMATE = DocumentKind.ESTIMATE
SYSTEM, NUMBERING = a_system(), a_system(keeps_our_numbers=False)
SEARCH = Search(an_order(), "1", ("INV-1",))
QUESTIONS: dict[str, Question] = {
    "CompanyInfo Preferences": lambda: introduce(LEDGER, "1"),
    "Customer": lambda: SYSTEM.whole_list(NameKind.CUSTOMER),
    "Item": lambda: SYSTEM.entries([(NameKind.ITEM, "SWITCHING")]),
    "Account": lambda: SYSTEM.income_accounts(),
    "BatchItemResponse": lambda: SYSTEM.create_customers(["4410"], {"4410": "Acme"}),
    "BatchItemResponse Account": lambda: SYSTEM.create_items(["SWITCHING"], "Freight Income"),
    "Estimate by number": lambda: SYSTEM.find(ESTIMATE, [SEARCH]),
    "Estimate by date": lambda: NUMBERING.find(ESTIMATE, [SEARCH]),
    "Estimate": lambda: SYSTEM.read(ESTIMATE, ["1"]),
    "Estimate or not": lambda: SYSTEM.there([(ESTIMATE, "1")]),
    "CDCResponse": lambda: SYSTEM.changed_since(ESTIMATE, NOW - timedelta(hours=1)),
    "Estimate changed long ago": lambda: SYSTEM.changed_since(ESTIMATE, NOW - timedelta(days=90)),
}
"""What is asked, by what is read of the answers to it."""

DOCUMENT: dict[str, Json] = {
    "Id": "1",
    "SyncToken": "0",
    "DocNumber": "INV-1",
    "TxnDate": "2026-11-22",
    "CustomerRef": {"value": "1", "name": "4410"},
    "Line": [
        {
            "Id": "1",
            "Amount": 1.00,
            "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": {"ItemRef": {"value": "1"}, "Qty": 1, "UnitPrice": 1},
        }
    ],
    "TotalAmt": 1.00,
}
ENTRY: dict[str, Json] = {
    "Id": "1",
    "Name": "SWITCHING",
    "DisplayName": "4410",
    "Active": True,
    "FullyQualifiedName": "Freight Income",
}
FOUND: dict[str, Json] = {"Estimate": [DOCUMENT], "Customer": [ENTRY], "Item": [ENTRY], "Account": [ENTRY]}
GOOD: dict[str, Json] = {
    "QueryResponse": FOUND,
    "CDCResponse": [{"QueryResponse": [{"Estimate": [DOCUMENT, {"Id": "2", "status": "Deleted"}]}]}],
    "BatchItemResponse": [{"bId": "n0", "Customer": ENTRY, "Item": ENTRY}, {"bId": "add0", "Estimate": DOCUMENT}],
    "CompanyInfo": {"CompanyName": "Prairie", "Country": "US"},
    "Preferences": {"AccountingInfoPrefs": {"BookCloseDate": "2026-10-31"}},
    "Estimate": DOCUMENT,
}
"""An answer that would do for every question."""

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "NaN", "sNaN", "-Infinity", "2026-11-22", "1e9999999", "Deleted", "bId", "\u0000", "1"])
    | st.text(max_size=5)
)
NAMES = st.sampled_from([*GOOD, *FOUND, *DOCUMENT, "Fault", "fault", "Error", "code", "Message", "status", "bId"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


TEXTS = VALUES.map(json.dumps) | st.binary(max_size=30).map(lambda found: found.decode(errors="replace"))
ANSWERS = st.builds(Answer, TEXTS) | st.builds(
    Answer,
    st.just(""),
    st.sampled_from(["401", "403", "429", "500", "503", "unreachable", "no_answer", "grant_lost"]),
    st.text(max_size=20),
)


def asked(question: Question, *answers: Answer) -> object:
    """Put a question, and give it answers until it has enough."""
    asking = question()
    try:
        next(asking)
        for answer in answers:
            asking.send(answer)
    except StopIteration as end:
        return end.value
    return None


def reason_of(asking: Callable[[], object]) -> ReasonCode | None:
    """Give the reason something ends in; None if it comes to its end."""
    try:
        asking()
    except StopRun as stop:
        return stop.reason.code
    return None


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_good_answer_is_good(name: str) -> None:
    assert asked(QUESTIONS[name], GOOD_ENOUGH, GOOD_ENOUGH)


SPOILERS: list[Json] = [None, 1, "sNaN", "x", [], {}, [None], {"x": 1}]


def spoilt(whole: Json) -> Iterator[Json]:
    """Give a good answer with one place of it spoilt, for every place and every way to spoil it."""
    yield from SPOILERS
    if isinstance(whole, dict):
        for key in whole:
            yield {name: value for name, value in whole.items() if name != key}
            yield from ({**whole, key: inner} for inner in spoilt(whole[key]))
    elif isinstance(whole, list):
        for place, each in enumerate(whole):
            yield from ([*whole[:place], inner, *whole[place + 1 :]] for inner in spoilt(each))


def spoilt_answers(*names: str) -> list[Answer]:
    """Give answers that hold some of what a good one does, one place spoilt in each."""
    found = {name: FOUND[name] for name in names if name in FOUND}
    whole = {name: value for name, value in GOOD.items() if name in names} | {"QueryResponse": found}
    return [Answer(json.dumps(each)) for each in spoilt(whole)]


GOOD_ENOUGH = Answer(json.dumps(GOOD))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_good_answer_with_a_spoilt_place_ends_in_a_reason_or_is_good_enough(name: str) -> None:
    reasons: set[ReasonCode] = set()
    for answer in spoilt_answers(*name.split()):
        for answers in ((answer, GOOD_ENOUGH), (GOOD_ENOUGH, answer)):
            try:
                asked(QUESTIONS[name], *answers)
            except StopRun as stop:
                reasons.add(stop.reason.code)
    assert reasons == {ReasonCode.REQUEST_NOT_UNDERSTOOD}


def test_a_batch_answered_with_a_spoilt_place_ends_in_a_reason_or_is_good_enough() -> None:
    reasons: set[ReasonCode] = set()
    for answer in spoilt_answers("BatchItemResponse"):
        try:
            SYSTEM.reception(answer)
            SYSTEM.replies(answer)
        except StopRun as stop:
            reasons.add(stop.reason.code)
    assert reasons == {ReasonCode.REQUEST_NOT_UNDERSTOOD}


REASONS = {
    None,
    ReasonCode.QUICKBOOKS_UNREACHABLE,
    ReasonCode.REQUEST_NOT_UNDERSTOOD,
    ReasonCode.PERMISSION_DENIED,
    ReasonCode.SIGN_IN_LOST,
}


@FEW
@given(st.sampled_from(sorted(QUESTIONS)), ANSWERS)
def test_whatever_is_answered_a_question_ends_in_a_reason_or_in_an_answer(name: str, answer: Answer) -> None:
    assert reason_of(lambda: asked(QUESTIONS[name], answer, GOOD_ENOUGH)) in REASONS


@FEW
@given(ANSWERS)
def test_whatever_is_answered_to_a_batch_is_understood_or_ends_in_a_reason(answer: Answer) -> None:
    if SYSTEM.reception(answer) is Reception.UNREADABLE:
        assert not answer.fault
    assert reason_of(lambda: SYSTEM.replies(answer).get("add0")) in REASONS


@pytest.mark.parametrize(
    "text", ['{"QueryResponse":' + "[" * 200_000, '{"Fault":' + '{"Error":' * 100_000, "", "[]", "<html>"]
)
def test_an_answer_nobody_can_read_is_asked_for_again(text: str) -> None:
    with pytest.raises(StopRun) as stop:
        asked(QUESTIONS["Estimate"], Answer(text))
    assert (stop.value.reason.code, stop.value.is_transient) == (ReasonCode.REQUEST_NOT_UNDERSTOOD, True)
    with pytest.raises(StopRun):
        SYSTEM.replies(Answer(text))
