"""``python -m app``: the same as the command ``cedar-sync``."""

from app.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
