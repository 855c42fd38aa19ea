"""What the window knows of a practice world. No Qt: the command line builds one where there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.system.autostart import Autostart
from app.system.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice world around the program, and what can be played in it.

    The functions take a moment, and may be called from any thread.
    """

    home: Path
    """The program's home in this world; it is gone with it."""
    credentials: Credentials
    autostart: Autostart
    make_invoice: Callable[[], str]
    """Write an invoice in Cedar; give its number."""
    add_customers: Callable[[], Sequence[str]]
    """Add the customers QuickBooks lacks; give their names."""
    change_order: Callable[[], str | None]
    """Change an order in QuickBooks; give the row's id, or None if there is nothing to change."""
    call_now: Callable[[], bool]
    """Let the Web Connector call; tell whether there was work. Raises a ``KnownFault`` if nobody answers."""
