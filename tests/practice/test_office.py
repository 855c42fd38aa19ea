"""The practice office around a program that somebody else runs."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.domain.faults import KnownFault
from app.domain.states import State
from app.practice.cedar import short_line
from app.practice.office import PracticeOffice

NEVER = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PracticeOffice]:
    with PracticeOffice(
        tmp_path, short_line(invoices=30, today=date(2026, 11, 22)), rhythm=NEVER, first=NEVER
    ) as office:
        yield office


@pytest.fixture
def installation(office: PracticeOffice, tmp_path: Path) -> Iterator[Installation]:
    """Run the program as the window does."""
    with Installation(tmp_path, credentials=office.credentials) as installation:
        program = RunningProgram(installation)
        program.endpoint.start()
        yield installation
        program.endpoint.stop()
        program.stop()


def states(installation: Installation) -> dict[str, State]:
    return {str(row.id): row.state for row in installation.service.rows()}


def pull_and_send(office: PracticeOffice, installation: Installation) -> None:
    cedar_side.pull(kit_of(installation, "main"))
    while office.call_now():
        """Once more: there was work."""


def test_nobody_answers_before_the_program_runs(office: PracticeOffice) -> None:
    with pytest.raises(KnownFault, match="calls again by itself"):
        office.call_now()


def test_the_connector_tells_whether_there_was_work(office: PracticeOffice, installation: Installation) -> None:
    cedar_side.pull(kit_of(installation, "main"))
    assert office.call_now()
    assert not office.call_now()


def test_a_new_invoice_reaches_the_books_as_one_order(office: PracticeOffice, installation: Installation) -> None:
    numbers = [office.make_invoice(), office.make_invoice()]
    assert len(set(numbers)) == 2
    pull_and_send(office, installation)
    for number in numbers:
        charges = [charge for charge in office.railroad.charges.values() if charge.invoice == number]
        orders = [order for order in office.company.orders() if order.memo == f"Cedar invoice {number}"]
        assert [order.subtotal for order in orders] == [sum(charge.amount or 0 for charge in charges)]


def test_missing_customers_are_added_once(office: PracticeOffice, installation: Installation) -> None:
    assert office.add_customers() == sorted(office.railroad.missing_customers)
    assert office.add_customers() == []


def test_an_order_somebody_changed_is_a_conflict_once_compared(
    office: PracticeOffice, installation: Installation
) -> None:
    assert office.change_order() is None
    pull_and_send(office, installation)
    first, second = office.change_order(), office.change_order()
    assert first is not None
    assert first != second
    assert states(installation)[first] is State.SYNCED
    installation.service.resync([first])
    office.call_now()
    assert states(installation)[first] is State.CONFLICT


def test_port_and_password_are_read_anew(office: PracticeOffice, installation: Installation) -> None:
    assert not office.call_now()
    kit_of(installation, "main").connector_password.make()
    cedar_side.pull(kit_of(installation, "main"))
    assert office.call_now()


def test_the_connector_calls_by_itself(tmp_path: Path) -> None:
    rhythm = timedelta(milliseconds=50)
    with PracticeOffice(
        tmp_path, short_line(invoices=3, today=date(2026, 11, 22)), rhythm=rhythm, first=rhythm
    ) as office:
        with Installation(tmp_path, credentials=office.credentials) as installation:
            program = RunningProgram(installation)
            program.start()
            for _ in range(600):
                if office.company.orders():
                    break
                office._ending.wait(0.05)
            program.stop()
        assert office.company.orders()
