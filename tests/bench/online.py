"""Pushing to QuickBooks Online: a first push of many invoices, and the one after it, by the real program."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.practice.cedar import CedarSandbox, short_line
from app.practice.online_world import online_settings
from app.practice.quickbooks_online import CLIENT_SECRET, PracticeQuickBooksOnline, stocked_online
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, free_port, practice_settings
from app.system.settings_file import change


@dataclass(frozen=True, slots=True)
class _Command:
    """What one command cost."""

    seconds: float
    cpu: float
    """Seconds of processor time."""


def online(folder: Path, size: int) -> dict[str, float | int | str]:
    """Measure documents a second at the pace Intuit allows, requests and processor time a document."""
    railroad = short_line(invoices=size, today=date(2026, 11, 22))
    company = stocked_online(railroad)
    with (
        CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER) as sandbox,
        PracticeQuickBooksOnline(company) as service,
    ):
        home = folder / "home"
        change(home, "main", practice_settings(sandbox, railroad) | online_settings(service, "estimate"), free_port())
        secrets = {
            "CEDAR_SYNC_CEDAR_API_KEY": API_KEY,
            "CEDAR_SYNC_QBO_CLIENT_SECRET": CLIENT_SECRET,
            "CEDAR_SYNC_QBO_REFRESH_TOKEN": service.grants.consent(company.realm_id).refresh,
        }
        _run(home, secrets, "pull")
        before = len(service.requests)
        first = _run(home, secrets, "push")
        requests = len(service.requests) - before
        documents = len(company.documents("Estimate"))
        before = len(service.requests)
        again = _run(home, secrets, "push")
        return {
            "documents": documents,
            "documents a second, with the start of the program": documents / first.seconds,
            "requests a document": requests / documents,
            "CPU ms a document": 1000 * (first.cpu - again.cpu) / documents,
            "requests of the push after it": len(service.requests) - before,
            "CPU s of it, start included": again.cpu,
        }


def _run(home: Path, secrets: dict[str, str], command: str) -> _Command:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CEDAR_SYNC")} | secrets
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", command, "--home", str(home)], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command} ended with {process.returncode}"
    return _Command(time.monotonic() - began, used.ru_utime + used.ru_stime)
