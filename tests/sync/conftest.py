from __future__ import annotations

from tests.record_fixtures import empty_record_file, record, record_file

__all__ = ["empty_record_file", "record", "record_file"]
