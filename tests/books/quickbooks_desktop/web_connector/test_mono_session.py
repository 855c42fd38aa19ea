"""The Mono tests leave nothing behind where they are started, though Mono's runtime may break off."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.books.quickbooks_desktop.web_connector import mono_session

CRASH = "mono_crash.1.0.json"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for Mono")
def test_a_crash_file_does_not_land_where_the_tests_were_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools, here = tmp_path / "tools", tmp_path / "here"
    tools.mkdir()
    here.mkdir()
    for name in ("mono", "wsdl", "mcs"):
        tool = tools / name
        tool.write_text(f"#!/bin/sh\n: > {CRASH}\nexit 0\n")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(here)
    mono_session._client.cache_clear()
    try:
        mono_session.run_session("http://localhost/qbwc", "user", "password")
    finally:
        mono_session._client.cache_clear()
    assert list(here.iterdir()) == []
