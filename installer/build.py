"""Builds everything, step by step."""

import hashlib
import re
import shutil
import sys
import time
from pathlib import Path

from app import APP_ID, PRODUCT, __version__
from app.system.own_program import TRAY
from app.updates.feed import ADDRESS_FILE, ROOT_FILE
from app.updates.feed import FOLDER as FEED_FOLDER
from installer import signing
from installer.distributions import packages
from installer.icon import ICON
from installer.licences import write_licences
from installer.names import COMMANDS, COMPANY, EXECUTABLES, FOLDER, INSIDE, LICENCES, setup_name
from installer.running import HERE, BuildFailed, run, tell, tool
from installer.sbom import write_sbom
from installer.workshop import Workshop, workshop


def build(out: Path, *, feed: Path | None = None, is_quick: bool = False) -> Path:
    """Build the Windows program and its setup, on Windows itself or on Debian with Wine.

    Args:
        out: The folder for it all: the setup, the bill of materials, the program as it gets installed, and ``work``.
        feed: A folder with the two files of an update feed; None for a program that looks for no updates.
        is_quick: Whether to pack less tightly.

    Returns:
        The setup.

    Raises:
        BuildFailed: If a step fails.
    """
    began = time.monotonic()
    with workshop(out / "work") as made:
        tell("Packing the program")
        program = _pack(made, out)
    if feed is not None:
        put_feed_in(program, feed)
    if signing.is_wanted():
        tell("Signing the programs")
        signing.sign(program / name for name in EXECUTABLES)
    tell("Writing licences and the bill of materials")
    inside = [*packages(made.packages), *(each for each in packages(made.tools) if each.name.lower() == "pyinstaller")]
    write_licences(program / LICENCES, inside, made.python_licence)
    hashes = {name: hashlib.sha256((program / name).read_bytes()).hexdigest() for name in EXECUTABLES}
    write_sbom(out / f"CedarSync-{__version__}-sbom.cdx.json", inside, made.python_version, hashes)
    tell("Making the setup")
    setup = make_setup(program, out, is_quick=is_quick)
    tell(f"{setup}: {setup.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} seconds")
    return setup


def _pack(made: Workshop, out: Path) -> Path:
    program = out / FOLDER
    shutil.rmtree(program, ignore_errors=True)
    places: list[str | Path] = ["--distpath", out, "--workpath", out / "work" / "pyinstaller"]
    made.pack(["-m", "PyInstaller", "--noconfirm", *places, HERE / "cedar-sync.spec"])
    _require_no_tools(out / "work" / "pyinstaller" / "cedar-sync" / "PYZ-00.toc", made.tools.name)
    missing = [name for name in EXECUTABLES if not (program / name).exists()]
    if missing:
        raise BuildFailed(f"PyInstaller did not make {', '.join(missing)}.")
    return program


def put_feed_in(program: Path, feed: Path) -> None:
    """Give a packed program the address of its updates and the keys it trusts.

    Raises:
        BuildFailed: If one of the two files is missing.
    """
    within = program / INSIDE / "app" / "resources" / FEED_FOLDER
    within.mkdir(parents=True, exist_ok=True)
    for name in (ADDRESS_FILE, ROOT_FILE):
        if not (feed / name).is_file():
            raise BuildFailed(f"{feed} has no {name}; python -m installer.feed init makes it.")
        shutil.copy(feed / name, within)


def _require_no_tools(contents: Path, tools: str) -> None:
    """Make sure that nothing slipped in from what packs the program.

    Raises:
        BuildFailed: If something did: its licence would be missing, and it is not pinned for the program.
    """
    text = contents.read_text(encoding="utf-8").replace("\\\\", "/").replace("\\", "/")
    slipped = {name for name in re.findall(rf"/{tools}/([^/']+)", text) if name != "PyInstaller"}
    if slipped:
        raise BuildFailed(f"These belong to the tools and would be packed: {', '.join(sorted(slipped))}.")


def make_setup(program: Path, out: Path, *, is_quick: bool = False, version: str = __version__) -> Path:
    """Make the setup of a packed program, and sign it if there is a certificate.

    Raises:
        BuildFailed: If NSIS is not there, or refuses.
    """
    setup = out / setup_name(version)
    mark = "/" if sys.platform == "win32" else "-"
    words = setup_words(program, setup, is_quick=is_quick, version=version)
    # In this folder, from which the uninstaller's signing is started.
    options = [f"{mark}{option}" for option in ("V2", "WX", "NOCD", *(f"D{word}" for word in words))]
    run([_nsis(), *options, HERE / "cedar-sync.nsi"])
    if signing.is_wanted():
        signing.sign([setup])
    return setup


def setup_words(program: Path, setup: Path, *, is_quick: bool = False, version: str = __version__) -> list[str]:
    """Give the names the installer's script is told."""
    words = {
        "APP_ID": APP_ID,
        "COMMANDS_EXE": f"{COMMANDS}.exe",
        "COMPANY": COMPANY,
        "FOLDER": FOLDER,
        "ICON": str(ICON),
        "OUT": str(setup),
        "PRODUCT": PRODUCT,
        "SOURCE": str(program),
        # NSIS from its own site makes 32-bit setups only, which run everywhere; under Wine here only 64-bit ones do.
        "TARGET": "x86-unicode" if sys.platform == "win32" else "amd64-unicode",
        "TRAY_EXE": f"{TRAY}.exe",
        "VERSION": version,
    }
    if is_quick:
        words["QUICK"] = "1"
    if signing.is_wanted():
        words["SIGN"] = f'"{sys.executable}" -m installer.signing'
    return [f"{name}={value}" for name, value in words.items()]


def _nsis() -> str:
    usual = Path(r"C:\Program Files (x86)\NSIS\makensis.exe")
    return str(usual) if usual.exists() else tool("makensis")
