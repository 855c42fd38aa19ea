from __future__ import annotations

import pytest

from app.domain.facts import CompanyFile
from app.system.settings import CedarSettings, ConnectionSettings
from app.ui.setup.flow import (
    ORDER,
    CedarAnswers,
    Missing,
    Page,
    SetupState,
    first_page,
    missing,
    next_page,
    previous_page,
)

COMPANY = CompanyFile("railroad.qbw", "Short Line", "QuickBooks Enterprise Solutions 24.0", "US", "13.0")
KNOWN = ConnectionSettings(cedar=CedarSettings(carrier="1234", assume_user="books@railroad.example"))


@pytest.mark.parametrize(
    ("state", "page"),
    [
        (SetupState(ConnectionSettings()), Page.CEDAR),
        (SetupState(KNOWN, is_paused=True), Page.CEDAR),
        (SetupState(KNOWN, has_key=True, is_paused=True), Page.COLUMNS),
        (SetupState(KNOWN, has_key=True, has_password=True, is_paused=True), Page.QUICKBOOKS),
        (SetupState(KNOWN, has_key=True, has_password=True, company=COMPANY, is_paused=True), Page.DRY_RUN),
        (SetupState(KNOWN, has_key=True, has_password=True, company=COMPANY), Page.CEDAR),
    ],
)
def test_the_wizard_goes_on_where_somebody_stopped(state: SetupState, page: Page) -> None:
    assert first_page(state) is page


def test_a_connection_that_was_at_work_and_is_paused_now_is_still_set_up() -> None:
    assert SetupState(KNOWN, has_key=True, has_read_cedar=True, is_paused=True).is_finished


def test_a_connection_that_is_paused_and_never_read_cedar_is_not_set_up() -> None:
    assert not SetupState(KNOWN, has_key=True, is_paused=True).is_finished


def test_the_pages_follow_each_other_and_lead_back() -> None:
    forward = [Page.CEDAR]
    while (after := next_page(forward[-1])) is not None:
        forward.append(after)
    assert tuple(forward) == ORDER
    assert [previous_page(page) for page in ORDER] == [None, *ORDER[:-1]]


@pytest.mark.parametrize(
    ("answers", "has_key", "expected"),
    [
        (CedarAnswers(), False, (Missing.CARRIER, Missing.USER, Missing.KEY)),
        (CedarAnswers("us", "1", "a@b", ""), False, (Missing.KEY,)),
        (CedarAnswers("us", "1", "a@b", ""), True, ()),
        (CedarAnswers("us", "1", "a@b", "k" * 1280), False, ()),
        (CedarAnswers("us", "1", "a@b", "k" * 1281), False, (Missing.SHORTER_KEY,)),
    ],
)
def test_the_cedar_page_knows_what_is_missing(
    answers: CedarAnswers,
    has_key: bool,  # noqa: FBT001
    expected: tuple[Missing, ...],
) -> None:
    assert missing(answers, has_key=has_key) == expected
