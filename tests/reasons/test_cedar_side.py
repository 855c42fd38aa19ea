"""Reasons why Cedar cannot be read at all: one problem of the connection, and every row stays as it was."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.faults import CedarFault
from app.domain.reasons import ReasonCode, Who
from app.practice.cedar import CedarSandbox
from app.practice.cedar.columns import DOCUMENTED
from app.practice.world import API_KEY, ASSUME_USER, CARRIER
from tests.reasons.office import ROW, Office
from tests.reasons.provoking import provokes

FAULTS: dict[str, tuple[Callable[[CedarSandbox], None], str]] = {
    "out of order": (lambda cedar: cedar.fail_next(10, 500, where="any"), "problem on its own side"),
    "busy": (lambda cedar: cedar.fail_next(10, 503, where="any"), "come back later"),
    "broken off": (lambda cedar: cedar.drop_next(10, where="any"), "connection to Cedar broke off"),
    "a proxy's page": (lambda cedar: cedar.garbage_next(10, "html", where="any"), "check the region and the address"),
    "gone": (lambda cedar: cedar.stop(), "cannot be reached from this computer"),
}


@pytest.mark.parametrize("fault", FAULTS)
@provokes(ReasonCode.CEDAR_UNREACHABLE)
def test_a_cedar_that_cannot_be_read_changes_nothing_and_is_read_again(tmp_path: Path, fault: str) -> None:
    break_it, words = FAULTS[fault]
    with Office(tmp_path) as office:
        office.run()
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        break_it(office.sandbox)
        with pytest.raises(CedarFault):
            office.pull()
        problem = office.expect_cedar_problem(ReasonCode.CEDAR_UNREACHABLE, Who.NOBODY, words)
        assert problem.next_attempt_at == office.hand_clock.now() + timedelta(minutes=5)
        assert office.states() == {ROW: "synced"}
        assert office.status()["overall"]["state"] == "working", "a fault of seconds is nobody's business"
        office.wait(timedelta(minutes=2))
        since, again = (moment.astimezone() for moment in (problem.since, problem.next_attempt_at))
        assert office.status()["overall"] == {
            "state": "attention",
            "line": f"Cedar cannot be reached since {since:%d %b %H:%M}, trying again at {again:%d %b %H:%M}",
        }

        office.sandbox.start() if fault == "gone" else office.sandbox.heal()
        office.run()
        assert office.status()["connections"][0]["cedar"]["problem"] is None
        office.expect_healed("main/INV-2/4410")


@provokes(ReasonCode.CEDAR_KEY_REFUSED)
def test_a_refused_key_stops_reading_until_there_is_a_good_one(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.sandbox.revoke_key()
        with pytest.raises(CedarFault):
            office.pull()
        office.expect_cedar_problem(ReasonCode.CEDAR_KEY_REFUSED, Who.CEDAR_ADMIN, "key", "region", "user")
        assert office.status()["overall"] == {"state": "stopped", "line": "Cedar refused the key"}
        office.update()
        office.expect_healed()

        office.sandbox.heal()
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.run()
        assert office.status()["overall"]["state"] == "ok"
        office.expect_healed("main/INV-2/4410")


@provokes(ReasonCode.CEDAR_KEY_REFUSED)
def test_a_user_the_key_does_not_know_counts_as_a_refused_key(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"cedar.assume_user": "nobody@prairie.example"}) as office:
        with pytest.raises(CedarFault):
            office.pull()
        office.expect_cedar_problem(ReasonCode.CEDAR_KEY_REFUSED, Who.CEDAR_ADMIN, "user")

        office.configure(cedar__assume_user=ASSUME_USER)
        office.run()
        office.expect_healed()


@provokes(ReasonCode.CEDAR_PERMISSION)
def test_a_user_without_permission_stops_reading_until_a_cedar_administrator_gives_it(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.sandbox.forbid()
        with pytest.raises(CedarFault):
            office.pull()
        office.expect_cedar_problem(ReasonCode.CEDAR_PERMISSION, Who.CEDAR_ADMIN, "read", "charges")
        assert office.status()["overall"] == {"state": "stopped", "line": "Cedar denied permission"}

        office.sandbox.heal()
        office.run()
        office.expect_healed()


@provokes(ReasonCode.CEDAR_COLUMNS_MISSING)
def test_a_column_chosen_in_the_settings_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"cedar.columns.gl_number": "costCentre"}) as office:
        with pytest.raises(CedarFault):
            office.pull()
        office.expect_cedar_problem(
            ReasonCode.CEDAR_COLUMNS_MISSING, Who.CEDAR_ADMIN, "costCentre", "the GL number", "glCode"
        )
        assert office.status()["overall"]["state"] == "stopped"

        office.configure(cedar__columns__gl_number="")
        office.run()
        office.expect_healed()


@provokes(ReasonCode.CEDAR_COLUMNS_MISSING)
def test_a_carrier_that_shows_no_gl_numbers_is_told_which_column_is_missing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    shown = [column for column in DOCUMENTED if column.key != "glCode"]
    office.sandbox = CedarSandbox(
        office.railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER, columns=shown
    )
    with office:
        with pytest.raises(CedarFault):
            office.pull()
        office.expect_cedar_problem(ReasonCode.CEDAR_COLUMNS_MISSING, Who.CEDAR_ADMIN, "the GL number", "glCode")
        assert office.states() == {}
