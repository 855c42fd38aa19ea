"""The demo chooses by itself whether there is a window to be had."""

import os
import subprocess
import sys

import pytest

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":0"}])
def test_without_a_display_or_when_told_it_is_headless(display: dict[str, str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS} | display
    options = ["--headless"] if display else []
    command = [sys.executable, "-m", "app", "demo", "--invoices", "3", *options]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Every one of the 3 invoices ended as it should, to the cent." in ended.stderr
