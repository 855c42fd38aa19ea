"""``doctor`` and ``support-file``: what is amiss with its fix, and a file that gives nothing away."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import installation
from app.cli.main import run
from app.domain.values import replace
from app.practice.cedar import PracticeCharge, PracticeRailroad
from app.system.web_connector_install import ConnectorLook
from tests.e2e.office import Office

CUSTOMER = "Canary Feed and Seed"
LOCATION = "Canary Elevator"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    charges = [PracticeCharge(1, invoice="CANARY-77", customer=CUSTOMER, customer_location=LOCATION)]
    with Office(tmp_path / "home", PracticeRailroad(charges, today=date(2026, 11, 22)), is_forked=True) as office:
        yield office


def findings(office: Office) -> tuple[int, dict[str, Any]]:
    result = office.run("doctor", "--json")
    return result.returncode, {each["check"]: each for each in json.loads(result.stdout)}


def test_all_is_well_after_an_update(office: Office) -> None:
    office.serve()
    office.wait_for_reading()
    office.update()
    code, found = findings(office)
    assert {name for name, each in found.items() if not each["ok"]} == set()
    assert code == 0


def test_each_thing_that_is_amiss_has_a_fix(office: Office) -> None:
    office.sandbox.stop()
    code, found = findings(office)
    amiss = {name for name, each in found.items() if not each["ok"]}
    assert amiss == {"port", "cedar:main", "web_connector:main"}
    assert all(found[name]["fix"] for name in amiss)
    assert code == 1


def test_a_wrong_password_is_told_and_a_good_call_ends_it(office: Office) -> None:
    office.serve()
    office.wait_for_reading()
    office.update(password="wrong")
    code, found = findings(office)
    told = found["web_connector:main"]
    assert (code, told["ok"]) == (1, False)
    assert told["title"].endswith("with another password")
    assert "the variable CEDAR_SYNC_WEB_CONNECTOR_PASSWORD" in told["fix"]
    assert "called with another password: 20" in office.run("status").stderr
    office.update()
    assert findings(office)[1]["web_connector:main"]["ok"]
    assert "another password" not in office.run("status").stderr


@dataclass(frozen=True)
class SeenThere:
    """A Windows computer as somebody looked at it."""

    seen: ConnectorLook

    def look(self) -> ConnectorLook:
        return self.seen


LINE: dict[str, str | int] = {
    "AppName": "Cedar Sync",
    "AppURL": "http://localhost:1/qbwc",
    "AutoRun": 0,
    "Password": "(kept)",
}


def examined(
    office: Office, look: ConnectorLook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, Any]]:
    """Run the doctor on a computer on which this is seen of the Web Connector."""
    monkeypatch.setattr(installation, "system_install", lambda: SeenThere(look))
    for name in ("CEDAR_SYNC_CEDAR_API_KEY", "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD"):
        monkeypatch.setenv(name, office.environment[name])
    code = run(["doctor", "--json", "--home", str(office.home)])
    return code, {each["check"]: each for each in json.loads(capsys.readouterr().out)}


def test_what_is_amiss_in_the_web_connector_is_told_with_its_fix(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    look = ConnectorLook(is_installed=True, processes=(), settings={"": {}})
    code, found = examined(office, look, monkeypatch, capsys)
    told = [name for name in found if name.startswith("web_connector_")]
    assert (code, told) == (1, ["web_connector_app:main", "web_connector_running:main"])
    assert found["web_connector_app:main"]["title"].startswith("Cedar Sync is not in the Web Connector's list: ")
    assert "cedar-sync qwc" in found["web_connector_app:main"]["fix"]

    _, found = examined(office, replace(look, settings={"1": LINE}), monkeypatch, capsys)
    told = [name for name in found if name.startswith("web_connector_")]
    assert told == ["web_connector_running:main", "web_connector_address:main", "web_connector_auto_run:main"]
    assert "http://localhost:1/qbwc" in found["web_connector_address:main"]["title"]
    assert all(found[name]["fix"] and not found[name]["ok"] for name in told)

    with sqlite3.connect(office.home / "record.sqlite") as connection:
        kinds = {kind for (kind,) in connection.execute("SELECT kind FROM facts")}
    assert "identity" not in kinds, "whoever looks makes no ids for the company file"


def test_missing_settings_are_a_finding(office: Office) -> None:
    (office.home / "settings.toml").unlink()
    code, found = findings(office)
    assert (code, found["settings"]["ok"]) == (1, False)


def test_settings_that_cannot_be_read_are_not_called_missing(office: Office) -> None:
    (office.home / "settings.toml").write_text("[web_connector]\nport = \n")
    code, found = findings(office)
    assert (code, found["settings"]["ok"], found["settings"]["title"]) == (1, False, "The settings cannot be read")
    assert "line 2" in found["settings"]["fix"]


def of_a_newer_version(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def truncated(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = record.read_bytes()
    record.write_bytes(content[: len(content) // 2])


def no_database(record: Path) -> None:
    record.write_bytes(b"half a cat" * 1000)


@pytest.mark.parametrize(
    ("spoil", "words"), [(of_a_newer_version, "newer version"), (truncated, "damaged"), (no_database, "damaged")]
)
def test_a_record_that_cannot_be_used_is_a_finding_beside_the_others(
    office: Office, spoil: Callable[[Path], None], words: str
) -> None:
    office.run("pull").check_returncode()
    spoil(office.home / "record.sqlite")
    code, found = findings(office)
    assert (code, found["record"]["ok"]) == (1, False)
    assert words in found["record"]["title"] + found["record"]["fix"]
    assert found["record"]["fix"]
    assert found["cedar:main"]["ok"]
    assert office.run("doctor").returncode == 1


def test_a_home_that_cannot_be_written_is_a_finding(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert run(["doctor", "--json", "--home", str(office.home)]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["check"], found["ok"]) == ("home", False)
    assert str(office.home) in found["fix"]


def test_a_key_that_means_nothing_is_reported(office: Office) -> None:
    settings = office.home / "settings.toml"
    settings.write_text(settings.read_text() + "\n[store]\nurl_of = 1\n")
    assert "store" in findings(office)[1]["settings"]["title"]
