"""Every word of the shell's own windows, menus and messages, in one place, so that it can be translated.

Rule: second person, present tense, no blame; names stand in braces and are filled in by the caller. No Qt.
"""

from typing import Final

# About, questions, faults

ABOUT_TITLE: Final = "About {product}"
ABOUT_VERSION: Final = "{product} {version}"
ABOUT_WHAT: Final = (
    "Carries the invoices your railroad makes in Cedar into QuickBooks as sales orders, once and to the cent."
)
QUIT_ASK: Final = "QuickBooks is being updated right now. Quit anyway?"
QUIT_SAFE: Final = "Nothing is lost: what is under way is finished after the next start."
KEEP_RUNNING: Final = "&Keep running"
QUIT: Final = "&Quit"
WENT_WRONG: Final = (
    "Something went wrong in Cedar Sync; nothing was lost. Save a support file from the Help menu if it happens again."
)
WENT_WRONG_AT_START: Final = (
    "Something went wrong in Cedar Sync while it started; nothing was lost. Start it again; if that does not help, "
    "the log in the folder {folder} tells support more."
)
FOLDER_NOT_OPENED: Final = "The folder could not be opened; the logs are in {folder}."
DOES_NOT_END: Final = "Cedar Sync does not end; end it in the Task Manager, nothing is lost by that."
DOES_NOT_ANSWER: Final = "Cedar Sync is running but does not answer; end it in the Task Manager and start it again."
HOME_REFUSED: Final = "The home folder cannot be used ({why}); check its rights."
SETUP_OPEN: Final = "Setting up is not finished yet."

# The guide, and what is new

GUIDE_TITLE: Final = "Guide to {product}"
GUIDE_NAME: Final = "Guide"
NEWS: Final = "&What's new"
NEWS_LINE: Final = "Cedar Sync is now version {version}: see what is new"

# Menus

SAVE_SUPPORT_FILE: Final = "&Save support file…"

# It stands still

STOPPED_TITLE: Final = "Stopped"
STOPPED_TOAST: Final = "{product} is stopped"
STOPPED_SAFE: Final = "Nothing is lost: whatever Cedar has goes into QuickBooks as soon as Cedar Sync works again."
STOPPED_TRY_AGAIN: Final = "&Try again"
STOPPED_SET_UP: Final = "&Set up again…"
STOPPED_TRYING: Final = "Trying again…"
PORT_LINE: Final = "Port {port} is used by another program"
PORT_WHY: Final = (
    "The Web Connector calls Cedar Sync at port {port} of this computer, and another program has that port now. It may "
    "be Cedar Sync of another person who is signed in on this computer."
)
PORT_FIX: Final = (
    "End that program and try again, or let Cedar Sync use another port. The Web Connector then needs a new file; the "
    "steps for that are shown next."
)
PORT_LOOKING: Final = "Looking for a free port…"
PORT_TAKE: Final = "&Use port {port} instead"
PORT_TAKEN_TOO: Final = "Port {port} was taken in the meantime; port {free} is free."
PORT_CHANGED: Final = (
    "Cedar Sync works again, at port {port}, and the Web Connector has to be told: there, choose Cedar Sync and click "
    "Remove; then follow the steps below with the new file."
)
PORT_CHANGED_MANY: Final = (
    "Cedar Sync works again, at port {port}, and the Web Connector has to be told, for each connection: there, choose "
    "it and click Remove; then follow the steps below with the new file."
)
STORE_LINE: Final = "This computer's credential store cannot be used"
STORE_WHY: Final = "The credential store keeps the Cedar key and the Web Connector's password, and it does not answer."
STORE_FIX: Final = (
    "Sign out of this computer and in again, then try again. If it stays so, ask whoever manages this computer, or set "
    "Cedar Sync up again with the key."
)

# Toasts of the program's life

CLOSING_TITLE: Final = "{product} keeps working"
CLOSING_TEXT: Final = "It stays near the clock. To end it, right-click its icon and choose Quit."

# Where the icon is

ICON_WHERE: Final = (
    "The icon of Cedar Sync is near the clock, at the edge of the screen. If you do not see it there, click the little "
    "arrow near the clock, and drag the icon onto the task bar: from then on it stays in sight."
)
ICON_NAME: Final = "Picture: the little arrow near the clock, and the icon dragged from there onto the task bar"
ICON_NOWHERE: Final = "This desktop has no place for an icon near the clock; the window stays in the task bar instead."
PICTURE_CLOCK: Final = "09:14"
LATER_TITLE: Final = "Set up later"
LATER_HEAD: Final = "Setting up is not finished"
LATER_KEPT: Final = "What you answered so far is kept, and nothing goes into QuickBooks yet."
LATER_BY_ICON: Final = "To go on, click the icon of Cedar Sync; the set-up opens where you stopped."
LATER_BY_START: Final = (
    "Cedar Sync ends now, as this desktop has no place for its icon. To go on, start Cedar Sync again; it opens where "
    "you stopped."
)
LATER_GO_ON: Final = "&Go on now"
LATER_OK: Final = "OK"

# The file for support

SUPPORT_TITLE: Final = "Save a support file"
SUPPORT_INTRO: Final = (
    "One file with what support needs to see. Look through it first; nothing leaves this computer until you send it."
)
SUPPORT_NOT_IN_IT: Final = "Not in it:"
SUPPORT_NOT_ITEM: Final = "• {what}"
SUPPORT_IN_IT: Final = "&In it:"
SUPPORT_FILES_NAME: Final = "Parts of the support file"
SUPPORT_FILE_ROW: Final = "{name} ({size})"
SUPPORT_BYTES: Final = ("{count} byte", "{count} bytes")
SUPPORT_TEXT_NAME: Final = "Text of the chosen part"
SUPPORT_SHORTENED: Final = (
    "The end of this part is shown, {shown} of {all} characters. The file holds all of it.\n\n{text}"
)
SUPPORT_GATHERING: Final = "Gathering what support needs…"
SUPPORT_READY: Final = "Choose a part to read it."
SUPPORT_SAVE: Final = "&Save…"
SUPPORT_SAVING: Final = "Saving…"
SUPPORT_CLOSE: Final = "Close"
SUPPORT_FOLDER: Final = "Open the &folder"
SUPPORT_FILE_NAME: Final = "Cedar Sync support {day}.zip"
SUPPORT_KIND: Final = "Support file (*.zip)"
SUPPORT_FOLDER_CLOSED: Final = "The folder could not be opened. The support file is at {path}."
SUPPORT_SAVED: Final = "The support file is at {path}. Send it to support with a few words on what happened."
SUPPORT_NOT_SAVED: Final = "{path} cannot be written ({why}); choose another place."

PRACTICE_NOT_STARTED: Final = "The practice company could not be started. Help, Open logs says more."
