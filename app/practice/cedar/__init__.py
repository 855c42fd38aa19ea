"""The practice Cedar: a sandbox server with a believable short line behind it, for demo, training and tests.

Rule: written from the service's public documentation, independently of the program's own client, and strict: what the
documentation does not allow is refused. Imports nothing else of the program.
"""

from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.columns import DOCUMENTED, EXTRA, Column
from app.practice.cedar.expectations import Expectation, Kind
from app.practice.cedar.prairie import many_charges, short_line
from app.practice.cedar.railroad import PracticeRailroad
from app.practice.cedar.sandbox import CedarSandbox
from app.practice.cedar.service import RecordedRequest
from app.practice.cedar.values import ColumnType

__all__ = [
    "DOCUMENTED",
    "EXTRA",
    "CedarSandbox",
    "Column",
    "ColumnType",
    "Expectation",
    "Kind",
    "PracticeCharge",
    "PracticeRailroad",
    "RecordedRequest",
    "many_charges",
    "short_line",
]
