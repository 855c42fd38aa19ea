"""The machine: the home folder, settings, credentials; each behind a small interface with a plain fallback."""
