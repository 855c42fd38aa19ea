"""Whatever breaks on the way to QuickBooks Online, each invoice is there exactly once afterwards, to the cent."""

from pathlib import Path

import pytest

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
