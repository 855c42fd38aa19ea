"""Signs programs, when there is a certificate: ``python -m installer.signing FILE...``.

Three variables tell: ``CEDAR_SYNC_CERTIFICATE`` names a .pfx file, ``CEDAR_SYNC_CERTIFICATE_PASSWORD`` is its password,
``CEDAR_SYNC_TIMESTAMP`` the address of a timestamp server (without one a signature ends with its certificate).
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app import PRODUCT
from installer.running import BuildFailed, run, tool

CERTIFICATE: Final = "CEDAR_SYNC_CERTIFICATE"
PASSWORD: Final = "CEDAR_SYNC_CERTIFICATE_PASSWORD"  # noqa: S105 (the variable's name)
TIMESTAMP: Final = "CEDAR_SYNC_TIMESTAMP"


def is_wanted() -> bool:
    """Tell whether there is a certificate."""
    return bool(os.environ.get(CERTIFICATE))


def sign(files: Iterable[Path]) -> None:
    """Sign programs in place.

    Raises:
        BuildFailed: If the tool is not there, or refuses.
    """
    for file in files:
        if sys.platform == "win32":
            _sign_on_windows(file)
        else:
            _sign_elsewhere(file)


def _sign_on_windows(file: Path) -> None:
    stamp = os.environ.get(TIMESTAMP)
    times = ("/tr", stamp, "/td", "sha256") if stamp else ()
    password = ("/p", os.environ.get(PASSWORD, ""))
    run(
        [
            tool("signtool"),
            "sign",
            "/fd",
            "sha256",
            "/f",
            os.environ[CERTIFICATE],
            *password,
            *times,
            "/d",
            PRODUCT,
            file,
        ]
    )


def _sign_elsewhere(file: Path) -> None:
    stamp = os.environ.get(TIMESTAMP)
    signed = file.with_name(f"{file.name}.signed")
    # In a file of its own: what stands on a command line every program here can read.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as password:
        password.write(os.environ.get(PASSWORD, ""))
        password.flush()
        run(
            [
                *(tool("osslsigncode"), "sign", "-pkcs12", os.environ[CERTIFICATE], "-readpass", password.name),
                *("-h", "sha256", "-n", PRODUCT, *(("-ts", stamp) if stamp else ())),
                *("-in", file, "-out", signed),
            ]
        )
    signed.replace(file)


def main() -> None:
    """Sign the files named on the command line."""
    try:
        sign(Path(word) for word in sys.argv[1:])
    except BuildFailed as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
