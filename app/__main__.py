"""``python -m app``: the same as the command ``cedar-sync``."""

from app.domain.language import speak
from app.system.language import catalogue
from app.system.resources import resources


def main() -> None:
    """Run the command line, in the user's language."""
    # Texts are looked up where they are imported, so the language comes first.
    speak(catalogue(resources() / "translations"))
    from app.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
