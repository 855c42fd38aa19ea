"""What commands show of a row: both sides of a conflict, and why charges are left out, wherever their worth is told."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from app.cli.main import run
from app.practice.world import API_KEY
from app.sync.export import as_csv, as_xlsx
from app.system.settings_file import change
from tests.reasons.office import HALF_A_DAY, ROW, Office, a_charge


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", API_KEY)


def test_why_charges_are_left_out_stands_where_their_worth_does(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2, gl_code=None, amount="7.77")) as office:
        office.pull()
        assert run(["preview", "--home", str(office.home)]) == 0
        shown = capfdbinary.readouterr().err.decode()
        assert run(["preview", "--json", "--home", str(office.home)]) == 0
        (row,) = json.loads(capfdbinary.readouterr().out)
        assert run(["export", "--home", str(office.home)]) == 0
        (exported,) = csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig")))

    assert "7.77" in shown
    assert "No GL number" in shown
    assert [(each["amount"], each["reasons"][0]["code"]) for each in row["skipped"]] == [("7.77", "NO_GL_NUMBER")]
    assert (exported["Amount left out"], exported["Why left out"]) == ("7.77", "No GL number")


def test_both_sides_of_a_conflict_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Office(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.edit_line(order.txn_id, 0, quantity=Decimal(1), rate=Decimal(90), amount=Decimal(90))
        office.wait(HALF_A_DAY)
        office.run()
        capsys.readouterr()
        assert run(["show", ROW, "--home", str(office.home)]) == 0

    cedar, _, books = capsys.readouterr().err.partition("In QuickBooks: INV-1 for 4410")
    assert "100.00" in cedar
    assert "90.00" in books


def test_invoices_of_two_currencies_are_not_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2, invoice="INV-2", amount="7")) as office:
        office.railroad.amend(2, currency="CAD")
        office.pull()
        assert run(["invoices", "--home", str(office.home)]) == 0
    assert "2 rows · CAD 7.00 + USD 100.00" in capsys.readouterr().err


def test_a_text_is_made_harmless_only_where_a_spreadsheet_would_run_it(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1, invoice="=1+1")) as office:
        office.pull()
        rows = office.installation.service.listed(row.id for row in office.installation.service.rows())

    assert "'=1+1" in as_csv(rows).decode("utf-8-sig")
    strings = zipfile.ZipFile(io.BytesIO(as_xlsx(rows))).read("xl/sharedStrings.xml").decode()
    assert "<t>=1+1</t>" in strings


def test_the_status_of_one_connection_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Office(tmp_path, a_charge(1)) as office:
        office.pull()
        change(office.home, "branch", {"cedar.carrier": "77", "web_connector.username": "branch"}, None)
        shown = []
        for more in ([], ["--connection", "main"], ["--connection", "branch"]):
            assert run(["status", "--json", "--home", str(office.home), *more]) == 0
            shown.append([each["name"] for each in json.loads(capsys.readouterr().out)["connections"]])
        assert run(["status", "--home", str(office.home), "--connection", "nowhere"]) == 2

    assert shown == [["main", "branch"], ["main"], ["branch"]]
    assert "nowhere" in capsys.readouterr().err
