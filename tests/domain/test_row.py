from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.reasons import Reason, ReasonCode
from app.domain.row import row_id
from app.domain.states import State
from app.domain.values import replace
from tests.builders import NOW, a_line, a_row, an_order

PART = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
AWKWARD = st.none() | st.text("/%-~. a", min_size=1, max_size=4)


@given(PART | AWKWARD, PART | AWKWARD, PART | AWKWARD, PART | AWKWARD)
def test_different_rows_have_different_ids(
    invoice: str | None, gl_number: str | None, other_invoice: str | None, other_gl_number: str | None
) -> None:
    assume((invoice, gl_number) != (other_invoice, other_gl_number))
    assert row_id("main", invoice, gl_number) != row_id("main", other_invoice, other_gl_number)


def test_a_gl_number_that_is_a_dash_is_not_taken_for_none() -> None:
    assert row_id("main", "INV-1", "-") != row_id("main", "INV-1", None)


def test_an_invoice_that_is_a_dash_is_not_taken_for_none() -> None:
    assert row_id("main", "-", "4410") != row_id("main", None, "4410")


def test_an_id_reads_as_people_name_the_row() -> None:
    assert row_id("main", "INV-1001", "4410") == "main/INV-1001/4410"


def test_a_row_without_gl_number_ends_in_a_dash() -> None:
    assert row_id("main", "INV-1001", None) == "main/INV-1001/-"


def test_a_slash_in_a_number_does_not_make_another_part() -> None:
    assert row_id("main", "INV/1", "4410").count("/") == 2


def test_a_row_is_in_step_only_with_what_the_books_were_found_to_hold() -> None:
    row = a_row()
    accepted = replace(row, accepted_hash=row.wanted_hash)
    amended = replace(accepted, order=an_order(a_line(amount="100.01", rate=None)))
    assert (row.is_in_step, accepted.is_in_step, amended.is_in_step) == (False, True, False)


def test_a_row_that_moves_leaves_its_earlier_reasons_behind() -> None:
    row = replace(a_row(), reasons=(Reason(ReasonCode.RECORD_LOCKED),), next_attempt_at=NOW)
    moved = row.moved(State.QUEUED, NOW)
    assert (moved.reasons, moved.next_attempt_at) == ((), None)
