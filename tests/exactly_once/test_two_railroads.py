"""Two railroads that write into one company file, with the same numbers for the same customer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.books.quickbooks_desktop.web_connector.qwc_file import render
from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.connector_silence import evidence
from app.bootstrap.examination import examine
from app.domain.facts import BooksWatched
from app.practice.adding import add_application
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.mishaps import Fate, Script, as_planned, at_operation
from app.practice.quickbooks import RequestProcessor
from app.practice.update import UpdateReport
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import API_KEY, ASSUME_USER, PASSWORD, PracticeWorld, free_port
from app.store import facts
from app.system.settings_file import change
from tests.exactly_once.small_railroad import add_charge, small_company

NUMBER = "INV-1"
CUSTOMER = "4410"
YARD = "77"


def railroad(*charge_ids: int, amount: str) -> PracticeRailroad:
    """Make a railroad of one invoice."""
    made = PracticeRailroad([], today=datetime.now(UTC).date())
    made.missing_customers = made.inactive_customers = made.missing_items = frozenset()
    for charge_id in charge_ids:
        add_charge(made, charge_id, NUMBER, CUSTOMER, amount=amount)
    return made


class TwoRailroads:
    """One program, one company file, two connections."""

    def __init__(self, world: PracticeWorld) -> None:
        self.world = world
        self.company = world.company
        (yard,) = kits_of(world.installation, "yard")
        # The Web Connector takes one application of an OwnerID for each file; whoever is told so makes another pair.
        yard.connector_line.renew_identity()
        world.restart()
        (yard,) = kits_of(world.installation, "yard")
        added = add_application(render(yard.connector_line.application()), self.company)
        self._processors = {
            "main": world.processor,
            "yard": RequestProcessor(self.company, app_name=added.name, owner_id=added.owner_id),
        }

    def update(self, name: str, script: Script = as_planned) -> UpdateReport:
        """Let a connection's Web Connector call once."""
        (kit,) = kits_of(self.world.installation, name)
        quickbooks = PracticeQuickBooks(self._processors[name])
        username = kit.settings.web_connector.username
        url = self.world.program.endpoint.url
        return WebConnectorStandIn(url, username, PASSWORD, quickbooks, script=script, sleep=lambda _: None).update()

    def run(self, name: str) -> None:
        """Read Cedar for a connection, and let its Web Connector call until there is nothing to do."""
        (kit,) = kits_of(self.world.installation, name)
        cedar_side.pull(kit)
        while self.update(name).outcome == "done":
            pass

    def look_again(self, name: str) -> None:
        """Let it be time to look for other hands."""
        with self.world.installation.record.write() as tx:
            facts.forget(tx, name, BooksWatched)

    @property
    def orders(self) -> dict[str, str]:
        """The documents in the books: which, by the charges in it."""
        return {",".join(sorted(line.other1 for line in each.lines)): each.txn_id for each in self.company.orders()}

    @property
    def rows(self) -> dict[str, tuple[str, str | None]]:
        """By connection: the state and the document of its one row."""
        found = self.world.installation.service.rows()
        assert len(found) == len({row.connection for row in found})
        return {row.connection: (row.state, row.document.txn_id) for row in found}


@contextmanager
def one_file(home: Path, yard: PracticeRailroad, main: PracticeRailroad) -> Iterator[TwoRailroads]:
    """Set both connections up."""
    sandbox = CedarSandbox(yard, api_key=API_KEY, assume_user=ASSUME_USER, carrier=YARD)
    with sandbox:
        settings: dict[str, object] = {
            "cedar.base_url": sandbox.base_url,
            "cedar.carrier": YARD,
            "cedar.assume_user": ASSUME_USER,
            "cedar.time_zone": yard.time_zone,
            "web_connector.username": "yard",
        }
        change(home, "yard", settings, free_port())
        with PracticeWorld(home, main, company=small_company()) as world:
            yield TwoRailroads(world)


def each_has_its_own(office: TwoRailroads) -> None:
    orders = office.orders
    assert set(orders) == {"101", "201"}
    assert office.rows == {"main": ("synced", orders["101"]), "yard": ("synced", orders["201"])}


def lost(office: TwoRailroads, name: str) -> None:
    """Let a connection's answer to its write be lost."""
    (kit,) = kits_of(office.world.installation, name)
    cedar_side.pull(kit)
    for occurrence in range(1, 9):
        before = len(office.company.orders())
        report = office.update(name, at_operation("receiveResponseXML", Fate.VANISH_BEFORE, occurrence))
        if len(office.company.orders()) > before:
            return
        assert report.outcome in {"vanished", "done"}
    raise AssertionError("nothing was written")


def warnings(office: TwoRailroads) -> list[str]:
    found = examine(office.world.installation, evidence(office.world.installation), asks_cedar=False)
    return [each.title for each in found if each.check.startswith("company:")]


def test_each_has_its_own_document_whatever_was_lost_and_the_doctor_warns(tmp_path: Path) -> None:
    with one_file(tmp_path, railroad(201, amount="100.00"), railroad(101, amount="55.00")) as office:
        office.run("yard")
        assert warnings(office) == []
        # The other's document is there already, and only that one would be found.
        lost(office, "main")
        office.look_again("yard")
        office.run("yard")
        office.run("main")
        each_has_its_own(office)
        assert warnings(office) == ["The connections yard and main write into one company"]
        office.look_again("main")
        office.run("main")
        each_has_its_own(office)


def test_what_the_other_has_written_and_not_heard_of_is_not_taken_however_alike(tmp_path: Path) -> None:
    with one_file(tmp_path, railroad(201, amount="100.00"), railroad(101, amount="100.00")) as office:
        lost(office, "yard")
        office.run("main")
        assert set(office.orders) == {"101", "201"}
        office.run("yard")
        each_has_its_own(office)


def test_charges_of_the_same_ids_are_told_apart_while_the_record_knows_them(tmp_path: Path) -> None:
    with one_file(tmp_path, railroad(101, amount="100.00"), railroad(101, amount="55.00")) as office:
        office.run("yard")
        (of_yard,) = office.company.orders()
        office.run("main")
        assert len(office.company.orders()) == 2
        assert office.rows["yard"] == ("synced", of_yard.txn_id)
        assert office.rows["main"][0] == "synced"
        assert office.rows["main"][1] != of_yard.txn_id
