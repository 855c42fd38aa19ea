"""Every word of the wizard and the settings window, in one place, so that it can be translated.

Rule: second person, present tense, no blame; names stand in braces and are filled in by the caller. No Qt.
"""

from typing import Final

from app.ui.setup.flow import Missing, Page

# The wizard's frame

WIZARD_TITLE: Final = "Set up Cedar Sync"
WIZARD_TITLE_NAMED: Final = "Set up Cedar Sync: {name}"
STEPS: Final = {
    Page.CEDAR: "Cedar",
    Page.COLUMNS: "Columns",
    Page.QUICKBOOKS: "QuickBooks",
    Page.DRY_RUN: "Dry run",
    Page.START: "Start",
}
STEPS_NAME: Final = "Steps of the set-up"
STEP_DONE: Final = "{step}, done"
STEP_HERE: Final = "{step}, you are here"
STEP_OPEN: Final = "{step}, still to come"
BACK: Final = "&Back"
FINISH_LATER: Final = "Finish &later"
CLOSE: Final = "C&lose"
CONTINUE: Final = {
    Page.CEDAR: "&Continue to the columns",
    Page.COLUMNS: "&Continue to QuickBooks",
    Page.QUICKBOOKS: "&Continue to the dry run",
    Page.DRY_RUN: "&Continue to the start",
    Page.START: "&Start Cedar Sync",
}
CONNECT_LATER: Final = "&Connect QuickBooks later"
FINISH: Final = "&Finish"
NOTHING_SENT: Final = "Nothing goes to QuickBooks before the last page."
SOMETHING_WRONG: Final = "Something went wrong in Cedar Sync; try again, and save a support file if it happens again."
TRY_AGAIN: Final = "&Try again"

# Cedar

CEDAR_TITLE: Final = "How does Cedar know you?"
CEDAR_INTRO: Final = (
    "Cedar Sync reads your railroad's charges from Cedar. Your Cedar administrator gives you the carrier, "
    "the user and the key."
)
REGION: Final = "Reg&ion"
REGIONS: Final = {"us": "United States", "eu": "Europe"}
CARRIER: Final = "C&arrier"
CARRIER_HINT: Final = "The carrier's number in Cedar, such as 1234"
ASSUME_USER: Final = "Cedar &user"
ASSUME_USER_HINT: Final = "The e-mail address of the user whose permissions count"
API_KEY: Final = "&Key"
API_KEY_HINT: Final = "Paste the key here"
API_KEY_IS_KEPT: Final = "A key is kept on this computer; paste here only to replace it"
MISSING: Final = {
    Missing.CARRIER: "the carrier",
    Missing.USER: "the Cedar user",
    Missing.KEY: "the key",
}
STILL_MISSING: Final = "Still needed: {what}."
AND: Final = " and "
KEY_TOO_LONG: Final = (
    "That is {length} characters long; this computer keeps keys of up to {limit} characters. "
    "Check that you pasted the key and nothing else."
)
ASKING_CEDAR: Final = "Asking Cedar…"
FOUND_ONE: Final = "Found 1 charge, of {newest}."
FOUND_MANY: Final = "Found {count} charges; the newest is of {newest}."
FOUND_NONE: Final = "Cedar answers, and has no charges to send from the last {days} days yet."
FOUND_COLUMNS_OPEN: Final = "Cedar answers. Which of its columns hold what is the next question."

NO_KEY_YET: Final = "There is no Cedar key yet; go back to the first page and paste it."

# Columns

COLUMNS_TITLE: Final = "Does Cedar Sync read the right columns?"
COLUMNS_INTRO: Final = (
    "Compare the examples with what you see in Cedar. Where one is wrong, choose the right column; the rest stays "
    "as it is."
)
READING_COLUMNS: Final = "Reading Cedar's columns…"
COLUMNS_GOOD: Final = "Everything that is needed has its column."
FOUND_BY_ITSELF: Final = "Found: {column}"
FIND_BY_ITSELF: Final = "Find it by itself"
NOT_PUBLISHED: Final = "None (Cedar shows none)"
NOTHING_FOUND: Final = "Choose a column"
COLUMN: Final = "{name} ({key})"
FIELD_DESCRIPTION: Final = "{what_for}. {example}"
EXAMPLE: Final = "such as {example}"
NO_EXAMPLE: Final = "no example yet"
FIELDS: Final = {
    "gl_number": "&GL number",
    "quantity": "&Quantity",
    "rate": "&Rate",
    "invoice_date": "In&voice date",
    "currency": "Currenc&y",
}
FIELD_WHAT_FOR: Final = {
    "gl_number": "The customer's name in QuickBooks",
    "quantity": "Without one, every line has the quantity 1",
    "rate": "Without one, a line has its amount only",
    "invoice_date": "Without one, the order has the day its newest charge was applied",
    "currency": "Without one, QuickBooks takes your home currency",
}
OTHER_COLUMNS: Final = "Found without a doubt: {columns}."
OTHER_COLUMN: Final = "{words} in {key}"

# QuickBooks

BOOKS_TITLE: Final = "Which QuickBooks do your orders go to?"
BOOKS_INTRO: Final = (
    "The Web Connector is Intuit's own program on the QuickBooks computer. It asks Cedar Sync for work once a minute. "
    "Add Cedar Sync to it once, in six clicks."
)
STEP_QUICKBOOKS: Final = "Open QuickBooks with your company file, signed in as Admin, in single-user mode."
STEP_FILE: Final = "Open the file for the Web Connector; the Web Connector starts by itself."
OPEN_FILE: Final = "&Open the file"
SAVE_FILE: Final = "Sa&ve it elsewhere…"
STEP_AUTHORIZE: Final = "In the window “Authorize New Web Service” click"
STEP_CERTIFICATE: Final = (
    "QuickBooks asks whether Cedar Sync may use the company file. Choose “Yes, always; allow access even if "
    "QuickBooks is not running”, then click"
)
STEP_TYPE: Final = (
    "In the Web Connector, click into the Password box of “{application}”, paste this, press Enter, and click"
)
STEP_AUTO_RUN: Final = "Tick the box Auto-Run, then the box in front of “{application}”, and click"
PICTURE_OK: Final = "OK"
PICTURE_CONTINUE: Final = "Continue…"
PICTURE_DONE: Final = "Done"
PICTURE_YES: Final = "Yes"
PICTURE_UPDATE: Final = "Update Selected"
PICTURE_NAME: Final = "Button in the other program: {words}"
STEP_NUMBER: Final = "{number}."
STEP_NAME: Final = "Step {number}: {words}"
SECRET_NAME: Final = "Password for the Web Connector"  # noqa: S105 (words)
SECRET_ONCE: Final = "Shown this once; Cedar Sync keeps it and does not show it again."  # noqa: S105 (words)
SECRET_KEPT: Final = "It was shown before. If it is lost, make a new one and type it into the Web Connector."  # noqa: S105 (words)
COPY: Final = "Co&py"
COPIED: Final = "Copied"
NEW_SECRET: Final = "&Make a new password"  # noqa: S105 (words)
WAITING_FOR_CALL: Final = "Waiting for the Web Connector's first call…"
WAITS_FOR_START: Final = (
    "The Web Connector reaches this connection only after Cedar Sync has started again. Go on with the set-up; "
    "at its end Cedar Sync starts anew."
)
CALLED_WITHOUT_COMPANY: Final = (
    "The Web Connector called at {time}. Waiting for QuickBooks to say which company file it has open…"
)
CALLED: Final = "The Web Connector called at {time}, and {company} answered ({product})."
COMPANY: Final = "{name}, {path}"
WITHOUT_SALES_ORDERS: Final = (
    "The Web Connector called at {time}, and {company} answered. {product} has no sales orders: choose estimates or "
    "invoices under Settings, Rules, before you start."
)
PROBLEM: Final = "{title}. {fix}"
FILE_WRITTEN: Final = "The file is at {path}."
NOTHING_OPENS: Final = (
    "No program on this computer opens the file {path}. On the QuickBooks computer, install the QuickBooks Web "
    "Connector, or copy the file there."
)
FILE_NOT_WRITTEN: Final = "{path} cannot be written ({why}); choose another place."
FILE_KIND: Final = "Web Connector file (*.qwc)"
PORT_IN_USE: Final = (
    "Another program on this computer uses port {port}, so the Web Connector could not reach Cedar Sync."
)
PORT_IN_USE_TAKE: Final = "Another program on this computer uses port {port}; take port {free} in its place."
TAKE_PORT: Final = "&Use port {port}"

# Dry run

DRY_TITLE: Final = "Is this what should go into QuickBooks?"
DRY_INTRO: Final = "This is what Cedar Sync would do now. Nothing is sent yet."
DRY_READING: Final = "Reading Cedar's charges; with thousands of them this takes a minute…"
WOULD_SEND: Final = "{invoices} would go into QuickBooks: {money}."
WOULD_SEND_NONE: Final = "Nothing would go into QuickBooks at the moment."
WOULD_STOP: Final = "{invoices} would wait for you: {money}."
WOULD_STAY: Final = "{invoices} stay as they are."
WOULD_LEAVE_OUT: Final = "{charges} would be left out: {money}."
WOULD_LEAVE_OUT_NONE: Final = "No charge would be left out."
INVOICE_ONE: Final = "1 order"
INVOICE_MANY: Final = "{count} orders"
CHARGE_ONE: Final = "1 charge"
CHARGE_MANY: Final = "{count} charges"
MIXED_MONEY: Final = "{money} in several currencies"
NO_MONEY: Final = "no money"
NAMES_NAME: Final = "Names QuickBooks needs"
NAMES_LEFT_OUT: Final = "Left out, by reason ({count})"
NAMES_CUSTOMERS: Final = "GL numbers without a customer in QuickBooks ({count})"
NAMES_CUSTOMERS_CREATED: Final = "GL numbers whose customer Cedar Sync would add to QuickBooks ({count})"
NAMES_CUSTOMERS_UNKNOWN: Final = "GL numbers that need a customer in QuickBooks ({count})"
NAMES_ITEMS: Final = "Service types without an item in QuickBooks ({count})"
NAMES_ITEMS_CREATED: Final = "Service types whose item Cedar Sync would add to QuickBooks ({count})"
NAMES_ITEMS_UNKNOWN: Final = "Service types that need an item in QuickBooks ({count})"
COLUMN_NAME: Final = "Name"
COLUMN_CUSTOMER: Final = "In Cedar"
COLUMN_INVOICES: Final = "How many"
COLUMN_MONEY: Final = "Money"
INACTIVE: Final = "{name} (not active)"
NAMES_COMPLETE: Final = (
    "QuickBooks has a customer for every GL number and an item for every service type (asked {time})."
)
NAMES_MISSING: Final = (
    "Names that QuickBooks lacks are in the list (asked {time}). Add them in QuickBooks, or correct them in Cedar; "
    "the orders go out as soon as they are there."
)
NAMES_UNKNOWN: Final = (
    "QuickBooks has not told its customers and items yet, so they cannot be compared. The list shows what Cedar uses."
)
COPY_LIST: Final = "Co&py the list"
LOOK_AGAIN: Final = "Look a&gain"
ASKED_AGAIN: Final = "Reading Cedar again. QuickBooks tells its customers and items at the Web Connector's next call."

# Start

START_TITLE: Final = "Shall Cedar Sync start now?"
START_INTRO: Final = (
    "From now on Cedar Sync reads Cedar by itself, and the Web Connector fetches what is new. The icon near the clock "
    "tells how things stand; a click on it opens the window."
)
REOPENED_INTRO: Final = "Cedar Sync is set up and at work; what you changed counts from now on."
START_AT_SIGN_IN: Final = "Start Cedar Sync when I si&gn in to this computer"
SIGN_IN_REFUSED: Final = (
    "It is switched off in this computer's own settings, and only there it can be switched on: open Task Manager, "
    "Startup apps, choose Cedar Sync and click Enable."
)
OPEN_STARTUP_APPS: Final = "Open Windows' list of start&up apps…"
STARTUP_APPS_NOT_OPENED: Final = (
    "This computer did not open its list. Press Ctrl+Shift+Esc for the Task Manager, choose Startup apps, then Cedar "
    "Sync, and click Enable."
)
START_READY: Final = "Connected with {company}."
START_WITHOUT_BOOKS: Final = (
    "QuickBooks is not connected yet. What Cedar has waits safely until you connect it: in the window, choose Settings "
    "in the menu File, then the page QuickBooks, and click “Show the steps to connect…”."
)

# Settings

SETTINGS_TITLE: Final = "Settings of Cedar Sync"
PAGES_NAME: Final = "Pages of the settings"
PAGE_CEDAR: Final = "Cedar"
PAGE_BOOKS: Final = "QuickBooks"
PAGE_RULES: Final = "Rules"
PAGE_NOTIFICATIONS: Final = "Notifications"
PAGE_STARTUP: Final = "Startup"
PAGE_ADVANCED: Final = "Advanced"
PAGES: Final = (PAGE_CEDAR, PAGE_BOOKS, PAGE_RULES, PAGE_NOTIFICATIONS, PAGE_STARTUP, PAGE_ADVANCED)
NOT_EMPTY: Final = "Fill this in: Cedar cannot be read without it."
CONNECTION: Final = "Co&nnection"
ADD_CONNECTION: Final = "A&dd a connection…"
ADD_TITLE: Final = "Add a connection"
ADD_INTRO: Final = (
    "A connection is one Cedar carrier and one company file. Its name stays as it is; choose a short one."
)
ADD_NAME: Final = "&Name"
ADD_WRONG_NAME: Final = "Use up to 25 letters, digits, hyphens and underscores; the first a letter or digit."
ADD_TAKEN: Final = "There is a connection of that name already."
ADDED: Final = "The connection {name} is set up. It works from the next start of Cedar Sync on."
SAVE: Final = "&Save"
CANCEL: Final = "Cancel"
SAVED: Final = "Saved."
SAVED_PORT: Final = "Saved. The new port counts as soon as Cedar Sync starts again."
SAVE_FIRST: Final = "Save what you changed, or cancel, before you choose another connection."
LOOK_AT_PAGE: Final = "Not saved yet: see the page {page}."
SAVING: Final = "Saving…"
SET_UP_AGAIN: Final = "Open the set-up &again…"

CEDAR_POLL: Final = "Read Cedar &every"
CEDAR_POLL_UNIT: Final = " min"
CEDAR_LOOKBACK: Final = "&Look back"
CEDAR_LOOKBACK_UNIT: Final = " days"
CEDAR_ZONE: Final = "Time &zone of the carrier"
CEDAR_ZONE_HINT: Final = "This computer's"
WRONG_ZONE: Final = "There is no time zone of that name; one such as America/Chicago is meant, or leave it empty."
SHOW_COLUMNS: Final = "Sho&w the columns"

COMPANY_FILE: Final = "Company &file"
BROWSE: Final = "&Browse…"
COMPANY_FILE_TITLE: Final = "Choose the company file"
COMPANY_FILE_KIND: Final = "QuickBooks company file (*.qbw)"
COMPANY_FILE_HINT: Final = "Whichever is open; Cedar Sync makes sure that it is yours"
USERNAME: Final = "&User name in the Web Connector"
WRONG_USERNAME: Final = "A user name has 1 to 40 characters."
USERNAME_TAKEN: Final = "The connection {name} has this user name already; each needs its own."
NEVER_CALLED: Final = "The Web Connector has not called yet."
RUN_EVERY: Final = "The Web Connector asks &every"
NEW_FILE_NEEDED: Final = (
    "The Web Connector must be told. Save, then: in the Web Connector choose Cedar Sync and click Remove; "
    "here, on the page QuickBooks, follow the steps with the new file."
)
SHOW_STEPS: Final = "Show the steps to connec&t…"

STATUSES: Final = "Charges that sync"
STATUS_NAMES: Final = {
    "IN_PROGRESS": "In progress",
    "PENDING": "Pending",
    "ASSIGNED": "Assigned",
    "INVOICED": "Invoiced",
    "ARCHIVED": "Archived",
}
NO_STATUS: Final = "Tick at least one: without one nothing would ever go into QuickBooks."
DOCUMENT: Final = "&Make of every invoice"
DOCUMENTS: Final = {"sales_order": "a sales order", "estimate": "an estimate", "invoice": "an invoice"}
CUSTOMERS: Final = "When QuickBooks lacks a &customer"
ITEMS: Final = "When QuickBooks lacks an &item"
MISSING_CHOICES: Final = {"fail": "tell me, and wait", "create": "add it to QuickBooks"}
INCOME_ACCOUNT: Final = "Income acc&ount for added items"
INCOME_ACCOUNT_HINT: Final = "The company file's only income account"
ON_EDITED: Final = "When somebody &edits an order in QuickBooks"
ON_EDITED_CHOICES: Final = {"ask": "ask me", "overwrite": "send Cedar's again", "keep": "keep QuickBooks'"}
ON_VOID: Final = "When an invoice is &voided in Cedar"
ON_VOID_CHOICES: Final = {"ask": "ask me", "close": "close the order", "delete": "delete the order"}
SHORTEN: Final = "S&horten invoice numbers over 11 characters"
SHORTEN_WHY: Final = "QuickBooks holds no more than 11; the memo of the order has the full number."

NOTIFY: Final = "Tell me with a short message near the clock about"
NOTIFY_CHOICES: Final = {
    "all": "&everything: problems, and when they are solved",
    "problems": "&problems that need me",
    "none": "n&othing: I look into the window",
}
QUITS_ON_CLOSE: Final = "&Closing the window ends Cedar Sync (otherwise it goes on near the clock)"

PORT: Final = "P&ort the Web Connector calls"
PORT_TAKEN: Final = "Another program on this computer uses port {port}; port {free} is free."
DATA_FOLDER: Final = "Data folder"
OPEN_FOLDER: Final = "Open the &folder"
NEW_PAIR: Final = "Make a new file with new &ids…"
NEW_PAIR_WHY: Final = (
    "Only when the Web Connector says QBWC1039: the company file was connected from another computer, or is a copy."
)
NEW_PAIR_QUESTION: Final = (
    "The Web Connector will not know this connection until you add the new file to it. Make the new file?"
)
PAIR_MADE: Final = (
    "The new file is at {path}. In the Web Connector choose Cedar Sync and click Remove, then open the new file."
)
