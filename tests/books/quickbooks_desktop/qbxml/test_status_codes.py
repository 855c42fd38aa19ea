from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.books.quickbooks_desktop.qbxml.status_codes import meaning
from app.books.run.meaning import Meaning

EXPECTED = {
    Meaning.DONE: [0, 1, 500, 501, 510, 530, 531, 550, 560, 570, 600],
    Meaning.LATER: [1000, 1010, 3162, 3230, 3240],
    Meaning.BUG: [1030, 1060, 3150, 3151, 3152, 3153],
    Meaning.REFERENCE: [3000, 3120, 3140],
    Meaning.NAME_TAKEN: [3100],
    Meaning.CLOSED: [3161, 3171],
    Meaning.LOCKED: [3175, 3176, 3177],
    Meaning.STALE: [3200],
    Meaning.DENIED: [3220, 3260, 3261, 3263],
    Meaning.NOT_RUN: [3231],
    Meaning.UNAVAILABLE: [3250],
    Meaning.DATA: [
        *(3010, 3020, 3030, 3031, 3035, 3040, 3045, 3050, 3060, 3065, 3070, 3080, 3085, 3090, 3110, 3121, 3130, 3160),
        *(3170, 3180, 3185, 3190, 3205, 3210, 3262, 3264, 3270, 3280, 3500),
    ],
}
LOCK_TEXTS = [
    "The list has been modified by another user.",
    "Internals could not be locked. They are in use by another user.",
    "There was an error when saving. Failed to acquire the lock for this object.",
    "The specified list element is in use.",
]


@pytest.mark.parametrize(
    ("status", "means"), [(status, means) for means, statuses in EXPECTED.items() for status in statuses]
)
def test_each_code_asks_what_intuits_table_says(status: int, means: Meaning) -> None:
    severity = "Info" if status < 500 else "Warn" if status < 1000 else "Error"
    assert meaning(status, severity, "There was an error.") is means


@pytest.mark.parametrize("text", LOCK_TEXTS)
@pytest.mark.parametrize("status", [3170, 3175, 3176, 3180])
def test_a_lock_is_told_by_its_text(status: int, text: str) -> None:
    assert meaning(status, "Error", text) is Meaning.LOCKED


@pytest.mark.parametrize("status", [3100, 3140, 3210])
def test_a_lock_text_under_another_code_is_no_lock(status: int) -> None:
    assert meaning(status, "Error", LOCK_TEXTS[0]) is not Meaning.LOCKED


@pytest.mark.parametrize(
    ("severity", "means"), [("Info", Meaning.DONE), ("Warn", Meaning.DONE), ("Error", Meaning.DATA), ("", Meaning.DATA)]
)
def test_an_unknown_code_is_judged_by_its_severity(severity: str, means: Meaning) -> None:
    assert meaning(7777, severity, "") is means


def test_an_answer_without_a_status_is_no_success() -> None:
    assert meaning(-1, "Info", "") is not Meaning.DONE


@given(st.integers(), st.text(max_size=10), st.text(max_size=10))
def test_every_code_has_a_meaning(status: int, severity: str, message: str) -> None:
    assert meaning(status, severity, message) in Meaning
