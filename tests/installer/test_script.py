"""The installer's script, the program and pyproject.toml agree on names, paths and switches."""

import re
import tomllib
from pathlib import Path

import pytest
from platformdirs.windows import Windows

from app import APP_ID, PRODUCT
from app.cli.main import cli
from app.system.autostart import APPROVED, RUN, own_command, quoted
from installer.build import setup_words
from installer.names import EXECUTABLES, FOLDER
from installer.running import HERE, ROOT

SCRIPT = (HERE / "cedar-sync.nsi").read_text(encoding="utf-8")
SPEC = (HERE / "cedar-sync.spec").read_text(encoding="utf-8")


def script_with_names() -> str:
    """Give the script as NSIS reads it: with the names put in."""
    words = dict(word.split("=", 1) for word in setup_words(Path("program"), Path("setup.exe")))
    defined = re.findall(r'^!define (\w+) "(.*)"$', SCRIPT, re.MULTILINE)
    text = SCRIPT
    for name, value in [*defined, *words.items()]:
        text = text.replace(f"${{{name}}}", value)
    return text


@pytest.fixture(scope="module")
def script() -> str:
    return script_with_names()


def test_every_name_the_script_uses_is_given() -> None:
    given = {word.split("=", 1)[0] for word in setup_words(Path("program"), Path("setup.exe"))}
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", SCRIPT)) - set(re.findall(r"^!define (\w+)", SCRIPT, re.MULTILINE))
    assert asked - {"UN", "SIGN", "LANG_ENGLISH"} == given - {"SOURCE", "QUICK"} | {"SOURCE"}


def test_start_at_sign_in_is_what_the_program_itself_would_write(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "INSTDIR/cedar-sync.exe")
    command = quoted(own_command()).replace("INSTDIR/", "$INSTDIR\\")
    assert f"""WriteRegStr HKCU "{RUN}" "{PRODUCT}" '{command}'""" in script


def test_the_uninstaller_removes_both_values_of_start_at_sign_in(script: str) -> None:
    uninstall = script[script.index("Section Uninstall") :]
    for key in (RUN, APPROVED):
        assert f'DeleteRegValue HKCU "{key}" "{PRODUCT}"' in uninstall


def test_the_data_it_may_remove_is_the_usual_home(script: str) -> None:
    home = Windows(PRODUCT, appauthor=False)
    assert home.appname == PRODUCT
    assert f'RMDir /r "$LOCALAPPDATA\\{PRODUCT}"' in script
    assert f'RMDir /r "$LOCALAPPDATA\\{PRODUCT} Practice"' in script


def test_it_is_for_one_user_and_always_in_the_same_place(script: str) -> None:
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert script.count(f'StrCpy $INSTDIR "$LOCALAPPDATA\\Programs\\{FOLDER}"') == 2, (
        "for the setup and the uninstaller"
    )
    assert "MUI_PAGE_DIRECTORY" not in script


def test_the_commands_it_runs_are_there(script: str) -> None:
    commands = set(re.findall(rf"{EXECUTABLES[0]}\" ([a-z][\w-]+)", script))
    assert commands == {"self-check", "finish-shortcut", "forget-secrets"}
    assert commands <= set(cli.commands)
    options = set(re.findall(rf"{EXECUTABLES[1]}\" (--\w+)", script))
    assert options == {"--hidden", "--quit"}
    assert options <= {name for each in cli.params for name in each.opts}


def test_the_programs_are_called_as_pyproject_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {*project["scripts"], *project["gui-scripts"]}
    assert {f"{name}.exe" for name in names} == set(EXECUTABLES)


def test_what_is_shipped_is_there() -> None:
    shipped = re.search(r"SHIPPED = \((.*)\)", SPEC)
    assert shipped is not None
    names = re.findall(r'"([^"]+)"', shipped[1])
    there = {each.name for each in (ROOT / "resources").iterdir()}
    # Pictures are the README's. Translations are shipped once there are any.
    assert set(names) - {"translations"} == there - {"images", "translations"}
    assert (ROOT / "resources" / "icons" / "cedar-sync.ico").exists()


def test_the_name_windows_knows_it_by_is_given_once() -> None:
    assert f"APP_ID={APP_ID}" in setup_words(Path("program"), Path("setup.exe"))
    assert APP_ID not in SCRIPT
    assert APP_ID not in SPEC
