from __future__ import annotations

from collections import Counter

import pytest

from app.books.port import RunEnd
from app.domain.states import State
from app.sync.pushing import push_words


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        ({}, "Nothing to do."),
        ({State.SENDING: 2}, "Nothing to do."),
        ({State.SYNCED: 1}, "1 invoice is in QuickBooks."),
        ({State.REMOVED: 1, State.SYNCED: 1200}, "1,200 invoices are in QuickBooks. 1 invoice was taken back."),
        ({State.CONFLICT: 1, State.FAILED: 2}, "2 invoices need you. 1 invoice waits for your choice."),
        ({State.WAITING: 2}, "2 invoices are tried again later."),
    ],
)
def test_a_push_says_in_whole_sentences_what_it_did(tally: dict[State, int], words: str) -> None:
    assert push_words(Counter(tally), RunEnd()) == words


def test_a_push_that_broke_off_says_why() -> None:
    assert push_words(Counter({State.SYNCED: 1}), RunEnd("It did not answer.")) == "It did not answer."
