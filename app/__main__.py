"""``python -m app``: the same as the command ``cedar-sync``."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130


def main() -> None:
    """Run the command line, in the user's language."""
    with _quiet_while_loading():
        from app.domain.language import speak
        from app.system.language import catalogue
        from app.system.resources import resources

        # Texts are looked up where they are imported, so the language comes first.
        speak(catalogue(resources() / "translations"))
        from app.cli.main import main as run

    run()


@contextmanager
def _quiet_while_loading() -> Iterator[None]:
    """End at Ctrl+C at once and without a word: nothing has been begun.

    An interrupt raised in the middle of an import would show where it happened, or be swallowed by what it broke into.
    Whoever had it ignored before, as a shell does for what runs behind, has it ignored still.
    """
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (a handler's form)
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
