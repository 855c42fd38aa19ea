"""Two Web Connectors at once: whoever takes over, whenever, and however late the other one's message set arrives."""

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from app.practice.update import UpdateReport
from app.practice.web_connector import ConnectorError, WebConnectorStandIn
from app.practice.world import PASSWORD
from tests.exactly_once.cedar_changes import SINGLE, CedarChange, a_busy_day
from tests.exactly_once.late_quickbooks import LateQuickBooks
from tests.exactly_once.office import Office, an_office
from tests.exactly_once.tally import Tally
from tests.exactly_once.test_crashes import change_for

CALLS = range(1, 17)
"""As many calls as the longest of these updates makes, and then some."""

MESSAGE_SETS = range(1, 7)


@pytest.mark.parametrize("goes_on", [True, False], ids=["the first goes on", "the first is killed"])
@pytest.mark.parametrize("part", range(2))
def test_a_connector_that_takes_over_at_any_call_loses_and_doubles_nothing(
    folder: Path, tally: Tally, part: int, *, goes_on: bool
) -> None:
    for number in CALLS[part::2]:
        with an_office(folder / str(number)) as office:
            for prepare in (SINGLE["nothing"], a_busy_day):
                prepare(office.railroad)
                office.world.pull()
                first = office.world.connector().steps()
                for _ in range(number):
                    next(first, None)
                if number % 4 < 2:
                    office.world.restart()
                change_for(number)(office.railroad)
                office.world.pull()
                office.update()
                tally.add("calls met a mishap")
                if goes_on:
                    with suppress(ConnectorError):
                        for _ in first:
                            pass
                first.close()
                office.clock.advance(minutes=1)
                office.settle()
                office.check()


@pytest.mark.parametrize("change", SINGLE)
def test_two_connectors_taking_turns_lose_and_double_nothing(folder: Path, tally: Tally, change: str) -> None:
    with an_office(folder) as office:
        for prepare in (SINGLE["nothing"], a_busy_day):
            prepare(office.railroad)
            office.world.pull()
            alternate(office.world.connector(), office.world.connector())
            tally.add("calls met a mishap")
            SINGLE[change](office.railroad)
            office.clock.advance(minutes=1)
            office.settle()
            office.check()


def alternate(*connectors: WebConnectorStandIn) -> None:
    """Let connectors make one call each in turn, until all have come to their end."""
    running = [connector.steps() for connector in connectors]
    while running:
        for steps in list(running):
            try:
                next(steps)
            except (StopIteration, ConnectorError):
                running.remove(steps)


@pytest.mark.parametrize("number", MESSAGE_SETS)
def test_a_message_set_that_arrives_late_is_run_only_once(folder: Path, tally: Tally, number: int) -> None:
    for index, (name, change) in enumerate(SINGLE.items()):
        with an_office(folder / name) as office:
            for prepare in (SINGLE["nothing"], a_busy_day):
                prepare(office.railroad)
                office.world.pull()

                restarts = (number + index) % 2 == 0
                meanwhile = partial(somebody_elses_turn, office, change, restarts=restarts)
                update_late(office, LateQuickBooks(office.world.processor, number, meanwhile))
                tally.add("calls met a mishap")
                office.clock.advance(minutes=1)
                office.settle()
                office.check()


def somebody_elses_turn(office: Office, change: CedarChange, *, restarts: bool) -> None:
    """Let Cedar change and another connector run its update, in the same program or in its next life."""
    if restarts:
        office.world.restart()
    change(office.railroad)
    office.world.pull()
    office.update()


def update_late(office: Office, quickbooks: LateQuickBooks) -> UpdateReport | None:
    """Run an update whose message sets may arrive late."""
    connector = WebConnectorStandIn(
        office.world.program.endpoint.url,
        office.world.kit.settings.web_connector.username,
        PASSWORD,
        quickbooks,
        sleep=lambda _: None,
    )
    with suppress(ConnectorError):
        return connector.update()
    return None
