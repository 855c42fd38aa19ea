from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

import pytest
from msgspec import Struct

from app.domain import facts as known_facts
from app.domain.books_system import BooksSystem
from app.domain.facts import (
    BelongsTo,
    BooksContact,
    BooksProblem,
    BooksWatched,
    CarrierZone,
    CedarContact,
    CompanyFile,
    Identity,
    IntroductionWanted,
    LastMessageSet,
    ListsKnown,
    OnlineCompany,
    PasswordUnseen,
    Paused,
    Problem,
    QbxmlCeiling,
    RecordRescued,
    RulesInForce,
    SendingPace,
    SignInEnds,
    SignInRefused,
    SyncBegan,
    UnbilledLookedFor,
)
from app.domain.reasons import Reason, ReasonCode
from app.store import facts
from app.store.database import Record
from tests.builders import NOW

F = TypeVar("F")
PROBLEM = Problem(
    Reason(ReasonCode.WRONG_COMPANY_FILE, {"found": "å.qbw"}, "0x8004040A"), NOW, NOW + timedelta(minutes=1)
)
EXAMPLES: list[object] = [
    BelongsTo("us", "1234", BooksSystem.QUICKBOOKS_ONLINE),
    CedarContact(NOW, NOW + timedelta(microseconds=1), PROBLEM),
    CedarContact(),
    CarrierZone("America/Chicago"),
    BooksContact(NOW, NOW),
    BooksContact(),
    BooksProblem(PROBLEM),
    CompanyFile(
        r"C:\Books\é.qbw", "Acme & Söhne", "QuickBooks", "US", "13.0", "{GUID}", date(2026, 1, 31), True, False
    ),
    CompanyFile("", "", "QuickBooks", "US", "13.0"),
    Identity("{A}", "{B}"),
    SendingPace(25),
    QbxmlCeiling("8.0"),
    RulesInForce("ab" * 16),
    ListsKnown(NOW, NOW),
    OnlineCompany("9130", "Acme & Söhne", "CA", NOW, date(2026, 1, 31), True, False, False),
    OnlineCompany("9130", "", "US", NOW),
    ListsKnown(NOW),
    LastMessageSet("k7q2m4x9t1a0b"),
    BooksWatched(NOW),
    IntroductionWanted(),
    PasswordUnseen(),
    RecordRescued(NOW, "malformed", "damaged/record.sqlite", "record-daily.sqlite", NOW),
    SignInEnds(NOW),
    SignInRefused(NOW),
    SyncBegan(NOW, timedelta(days=120)),
    UnbilledLookedFor(NOW),
    Paused(NOW),
    Paused(None),
]


def put(record: Record, fact: object, connection: str = "main") -> None:
    with record.write() as tx:
        facts.put(tx, connection, fact)


def get(record: Record, kind: type[F], connection: str = "main") -> F | None:
    with record.read() as tx:
        return facts.get(tx, connection, kind)


@pytest.mark.parametrize("fact", EXAMPLES)
def test_a_fact_comes_back_as_it_was(record: Record, fact: object) -> None:
    put(record, fact)
    assert get(record, type(fact)) == fact


def test_every_kind_of_fact_is_tried_here() -> None:
    structs = {kind for kind in vars(known_facts).values() if isinstance(kind, type) and issubclass(kind, Struct)}
    kinds = structs - {Struct, Reason, Problem}
    assert kinds == {type(example) for example in EXAMPLES}


def test_a_fact_that_is_not_known_is_none(record: Record) -> None:
    assert get(record, SendingPace) is None


def test_a_later_fact_takes_the_place_of_the_earlier_one(record: Record) -> None:
    put(record, SendingPace(5))
    put(record, SendingPace(25))
    assert get(record, SendingPace) == SendingPace(25)


def test_each_connection_has_its_own_facts(record: Record) -> None:
    put(record, SendingPace(5))
    put(record, SendingPace(25), "branch")
    assert get(record, SendingPace) == SendingPace(5)


def test_a_forgotten_fact_is_not_known(record: Record) -> None:
    put(record, SendingPace(5))
    with record.write() as tx:
        facts.forget(tx, "main", SendingPace)
    assert get(record, SendingPace) is None


def test_no_two_kinds_share_a_place(record: Record) -> None:
    for example in EXAMPLES:
        put(record, example)
    assert all(get(record, type(example)) is not None for example in EXAMPLES)
