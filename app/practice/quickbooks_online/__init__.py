"""The practice QuickBooks Online: companies, the accounting API and the sign-in, as strict as Intuit's service.

For training, for the demo, and as the test bed of exactly-once writing: a mistake the real service would punish is
punished here. Written from Intuit's documentation and from recorded answers, without a look at the code that uses it.

Rule: imports nothing of the program but itself and the practice server. Properties, forms and features that it does not
keep are refused, never swallowed.
"""

from app.practice.quickbooks_online.company import OnlineCompany, Preferences
from app.practice.quickbooks_online.desk import Desk, NewLine
from app.practice.quickbooks_online.exchange import Ask, ServedRequest, anything, api, on, writes
from app.practice.quickbooks_online.grants import Tokens
from app.practice.quickbooks_online.online import CLIENT_ID, CLIENT_SECRET, PracticeQuickBooksOnline
from app.practice.quickbooks_online.pictures import DocumentPicture, LinePicture
from app.practice.quickbooks_online.records import DocumentKind, ListKind
from app.practice.quickbooks_online.refusals import Refusal
from app.practice.quickbooks_online.stocking import REALM_ID, stocked_online

__all__ = [
    "CLIENT_ID",
    "CLIENT_SECRET",
    "REALM_ID",
    "Ask",
    "Desk",
    "DocumentKind",
    "DocumentPicture",
    "LinePicture",
    "ListKind",
    "NewLine",
    "OnlineCompany",
    "PracticeQuickBooksOnline",
    "Preferences",
    "Refusal",
    "ServedRequest",
    "Tokens",
    "anything",
    "api",
    "on",
    "stocked_online",
    "writes",
]
