"""``python -m app``: the same as the command ``cedar-sync``."""

# Nothing slow is imported up here: until `main` has begun, Ctrl+C shows where it happened.
import os
import signal

INTERRUPTED = 130


def main() -> None:
    """Run the command line, in the user's language."""
    # Whoever had Ctrl+C ignored before, as a shell does for what runs behind, has it ignored still.
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:
        signal.signal(signal.SIGINT, _end)
    from app.domain.language import speak
    from app.system.language import catalogue
    from app.system.resources import resources

    # Texts are looked up where they are imported, so the language comes first.
    speak(catalogue(resources() / "translations"))
    from app.cli.main import main as run

    if is_heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _end(*_: object) -> None:
    """End at once and without a word: while modules are being imported, nothing has been begun.

    Raised in the middle of an import, an interrupt would show where it happened, or be swallowed by what it broke into.
    """
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
