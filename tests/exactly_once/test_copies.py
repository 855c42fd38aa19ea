"""An older record brought back, or another copy of the company file opened: the books are asked, nothing is doubled."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from tests.exactly_once.cedar_changes import SINGLE, added, amended
from tests.exactly_once.office import Office, an_office
from tests.exactly_once.small_railroad import LONG, add_charge

STAGES = range(0, 17, 2)
"""After how many calls of the first update the copy is made."""


def elsewhere(text: str) -> str:
    """Give a company file's text as of another place on the disk."""
    return json.dumps(json.loads(text) | {"path": r"D:\Restored\small.qbw"})


@pytest.mark.parametrize("change", SINGLE)
@pytest.mark.parametrize("stages", [STAGES[:3], STAGES[3:6], STAGES[6:]], ids=["early", "amid", "late"])
def test_an_older_record_finds_everything_in_the_books_again(folder: Path, change: str, stages: range) -> None:
    for stage in stages:
        with an_office(folder / str(stage)) as office:
            office.world.pull()
            steps = office.world.connector().steps()
            for _ in range(stage):
                next(steps, None)
            backup = office.save_record()
            for _ in steps:
                pass
            office.settle()
            SINGLE[change](office.railroad)
            office.clock.advance(minutes=1)
            office.settle()
            office.clock.advance(minutes=1)
            office.restore_record(backup)
            office.settle()
            office.check()


@pytest.mark.parametrize("change", SINGLE)
def test_a_copy_of_the_company_file_at_another_place_changes_nothing(folder: Path, change: str) -> None:
    with an_office(folder) as office:
        office.settle()
        office.take_over(elsewhere(office.company.to_json()))
        SINGLE[change](office.railroad)
        office.clock.advance(hours=13)
        office.settle()
        office.check()


@pytest.mark.parametrize("stage", range(0, 17))
def test_a_copy_opened_amid_an_update_gets_every_order_once(folder: Path, stage: int) -> None:
    with an_office(folder) as office:
        office.world.pull()
        steps = office.world.connector().steps()
        for _ in range(stage):
            next(steps, None)
        text = office.company.to_json()
        steps.close()
        office.take_over(elsewhere(text))
        office.clock.advance(hours=13)
        office.settle()
        office.check()


@pytest.mark.parametrize("place", [elsewhere, str], ids=["elsewhere", "same place"])
def test_an_older_company_file_is_noticed_and_filled_up_only_on_request(
    folder: Path, place: Callable[[str], str]
) -> None:
    with an_office(folder) as office:
        office.settle()
        text = office.company.to_json()
        office.clock.advance(hours=1)
        for change in (amended, added):
            change(office.railroad)
        add_charge(office.railroad, 701, "INV-1007", "4430")
        office.settle()
        office.take_over(place(text))
        office.clock.advance(hours=13)
        before = office.company.orders()
        office.settle()
        assert office.company.orders() == before
        settle_every_conflict(office)
        office.check()


def test_an_order_taken_back_is_taken_back_in_an_older_company_file_too(folder: Path) -> None:
    with an_office(folder) as office:
        office.settle()
        text = office.company.to_json()
        office.railroad.void_invoice(LONG)
        office.settle()
        office.take_over(elsewhere(text))
        office.clock.advance(hours=13)
        office.settle()
        office.check()


def settle_every_conflict(office: Office) -> None:
    """Let a person choose ours for every row in conflict."""
    conflicts = [row for row in office.rows if row.state is State.CONFLICT]
    assert conflicts
    for row in conflicts:
        office.world.installation.service.resolve([row.id], Resolution.SEND_OURS)
    office.settle()
