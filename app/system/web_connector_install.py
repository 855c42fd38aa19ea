"""Looks at the Web Connector on this computer: is it installed, does it run, what does it keep, what does its log say.

Only looked at, never changed, and only when somebody asks. Elsewhere than on Windows there is nothing to look at, and
nothing is claimed then.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

LOG_END: Final = 512 * 1024
"""Bytes of the log that are read, from its end: days of calls, and no more than a moment's work."""

KEPT: Final = "(kept)"
"""Stands for a secret that is there; the secret itself is not read out of the registry's answer."""


@dataclass(frozen=True, slots=True)
class SeenProcess:
    """A program that runs under this Windows sign-in."""

    name: str
    """Its file, in lower case."""
    is_elevated: bool | None
    """Whether it runs as administrator; None where that cannot be told."""


@dataclass(frozen=True, slots=True)
class ConnectorLook:
    """What was seen; None stands for what could not be looked at."""

    is_installed: bool | None = None
    processes: tuple[SeenProcess, ...] | None = None
    """The Web Connector's and QuickBooks' programs."""
    settings: Mapping[str, Mapping[str, str | int]] | None = field(default=None, repr=False)
    """The Web Connector's registry values by key, secrets replaced; see `KEPT`."""
    log: bytes | None = field(default=None, repr=False)
    """The end of its log; None where there is none."""
    log_trouble: str = ""
    """Why a log that is there cannot be read, in the system's words."""


class WebConnectorInstall(Protocol):
    """The Web Connector of this computer."""

    def look(self) -> ConnectorLook:
        """Look at it now; what cannot be looked at is left unknown."""


class NoWebConnector:
    """A computer on which there is none to look at, and the practice company, which must not see the real one."""

    def look(self) -> ConnectorLook:
        """See nothing."""
        return ConnectorLook()


def without_secret(name: str, value: str | int) -> str | int:
    """Replace a value whose name says that it is a secret: that it is there is all anybody needs to know."""
    is_secret = any(word in name.casefold() for word in ("password", "pwd", "masterkey", "secret"))
    return (KEPT if value else "") if is_secret else value


def system_install() -> WebConnectorInstall:
    """Give this computer's."""
    found: WebConnectorInstall
    if sys.platform == "win32":
        from app.system.windows_web_connector import WindowsWebConnector

        found = WindowsWebConnector()
    else:
        found = NoWebConnector()
    return found
