"""The practice QuickBooks: a company file and a request processor as strict as QuickBooks Desktop's own.

For training, for the demo, and as the test bed of exactly-once writing: a mistake the real request processor would
punish is punished here. Written from Intuit's documentation of the SDK, without a look at the code that uses it.

Rule: imports nothing of the program but itself. Text in, text out.
"""

from app.practice.quickbooks.company import PracticeCompany
from app.practice.quickbooks.desk import NewLine
from app.practice.quickbooks.faults import HResult, ProcessorFault
from app.practice.quickbooks.hooks import Hooks
from app.practice.quickbooks.processor import RequestProcessor, Session
from app.practice.quickbooks.records import DocumentKind, ListKind
from app.practice.quickbooks.settings import Edition, FileMode
from app.practice.quickbooks.views import LineRecord, ListEntry, OrderRecord

__all__ = [
    "DocumentKind",
    "Edition",
    "FileMode",
    "HResult",
    "Hooks",
    "LineRecord",
    "ListEntry",
    "ListKind",
    "NewLine",
    "OrderRecord",
    "PracticeCompany",
    "ProcessorFault",
    "RequestProcessor",
    "Session",
]
