"""Settings that would make a connection another one: nothing happens to the books, and nothing that was decided is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import Installation, would_be_another
from app.cli.main import run
from app.domain.facts import BelongsTo
from app.domain.faults import NotConfigured, SettingsOfAnother
from app.domain.reasons import ReasonCode, Who
from app.practice.cedar import CedarSandbox, PracticeCharge, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.world import API_KEY, ASSUME_USER, CARRIER
from app.store import facts
from app.system.settings_file import NAME, change, drafted
from tests.reasons.office import NOON, Office, a_charge
from tests.reasons.online_office import an_online_office
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
    (kit,) = installation.kits(name)
    with pytest.raises(SettingsOfAnother) as caught:
        kit.pull(is_hurried=True)
    for order in (lambda: kit.reconcile(None, None), lambda: installation.preview([name]), kit.require_own_settings):
        with pytest.raises(SettingsOfAnother, match=re.escape(str(caught.value))):
            order()
    return caught.value


def rename(office: Office, name: str) -> None:
    """Give the connection another name in the settings file, and start the program anew."""
    file = office.home / NAME
    file.write_text(re.sub('name = "[a-z]+"', f'name = "{name}"', file.read_text("utf-8"), count=1), "utf-8")


@provokes(ReasonCode.OTHER_CEDAR)
@pytest.mark.parametrize("on_void", ["ask", "delete"])
def test_another_carrier_touches_nothing_until_the_first_is_put_back(tmp_path: Path, on_void: str) -> None:
    with Office(tmp_path, *two_invoices(), settings={"destination.on_void": on_void}) as office:
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
            assert office.update().outcome == "nothing to do", "QuickBooks is not opened either"
            assert other.requests == []
        assert books_of(office) == before

        office.railroad.amend(2, amount="21", rate="21")
        office.configure(cedar__carrier=CARRIER, cedar__base_url=own)
        assert status_of(office)[1] == ""
        office.run()
        office.expect_healed()
        office.expect_healed(SECOND, "21.00")
        assert len(office.company.orders()) == 2
