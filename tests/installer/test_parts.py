"""Licences, bill of materials, pins and icon, made from what tests run with."""

import json
import re
import shutil
import sysconfig
from pathlib import Path

import pytest

from installer.build import put_feed_in
from installer.distributions import Package, packages
from installer.icon import ICON, SIZES, sizes_of
from installer.licences import write_licences
from installer.pins import PROGRAM, TOOLS, write_pins
from installer.running import BuildFailed
from installer.sbom import write_sbom

UV = Path(__file__).parents[2] / ".tools" / "bin" / "uv"


@pytest.fixture(scope="module")
def here() -> list[Package]:
    return packages(Path(sysconfig.get_path("purelib")))


def test_every_package_tells_its_licence(here: list[Package]) -> None:
    by_name = {each.name.lower(): each for each in here}
    assert by_name["msgspec"].texts
    assert by_name["lxml"].licence == "BSD-3-Clause"
    assert "cedar-sync" not in by_name
    assert [each.name for each in here if not each.licence and not each.texts] == []


def test_licences_are_written_with_the_terms_of_qt(here: list[Package], tmp_path: Path) -> None:
    index = write_licences(tmp_path / "LICENSES", here, "Python's licence").read_text(encoding="utf-8")
    for each in here:
        assert f"{each.name} {each.version}, " in index
    for names in re.findall(r": ((?:[^ ,]+\.txt(?:, )?)+)$", index, re.MULTILINE):
        assert all((tmp_path / "LICENSES" / name).is_file() for name in names.split(", "))
    qt = (tmp_path / "LICENSES" / "Qt.txt").read_text(encoding="utf-8")
    assert "replace these files" in qt
    assert "source" in qt
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "LICENSES" / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert not [each for each in (tmp_path / "LICENSES").iterdir() if "Commercial" in each.name]


def test_a_package_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="nameless tells no licence"):
        write_licences(tmp_path / "LICENSES", [Package("nameless", "1", "", "", ())], "")


def test_the_bill_of_materials_is_valid_and_whole(here: list[Package], tmp_path: Path) -> None:
    # It compiles forty grammars as it is loaded, which every process that collects the tests would wait for.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    file = tmp_path / "sbom.json"
    write_sbom(file, here, "3.13.11", {"cedar-sync.exe": "0" * 64})
    text = file.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    names = {each["name"] for each in json.loads(text)["components"]}
    assert {each.name for each in here} | {"CPython", "cedar-sync.exe"} == names


@pytest.mark.skipif(not UV.exists() and shutil.which("uv") is None, reason="uv is not here")
def test_every_pin_is_exact_and_has_its_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if UV.exists():
        monkeypatch.setenv("UV", str(UV))
    program = write_pins(tmp_path / "program.txt", PROGRAM).read_text(encoding="utf-8")
    tools = write_pins(tmp_path / "tools.txt", TOOLS).read_text(encoding="utf-8")
    for text in (program, tools):
        pins = re.split(r"\n(?=\S)", text.strip())
        assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    assert re.search(r"^pywin32-ctypes==.*sys_platform == 'win32'", program, re.MULTILINE)
    assert not re.search(r"^(pyinstaller|pytest|cedar-sync)\b", program, re.MULTILINE)
    assert re.search(r"^pyinstaller==", tools, re.MULTILINE)


def test_the_icon_has_every_size_windows_asks_for() -> None:
    assert sizes_of(ICON.read_bytes()) == list(SIZES)


def test_a_program_gets_the_two_files_of_its_feed(tmp_path: Path) -> None:
    feed, program = tmp_path / "feed", tmp_path / "program"
    feed.mkdir()
    (feed / "feed.toml").write_text('url = "https://updates.example/"\n', encoding="utf-8")
    with pytest.raises(BuildFailed, match=r"has no root\.json"):
        put_feed_in(program, feed)
    (feed / "root.json").write_text("{}", encoding="utf-8")
    put_feed_in(program, feed)
    within = program / "_internal" / "app" / "resources" / "updates"
    assert sorted(file.name for file in within.iterdir()) == ["feed.toml", "root.json"]
