"""An introduction in the whole office: who answers is learnt, the lists are read, and what is due stays where it is."""

from pathlib import Path
from typing import TypeVar

from app.domain.facts import BooksProblem, CompanyFile, IntroductionWanted, ListsKnown
from app.practice.quickbooks import PracticeCompany
from app.store import facts
from tests.reasons.office import ROW, Office

F = TypeVar("F")


def _want(office: Office) -> None:
    with office.installation.record.write() as tx:
        facts.put(tx, "main", IntroductionWanted())


def _known(office: Office, kind: type[F]) -> F | None:
    with office.installation.record.read() as tx:
        return facts.get(tx, "main", kind)


def test_a_paused_connection_is_introduced_and_writes_nothing(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.installation.service.pause(None)
        _want(office)
        office.update()
        company = _known(office, CompanyFile)
        assert company is not None
        assert company.name == office.railroad.name
        assert _known(office, ListsKnown) is not None
        assert office.states() == {ROW: "queued"}
        assert office.company.orders() == []


def test_it_is_honoured_once(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.installation.service.pause(None)
        _want(office)
        assert office.update().requests > 0
        assert _known(office, IntroductionWanted) is None
        assert office.update().requests == 0


def test_a_connection_at_work_goes_on_with_the_next_update(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        _want(office)
        office.update()
        assert office.states() == {ROW: "queued"}
        office.update()
        assert office.states() == {ROW: "synced"}


def test_another_company_file_is_refused_and_asked_again_when_the_right_one_is_open(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        other = PracticeCompany(path=r"C:\other.qbw", name="Another Line")
        office.open_company(other, is_added=True)
        _want(office)
        office.update()
        assert _known(office, BooksProblem) is not None
        assert _known(office, IntroductionWanted) is not None
        office.open_own_company()
        office.update()
        assert _known(office, BooksProblem) is None
        assert _known(office, IntroductionWanted) is None
