"""Ctrl+C while a command is still being loaded ends it without a word."""

import subprocess
import sys

import pytest

BROKEN_OFF = """
import os, signal, sys

class Interrupter:
    def find_spec(self, name, path, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)

# Whoever starts the tests in the background has it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupter())
from app.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there no program can press Ctrl+C for itself alone")
@pytest.mark.parametrize("module", ["app.domain.language", "app.cli.main"])
def test_it_ends_quietly_while_modules_are_imported(module: str) -> None:
    ended = subprocess.run([sys.executable, "-c", BROKEN_OFF, module], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
