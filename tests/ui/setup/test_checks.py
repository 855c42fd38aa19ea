from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap.running_program import RunningProgram
from app.domain.facts import IntroductionWanted, Paused
from app.domain.faults import CedarRefused, CedarUnavailable, HomeUnusable
from app.domain.values import replace
from app.practice.cedar import PracticeCharge
from app.store import facts
from app.system.credentials import Secret
from app.system.settings_file import change, load
from app.ui.setup.checks import ask_cedar, dry_run, find_columns, is_anything_set_up, needs_setup, setup_state
from app.ui.setup.flow import Page, first_page
from app.ui.setup.keeping import begin, keep_cedar, keep_columns, make_file, new_pair
from app.ui.setup.listening import Listening, PortInUse
from app.ui.setup.place import Place
from tests.ui.setup.office import GOOD, MemoryCredentials, SetupOffice


@pytest.fixture
def set_up(office: SetupOffice) -> SetupOffice:
    """Give an office whose Cedar page is answered."""
    keep_cedar(office.place, GOOD)
    return office


def test_cedar_says_how_many_charges_it_has_and_how_new_they_are(office: SetupOffice) -> None:
    found = ask_cedar(office.place, GOOD)
    assert found.charges == len(office.invoiced())
    assert found.newest == max(each.applied_at for each in office.invoiced())


def test_a_wrong_key_is_refused(office: SetupOffice) -> None:
    with pytest.raises(CedarRefused, match="refused the key"):
        ask_cedar(office.place, replace(GOOD, api_key="wrong"))


def test_a_cedar_that_is_down_says_so(office: SetupOffice) -> None:
    office.sandbox.stop()
    with pytest.raises(CedarUnavailable, match="cannot be reached"):
        ask_cedar(office.place, GOOD)


def test_a_carrier_without_charges_answers_none(tmp_path: Path) -> None:
    office = SetupOffice(tmp_path, [])
    office.point_at_sandbox()
    found = ask_cedar(office.place, GOOD)
    office.stop()
    assert (found.charges, found.newest) == (0, None)


def test_columns_are_found_with_an_example_each(set_up: SetupOffice) -> None:
    found = find_columns(set_up.place, {})
    assert found.problem == ""
    assert {each.field: each.key for each in found.choosable}["gl_number"] == "glCode"
    assert all(each.example for each in found.choosable)


def test_a_chosen_column_that_is_not_there_is_a_sentence_and_the_choices_stay(set_up: SetupOffice) -> None:
    found = find_columns(set_up.place, {"gl_number": "nonsense"})
    assert "nonsense" in found.problem
    assert found.columns


def test_chosen_columns_are_kept(set_up: SetupOffice) -> None:
    keep_columns(set_up.place, {"gl_number": "glCode", "rate": ""})
    assert load(set_up.home).settings.connections[0].cedar.columns.gl_number == "glCode"


def test_a_new_connection_is_paused_before_its_settings_are_complete(set_up: SetupOffice) -> None:
    with set_up.place.opened() as installation, installation.record.read() as tx:
        assert facts.get(tx, "main", Paused) == Paused(None)
    assert needs_setup(set_up.place)


def test_a_connection_begins_only_when_it_is_told_to(set_up: SetupOffice) -> None:
    begin(set_up.place)
    assert not needs_setup(set_up.place)
    assert not setup_state(set_up.place).is_paused


def test_one_finished_connection_is_enough_to_run(set_up: SetupOffice) -> None:
    keep_cedar(Place(set_up.home, set_up.credentials, "branch"), GOOD)
    with set_up.place.opened() as installation:
        before = is_anything_set_up(installation)
        begin(set_up.place)
        assert (before, is_anything_set_up(installation)) == (False, True)


def test_a_second_connection_gets_a_user_name_of_its_own_and_is_paused_alone(set_up: SetupOffice) -> None:
    begin(set_up.place)
    branch = Place(set_up.home, set_up.credentials, "branch")
    keep_cedar(branch, GOOD)
    assert branch.connection_settings().web_connector.username == "cedar-sync-branch"
    assert setup_state(branch).is_paused
    assert not setup_state(set_up.place).is_paused


def test_a_connection_that_works_is_not_paused_by_answering_anew(set_up: SetupOffice) -> None:
    begin(set_up.place)
    keep_cedar(set_up.place, GOOD)
    assert not setup_state(set_up.place).is_paused


def test_without_a_credential_store_nothing_is_half_kept(tmp_path: Path) -> None:
    place = Place(tmp_path, MemoryCredentials(has_store=False))
    with pytest.raises(HomeUnusable, match="no credential store"):
        keep_cedar(place, GOOD)
    assert not place.is_there()


def test_the_file_is_made_with_one_password_and_anew_with_none(set_up: SetupOffice) -> None:
    first, second = make_file(set_up.place), make_file(set_up.place)
    assert (len(first.password), second.password) == (20, "")
    assert first.path.suffix == ".qwc"
    assert first.password not in first.path.read_text()


def test_a_password_the_program_made_alone_is_shown_by_the_first_file(set_up: SetupOffice) -> None:
    with set_up.place.opened() as installation:
        RunningProgram(installation)
    first, second = make_file(set_up.place), make_file(set_up.place)
    assert (len(first.password), second.password) == (20, "")


def test_a_new_pair_makes_another_file(set_up: SetupOffice) -> None:
    before = make_file(set_up.place).path.read_bytes()
    assert new_pair(set_up.place).path.read_bytes() != before


def test_quickbooks_introduces_itself_and_nothing_is_written(set_up: SetupOffice) -> None:
    made = make_file(set_up.place)
    with Listening(set_up.place) as listening:
        set_up.call(made.path.read_bytes(), made.password)
        found = listening.found()
    assert found is not None
    assert found.company is not None
    assert found.company.name == set_up.railroad.name
    assert found.lists_read_at is not None
    assert set_up.orders() == 0
    assert first_page(setup_state(set_up.place)) is Page.DRY_RUN


def test_the_lists_are_told_again_when_they_are_asked_for(set_up: SetupOffice) -> None:
    made = make_file(set_up.place)
    with Listening(set_up.place) as listening:
        set_up.call(made.path.read_bytes(), made.password)
        assert set_up.call(b"", made.password).outcome != "done", "without work QuickBooks stays closed"
        listening.ask_again()
        assert set_up.call(b"", made.password).outcome == "done"


def test_a_port_in_use_is_told_with_a_free_one(set_up: SetupOffice) -> None:
    other = Place(set_up.home.parent / "other", MemoryCredentials())
    change(other.home, "main", {}, set_up.port)
    with Listening(set_up.place), pytest.raises(PortInUse) as refused:
        Listening(other).start()
    assert refused.value.port == set_up.port
    assert refused.value.free != set_up.port


def test_where_the_program_runs_its_own_endpoint_answers(set_up: SetupOffice) -> None:
    made = make_file(set_up.place)
    begin(set_up.place)
    with set_up.place.opened() as installation:
        program = RunningProgram(installation)
        program.start()
        try:
            with Listening(set_up.place) as listening:
                set_up.call(made.path.read_bytes(), made.password)
                found = listening.found()
            assert not listening.waits_for_start
        finally:
            program.stop()
    assert found is not None
    assert found.company is not None


def test_a_connection_that_is_added_waits_for_the_next_start_of_a_running_program(set_up: SetupOffice) -> None:
    begin(set_up.place)
    with set_up.place.opened() as installation:
        program = RunningProgram(installation)
        program.start()
        try:
            branch = Place(set_up.home, set_up.credentials, "branch")
            listening = Listening(branch)
            keep_cedar(branch, GOOD)
            with listening:
                assert listening.waits_for_start
        finally:
            program.stop()


def test_the_wish_for_an_introduction_outlives_the_wizard(set_up: SetupOffice) -> None:
    make_file(set_up.place)
    with Listening(set_up.place):
        pass
    with set_up.place.opened() as installation, installation.record.read() as tx:
        assert facts.get(tx, "main", IntroductionWanted) is not None


def test_the_dry_run_adds_up_what_cedar_has(set_up: SetupOffice) -> None:
    found = dry_run(set_up.place)
    on_invoices = sum((each.amount or Decimal(0) for each in set_up.invoiced()), Decimal(0))
    not_invoiced = next(group for group in found.groups if "Not invoiced" in group.title)
    shown = [found.sent, found.stopped, found.settled, found.left_out]
    total = sum((each.amounts.total for each in shown), Decimal(0))
    assert total - not_invoiced.total.amounts.total == on_invoices
    assert found.left_out.count == sum(group.total.count for group in found.groups)
    assert found.stopped.count == sum(group.total.count for group in found.stops)
    assert found.lists_read_at is None


def test_the_dry_run_lists_the_names_quickbooks_lacks(set_up: SetupOffice) -> None:
    made = make_file(set_up.place)
    with Listening(set_up.place):
        set_up.call(made.path.read_bytes(), made.password)
    found = dry_run(set_up.place)
    railroad = set_up.railroad
    assert {each.name for each in found.customers} == set(railroad.missing_customers) | set(railroad.inactive_customers)
    assert {each.name for each in found.items} == set(railroad.missing_items)
    assert found.stopped.count > 0
    titles = [group.title for group in found.stops]
    assert any("customer" in title for title in titles)
    assert any("item" in title for title in titles)
    assert sum(group.total.count for group in found.stops) == found.stopped.count
    amounts = sum((group.total.amounts.total for group in found.stops), Decimal(0))
    assert amounts == found.stopped.amounts.total


def test_without_quickbooks_the_dry_run_lists_all_names(set_up: SetupOffice) -> None:
    found = dry_run(set_up.place)
    assert len(found.customers) > len(set_up.railroad.missing_customers)


def test_the_dry_run_leaves_no_trace(set_up: SetupOffice) -> None:
    dry_run(set_up.place)
    with set_up.place.opened() as installation:
        assert installation.service.rows() == []
    assert setup_state(set_up.place).has_read_cedar is False


def test_a_missing_column_is_left_to_the_next_page(tmp_path: Path) -> None:
    office = SetupOffice(tmp_path, [PracticeCharge(1, invoice="INV-1")], without_column="glCode")
    office.point_at_sandbox()
    found = ask_cedar(office.place, GOOD)
    keep_cedar(office.place, GOOD)
    columns = find_columns(office.place, {})
    office.stop()
    assert found.needs_columns
    assert "GL number" in columns.problem


def test_the_key_is_in_the_credential_store_only(set_up: SetupOffice) -> None:
    assert set_up.credentials.get("main", Secret.CEDAR_API_KEY) == GOOD.api_key
    assert GOOD.api_key not in (set_up.home / "settings.toml").read_text()
