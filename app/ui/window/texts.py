"""Every word of the main window, in one place, so that it can be translated.

Rule: second person, present tense, no blame; names stand in braces and are filled in by the caller. No Qt.
"""

from typing import Final

from app.domain.reasons import Who
from app.domain.sales_order import DocumentKind
from app.domain.states import State

WINDOW_TITLE: Final = "Cedar Sync"

# Practice

PRACTICE_TITLE: Final = "Cedar Sync - Practice company"
PRACTICE_BAND: Final = "Practice: nothing here is real"
MENU_PRACTICE: Final = "&Practice"
PRACTICE_INVOICE: Final = "Make a &new invoice in practice Cedar"
PRACTICE_CUSTOMERS: Final = "&Add the missing customers to practice QuickBooks"
PRACTICE_ORDER: Final = "Change an &order in practice QuickBooks"
PRACTICE_CALL: Final = "Let the &Web Connector call now"
PRACTICE_HELP: Final = "What you can &try here"
DONE_PRACTICE_INVOICE: Final = "Invoice {invoice} is in practice Cedar. Press F5 to read it now."
DONE_PRACTICE_CUSTOMERS: Final = (
    "Added {count} customer to practice QuickBooks: {names}. Now press Retry.",
    "Added {count} customers to practice QuickBooks: {names}. Now press Retry.",
)
DONE_PRACTICE_NO_CUSTOMERS: Final = "Practice QuickBooks has all customers already."
DONE_PRACTICE_ORDER: Final = (
    "The order of invoice {invoice} is changed in practice QuickBooks. You see it after the Web Connector's next call."
)
DONE_PRACTICE_NO_ORDER: Final = "Practice QuickBooks has no order to change. Let the Web Connector call first."
PRACTICE_NO_FILE: Final = (
    "This file is for the practice company, so it is not opened here: the real Web Connector must not have it. "
    "The practice Web Connector knows Cedar Sync already."
)
PRACTICE_CALLING: Final = "The Web Connector calls…"
DONE_PRACTICE_CALL: Final = "The Web Connector called, and QuickBooks did its work."
DONE_PRACTICE_CALL_NOTHING: Final = "The Web Connector called; there was nothing to do."

# States and filters

STATES: Final = {
    State.QUEUED: "Waiting",
    State.SENDING: "Sending",
    State.WAITING: "Waiting",
    State.SYNCED: "In QuickBooks",
    State.FAILED: "Needs you",
    State.CONFLICT: "Changed in QuickBooks",
    State.SKIPPED: "Left out",
    State.HELD: "Held",
    State.REMOVED: "Taken back",
}
CONFLICT_STATES: Final = {
    "DELETED_IN_QUICKBOOKS": "Deleted in QuickBooks",
    "ALREADY_INVOICED_IN_QUICKBOOKS": "Invoiced in QuickBooks",
    "CLOSED_IN_QUICKBOOKS": "Closed in QuickBooks",
    "NUMBER_IN_USE": "Number is taken",
    "VOIDED_IN_CEDAR": "Voided in Cedar",
}
"""Kinds of conflict that are no change of what stands in the order."""
FILTER_NEEDS_YOU: Final = "Needs you"
FILTER_WAITING: Final = "Waiting"
FILTER_LEFT_OUT: Final = "Left out"
FILTER_IN_BOOKS: Final = "In QuickBooks"
FILTER_ALL: Final = "All"
FILTER_BUTTON: Final = "{name} {count}"
FILTER_BUTTON_MONEY: Final = "{name} {count} · {amount}"
FILTER_NAME: Final = "Show: {name}, {count}, {amount}"
FILTER_TIP: Final = "{rows}, together {amount}."
FILTER_TIP_PARTLY: Final = "{rows}, together {amount}. Of it, {in_books} is in QuickBooks already, but not as in Cedar."
FILTER_TIP_LEFT_OUT: Final = (
    "Whole invoices of which nothing goes to QuickBooks: {rows}, {amount}. "
    "Charges left out of other invoices count on the page Left-out money."
)
FILTER_NEWS: Final = "{text} ●"
FILTER_NEWS_TIP: Final = "{tip} Something was left out since you last looked."
NARROWED: Final = "Only: {part}, {since} to {until}"
NARROWED_TIP: Final = "Press to show all invoices again."
EMPTY_NARROWED: Final = "None of these invoices is on the list any more."
SEARCH: Final = "Search number, customer, GL, amount or car"
SEARCH_NAME: Final = "Search invoices"

# Counts

ROWS: Final = ("{count} row", "{count} rows")
INVOICES: Final = ("{count} invoice", "{count} invoices")
CHARGES: Final = ("{count} charge", "{count} charges")
DAYS: Final = ("{count} day", "{count} days")

# The table

COLUMNS: Final = ("State", "Invoice", "Customer", "GL", "Date", "Amount", "What happened", "Next try")
TABLE_NAME: Final = "Invoices"
ROW_SENTENCE: Final = "{state}: invoice {invoice}, {customer}, {amount}, {date}. {happened}"
NO_INVOICE: Final = "no invoice number"
NO_CUSTOMER: Final = "no customer"
NO_DATE: Final = "no date"
MISSING: Final = "–"
READY: Final = "Ready for QuickBooks"
RETRYING: Final = "Retrying at the next run"
ON_ITS_WAY: Final = "On its way"
TAKEN_BACK: Final = "Taken back in QuickBooks"
IN_BOOKS_AS: Final = "{document} {number}"
PARTLY: Final = ("{count} charge left out: {why}", "{count} charges left out: {why}")
PARTLY_SHORT: Final = {
    "NO_GL_NUMBER": "no GL",
    "NOT_INVOICED_YET": "not invoiced yet",
    "NO_SERVICE_TYPE": "no service type",
    "NO_INVOICE_NUMBER": "no invoice number",
    "BAD_AMOUNT": "no amount",
}
PARTLY_OTHER: Final = "see below"
NEXT_RUN: Final = "next run"
AFTER_YOU: Final = "when mended"
AFTER_RETRY: Final = "when you retry"
AFTER_CHOICE: Final = "when you choose"
AFTER_CEDAR: Final = "when Cedar has it"
BY_ITSELF: Final = "by itself"
LOOKS_AGAIN: Final = "within 30 min"
NEXT_TRIES: Final = (
    NEXT_RUN,
    AFTER_YOU,
    AFTER_RETRY,
    AFTER_CHOICE,
    AFTER_CEDAR,
    BY_ITSELF,
    LOOKS_AGAIN,
)
CHANGED_WHAT: Final = "Somebody changed {what}"
DOCUMENTS: Final = {
    DocumentKind.SALES_ORDER: "Sales order",
    DocumentKind.ESTIMATE: "Estimate",
    DocumentKind.INVOICE: "Invoice",
}
EMPTY: Final = {
    "needs_you": "Nothing needs you. Invoices that do appear here by themselves.",
    "waiting": "Nothing waits. New invoices from Cedar go to QuickBooks by themselves.",
    "left_out": "Nothing is left out: all that Cedar bills is in QuickBooks or on its way there.",
    "in_quickbooks": "Nothing is in QuickBooks yet. Invoices appear here once QuickBooks has taken them.",
    "all": "Cedar has no invoices for you yet. New ones appear here by themselves.",
}
EMPTY_SEARCH: Final = "Nothing here matches “{text}”. Press Esc to clear the search, or look under All."
LOADING: Final = "Reading…"

# The banner

BANNER_MONEY: Final = "{amount} is not in QuickBooks yet."
BANNER_NO_MONEY: Final = "Nothing is on its way."
BANNER_LEFT_OUT: Final = "{amount} is left out."
BANNER_LAST_RUN: Final = "Last run {time}"
BANNER_NO_RUN: Final = "The Web Connector has not run yet"
BANNER_STARTING: Final = "Checking…"
BANNER_SET_UP: Final = "Set up"
BANNER_RESUME: Final = "Resume"
BANNER_RETRY: Final = "Retry all that can"
BANNER_SHOW: Final = "Show them"
BANNER_KEY: Final = "Enter a new key"
BANNER_SETTINGS: Final = "Open settings"
BANNER_CHECK: Final = "Check Cedar now"
BANNER_SILENT: Final = "How to wake it"
HELP_REASON: Final = "More about this"
HELP_REASON_TIP: Final = "Opens the page of the guide about it"
HELP_REASON_NAME: Final = "More about: {title}"
BANNER_NAME: Final = "Overall state"
SILENT_HELP: Final = (
    "Open the Web Connector on this computer and see that Cedar Sync is ticked with Auto-Run on. "
    "QuickBooks may also be waiting in a window for an answer."
)

# Actions

RETRY: Final = "&Retry"
LEAVE_OUT: Final = "&Leave out…"
BRING_BACK: Final = "&Bring back"
COMPARE: Final = "Co&mpare again"
RETRY_TIP: Final = "Sends the chosen invoices at the Web Connector's next run, as far as they can go"
LEAVE_OUT_TIP: Final = "Keeps the chosen invoices out of QuickBooks until you bring them back"
BRING_BACK_TIP: Final = "Lets invoices you left out go to QuickBooks again"
COMPARE_TIP: Final = "Compares the chosen invoices with QuickBooks at the next run, and sends what differs"
RETRY_REASON_TIP: Final = "Retries every invoice that stands still for the same reason"
COPY_TIP: Final = "Copies the chosen rows as a table"
EXPORT_TIP: Final = "Saves the shown rows as an Excel workbook or as CSV"
CHARGE_TIP: Final = "Shows invoice {invoice}"
RETRY_REASON: Final = "Retry all with t&his reason"
COPY: Final = "&Copy"
EXPORT: Final = "&Export…"
COPY_MESSAGE: Final = "Copy message"
COPY_MESSAGE_TIP: Final = "Copies a message for whoever keeps Cedar: which location, which charges, how much"
LEAVE_OUT_TITLE: Final = "Leave out"
LEAVE_OUT_ASK: Final = "{rows} will not go to QuickBooks until you bring it back. Why? (You may leave this empty.)"
LEAVE_OUT_ASK_MANY: Final = (
    "{rows} will not go to QuickBooks until you bring them back. Why? (You may leave this empty.)"
)
DONE_RETRY: Final = (
    "{count} invoice goes out at the Web Connector's next run.",
    "{count} invoices go out at the Web Connector's next run.",
)
DONE_RETRY_ALREADY: Final = ("{count} invoice is on its way already.", "{count} invoices are on their way already.")
DONE_RETRY_NONE: Final = "Nothing can be sent again by itself: each needs a change first."
DONE_RETRY_OTHERS: Final = (
    "{count} other first needs a change in Cedar or in the settings.",
    "{count} others first need a change in Cedar or in the settings.",
)
DONE_RETRY_SOME: Final = "{going} {others}"
DONE_LEAVE_OUT: Final = "Left out: {rows}."
DONE_BRING_BACK: Final = "Brought back: {rows}."
DONE_COMPARE: Final = "{rows} will be compared with QuickBooks at the next run."
DONE_RESOLVE: Final = "Settled."
DONE_NOTHING: Final = "Nothing changed."
DONE_COPY: Final = "Copied."
DONE_EXPORT: Final = "Saved {file}."
FAILED: Final = "That did not work: {sentence}"
FAILED_UNKNOWN: Final = "Something went wrong, and nothing was changed. Help, Open logs says more."
FAILED_FILE: Final = "The file {file} cannot be written ({why}); choose another place."
GONE: Final = "This row is no longer on the list."
EXPORT_TITLE: Final = "Export the shown rows"
EXPORT_FILE: Final = "Cedar Sync invoices"
EXPORT_CSV: Final = "Table for any spreadsheet (*.csv)"
EXPORT_XLSX: Final = "Excel workbook (*.xlsx)"

# Menus

MENU_FILE: Final = "&File"
MENU_INVOICE: Final = "&Invoice"
MENU_VIEW: Final = "&View"
MENU_HELP: Final = "&Help"
CHECK_NOW: Final = "Check Cedar &now"
RETRY_ALL: Final = "Retry &all that can"
PAUSE: Final = "&Pause"
PAUSE_HOUR: Final = "For &1 hour"
PAUSE_TOMORROW: Final = "Until &tomorrow"
PAUSE_OPEN: Final = "Until I &resume"
RESUME: Final = "Res&ume"
SETTINGS: Final = "&Settings…"
QUIT: Final = "&Quit Cedar Sync"
CLOSE: Final = "Close &window"
FIND: Final = "&Find…"
DETAILS: Final = "Show &details"
VIEW_INVOICES: Final = "&Invoices"
VIEW_LEFT_OUT: Final = "&Left-out money"
VIEW_RECONCILE: Final = "&Reconcile"
HELP_GUIDE: Final = "&Guide"
HELP_LOGS: Final = "Open &logs"
HELP_PRACTICE: Final = "&Practice company"
HELP_ABOUT: Final = "&About Cedar Sync"
HELP_WIZARD: Final = "Set up a&gain…"
PAGE_INVOICES: Final = "Invoices"
PAGE_LEFT_OUT: Final = "Left-out money"
PAGE_RECONCILE: Final = "Reconcile"

# One row in detail

DETAIL_NAME: Final = "Details of the invoice"
DETAIL_NONE: Final = "Choose an invoice to see what happened to it, why, and what you can do."
DETAIL_TITLE: Final = "Invoice {invoice} · {customer}"
DETAIL_SUBTITLE: Final = "{amount} · {date} · GL {gl_number}"
DETAIL_NO_GL: Final = "{amount} · {date} · no GL number"
DETAIL_PARTLY: Final = "{count} of {total} charges left out ({amount})"
DETAIL_WHO: Final = "Who can mend it: {who}"
DETAIL_NEXT: Final = "Tried again {when}."
DETAIL_TRIES: Final = ("Tried {count} time so far.", "Tried {count} times so far.")
WHO: Final = {
    Who.NOBODY: "nobody has to, it heals by itself",
    Who.BOOKKEEPER: "you",
    Who.CEDAR_ADMIN: "whoever keeps Cedar",
    Who.QUICKBOOKS_ADMIN: "the QuickBooks administrator",
    Who.SUPPORT: "support",
}
STATE_LINE: Final = "{state}."
STATE_LINES: Final = {
    State.QUEUED: "It goes to QuickBooks at the Web Connector's next run.",
    State.SENDING: "QuickBooks has it; the answer is awaited.",
    State.WAITING: "It is tried again by itself.",
    State.REMOVED: "It was voided in Cedar and taken back in QuickBooks.",
}
RETRYING_LINE: Final = "Retrying at the Web Connector's next run."
IN_BOOKS_LINE: Final = "In QuickBooks as {document}."
IN_BOOKS_PARTLY: Final = "In QuickBooks as {document}, without the charges that are left out."
TAB_LINES: Final = "Lines"
TAB_BOOKS: Final = "In QuickBooks now"
TAB_HISTORY: Final = "History"
LINES_COLUMNS: Final = ("What", "Quantity", "Amount")
LINE: Final = "{item} · {what}"
LINE_LEFT_OUT: Final = "Left out, {why} · {what}"
LINES_NAME: Final = "Lines of the invoice"
CHARGE: Final = "charge {charge}"
TOTAL: Final = "Total"
BOOKS_NAME: Final = "What is in QuickBooks now"
BOOKS_NONE: Final = "Cedar Sync has nothing of this invoice in QuickBooks."
BOOKS_COLUMNS: Final = ("What", "Quantity", "Amount")
BOOKS_HEAD: Final = "{document} for customer {customer}, {date}, {amount}"
BOOKS_INVOICED: Final = "It has been turned into an invoice there."
BOOKS_CLOSED: Final = "It is closed there."
HISTORY_NAME: Final = "What happened to the invoice"
HISTORY_COLUMNS: Final = ("When", "What happened")
HISTORY_LINE: Final = "{state} (by {actor})"
HISTORY_LINE_WHY: Final = "{state}: {why} (by {actor})"
ACTORS: Final = {
    "program": "Cedar Sync",
    "person": "a person here",
    "cedar": "a change in Cedar",
    "books": "QuickBooks",
}
RAW_SHOW: Final = "Details"
RAW_NAME: Final = "Details for support"
RAW_ROW: Final = "Row {id}"
RAW_CODE: Final = "{code}: {raw}"
RAW_NO_TEXT: Final = "no further text"
RAW_AT: Final = "{when}: {raw}"
RAW_DOCUMENT: Final = "TxnID {txn_id}, EditSequence {edit}"
MANY_SELECTED: Final = "{rows} selected · {amount}"

# A conflict

CONFLICT_COLUMNS: Final = ("", "Line", "In Cedar", "In QuickBooks")
CONFLICT_NAME: Final = "Cedar and QuickBooks, line by line"
SIGN_SAME: Final = "="
SIGN_DIFFERENT: Final = "≠"
SIGN_ONLY_CEDAR: Final = "+"
SIGN_ONLY_BOOKS: Final = "−"
SIGN_WORDS: Final = {
    SIGN_SAME: "the same",
    SIGN_DIFFERENT: "different",
    SIGN_ONLY_CEDAR: "only in Cedar",
    SIGN_ONLY_BOOKS: "only in QuickBooks",
}
CONFLICT_LEGEND: Final = "≠ different   + only in Cedar   − only in QuickBooks"
CONFLICT_CUSTOMER: Final = "Customer"
CONFLICT_DATE: Final = "Date"
CONFLICT_LINE: Final = "{number}"
CONFLICT_LINE_ITEM: Final = "{number} · {item}"
COMPARED: Final = "× {quantity} = {amount}"
COMPARED_AMOUNT: Final = "{amount}"
COMPARED_ITEM: Final = "{item} × {quantity} = {amount}"
COMPARED_ITEM_AMOUNT: Final = "{item} = {amount}"
CONFLICT_SENTENCE: Final = "{what}, {sign}: {in_cedar}; {in_books}"
NOT_THERE: Final = "not there"
VOIDED: Final = "voided"
KEEP_THEIRS: Final = "&Keep QuickBooks'"
SEND_OURS: Final = "&Send Cedar's"
STOP_TRACKING: Final = "S&top tracking"
WILL_KEEP: Final = "QuickBooks stays as it is, and this invoice is left alone until you bring it back."
WILL_KEEP_GONE: Final = "It stays out of QuickBooks until you bring it back."
WILL_SEND: Final = "QuickBooks is changed to what Cedar says, {ours}."
WILL_SEND_NEW: Final = "It is made in QuickBooks once more, with {ours}."
WILL_SEND_BESIDE: Final = "It goes to QuickBooks with {ours} under a number of its own."
WILL_TAKE_BACK: Final = "What is in QuickBooks, {theirs}, is taken back there."
WILL_STOP: Final = "Cedar Sync forgets what is in QuickBooks, changes nothing there, and leaves the invoice out."
TAKE_BACK: Final = "&Take it back"
LEAVE_THERE: Final = "Leave it t&here"
SEND_AGAIN: Final = "&Send again"
CONFIRM_KEEP: Final = (
    "QuickBooks stays as it is, with {theirs}. Cedar Sync leaves invoice {invoice} alone until you bring it back."
)
CONFIRM_SEND: Final = (
    "Invoice {invoice} in QuickBooks is changed to what Cedar says, {ours}. What somebody changed there is overwritten."
)
CONFIRM_SEND_NEW: Final = "Invoice {invoice} is made in QuickBooks once more, with {ours}."
CONFIRM_SEND_BESIDE: Final = (
    "Invoice {invoice} goes to QuickBooks with {ours} under a number of its own. "
    "The document that is there stays as it is."
)
CONFIRM_KEEP_GONE: Final = "Invoice {invoice} stays out of QuickBooks until you bring it back."
KEEP_GONE: Final = "&Keep it out"
CONFIRM_TAKE_BACK: Final = (
    "What is in QuickBooks for invoice {invoice}, {theirs}, is taken back there, as Cedar voided it."
)
CONFIRM_STOP: Final = (
    "Cedar Sync forgets that invoice {invoice} is in QuickBooks and leaves it out. Nothing in QuickBooks is changed. "
    "If you bring it back later, it is looked for there before anything is sent."
)
CONFIRM_TITLE: Final = "Settle invoice {invoice}"
CANCEL: Final = "Cancel"

# A message for whoever keeps Cedar

MESSAGE_HEAD: Final = "Hello, these charges cannot go to QuickBooks until something is added in Cedar:"
MESSAGE_PLACE: Final = "{location}: {why} ({charges}, {amount})"
MESSAGE_CHARGE: Final = "  charge {charge}, invoice {invoice}, {amount}: {description}"
MESSAGE_FIX: Final = "{fix}"
MESSAGE_INVOICE: Final = "Hello, invoice {invoice} ({amount}) cannot go to QuickBooks. {why}"
MESSAGE_TOTAL: Final = "Together {charges}, {amount}."
NO_LOCATION: Final = "location not given"

# Left-out money

LEFT_OUT_COLUMNS: Final = ("Location", "Why", "Charges", "Amount", "Since", "For")
LEFT_OUT_NAME: Final = "Left-out money by location"
LEFT_OUT_HEAD: Final = (
    "{charges} worth {amount} is left out of QuickBooks, at {places}.",
    "{charges} worth {amount} are left out of QuickBooks, at {places}.",
)
PLACES: Final = ("{count} place", "{count} places")
LEFT_OUT_CHARGES_NAME: Final = "Charges left out at the chosen location"
LEFT_OUT_CHARGES_COLUMNS: Final = ("Invoice", "Date", "What", "Amount")
COPY_MESSAGE_PLACE: Final = "Copy message for this &location"
COPY_MESSAGE_ALL: Final = "Copy message for &all"
LEFT_OUT_LATER: Final = (
    "Not counted there: {charges} worth {amount} that Cedar has not invoiced yet. Nothing is lost: they follow by "
    "themselves."
)
LEFT_OUT_LATER_HEAD: Final = "Not invoiced yet, follows by itself"
LEFT_OUT_ONLY_LATER: Final = "No money is lost: nothing in Cedar lacks anything."
COPY_TABLE: Final = "Copy &table"
LEFT_OUT_NONE: Final = (
    "No charge is left out. When Cedar lacks a GL number or a service type, its money is counted here."
)
LEFT_OUT_TIP: Final = "Choose a location to see its charges; Copy message is ready to send to whoever keeps Cedar."

# Reconcile

RECONCILE_FROM: Final = "Charges applied &from"
RECONCILE_TO: Final = "&to"
RECONCILE_CONNECTION: Final = "&Railroad"
RECONCILE_RUN: Final = "&Compare with Cedar"
RECONCILE_RUNNING: Final = "Asking Cedar for its total…"
RECONCILE_START: Final = "Choose a period and compare: every cent Cedar billed is then somewhere below."
RECONCILE_NAME: Final = "Where Cedar's total is"
RECONCILE_CEDAR: Final = "Cedar's total"
RECONCILE_PARTS: Final = {
    "in_books": "In QuickBooks",
    "waiting": "Waiting",
    "failed": "Needs you",
    "conflict": "Changed in QuickBooks",
    "left_out": "Charges left out",
    "held": "Held by you",
}
RECONCILE_DIFFERENCE: Final = "Not explained"
RECONCILE_OK: Final = "Every cent of Cedar's {amount} is accounted for."
RECONCILE_OFF: Final = "{amount} of Cedar's total is not explained. Check Cedar now, then compare again."
RECONCILE_WHY: Final = "Why it is not in QuickBooks"
RECONCILE_WHY_COLUMNS: Final = ("Why", "Rows", "Amount", "")
RECONCILE_COLUMNS: Final = ("Where it is", "Amount", "")
RECONCILE_SHOW: Final = "Show"
RECONCILE_NOTE: Final = (
    "Counted here are single charges that Cedar applied within these days. The filters of the first page count whole "
    "invoices of all days, so they may say something else."
)
RECONCILE_EXPORT: Final = "&Export…"
RECONCILE_EXPORT_TITLE: Final = "Export where Cedar's total is"
RECONCILE_FILE: Final = "Cedar Sync reconciliation"
RECONCILE_SHEET: Final = "Reconciliation"
RECONCILE_HEADINGS: Final = ("Where it is", "Why", "Rows", "Amount", "Currency", "From", "To")

# The bottom line

BOTTOM_SHOWN: Final = "{rows} · {amount}"
BOTTOM_PARTLY: Final = "{rows} · {amount} · {left_out} left out of these"
BOTTOM_CEDAR: Final = "Cedar checked {time}"
BOTTOM_CEDAR_NEVER: Final = "Cedar not read yet"
BOTTOM_CONNECTOR: Final = "Web Connector called {time}"
BOTTOM_CONNECTOR_NEVER: Final = "Web Connector has not called yet"
BOTTOM_NEXT: Final = "next about {time}"
