"""Whatever breaks on the way to QuickBooks Online, each invoice is there exactly once afterwards, to the cent."""

from pathlib import Path

import pytest

from app.domain.states import State
from app.practice.quickbooks_online import on
from tests.exactly_once.cedar_changes import a_busy_day
from tests.exactly_once.online_office import OnlineOffice, an_online_office
from tests.exactly_once.tally import Tally
from tests.exactly_once.test_crashes import change_for


@pytest.mark.parametrize("minutes", [1, 20])
@pytest.mark.parametrize("mishap", ["answer lost", "cut before", "half an answer", "503", "401", "429"])
def test_a_batch_that_meets_a_mishap_loses_and_doubles_nothing(
    folder: Path, tally: Tally, mishap: str, minutes: int
) -> None:
    """After a minute the same batch is sent again; after twenty the documents are looked for."""
    for times in (1, 2):
        with an_online_office(folder / str(times)) as office:
            for prepare in (change_for(0), a_busy_day):
                prepare(office.railroad)
                order_mishap(office, mishap, times)
                office.world.pull()
                office.update()
                tally.add("calls met a mishap")
                change_for(times)(office.railroad)
                office.clock.advance(minutes=minutes)
                office.settle()
                office.check()


def order_mishap(office: OnlineOffice, mishap: str, times: int) -> None:
    """Let the next batches meet a mishap."""
    mishaps = office.online.service.mishaps
    orders = {
        "answer lost": mishaps.lose_answer,
        "cut before": mishaps.cut_before,
        "half an answer": mishaps.truncated,
        "503": mishaps.unavailable,
        "401": mishaps.unauthorized,
        "429": mishaps.throttled,
    }
    orders[mishap](times=times, where=on("batch"))


def test_a_repeat_that_does_not_get_there_leaves_the_batch_in_doubt(folder: Path) -> None:
    with an_online_office(folder) as office:
        mishaps = office.online.service.mishaps
        mishaps.lose_answer(where=on("batch"))
        office.world.pull()
        office.update()
        mishaps.throttled(retry_after=1, where=on("batch"))
        office.clock.advance(minutes=1)
        office.update()
        assert [row.state for row in office.rows if row.state is State.SENDING]
        office.clock.advance(minutes=1)
        office.settle()
        office.check()


def test_a_batch_that_is_still_worked_on_is_not_sent_anew(folder: Path) -> None:
    """A person leaves an invoice out while the answer to its batch is owed: it is waited for, then looked for."""
    with an_online_office(folder) as office:
        service = office.world.installation.service
        office.online.service.mishaps.lose_answer(where=on("batch"))
        office.world.pull()
        office.update()
        sending = [row.id for row in office.rows if row.state is State.SENDING]
        service.hold(sending)
        office.clock.advance(minutes=1)
        office.update()
        asked = [each.operation for each in office.online.service.requests]
        assert asked.count("batch") == 1
        office.clock.advance(minutes=3)
        office.settle()
        held = [row for row in office.rows if row.id in sending]
        assert [row.state for row in held] == [State.HELD] * len(held)
        assert all(row.document.txn_id is not None for row in held)
        service.release(sending)
        office.settle()
        office.check()
