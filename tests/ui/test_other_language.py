"""Every text people read can be translated: in a language nobody speaks, nothing of the window is left in English."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app import PRODUCT
from app.domain.language import English, plural
from app.system import language
from tests.ui.other_language import left_in_english

ALLOWED = {PRODUCT, "Scroll Left", "Scroll Right"}
"""The product's name, and Qt's own words."""


@pytest.mark.timeout(300)
def test_nothing_of_the_window_is_left_in_english(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.other_language", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    # The settings show the folder of the data as it is.
    assert {text: where for text, where in found.items() if text not in ALLOWED and not Path(text).is_absolute()} == {}


def test_what_is_kept_in_the_record_is_the_same_in_every_language() -> None:
    script = (
        "from tests.ui.other_language import Brackets; from app.domain.language import speak; speak(Brackets())\n"
        "from app.domain import reason_texts as words\n"
        "print(words.ANSWER, words.REFUSED, words.DENIED, words.TAKEN, words.NO_ACCOUNT)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["answer", "refused", "denied", "taken", "no_account"]


@pytest.mark.parametrize(
    ("text", "left"), [("⟦Held⟧", ""), ("⟦{x} of ⟦Held⟧⟧: Acme", "Acme"), ("⟦Held⟧ · 12.50", ""), ("Held", "Held")]
)
def test_what_was_not_looked_up_is_found(text: str, left: str) -> None:
    assert left_in_english(text).lstrip(": ") == left


@pytest.mark.parametrize(("number", "words"), [(1, "1 row"), (0, "0 rows"), (1200, "1,200 rows")])
def test_english_has_two_forms(number: int, words: str) -> None:
    assert plural(("{count} row", "{count} rows"), number) == words


def test_a_translation_is_found_by_its_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "cedar-sync.mo").write_bytes(a_catalogue({"Waiting": "En espera"}))
    monkeypatch.setenv(language.VARIABLE, "es")
    assert language.catalogue(tmp_path).gettext("Waiting") == "En espera"
    assert language.catalogue(tmp_path).gettext("Held") == "Held"
    monkeypatch.setenv(language.VARIABLE, "de")
    assert isinstance(language.catalogue(tmp_path), English)


def test_a_damaged_translation_is_no_reason_not_to_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "cedar-sync.mo").write_bytes(b"nonsense")
    monkeypatch.setenv(language.VARIABLE, "es")
    assert isinstance(language.catalogue(tmp_path), English)


def a_catalogue(texts: dict[str, str]) -> bytes:
    """Write a compiled catalogue, as GNU gettext's format says."""
    header = {"": "Content-Type: text/plain; charset=UTF-8\n"}
    entries = sorted((key.encode(), value.encode()) for key, value in (header | texts).items())
    start = 28 + 16 * len(entries)
    keys, values = b"".join(k + b"\0" for k, _ in entries), b"".join(v + b"\0" for _, v in entries)

    def table(column: int, at: int) -> bytes:
        rows = b""
        for entry in entries:
            rows += len(entry[column]).to_bytes(4, "little") + at.to_bytes(4, "little")
            at += len(entry[column]) + 1
        return rows

    numbers = (0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, start)
    written = b"".join(number.to_bytes(4, "little") for number in numbers)
    return written + table(0, start) + table(1, start + len(keys)) + keys + values
