"""Settings that would make a connection another one: the books stay as they are, and nothing decided is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import books_side, cedar_side
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.connector_silence import evidence
from app.bootstrap.examination import examine
from app.bootstrap.installation import Installation
from app.bootstrap.previewing import previewed_rows
from app.bootstrap.running_program import RunningProgram
from app.cli.main import run
from app.domain.facts import BelongsTo
from app.domain.faults import HomeUnusable, NotConfigured, SettingsOfAnother
from app.domain.reasons import ReasonCode, Who
from app.practice.cedar import CedarSandbox, PracticeCharge, PracticeRailroad
from app.practice.world import API_KEY, ASSUME_USER, CARRIER
from app.store import facts
from app.system.home import Home
from app.system.settings_file import NAME, change
from tests.reasons.office import NOON, Office, a_charge
from tests.reasons.online_office import OnlineOffice, an_online_office
from tests.reasons.provoking import check_reason, provokes

OTHER = "9999"
SECOND = "main/INV-2/4410"


@contextmanager
def another_railroad() -> Iterator[CedarSandbox]:
    """Run the Cedar of a railroad that has an INV-1 of its own."""
    railroad = PracticeRailroad([a_charge(9001, amount="7"), a_charge(9002, "INV-77", amount="8")], today=NOON.date())
    with CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=OTHER) as sandbox:
        yield sandbox


def two_invoices() -> tuple[PracticeCharge, PracticeCharge]:
    """Make the charges of two invoices."""
    return a_charge(1), a_charge(2, "INV-2", amount="20")


def books_of(office: Office) -> list[tuple[str, str, str]]:
    """Give what is in the books, with the marks that every change moves."""
    return sorted((each.txn_id, each.edit_sequence, str(each.subtotal)) for each in office.company.orders())


def status_of(office: Office, place: int = 0) -> tuple[str, str]:
    """Give the overall state, and the code of what keeps a connection from being worked."""
    status = office.status()
    connection = status["connections"][place]
    problem = connection["cedar"]["problem"] or (connection.get("web_connector") or connection["books"])["problem"]
    return status["overall"]["state"], problem["code"] if problem else ""


def refused(installation: Installation, name: str = "main") -> SettingsOfAnother:
    """Try everything that reads or sends, and give the refusal that all of it meets."""
    (kit,) = kits_of(installation, name)
    with pytest.raises(SettingsOfAnother) as caught:
        cedar_side.pull(kit, is_hurried=True)
    for order in (lambda: cedar_side.reconcile(kit, None, None), kit.belonging.require):
        with pytest.raises(SettingsOfAnother, match=re.escape(str(caught.value))):
            order()
    return caught.value


def give(office: Office | OnlineOffice, *words: str) -> int:
    """Give a command in the office's home."""
    return run([*words, "--home", str(office.home)])


def rename(office: Office, name: str) -> None:
    """Give the connection another name in the settings file, and start the program anew."""
    file = office.home / NAME
    file.write_text(re.sub('name = "[a-z]+"', f'name = "{name}"', file.read_text("utf-8"), count=1), "utf-8")


@provokes(ReasonCode.OTHER_CEDAR)
def test_another_carrier_touches_nothing_until_the_first_is_put_back(tmp_path: Path) -> None:
    with Office(tmp_path, *two_invoices(), settings={"destination.on_void": "delete"}) as office:
        office.run()
        before, own = books_of(office), office.sandbox.base_url
        with another_railroad() as other:
            office.configure(cedar__carrier=OTHER, cedar__base_url=other.base_url)
            fault = refused(office.installation)
            assert "configure --connection main --start-anew" in str(fault)
            check_reason(fault.reason, ReasonCode.OTHER_CEDAR, Who.BOOKKEEPER, OTHER, CARRIER, "main")
            office.expect_cedar_problem(ReasonCode.OTHER_CEDAR, Who.BOOKKEEPER, OTHER, CARRIER)
            assert status_of(office)[0] == "stopped"
            office.installation.service.resync(["main/INV-1/4410"])
            assert office.update().outcome == "none", "QuickBooks is not opened either"
            assert other.requests == []
        assert books_of(office) == before

        office.railroad.amend(2, amount=Decimal(21), rate=Decimal(21))
        in_its_rhythm = office.program._pull_of("main")
        assert in_its_rhythm() is None
        change(office.home, "main", {"cedar.carrier": CARRIER, "cedar.base_url": own}, None)
        assert in_its_rhythm() is not None, "the program that runs goes on by itself"
        assert status_of(office)[1] == ""
        office.update()
        office.expect_healed()
        office.expect_healed(SECOND, "21.00")
        assert len(office.company.orders()) == 2

        change(office.home, "main", {"cedar.base_url": ""}, None)
        assert in_its_rhythm() is None
        office.expect_cedar_problem(ReasonCode.OTHER_CEDAR, Who.BOOKKEEPER, "region us", "127.0.0.1")
        # The same server, written another way.
        change(office.home, "main", {"cedar.base_url": f" {own.upper().replace('HTTP', 'http')}/ "}, None)
        assert in_its_rhythm() is not None


@provokes(ReasonCode.CONNECTION_RENAMED)
def test_a_renamed_connection_keeps_what_was_decided_under_its_name(tmp_path: Path) -> None:
    with Office(tmp_path, *two_invoices()) as office:
        office.pull()
        office.installation.service.hold([SECOND], "disputed")
        office.update()
        before = books_of(office)
        rename(office, "rail")
        office._end_program()
        office.installation = Installation(office.home, credentials=office._credentials, clock=office.hand_clock)
        fault = refused(office.installation, "rail")
        check_reason(fault.reason, ReasonCode.CONNECTION_RENAMED, Who.BOOKKEEPER, "main", "rail")
        office.expect_cedar_problem(ReasonCode.CONNECTION_RENAMED, Who.BOOKKEEPER, "main", "rail")
        assert status_of(office) == ("stopped", "CONNECTION_RENAMED")
        (desk,) = [books_side.desk(kit) for kit in kits_of(office.installation)]
        assert not desk.has_work()

        rename(office, "main")
        office.restart()
        office.run()
        assert office.states() == {"main/INV-1/4410": "synced", SECOND: "held"}
        assert books_of(office) == before


@provokes(ReasonCode.OTHER_ACCOUNTING_SYSTEM)
def test_other_books_get_nothing_until_the_first_are_chosen_again(tmp_path: Path) -> None:
    with Office(tmp_path, *two_invoices()) as office:
        office.run()
        before = books_of(office)
        online = {"kind": "quickbooks_online", "document": "estimate", "client_id": "app", "realm_id": "9130"}
        change(office.home, "main", {f"destination.{name}": value for name, value in online.items()}, None)
        office.restart()
        fault = refused(office.installation)
        names = ("QuickBooks Online", "QuickBooks Desktop", "main")
        check_reason(fault.reason, ReasonCode.OTHER_ACCOUNTING_SYSTEM, Who.BOOKKEEPER, *names)
        assert status_of(office) == ("stopped", "OTHER_ACCOUNTING_SYSTEM")
        with pytest.raises(SettingsOfAnother):
            books_side.pusher(office.kit)
        assert office.program._push_of("main")() is None

        office.railroad.amend(2, amount=Decimal(21), rate=Decimal(21))
        office.configure(destination__kind="quickbooks_desktop", destination__document="sales_order")
        office.run()
        assert len(books_of(office)) == len(before)
        office.expect_healed(SECOND, "21.00")


@provokes(ReasonCode.OTHER_ACCOUNTING_SYSTEM)
def test_books_in_the_cloud_are_not_left_for_desktop_by_a_setting(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        office.run()
        office.configure(destination__kind="quickbooks_desktop")
        fault = refused(office.installation)
        check_reason(fault.reason, ReasonCode.OTHER_ACCOUNTING_SYSTEM, Who.BOOKKEEPER, "QuickBooks Desktop")
        assert not books_side.desk(office.kit).has_work()
        assert give(office, "push") == 3
        office.configure(destination__kind="quickbooks_online")
        office.run()
        office.expect_healed()


def test_other_books_may_be_chosen_as_long_as_nothing_was_written(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        change(office.home, "main", {"destination.kind": "quickbooks_desktop", "destination.document": "invoice"}, None)
        office.restart()
        office.pull()
        office.configure(destination__kind="quickbooks_online", destination__document="estimate")
        office.run()
        office.expect_healed()


def test_a_record_from_before_belongs_to_the_settings_it_is_first_opened_with(tmp_path: Path) -> None:
    with Office(tmp_path, *two_invoices()) as office:
        office.run()
        with office.installation.record.write() as tx:
            facts.forget(tx, "main", BelongsTo)
        office.restart()
        with office.installation.record.read() as tx:
            assert facts.get(tx, "main", BelongsTo) == office.kit.belonging.sides.belongs_to
        before = books_of(office)
        office.run()
        assert books_of(office) == before
        office.configure(cedar__carrier=OTHER)
        refused(office.installation)


def test_a_carrier_typed_wrong_is_corrected_freely_before_anything_was_read(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"cedar.carrier": ""}) as office:
        with pytest.raises(NotConfigured, match=r"cedar\.carrier"):
            office.pull()
        office.kit.belonging.require()
        office.configure(cedar__carrier=OTHER)
        office.kit.belonging.require()
        office.configure(cedar__carrier=CARRIER)
        office.run()
        office.expect_healed()
        office.configure(cedar__carrier="")
        assert office.kit.belonging.mismatch() is None, "a field to be filled in names no other carrier"


@provokes(ReasonCode.OTHER_CEDAR)
def test_of_two_connections_only_the_wrong_one_stands_still(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Office(tmp_path, *two_invoices()) as office, another_railroad() as other:
        office.run()
        cedar = {"base_url": other.base_url, "carrier": OTHER, "assume_user": ASSUME_USER}
        second = {f"cedar.{name}": value for name, value in cedar.items()} | {"web_connector.username": "second"}
        change(office.home, "branch", second, None)
        office.configure(cedar__carrier="5555")
        main, branch = kits_of(office.installation)
        assert cedar_side.pull(branch, is_hurried=True).read == 2
        fault = refused(office.installation)
        check_reason(fault.reason, ReasonCode.OTHER_CEDAR, Who.BOOKKEEPER, "5555")
        assert main.belonging.mismatch() is not None
        assert books_side.desk(branch).has_work()
        assert office.status()["connections"][1]["cedar"]["problem"] is None
        assert [each.row.connection for each in previewed_rows(office.installation, ["branch"])] == ["branch", "branch"]
        findings = {
            each.check: each for each in examine(office.installation, evidence(office.installation), asks_cedar=False)
        }
        assert not findings["connection:main"].is_well
        assert "connection:branch" not in findings


# The way on


def in_use(home: Home) -> object:
    """Say that a program runs in a home."""
    raise HomeUnusable(f"Cedar Sync is already running with the home {home.path}.")


def test_commands_say_it_with_exit_code_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", API_KEY)
    with Office(tmp_path, *two_invoices()) as office:
        office.run()
        capsys.readouterr()
        assert give(office, "configure", "--carrier", OTHER) == 3, "it is refused at the moment of the change"
        assert f'carrier = "{CARRIER}"' in (office.home / NAME).read_text("utf-8")
        assert f"carrier {OTHER} (127.0.0.1)" in capsys.readouterr().err
        assert give(office, "configure", "--start-anew") == 3, "there is nothing to start anew for"

        change(office.home, "main", {"cedar.carrier": OTHER}, None)
        for command in ("pull", "preview"):
            assert give(office, command) == 3
            assert "--start-anew" in capsys.readouterr().err
        assert give(office, "status") == 0
        assert "--start-anew" in capsys.readouterr().err
        assert give(office, "doctor") == 1
        assert "Settings name another Cedar" in capsys.readouterr().err
        assert give(office, "configure", "--lookback-days", "90") == 0, "everything else stays free"
        change(office.home, "main", {"destination.kind": "quickbooks_online", "destination.document": "estimate"}, None)
        assert give(office, "push") == 3
        assert "carrier" in capsys.readouterr().err


def test_a_connection_starts_anew_only_when_somebody_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", API_KEY)
    with Office(tmp_path, *two_invoices()) as office:
        office.pull()
        office.installation.service.hold([SECOND])
        office.update()
        identity, before = office.kit.connector_line.identity(), books_of(office)
        with another_railroad() as other:
            wanted = ("configure", "--carrier", OTHER, "--base-url", other.base_url, "--start-anew")
            with monkeypatch.context() as patch:
                patch.setattr(Home, "claimed", in_use)
                assert give(office, *wanted) == 6, "a program that runs knows nothing of it"
            assert office.states() != {}
            assert give(office, *wanted) == 0
            (copy,) = (office.home / "backups").glob("record-anew-*.sqlite")
            assert str(copy) in capsys.readouterr().err
            office.restart()
            assert office.states() == {}
            assert office.kit.connector_line.identity() == identity, "the Web Connector's application stays added"
            office.pull()
            assert set(office.states()) == {"main/INV-1/4410", "main/INV-77/4410"}
        assert set(before) <= set(books_of(office))


def test_a_renamed_connection_that_starts_anew_finds_its_documents_by_their_memo(tmp_path: Path) -> None:
    with Office(tmp_path, *two_invoices()) as office:
        office.run()
        before = books_of(office)
        rename(office, "rail")
        office._end_program()
        assert give(office, "configure", "--connection", "rail", "--start-anew") == 0
        office.installation = Installation(office.home, credentials=office._credentials, clock=office.hand_clock)
        (office.kit,) = kits_of(office.installation)
        office.program = RunningProgram(office.installation)
        office.program.endpoint.start()
        office.pull()
        office.update_until_quiet()
        assert office.states() == {"rail/INV-1/4410": "synced", "rail/INV-2/4410": "synced"}
        assert [each[0] for each in books_of(office)] == [each[0] for each in before]
        with office.installation.record.read() as tx:
            assert facts.get(tx, "main", BelongsTo) is None
