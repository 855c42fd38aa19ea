"""What is told and why does not depend on a disk."""

from tests.folders import tmp_path

__all__ = ["tmp_path"]
