"""Builds the Windows program and its installer: ``python -m installer OUT_DIR``; README.md tells the rest."""
