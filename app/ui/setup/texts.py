"""Every word of the wizard and the settings window, in one place, so that it can be translated.

Rule: second person, present tense, no blame; names stand in braces and are filled in by the caller. No Qt.
"""

from typing import Final

from app.domain.language import _, n_
from app.ui.setup.flow import Missing, Page

# The wizard's frame

WIZARD_TITLE: Final = _("Set up Cedar Sync")
WIZARD_TITLE_NAMED: Final = _("Set up Cedar Sync: {name}")
STEPS: Final = {
    Page.CEDAR: _("Cedar"),
    Page.COLUMNS: _("Columns"),
    Page.QUICKBOOKS: _("QuickBooks"),
    Page.DRY_RUN: _("Dry run"),
    Page.START: _("Start"),
}
STEPS_NAME: Final = _("Steps of the set-up")
STEP_DONE: Final = _("{step}, done")
STEP_HERE: Final = _("{step}, you are here")
STEP_OPEN: Final = _("{step}, still to come")
BACK: Final = _("&Back")
FINISH_LATER: Final = _("Finish &later")
CLOSE: Final = _("C&lose")
CONTINUE: Final = {
    Page.CEDAR: _("&Continue to the columns"),
    Page.COLUMNS: _("&Continue to QuickBooks"),
    Page.QUICKBOOKS: _("&Continue to the dry run"),
    Page.DRY_RUN: _("&Continue to the start"),
    Page.START: _("&Start Cedar Sync"),
}
CONNECT_LATER: Final = _("&Connect QuickBooks later")
FINISH: Final = _("&Finish")
NOTHING_SENT: Final = _("Nothing goes to QuickBooks before the last page.")
SOMETHING_WRONG: Final = _(
    "Something went wrong in Cedar Sync; try again, and save a support file if it happens again."
)
TRY_AGAIN: Final = _("&Try again")

# Cedar

CEDAR_TITLE: Final = _("How does Cedar know you?")
CEDAR_INTRO: Final = _(
    "Cedar Sync reads your railroad's charges from Cedar. Your Cedar administrator gives you the carrier, "
    "the user and the key."
)
REGION: Final = _("Reg&ion")
REGIONS: Final = {"us": _("United States"), "eu": _("Europe")}
CARRIER: Final = _("C&arrier")
CARRIER_HINT: Final = _("The carrier's number in Cedar, such as 1234")
ASSUME_USER: Final = _("Cedar &user")
ASSUME_USER_HINT: Final = _("The e-mail address of the user whose permissions count")
API_KEY: Final = _("&Key")
API_KEY_HINT: Final = _("Paste the key here")
API_KEY_IS_KEPT: Final = _("A key is kept on this computer; paste here only to replace it")
MISSING: Final = {
    Missing.CARRIER: _("the carrier"),
    Missing.USER: _("the Cedar user"),
    Missing.KEY: _("the key"),
}
STILL_MISSING: Final = _("Still needed: {what}.")
AND: Final = _(" and ")
KEY_TOO_LONG: Final = _(
    "That is {length} characters long; this computer keeps keys of up to {limit} characters. "
    "Check that you pasted the key and nothing else."
)
ASKING_CEDAR: Final = _("Asking Cedar…")
FOUND: Final = n_("Found {count} charge, of {newest}.", "Found {count} charges; the newest is of {newest}.")
FOUND_NONE: Final = _("Cedar answers, and has no charges to send from the last {days} days yet.")
FOUND_COLUMNS_OPEN: Final = _("Cedar answers. Which of its columns hold what is the next question.")

NO_KEY_YET: Final = _("There is no Cedar key yet; go back to the first page and paste it.")

# Columns

COLUMNS_TITLE: Final = _("Does Cedar Sync read the right columns?")
COLUMNS_INTRO: Final = _(
    "Compare the examples with what you see in Cedar. Where one is wrong, choose the right column; the rest stays "
    "as it is."
)
READING_COLUMNS: Final = _("Reading Cedar's columns…")
COLUMNS_GOOD: Final = _("Everything that is needed has its column.")
FOUND_BY_ITSELF: Final = _("Found: {column}")
FIND_BY_ITSELF: Final = _("Find it by itself")
NOT_PUBLISHED: Final = _("None (Cedar shows none)")
NOTHING_FOUND: Final = _("Choose a column")
COLUMN: Final = "{name} ({key})"
FIELD_DESCRIPTION: Final = "{what_for}. {example}"
EXAMPLE: Final = _("such as {example}")
NO_EXAMPLE: Final = _("no example yet")
FIELDS: Final = {
    "gl_number": _("&GL number"),
    "quantity": _("&Quantity"),
    "rate": _("&Rate"),
    "invoice_date": _("In&voice date"),
    "currency": _("Currenc&y"),
}
FIELD_WHAT_FOR: Final = {
    "gl_number": _("The customer's name in QuickBooks"),
    "quantity": _("Without one, every line has the quantity 1"),
    "rate": _("Without one, a line has its amount only"),
    "invoice_date": _("Without one, an invoice has the day its newest charge was applied"),
    "currency": _("Without one, QuickBooks takes your home currency"),
}
OTHER_COLUMNS: Final = _("Found without a doubt: {columns}.")
OTHER_COLUMN: Final = _("{words} in {key}")

# QuickBooks

BOOKS_TITLE: Final = _("Which QuickBooks do your invoices go to?")
BOOKS_INTRO: Final = _(
    "The Web Connector is Intuit's own program on the QuickBooks computer. It asks Cedar Sync for work once a minute. "
    "Add Cedar Sync to it once, in six clicks."
)
STEP_QUICKBOOKS: Final = _("Open QuickBooks with your company file, signed in as Admin, in single-user mode.")
STEP_FILE: Final = _("Open the file for the Web Connector; the Web Connector starts by itself.")
OPEN_FILE: Final = _("&Open the file")
SAVE_FILE: Final = _("Sa&ve it elsewhere…")
STEP_AUTHORIZE: Final = _("In the window “Authorize New Web Service” click")
STEP_CERTIFICATE: Final = _(
    "QuickBooks asks whether Cedar Sync may use the company file. Choose “Yes, always; allow access even if "
    "QuickBooks is not running”, then click"
)
STEP_TYPE: Final = _(
    "In the Web Connector, click into the Password box of “{application}”, paste this, press Enter, and click"
)
STEP_AUTO_RUN: Final = _("Tick the box Auto-Run, then the box in front of “{application}”, and click")
PICTURE_OK: Final = _("OK")
PICTURE_CONTINUE: Final = _("Continue…")
PICTURE_DONE: Final = _("Done")
PICTURE_YES: Final = _("Yes")
PICTURE_UPDATE: Final = _("Update Selected")
PICTURE_NAME: Final = _("Button in the other program: {words}")
STEP_NUMBER: Final = "{number}."
STEP_NAME: Final = _("Step {number}: {words}")
SECRET_NAME: Final = _("Password for the Web Connector")
SECRET_ONCE: Final = _("Shown this once; Cedar Sync keeps it and does not show it again.")
SECRET_KEPT: Final = _("It was shown before. If it is lost, make a new one and type it into the Web Connector.")
COPY: Final = _("Co&py")
COPIED: Final = _("Copied")
NEW_SECRET: Final = _("&Make a new password")
CAUSE: Final = _("{title}. {why} {fix}")
WAITING_FOR_CALL: Final = _("Waiting for the Web Connector's first call…")
WAITS_FOR_START: Final = _(
    "The Web Connector reaches this connection only after Cedar Sync has started again. Go on with the set-up; "
    "at its end Cedar Sync starts anew."
)
CALLED_WITH_ANOTHER: Final = _(
    "The Web Connector called at {time} with another password; paste it again, or make a new one."
)
CALLED_WITHOUT_COMPANY: Final = _(
    "The Web Connector called at {time}. Waiting for QuickBooks to say which company file it has open…"
)
CALLED: Final = _("The Web Connector called at {time}, and {company} answered ({product}).")
COMPANY: Final = "{name}, {path}"
WITHOUT_SALES_ORDERS: Final = _(
    "The Web Connector called at {time}, and {company} answered. {product} has no sales orders: choose estimates or "
    "invoices under Settings, Rules, before you start."
)
PROBLEM: Final = "{title}. {fix}"
FILE_WRITTEN: Final = _("The file is at {path}.")
NOTHING_OPENS: Final = _(
    "No program on this computer opens the file {path}. On the QuickBooks computer, install the QuickBooks Web "
    "Connector, or copy the file there."
)
FILE_NOT_WRITTEN: Final = _("{path} cannot be written ({why}); choose another place.")
FILE_KIND: Final = _("Web Connector file (*.qwc)")
PORT_IN_USE: Final = _(
    "Another program on this computer uses port {port}, so the Web Connector could not reach Cedar Sync."
)
PORT_IN_USE_TAKE: Final = _("Another program on this computer uses port {port}; take port {free} in its place.")
TAKE_PORT: Final = _("&Use port {port}")

# Dry run

DRY_TITLE: Final = _("Is this what should go into QuickBooks?")
DRY_INTRO: Final = _("This is what Cedar Sync would do now. Nothing is sent yet.")
DRY_READING: Final = _("Reading Cedar's charges; with thousands of them this takes a minute…")
WOULD_SEND: Final = _("{invoices} would go into QuickBooks: {money}.")
WOULD_SEND_NONE: Final = _("Nothing would go into QuickBooks at the moment.")
WOULD_STOP: Final = _("{invoices} would wait for you: {money}.")
WOULD_STAY: Final = _("{invoices} stay as they are.")
WOULD_LEAVE_OUT: Final = _("{charges} would be left out: {money}.")
WOULD_LEAVE_OUT_NONE: Final = _("No charge would be left out.")
INVOICES: Final = n_("{count} invoice", "{count} invoices")
CHARGES: Final = n_("{count} charge", "{count} charges")
NO_MONEY: Final = _("no money")
NAMES_NAME: Final = _("Names QuickBooks needs")
NAMES_STOPPED: Final = _("Would wait for you, by reason ({count})")
NAMES_LEFT_OUT: Final = _("Left out, by reason ({count})")
NAMES_CUSTOMERS: Final = _("GL numbers without a customer in QuickBooks ({count})")
NAMES_CUSTOMERS_CREATED: Final = _("GL numbers whose customer Cedar Sync would add to QuickBooks ({count})")
NAMES_CUSTOMERS_UNKNOWN: Final = _("GL numbers that need a customer in QuickBooks ({count})")
NAMES_ITEMS: Final = _("Service types without an item in QuickBooks ({count})")
NAMES_ITEMS_CREATED: Final = _("Service types whose item Cedar Sync would add to QuickBooks ({count})")
NAMES_ITEMS_UNKNOWN: Final = _("Service types that need an item in QuickBooks ({count})")
COLUMN_NAME: Final = _("Name")
COLUMN_CUSTOMER: Final = _("In Cedar")
COLUMN_INVOICES: Final = _("How many")
COLUMN_MONEY: Final = _("Money")
INACTIVE: Final = _("{name} (not active)")
NAMES_COMPLETE: Final = _(
    "QuickBooks has a customer for every GL number and an item for every service type (asked {time})."
)
NAMES_MISSING: Final = _(
    "Names that QuickBooks lacks are in the list (asked {time}). Add them in QuickBooks, or correct them in Cedar; "
    "the invoices go out as soon as they are there."
)
NAMES_UNKNOWN: Final = _(
    "QuickBooks has not told its customers and items yet, so they cannot be compared. The list shows what Cedar uses."
)
COPY_LIST: Final = _("Co&py the list")
LOOK_AGAIN: Final = _("Look a&gain")
ASKED_AGAIN: Final = _(
    "Reading Cedar again. QuickBooks tells its customers and items at the Web Connector's next call."
)

# Start

START_TITLE: Final = _("Shall Cedar Sync start now?")
START_INTRO: Final = _(
    "From now on Cedar Sync reads Cedar by itself, and the Web Connector fetches what is new. The icon near the clock "
    "tells how things stand; a click on it opens the window."
)
REOPENED_INTRO: Final = _("Cedar Sync is set up and at work; what you changed counts from now on.")
START_AT_SIGN_IN: Final = _("Start Cedar Sync when I si&gn in to this computer")
SIGN_IN_REFUSED: Final = _(
    "It is switched off in this computer's own settings, and only there it can be switched on: open Task Manager, "
    "Startup apps, choose Cedar Sync and click Enable."
)
OPEN_STARTUP_APPS: Final = _("Open Windows' list of start&up apps…")
STARTUP_APPS_NOT_OPENED: Final = _(
    "This computer did not open its list. Press Ctrl+Shift+Esc for the Task Manager, choose Startup apps, then Cedar "
    "Sync, and click Enable."
)
START_READY_ONLINE: Final = _("QuickBooks Online has answered, and Cedar can be read.")
START_READY: Final = _("Connected with {company}.")
START_WITHOUT_BOOKS: Final = _(
    "QuickBooks is not connected yet. What Cedar has waits safely until you connect it: in the window, choose Settings "
    "in the menu File, then the page QuickBooks, and click “Show the steps to connect…”."
)

# Settings

SETTINGS_TITLE: Final = _("Settings of Cedar Sync")
PAGES_NAME: Final = _("Pages of the settings")
PAGE_CEDAR: Final = _("Cedar")
PAGE_BOOKS: Final = _("QuickBooks")
PAGE_RULES: Final = _("Rules")
PAGE_NOTIFICATIONS: Final = _("Notifications")
PAGE_STARTUP: Final = _("Startup")
PAGE_ADVANCED: Final = _("Advanced")
PAGES: Final = (PAGE_CEDAR, PAGE_BOOKS, PAGE_RULES, PAGE_NOTIFICATIONS, PAGE_STARTUP, PAGE_ADVANCED)
NOT_EMPTY: Final = _("Fill this in: Cedar cannot be read without it.")
CONNECTION: Final = _("Co&nnection")
ADD_CONNECTION: Final = _("A&dd a connection…")
ADD_TITLE: Final = _("Add a connection")
ADD_INTRO: Final = _(
    "A connection is one Cedar carrier and one company file. Its name stays as it is; choose a short one."
)
ADD_NAME: Final = _("&Name")
ADD_WRONG_NAME: Final = _("Use up to 25 letters, digits, hyphens and underscores; the first a letter or digit.")
ADD_TAKEN: Final = _("There is a connection of that name already.")
ADDED: Final = _("The connection {name} is set up. It works from the next start of Cedar Sync on.")
SAVE: Final = _("&Save")
CANCEL: Final = _("Cancel")
SAVED: Final = _("Saved.")
SAVED_ASKING: Final = _("Saved. Asking Cedar…")
SAVED_REFUSED: Final = _("Saved, but Cedar refuses this key.")
SAVED_PORT: Final = _("Saved. The new port counts as soon as Cedar Sync starts again.")
SAVED_SYSTEM: Final = _("Saved. The other books count as soon as Cedar Sync starts again.")
OTHER_SYSTEM: Final = _(
    "Until Cedar Sync starts again, it works with the books this connection had before; Save starts it again."
)
SAVE_FIRST: Final = _("Save what you changed, or cancel, before you choose another connection.")
LOOK_AT_PAGE: Final = _("Not saved yet: see the page {page}.")
SAVING: Final = _("Saving…")
SET_UP_AGAIN: Final = _("Open the set-up &again…")

CEDAR_POLL: Final = _("Read Cedar &every")
CEDAR_POLL_UNIT: Final = _(" min")
CEDAR_LOOKBACK: Final = _("&Look back")
CEDAR_LOOKBACK_UNIT: Final = _(" days")
CEDAR_ZONE: Final = _("Time &zone of the carrier")
CEDAR_ZONE_HINT: Final = _("This computer's")
WRONG_ZONE: Final = _("There is no time zone of that name; one such as America/Chicago is meant, or leave it empty.")
SHOW_COLUMNS: Final = _("Sho&w the columns")

COMPANY_FILE: Final = _("Company &file")
BROWSE: Final = _("&Browse…")
COMPANY_FILE_TITLE: Final = _("Choose the company file")
COMPANY_FILE_KIND: Final = _("QuickBooks company file (*.qbw)")
COMPANY_FILE_HINT: Final = _("Whichever is open; Cedar Sync makes sure that it is yours")
USERNAME: Final = _("&User name in the Web Connector")
WRONG_USERNAME: Final = _("A user name has 1 to 40 characters.")
USERNAME_TAKEN: Final = _("The connection {name} has this user name already; each needs its own.")
NEVER_CALLED: Final = _("The Web Connector has not called yet.")
RUN_EVERY: Final = _("The Web Connector asks &every")
NEW_FILE_NEEDED: Final = _(
    "The Web Connector must be told. Save, then: in the Web Connector choose Cedar Sync and click Remove; "
    "here, on the page QuickBooks, follow the steps with the new file."
)
SHOW_STEPS: Final = _("Show the steps to connec&t…")

STATUSES: Final = _("Charges that sync")
STATUS_NAMES: Final = {
    "IN_PROGRESS": _("In progress"),
    "PENDING": _("Pending"),
    "ASSIGNED": _("Assigned"),
    "INVOICED": _("Invoiced"),
    "ARCHIVED": _("Archived"),
}
NO_STATUS: Final = _("Tick at least one: without one nothing would ever go into QuickBooks.")
DOCUMENT: Final = _("&Make of every invoice")
DOCUMENTS: Final = {"sales_order": _("a sales order"), "estimate": _("an estimate"), "invoice": _("an invoice")}
CUSTOMERS: Final = _("When QuickBooks lacks a &customer")
ITEMS: Final = _("When QuickBooks lacks an &item")
MISSING_CHOICES: Final = {"fail": _("tell me, and wait"), "create": _("add it to QuickBooks")}
INCOME_ACCOUNT: Final = _("Income acc&ount for added items")
INCOME_ACCOUNT_HINT: Final = _("The company file's only income account")
ON_EDITED: Final = _("When somebody &edits an order in QuickBooks")
ON_EDITED_CHOICES: Final = {"ask": _("ask me"), "overwrite": _("send Cedar's again"), "keep": _("keep QuickBooks'")}
ON_VOID: Final = _("When an invoice is &voided in Cedar")
ON_VOID_CHOICES: Final = {"ask": _("ask me"), "close": _("close the order"), "delete": _("delete the order")}
SHORTEN: Final = _("S&horten invoice numbers over 11 characters")
SHORTEN_WHY: Final = _("QuickBooks holds no more than 11; the memo of the order has the full number.")

NOTIFY: Final = _("Tell me with a short message near the clock about")
NOTIFY_CHOICES: Final = {
    "all": _("&everything: problems, and when they are solved"),
    "problems": _("&problems that need me"),
    "none": _("n&othing: I look into the window"),
}
QUITS_ON_CLOSE: Final = _("&Closing the window ends Cedar Sync (otherwise it goes on near the clock)")

PORT: Final = _("P&ort the Web Connector calls")
PORT_TAKEN: Final = _("Another program on this computer uses port {port}; port {free} is free.")
UPDATES: Final = _("Loo&k for a new version once a day; it is installed only when you say so")
NO_UPDATES: Final = _("This copy does not look for updates: a new version comes from whoever gave you this one.")
DATA_FOLDER: Final = _("Data folder")
OPEN_FOLDER: Final = _("Open the &folder")
NEW_PAIR: Final = _("Make a new file with new &ids…")
NEW_PAIR_WHY: Final = _(
    "Only when the Web Connector says QBWC1039: the company file was connected from another computer, or is a copy."
)
NEW_PAIR_QUESTION: Final = _(
    "The Web Connector will not know this connection until you add the new file to it. Make the new file?"
)
PAIR_MADE: Final = _(
    "The new file is at {path}. In the Web Connector choose Cedar Sync and click Remove, then open the new file."
)
