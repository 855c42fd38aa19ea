"""The one command: ``python -m installer OUT_DIR`` builds the Windows program and its setup."""

import argparse
import os
import sys
from pathlib import Path

from installer import signing
from installer.build import build
from installer.running import BuildFailed


def main() -> int:
    """Build; the exit code is 1 if a step failed, with a sentence that says which."""
    parser = argparse.ArgumentParser(prog="python -m installer", description=build.__doc__)
    parser.add_argument("out", type=Path, help="the folder for the setup, the bill of materials and what lies between")
    parser.add_argument("--sign-with", metavar="FILE", type=Path, help=f"a .pfx; its password in {signing.PASSWORD}")
    parser.add_argument("--feed", metavar="FOLDER", type=Path, help="with an update feed's two files, see FEED.md")
    parser.add_argument("--quick", action="store_true", help="pack less tightly: a minute less, ten megabytes more")
    chosen = parser.parse_args()
    if chosen.sign_with is not None:
        os.environ[signing.CERTIFICATE] = str(chosen.sign_with.absolute())
    try:
        build(chosen.out.absolute(), feed=chosen.feed, is_quick=chosen.quick)
    except BuildFailed as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
