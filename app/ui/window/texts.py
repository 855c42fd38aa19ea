"""Every word of the main window, in one place, so that it can be translated.

Rule: second person, present tense, no blame; names stand in braces and are filled in by the caller. No Qt.
"""

from typing import Final

from app.domain.language import _, n_
from app.domain.reasons import Who
from app.domain.sales_order import DocumentKind
from app.domain.states import State

WINDOW_TITLE: Final = _("Cedar Sync")

# Practice

PRACTICE_TITLE: Final = _("Cedar Sync - Practice company")
PRACTICE_BAND: Final = _("Practice: nothing here is real")
MENU_PRACTICE: Final = _("&Practice")
PRACTICE_INVOICE: Final = _("Make a &new invoice in practice Cedar")
PRACTICE_CUSTOMERS: Final = _("&Add the missing customers to practice QuickBooks")
PRACTICE_ORDER: Final = _("Change an &order in practice QuickBooks")
PRACTICE_CALL: Final = _("Let the &Web Connector call now")
PRACTICE_HELP: Final = _("What you can &try here")
DONE_PRACTICE_INVOICE: Final = _("Invoice {invoice} is in practice Cedar. Press F5 to read it now.")
DONE_PRACTICE_CUSTOMERS: Final = n_(
    "Added {count} customer to practice QuickBooks: {names}. Now press Retry.",
    "Added {count} customers to practice QuickBooks: {names}. Now press Retry.",
)
DONE_PRACTICE_NO_CUSTOMERS: Final = _("Practice QuickBooks has all customers already.")
DONE_PRACTICE_ORDER: Final = _(
    "The order of invoice {invoice} is changed in practice QuickBooks. You see it after the Web Connector's next call."
)
DONE_PRACTICE_NO_ORDER: Final = _("Practice QuickBooks has no order to change. Let the Web Connector call first.")
PRACTICE_NO_FILE: Final = _(
    "This file is for the practice company, so it is not opened here: the real Web Connector must not have it. "
    "The practice Web Connector knows Cedar Sync already."
)
PRACTICE_CALLING: Final = _("The Web Connector calls…")
DONE_PRACTICE_CALL: Final = _("The Web Connector called, and QuickBooks did its work.")
DONE_PRACTICE_CALL_NOTHING: Final = _("The Web Connector called; there was nothing to do.")

# States and filters

STATES: Final = {
    State.QUEUED: _("Waiting"),
    State.SENDING: _("Sending"),
    State.WAITING: _("Waiting"),
    State.SYNCED: _("In QuickBooks"),
    State.FAILED: _("Needs you"),
    State.CONFLICT: _("Changed in QuickBooks"),
    State.SKIPPED: _("Left out"),
    State.HELD: _("Held"),
    State.REMOVED: _("Taken back"),
}
CONFLICT_STATES: Final = {
    "DELETED_IN_QUICKBOOKS": _("Deleted in QuickBooks"),
    "ALREADY_INVOICED_IN_QUICKBOOKS": _("Invoiced in QuickBooks"),
    "CLOSED_IN_QUICKBOOKS": _("Closed in QuickBooks"),
    "NUMBER_IN_USE": _("Number is taken"),
    "VOIDED_IN_CEDAR": _("Voided in Cedar"),
}
"""Kinds of conflict that are no change of what stands in the order."""
CONFLICT_PAID: Final = _("Paid in QuickBooks")
"""The document is an invoice itself, and paid or credited, wholly or in part."""
FILTER_NEEDS_YOU: Final = _("Needs you")
FILTER_WAITING: Final = _("Waiting")
FILTER_LEFT_OUT: Final = _("Left out")
FILTER_IN_BOOKS: Final = _("In QuickBooks")
FILTER_ALL: Final = _("All")
MONEY_PLUS: Final = " + "
MONEY_MIXED: Final = _("{money} in several currencies")
FILTER_BUTTON: Final = "{name} {count}"
FILTER_BUTTON_MONEY: Final = "{name} {count} · {amount}"
FILTER_NAME: Final = _("Show: {name}, {count}, {amount}")
FILTER_TIP: Final = _("{rows}, together {amount}.")
FILTER_TIP_PARTLY: Final = _(
    "{rows}, together {amount}. Of it, {in_books} is in QuickBooks already, but not as in Cedar."
)
FILTER_TIP_LEFT_OUT: Final = _(
    "Whole invoices of which nothing goes to QuickBooks: {rows}, {amount}. "
    "Charges left out of other invoices count on the page Left-out money."
)
FILTER_TIP_LEFT_OUT_PARTLY: Final = _(
    "Whole invoices of which nothing is sent to QuickBooks: {rows}, {amount}. Of it, {in_books} is in QuickBooks "
    "already and stays there as it is. Charges left out of other invoices count on the page Left-out money."
)
FILTER_NEWS: Final = "{text} ●"
FILTER_NEWS_TIP: Final = _("{tip} Something was left out since you last looked.")
NARROWED: Final = _("Only: {part}, {since} to {until}")
NARROWED_TIP: Final = _("Press to show all invoices again.")
EMPTY_NARROWED: Final = _("None of these invoices is on the list any more.")
SEARCH: Final = _("Search number, customer, GL, amount or car")
SEARCH_NAME: Final = _("Search invoices")

# Counts

ROWS: Final = n_("{count} row", "{count} rows")
INVOICES: Final = n_("{count} invoice", "{count} invoices")
CHARGES: Final = n_("{count} charge", "{count} charges")
DAYS: Final = n_("{count} day", "{count} days")

# The table

COLUMNS: Final = (
    _("State"),
    _("Invoice"),
    _("Customer"),
    _("GL"),
    _("Date"),
    _("Amount"),
    _("What happened"),
    _("Next try"),
)
TABLE_NAME: Final = _("Invoices")
ROW_SENTENCE: Final = _("{state}: invoice {invoice}, {customer}, {amount}, {date}. {happened}")
NO_INVOICE: Final = _("no invoice number")
NO_CUSTOMER: Final = _("no customer")
NO_DATE: Final = _("no date")
MISSING: Final = "–"
READY: Final = _("Ready for QuickBooks")
RETRYING: Final = _("Retrying at the next run")
ON_ITS_WAY: Final = _("On its way")
TAKEN_BACK: Final = _("Taken back in QuickBooks")
IN_BOOKS_AS: Final = "{document} {number}"
PARTLY: Final = n_("{count} charge left out: {why}", "{count} charges left out: {why}")
PARTLY_SHORT: Final = {
    "NO_GL_NUMBER": _("no GL"),
    "NOT_INVOICED_YET": _("not invoiced yet"),
    "NO_SERVICE_TYPE": _("no service type"),
    "NO_INVOICE_NUMBER": _("no invoice number"),
    "BAD_AMOUNT": _("no amount"),
}
PARTLY_OTHER: Final = _("see below")
NEXT_RUN: Final = _("next run")
AFTER_YOU: Final = _("when mended")
AFTER_RETRY: Final = _("when you retry")
AFTER_CHOICE: Final = _("when you choose")
AFTER_CEDAR: Final = _("when Cedar has it")
BY_ITSELF: Final = _("by itself")
LOOKS_AGAIN: Final = _("within 30 min")
NEXT_TRIES: Final = (
    NEXT_RUN,
    AFTER_YOU,
    AFTER_RETRY,
    AFTER_CHOICE,
    AFTER_CEDAR,
    BY_ITSELF,
    LOOKS_AGAIN,
)
CHANGED_WHAT: Final = _("Somebody changed {what}")
DOCUMENTS: Final = {
    DocumentKind.SALES_ORDER: _("Sales order"),
    DocumentKind.ESTIMATE: _("Estimate"),
    DocumentKind.INVOICE: _("Invoice"),
}
EMPTY: Final = {
    "needs_you": _("Nothing needs you. Invoices that do appear here by themselves."),
    "waiting": _("Nothing waits. New invoices from Cedar go to QuickBooks by themselves."),
    "left_out": _("Nothing is left out: all that Cedar bills is in QuickBooks or on its way there."),
    "in_quickbooks": _("Nothing is in QuickBooks yet. Invoices appear here once QuickBooks has taken them."),
    "all": _("Cedar has no invoices for you yet. New ones appear here by themselves."),
}
EMPTY_UNREAD: Final = _("Cedar has not been read yet. Its invoices appear here by themselves.")
EMPTY_SEARCH: Final = _("Nothing here matches “{text}”. Press Esc to clear the search, or look under All.")
LOADING: Final = _("Reading…")

# The banner

BANNER_MONEY: Final = _("{amount} is not in QuickBooks yet.")
BANNER_NO_MONEY: Final = _("Nothing is on its way.")
BANNER_LEFT_OUT: Final = _("{amount} is left out.")
BANNER_UNREACHABLE: Final = _("The shared record cannot be reached")
BANNER_TROUBLE: Final = _("{trouble}.")
BANNER_SENTENCES: Final = _("{why} {fix}")
BANNER_LAST_RUN: Final = _("Last run {time}")
BANNER_RUN: Final = _("{run}.")
BANNER_RUN_IN: Final = _("{run}, {files}.")
BANNER_NO_RUN: Final = _("The Web Connector has not run yet")
BANNER_STARTING: Final = _("Checking…")
BANNER_SET_UP: Final = _("Set up")
BANNER_RESUME: Final = _("Resume")
BANNER_RETRY: Final = _("Retry all that can")
BANNER_SHOW: Final = _("Show them")
BANNER_KEY: Final = _("Enter a new key")
BANNER_SETTINGS: Final = _("Open settings")
RECORD_READ: Final = _("Dismiss")
BANNER_CHECK: Final = _("Check Cedar now")
BANNER_SILENT: Final = _("How to wake it")
HELP_REASON: Final = _("More about this")
HELP_REASON_TIP: Final = _("Opens the page of the guide about it")
HELP_REASON_NAME: Final = _("More about: {title}")
BANNER_NAME: Final = _("Overall state")
SILENT_HELP: Final = _(
    "Open the Web Connector on this computer and see that Cedar Sync is ticked with Auto-Run on. "
    "QuickBooks may also be waiting in a window for an answer."
)
CAUSE: Final = _("{title}. {why} {fix}")
REFUSED_HELP: Final = _(
    "In the Web Connector, paste the password of Cedar Sync again. If it is lost, make a new one under Settings, "
    "QuickBooks."
)

# Actions

RETRY: Final = _("&Retry")
LEAVE_OUT: Final = _("&Leave out…")
BRING_BACK: Final = _("&Bring back")
COMPARE: Final = _("Co&mpare again")
RETRY_TIP: Final = _("Sends the chosen invoices at the next run, as far as they can go")
LEAVE_OUT_TIP: Final = _("Sends nothing of the chosen invoices to QuickBooks until you bring them back")
BRING_BACK_TIP: Final = _("Lets invoices you left out go to QuickBooks again")
COMPARE_TIP: Final = _("Compares the chosen invoices with QuickBooks at the next run, and sends what differs")
SETTLE_TIP: Final = _("Settles all chosen invoices that were changed in QuickBooks in the same way")
RETRY_REASON_TIP: Final = _("Retries every invoice that stands still for the same reason")
COPY_TIP: Final = _("Copies the chosen rows as a table")
EXPORT_TIP: Final = _("Saves the shown rows as an Excel workbook or as CSV")
CHARGE_TIP: Final = _("Shows invoice {invoice}")
SETTLE: Final = _("&Settle")
RETRY_REASON: Final = _("Retry all with t&his reason")
COPY: Final = _("&Copy")
EXPORT: Final = _("&Export…")
COPY_MESSAGE: Final = _("Copy message")
COPY_MESSAGE_TIP: Final = _("Copies a message for whoever keeps Cedar: which location, which charges, how much")
LEAVE_OUT_TITLE: Final = _("Leave out")
LEAVE_OUT_ASK: Final = _("{rows} will not go to QuickBooks until you bring it back. Why? (You may leave this empty.)")
LEAVE_OUT_ASK_MANY: Final = _(
    "{rows} will not go to QuickBooks until you bring them back. Why? (You may leave this empty.)"
)
LEAVE_OUT_ASK_IN_BOOKS: Final = n_(
    "{count} invoice is left out. It stays in QuickBooks as it is; later changes in Cedar are not sent until you "
    "bring it back. Why? (You may leave this empty.)",
    "{count} invoices are left out. They stay in QuickBooks as they are; later changes in Cedar are not sent until "
    "you bring them back. Why? (You may leave this empty.)",
)
LEAVE_OUT_ASK_MIXED: Final = _(
    "{rows} are left out until you bring them back. What is in QuickBooks already ({in_books}) stays there as it is, "
    "and later changes in Cedar are not sent; the others do not go there. Why? (You may leave this empty.)"
)
DONE_RETRY: Final = n_(
    "{count} invoice goes out at the next run.",
    "{count} invoices go out at the next run.",
)
DONE_RETRY_ALREADY: Final = n_("{count} invoice is on its way already.", "{count} invoices are on their way already.")
DONE_RETRY_NONE: Final = _("Nothing can be sent again by itself: each needs a change first.")
DONE_RETRY_OTHERS: Final = n_(
    "{count} other first needs a change in Cedar or in the settings.",
    "{count} others first need a change in Cedar or in the settings.",
)
DONE_RETRY_SOME: Final = "{going} {others}"
DONE_LEAVE_OUT: Final = _("Left out: {rows}.")
DONE_BRING_BACK: Final = _("Brought back: {rows}.")
DONE_COMPARE: Final = _("{rows} will be compared with QuickBooks at the next run.")
DONE_RESOLVE: Final = _("Settled: {rows}.")
DONE_NOTHING: Final = _("Nothing changed.")
DONE_COPY: Final = _("Copied.")
DONE_EXPORT: Final = _("Saved {file}.")
FAILED: Final = _("That did not work: {sentence}")
FAILED_UNKNOWN: Final = _("Something went wrong, and nothing was changed. Help, Open logs says more.")
FAILED_FILE: Final = _("The file {file} cannot be written ({why}); choose another place.")
GONE: Final = _("This row is no longer on the list.")
EXPORT_TITLE: Final = _("Export the shown rows")
EXPORT_FILE: Final = _("Cedar Sync invoices")
EXPORT_CSV: Final = _("Table for any spreadsheet (*.csv)")
EXPORT_XLSX: Final = _("Excel workbook (*.xlsx)")

CHECKING: Final = _("Reading Cedar…")
CHECK_PAUSED: Final = _("Paused: resume first.")
CHECK_PAUSED_UNTIL: Final = _("Paused until {until}: resume first.")

# Menus

MENU_FILE: Final = _("&File")
MENU_INVOICE: Final = _("&Invoice")
MENU_VIEW: Final = _("&View")
MENU_HELP: Final = _("&Help")
CHECK_NOW: Final = _("Check Cedar &now")
RETRY_ALL: Final = _("Retry &all that can")
PAUSE: Final = _("&Pause")
PAUSE_HOUR: Final = _("For &1 hour")
PAUSE_TOMORROW: Final = _("Until &tomorrow")
PAUSE_OPEN: Final = _("Until I &resume")
RESUME: Final = _("Res&ume")
SETTINGS: Final = _("&Settings…")
QUIT: Final = _("&Quit Cedar Sync")
CLOSE: Final = _("Close &window")
FIND: Final = _("&Find…")
DETAILS: Final = _("Show &details")
VIEW_INVOICES: Final = _("&Invoices")
VIEW_LEFT_OUT: Final = _("&Left-out money")
VIEW_RECONCILE: Final = _("&Reconcile")
HELP_GUIDE: Final = _("&Guide")
HELP_LOGS: Final = _("Open &logs")
HELP_PRACTICE: Final = _("&Practice company")
HELP_ABOUT: Final = _("&About Cedar Sync")
HELP_WIZARD: Final = _("Set up a&gain…")
PAGE_INVOICES: Final = _("Invoices")
PAGE_LEFT_OUT: Final = _("Left-out money")
PAGE_RECONCILE: Final = _("Reconcile")

# One row in detail

DETAIL_NAME: Final = _("Details of the invoice")
DETAIL_NONE: Final = _("Choose an invoice to see what happened to it, why, and what you can do.")
DETAIL_TITLE: Final = _("Invoice {invoice} · {customer}")
DETAIL_SUBTITLE: Final = _("{amount} · {date} · GL {gl_number}")
DETAIL_NO_GL: Final = _("{amount} · {date} · no GL number")
DETAIL_PARTLY: Final = _("{count} of {total} charges left out ({amount})")
DETAIL_WHO: Final = _("Who can mend it: {who}")
DETAIL_NEXT: Final = _("Tried again {when}.")
DETAIL_TRIES: Final = n_("Tried {count} time so far.", "Tried {count} times so far.")
WHO: Final = {
    Who.NOBODY: _("nobody has to, it heals by itself"),
    Who.BOOKKEEPER: _("you"),
    Who.CEDAR_ADMIN: _("whoever keeps Cedar"),
    Who.QUICKBOOKS_ADMIN: _("the QuickBooks administrator"),
    Who.SUPPORT: _("support"),
}
STATE_LINE: Final = "{state}."
STATE_LINES: Final = {
    State.SENDING: _("QuickBooks has it; the answer is awaited."),
    State.WAITING: _("It is tried again by itself."),
    State.REMOVED: _("It was voided in Cedar and taken back in QuickBooks."),
}
QUEUED_LINE: Final = _("It goes to QuickBooks at the Web Connector's next run.")
RETRYING_LINE: Final = _("Retrying at the Web Connector's next run.")
IN_BOOKS_LINE: Final = _("In QuickBooks as {document}.")
IN_BOOKS_PARTLY: Final = _("In QuickBooks as {document}, without the charges that are left out.")
TAB_LINES: Final = _("Lines")
TAB_BOOKS: Final = _("In QuickBooks now")
TAB_HISTORY: Final = _("History")
LINES_COLUMNS: Final = (_("What"), _("Quantity"), _("Amount"))
LINE: Final = "{item} · {what}"
LINE_LEFT_OUT: Final = _("Left out, {why} · {what}")
LINES_NAME: Final = _("Lines of the invoice")
CHARGE: Final = _("charge {charge}")
TOTAL: Final = _("Total")
BOOKS_NAME: Final = _("What is in QuickBooks now")
BOOKS_NONE: Final = _("Cedar Sync has nothing of this invoice in QuickBooks.")
BOOKS_COLUMNS: Final = (_("What"), _("Quantity"), _("Amount"))
BOOKS_HEAD: Final = _("{document} for customer {customer}, {date}, {amount}")
BOOKS_INVOICED: Final = _("It has been turned into an invoice there.")
BOOKS_CLOSED: Final = _("It is closed there.")
HISTORY_NAME: Final = _("What happened to the invoice")
HISTORY_COLUMNS: Final = (_("When"), _("What happened"))
HISTORY_LINE: Final = _("{state} (by {actor})")
HISTORY_LINE_WHY: Final = _("{state}: {why} (by {actor})")
ACTORS: Final = {
    "program": _("Cedar Sync"),
    "person": _("a person here"),
    "cedar": _("a change in Cedar"),
    "books": _("QuickBooks"),
}
RAW_SHOW: Final = _("Details")
RAW_NAME: Final = _("Details for support")
RAW_ROW: Final = _("Row {id}")
RAW_CODE: Final = "{code}: {raw}"
RAW_NO_TEXT: Final = _("no further text")
RAW_AT: Final = "{when}: {raw}"
RAW_DOCUMENT: Final = _("TxnID {txn_id}, EditSequence {edit}")
MANY_SELECTED: Final = _("{rows} selected · {amount}")

# A conflict

CONFLICT_COLUMNS: Final = ("", _("Line"), _("In Cedar"), _("In QuickBooks"))
CONFLICT_NAME: Final = _("Cedar and QuickBooks, line by line")
SIGN_SAME: Final = "="
SIGN_DIFFERENT: Final = "≠"
SIGN_ONLY_CEDAR: Final = "+"
SIGN_ONLY_BOOKS: Final = "−"
SIGN_WORDS: Final = {
    SIGN_SAME: _("the same"),
    SIGN_DIFFERENT: _("different"),
    SIGN_ONLY_CEDAR: _("only in Cedar"),
    SIGN_ONLY_BOOKS: _("only in QuickBooks"),
}
CONFLICT_LEGEND: Final = _("≠ different   + only in Cedar   − only in QuickBooks")
CONFLICT_CUSTOMER: Final = _("Customer")
CONFLICT_DATE: Final = _("Date")
CONFLICT_LINE: Final = "{number}"
CONFLICT_LINE_ITEM: Final = "{number} · {item}"
COMPARED: Final = "× {quantity} = {amount}"
COMPARED_AMOUNT: Final = "{amount}"
COMPARED_ITEM: Final = "{item} × {quantity} = {amount}"
COMPARED_ITEM_AMOUNT: Final = "{item} = {amount}"
CONFLICT_SENTENCE: Final = "{what}, {sign}: {in_cedar}; {in_books}"
NOT_THERE: Final = _("not there")
VOIDED: Final = _("voided")
KEEP_THEIRS: Final = _("&Keep QuickBooks'")
SEND_OURS: Final = _("&Send Cedar's")
STOP_TRACKING: Final = _("S&top tracking")
WILL_KEEP: Final = _("QuickBooks stays as it is, and this invoice is left alone until you bring it back.")
WILL_KEEP_GONE: Final = _("It stays out of QuickBooks until you bring it back.")
WILL_SEND: Final = _("QuickBooks is changed to what Cedar says, {ours}.")
WILL_SEND_NEW: Final = _("It is made in QuickBooks once more, with {ours}.")
WILL_SEND_BESIDE: Final = _("It goes to QuickBooks with {ours} under a number of its own.")
WILL_TAKE_BACK: Final = _("What is in QuickBooks, {theirs}, is taken back there.")
WILL_STOP: Final = _("Cedar Sync forgets what is in QuickBooks, changes nothing there, and leaves the invoice out.")
TAKE_BACK: Final = _("&Take it back")
LEAVE_THERE: Final = _("Leave it t&here")
SEND_AGAIN: Final = _("&Send again")
CONFIRM_KEEP: Final = _(
    "QuickBooks stays as it is, with {theirs}. Cedar Sync leaves invoice {invoice} alone until you bring it back."
)
CONFIRM_SEND: Final = _(
    "Invoice {invoice} in QuickBooks is changed to what Cedar says, {ours}. What somebody changed there is overwritten."
)
CONFIRM_SEND_NEW: Final = _("Invoice {invoice} is made in QuickBooks once more, with {ours}.")
CONFIRM_SEND_BESIDE: Final = _(
    "Invoice {invoice} goes to QuickBooks with {ours} under a number of its own. "
    "The document that is there stays as it is."
)
CONFIRM_KEEP_GONE: Final = _("Invoice {invoice} stays out of QuickBooks until you bring it back.")
KEEP_GONE: Final = _("&Keep it out")
CONFIRM_TAKE_BACK: Final = _(
    "What is in QuickBooks for invoice {invoice}, {theirs}, is taken back there, as Cedar voided it."
)
CONFIRM_STOP: Final = _(
    "Cedar Sync forgets that invoice {invoice} is in QuickBooks and leaves it out. Nothing in QuickBooks is changed. "
    "If you bring it back later, it is looked for there before anything is sent."
)
CONFIRM_TITLE: Final = _("Settle invoice {invoice}")
CONFIRM_MANY_TITLE: Final = _("Settle several invoices")
MANY_KEEP: Final = n_(
    "{count} invoice stays in QuickBooks as it is there, and is left alone until you bring it back.",
    "{count} invoices stay in QuickBooks as they are there, and are left alone until you bring them back.",
)
MANY_KEEP_GONE: Final = n_(
    "{count} invoice stays out of QuickBooks until you bring it back.",
    "{count} invoices stay out of QuickBooks until you bring them back.",
)
MANY_SEND: Final = n_(
    "{count} invoice in QuickBooks is changed to what Cedar says, {ours}. What somebody changed there is overwritten.",
    "{count} invoices in QuickBooks are changed to what Cedar says, together {ours}. What somebody changed there is "
    "overwritten.",
)
MANY_SEND_NEW: Final = n_(
    "{count} invoice is made in QuickBooks once more, with {ours}.",
    "{count} invoices are made in QuickBooks once more, together {ours}.",
)
MANY_SEND_BESIDE: Final = n_(
    "{count} invoice goes to QuickBooks with {ours} under a number of its own. "
    "The document that is there stays as it is.",
    "{count} invoices go to QuickBooks, together {ours}, under numbers of their own. "
    "The documents that are there stay as they are.",
)
MANY_TAKE_BACK: Final = n_(
    "What is in QuickBooks for {count} invoice is taken back there, as Cedar voided it.",
    "What is in QuickBooks for {count} invoices is taken back there, as Cedar voided them.",
)
MANY_STOP: Final = n_(
    "Cedar Sync forgets that {count} invoice is in QuickBooks and leaves it out. Nothing in QuickBooks is changed.",
    "Cedar Sync forgets that {count} invoices are in QuickBooks and leaves them out. Nothing in QuickBooks is changed.",
)
CANCEL: Final = _("Cancel")

# A message for whoever keeps Cedar

MESSAGE_HEAD: Final = _("Hello, these charges cannot go to QuickBooks until something is added in Cedar:")
MESSAGE_PLACE: Final = "{location}: {why} ({charges}, {amount})"
MESSAGE_CHARGE: Final = _("  charge {charge}, invoice {invoice}, {amount}: {description}")
MESSAGE_FIX: Final = "{fix}"
MESSAGE_INVOICE: Final = _("Hello, invoice {invoice} ({amount}) cannot go to QuickBooks. {why}")
MESSAGE_TOTAL: Final = _("Together {charges}, {amount}.")
NO_LOCATION: Final = _("location not given")

# Left-out money

LEFT_OUT_COLUMNS: Final = (_("Location"), _("Why"), _("Charges"), _("Amount"), _("Since"), _("For"))
LEFT_OUT_NAME: Final = _("Left-out money by location")
LEFT_OUT_HEAD: Final = (
    _("{charges} worth {amount} is left out of QuickBooks, at {places}."),
    _("{charges} worth {amount} are left out of QuickBooks, at {places}."),
)
PLACES: Final = n_("{count} place", "{count} places")
LEFT_OUT_CHARGES_NAME: Final = _("Charges left out at the chosen location")
LEFT_OUT_CHARGES_COLUMNS: Final = (_("Invoice"), _("Date"), _("What"), _("Amount"))
COPY_MESSAGE_PLACE: Final = _("Copy message for this &location")
COPY_MESSAGE_ALL: Final = _("Copy message for &all")
LEFT_OUT_LATER: Final = _(
    "Not counted there: {charges} worth {amount} that Cedar has not invoiced yet. Nothing is lost: they follow by "
    "themselves."
)
LEFT_OUT_LATER_HEAD: Final = _("Not invoiced yet, follows by itself")
LEFT_OUT_ONLY_LATER: Final = _("No money is lost: nothing in Cedar lacks anything.")
COPY_TABLE: Final = _("Copy &table")
LEFT_OUT_NONE: Final = _(
    "No charge is left out. When Cedar lacks a GL number or a service type, its money is counted here."
)
LEFT_OUT_TIP: Final = _("Choose a location to see its charges; Copy message is ready to send to whoever keeps Cedar.")

# Reconcile

RECONCILE_FROM: Final = _("Charges applied &from")
RECONCILE_TO: Final = _("&to")
RECONCILE_CONNECTION: Final = _("&Railroad")
RECONCILE_RUN: Final = _("&Compare with Cedar")
RECONCILE_RUNNING: Final = _("Asking Cedar for its total…")
RECONCILE_START: Final = _("Choose a period and compare: every cent Cedar billed is then somewhere below.")
RECONCILE_NAME: Final = _("Where Cedar's total is")
RECONCILE_CEDAR: Final = _("Cedar's total")
RECONCILE_PARTS: Final = {
    "in_books": _("In QuickBooks"),
    "waiting": _("Waiting"),
    "failed": _("Needs you"),
    "conflict": _("Changed in QuickBooks"),
    "left_out": _("Charges left out"),
    "held": _("Held by you"),
}
RECONCILE_ROUNDING: Final = _("Rounding: parts of a cent in Cedar's amounts")
RECONCILE_DIFFERENCE: Final = _("Not explained")
RECONCILE_OK: Final = _("Every cent of Cedar's {amount} is accounted for.")
RECONCILE_OFF: Final = _("{amount} of Cedar's total is not explained. Check Cedar now, then compare again.")
RECONCILE_TOO_MUCH: Final = n_(
    "{count} document worth {amount} still stands in QuickBooks, though Cedar does not bill it any more.",
    "{count} documents worth {amount} still stand in QuickBooks, though Cedar does not bill them any more.",
)
RECONCILE_AND: Final = _("{words} {more}")
RECONCILE_WHY: Final = _("Why it is not in QuickBooks")
RECONCILE_WHY_COLUMNS: Final = (_("Why"), _("Rows"), _("Amount"), "")
RECONCILE_COLUMNS: Final = (_("Where it is"), _("Amount"), "")
RECONCILE_SHOW: Final = _("Show")
RECONCILE_NOTE: Final = _(
    "Counted here are single charges that Cedar applied within these days. The filters of the first page count whole "
    "invoices of all days, so they may say something else."
)
RECONCILE_EXPORT: Final = _("&Export…")
RECONCILE_EXPORT_TITLE: Final = _("Export where Cedar's total is")
RECONCILE_FILE: Final = _("Cedar Sync reconciliation")
RECONCILE_SHEET: Final = _("Reconciliation")
RECONCILE_HEADINGS: Final = (_("Where it is"), _("Why"), _("Rows"), _("Amount"), _("Currency"), _("From"), _("To"))

# The bottom line

BOTTOM_SHOWN: Final = "{rows} · {amount}"
BOTTOM_PARTLY: Final = _("{rows} · {amount} · {left_out} left out of these")
BOTTOM_CEDAR: Final = _("Cedar checked {time}")
BOTTOM_CEDAR_NEVER: Final = _("Cedar not read yet")
BOTTOM_TRIED: Final = _("tried {time}")
BOTTOM_CONNECTOR: Final = _("Web Connector called {time}")
BOTTOM_CONNECTOR_NEVER: Final = _("Web Connector has not called yet")
BOTTOM_NEXT: Final = _("next about {time}")
