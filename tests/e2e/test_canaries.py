"""Secrets are in no file and no output, whatever happens; customers' names are not in the support file."""

import base64
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from app.practice.adding import add_application
from app.practice.cedar import CedarSandbox, PracticeCharge, PracticeRailroad
from app.practice.mishaps import Fate, as_planned, at_operation
from app.practice.quickbooks import RequestProcessor
from app.practice.world import ASSUME_USER, CARRIER
from tests.canaries import found_in, leaks, spellings
from tests.e2e.office import Office

KEY = "Canary-K3y&<+/=\"%41'end"
PASSWORD = "Canary-P&ss<w0rd>-é end"
SECRETS = (KEY, PASSWORD)
CUSTOMERS = ("Canary Feed & Seed <Co>", "Kanarienvogel Müller", "Canario")
LOCATION = "Canary Elevator"
INVOICES = ("CANARY-1", "CANARY-2", "CANARY-3")


class WatchedOffice(Office):
    """An office whose every output is kept."""

    def __init__(self, folder: Path) -> None:
        charges = [
            PracticeCharge(number, invoice=invoice, customer=customer, customer_location=LOCATION)
            for number, (invoice, customer) in enumerate(zip(INVOICES, CUSTOMERS, strict=True), 1)
        ]
        railroad = PracticeRailroad(charges, today=date(2026, 11, 22))
        super().__init__(folder / "home", railroad)
        self.sandbox = CedarSandbox(railroad, api_key=KEY, assume_user=ASSUME_USER, carrier=CARRIER)
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.output = folder / "output.txt"
        self.environment |= {
            "CEDAR_SYNC_CEDAR_API_KEY": KEY,
            "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD": PASSWORD,
            "TMPDIR": str(self.temporary),
            "PYTHONFAULTHANDLER": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        result = super().run(*arguments, **environment)
        with self.output.open("a", encoding="utf-8") as output:
            output.write(result.stdout + result.stderr)
        return result

    def start(self) -> None:
        """Start ``serve`` with its output kept, and wait for it."""
        began = self.output.stat().st_size
        with self.output.open("ab") as output:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "app", "serve", "--home", str(self.home)],
                env=self.environment,
                stdout=output,
                stderr=output,
                text=True,
            )
        self.wait_until(lambda: b"ready " in self.output.read_bytes()[began:])

    def add_to_the_web_connector(self) -> None:
        """Add the .QWC file."""
        added = add_application(self.run("qwc").stdout.encode(), self.company)
        self.processor = RequestProcessor(self.company, app_name=added.name, owner_id=added.owner_id)

    def record(self) -> bytes:
        """Read the record and what is still in its journal."""
        return b"".join(each.read_bytes() for each in self.home.glob("record.sqlite*"))

    def leaks(self) -> list[str]:
        """Search the home, the folder for temporary files, and all output."""
        return leaks(self.home, SECRETS) + leaks(self.temporary, SECRETS) + found_in(self.output.read_bytes(), SECRETS)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[WatchedOffice]:
    with WatchedOffice(tmp_path) as office:
        yield office


@pytest.mark.skipif(os.name != "posix", reason="the processes are ended by POSIX signals")
def test_no_secret_is_anywhere_and_no_customer_in_the_support_file(office: WatchedOffice, tmp_path: Path) -> None:
    office.start()
    office.add_to_the_web_connector()
    office.wait_until(lambda: all(each.encode() in office.record() for each in CUSTOMERS))
    outcomes = [
        office.update(script, password).outcome
        for password, script in (
            ("wrong", as_planned),
            (PASSWORD, at_operation("sendRequestXML", Fate.DROP_ANSWER)),
            (PASSWORD, at_operation("receiveResponseXML", Fate.TWICE, 0)),
            (PASSWORD, at_operation("receiveResponseXML", Fate.VANISH_BEFORE)),
        )
    ]
    assert outcomes == ["nvu", "vanished", "done", "none"]
    office.end(signal.SIGKILL)
    office.sandbox.garbage_next(50, where="any")
    office.start()
    office.wait_until(lambda: b"in Cedar's place" in (office.home / "logs" / "cedar-sync.log").read_bytes())
    office.update(as_planned, PASSWORD)
    office.end(signal.SIGABRT)
    assert b"Fatal Python error: Aborted" in office.output.read_bytes()
    file = tmp_path / "support.zip"
    office.run("support-file", "--output", str(file)).check_returncode()

    assert office.leaks() == []
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    there = {
        "WHAT-IS-IN-THIS-FILE.txt",
        "versions.txt",
        "settings.toml",
        "status.txt",
        "doctor.txt",
        "web-connector.txt",
    }
    assert there | {"logs/cedar-sync.log"} == set(parts)
    assert b"main: 3 synced" in parts["status.txt"]
    assert b"running: unknown" in parts["web-connector.txt"]
    assert found_in(b"\n".join(parts.values()), (*SECRETS, *CUSTOMERS, LOCATION, *INVOICES, ASSUME_USER)) == []


@pytest.mark.parametrize(
    "spelt",
    [
        KEY,
        KEY.encode("utf-16-le").decode("latin-1"),
        quote(KEY),
        base64.b64encode(b"xy" + KEY.encode()).decode(),
        KEY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    ],
)
def test_the_search_itself_finds_what_is_there(tmp_path: Path, spelt: str) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"so: " + spelt.encode("latin-1") + b" it was")

    assert [leak for leak in leaks(tmp_path, SECRETS) if leak.startswith("below/file")]
    assert all(len(each) > 8 for each in spellings(KEY).values())
