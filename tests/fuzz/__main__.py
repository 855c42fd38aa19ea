"""``python -m tests.fuzz [NAME...] --seconds N``: throws bytes at the readers, and tells what got through.

Needs atheris (``uv sync --group fuzz``), which guides its bytes by what code they reach. Each reader runs in a process
of its own with a limit on memory and on the time of one reading. What breaks a reader is kept in the folder that is
named, and the exit code is 1.
"""

import argparse
import importlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

_MOST_MEMORY: Final = 1024
"""MiB; instrumented code and its tables take some 200."""
_LONGEST_READING: Final = 5
"""Seconds for one input."""
_LONGEST_INPUT: Final = 16_384
_CHILD: Final = "CEDAR_SYNC_FUZZ_TARGET"


def main() -> None:
    """Fuzz what is asked for, one after the other."""
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TARGETS, []], help="all of them by default")
    parser.add_argument("--seconds", type=int, default=60, help="for each (default: 60)")
    parser.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir()) / "cedar-sync-fuzz")
    arguments = parser.parse_args()
    arguments.findings.mkdir(parents=True, exist_ok=True)
    table = Table(box=None, header_style="bold")
    for heading in ("Reader", "Executions", "Places reached", "Outcome"):
        table.add_column(heading)
    has_findings = False
    for name in arguments.names or TARGETS:
        executions, places, trouble = _in_a_process(name, arguments.seconds, arguments.findings)
        has_findings = has_findings or bool(trouble)
        table.add_row(name, f"{executions:,}", f"{places:,}", trouble or "nothing got through")
    Console().print(table)
    sys.exit(1 if has_findings else 0)


def _in_a_process(name: str, seconds: int, findings: Path) -> tuple[int, int, str]:
    """Fuzz one reader; return executions, places of the code reached, and what went wrong."""
    from tests.fuzz.targets import TARGETS

    with tempfile.TemporaryDirectory(prefix="cedar-sync-fuzz-") as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(TARGETS[name].seeds):
            (corpus / f"seed-{number}").write_bytes(seed)
        words = Path(folder, "words")
        words.write_text("".join(f'"{_quoted(word)}"\n' for word in TARGETS[name].words), encoding="ascii")
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.fuzz",
                str(corpus),
                f"-dict={words}",
                f"-max_total_time={seconds}",
                f"-timeout={_LONGEST_READING}",
                f"-rss_limit_mb={_MOST_MEMORY}",
                f"-max_len={_LONGEST_INPUT}",
                f"-artifact_prefix={findings}/{name}-",
                "-print_final_stats=1",
            ],
            env=os.environ | {_CHILD: name},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    output = run.stdout + run.stderr
    (findings / f"{name}.log").write_text(output, encoding="utf-8")
    executions = [int(found) for found in re.findall(r"stat::number_of_executed_units: (\d+)", output)]
    places = [int(found) for found in re.findall(r" ft: (\d+)", output)]
    trouble = "" if run.returncode == 0 else f"ended with {run.returncode}: {findings / name}.log"
    return (executions or [0])[-1], (places or [0])[-1], trouble


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode())


def _fuzz(name: str) -> None:
    """Fuzz in this process, which never returns from it."""
    import atheris

    with atheris.instrument_imports(include=["app", "tomllib", "waitress"]):
        targets = importlib.import_module("tests.fuzz.targets")
    target = targets.TARGETS[name]
    atheris.Setup(sys.argv, target.take)
    atheris.Fuzz()


if __name__ == "__main__":
    child = os.environ.get(_CHILD)
    if child is None:
        main()
    else:
        _fuzz(child)
