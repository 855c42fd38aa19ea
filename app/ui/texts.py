"""Every word of the shell's own windows, menus and messages, in one place, so that it can be translated.

Rule: second person, present tense, no blame; names stand in braces and are filled in by the caller. No Qt.
"""

from typing import Final

from app.domain.language import _, n_

# About, questions, faults

ABOUT_TITLE: Final = _("About {product}")
ABOUT_VERSION: Final = "{product} {version}"
ABOUT_WHAT: Final = _(
    "Carries the invoices your railroad makes in Cedar into QuickBooks, each one once and to the cent."
)
QUIT_ASK: Final = _("QuickBooks is being updated right now. Quit anyway?")
QUIT_SAFE: Final = _("Nothing is lost: what is under way is finished after the next start.")
KEEP_RUNNING: Final = _("&Keep running")
QUIT: Final = _("&Quit")
WENT_WRONG: Final = _(
    "Something went wrong in Cedar Sync; nothing was lost. Save a support file from the Help menu if it happens again."
)
WENT_WRONG_AT_START: Final = _(
    "Something went wrong in Cedar Sync while it started; nothing was lost. Start it again; if that does not help, "
    "the log in the folder {folder} tells support more."
)
FOLDER_NOT_OPENED: Final = _("The folder could not be opened; the logs are in {folder}.")
DOES_NOT_END: Final = _("Cedar Sync does not end; end it in the Task Manager, nothing is lost by that.")
DOES_NOT_ANSWER: Final = _("Cedar Sync is running but does not answer; end it in the Task Manager and start it again.")
HOME_REFUSED: Final = _("The home folder cannot be used ({why}); check its rights.")
SETUP_OPEN: Final = _("Setting up is not finished yet.")

# The guide, and what is new

GUIDE_TITLE: Final = _("Guide to {product}")
GUIDE_NAME: Final = _("Guide")
NEWS: Final = _("&What's new")
NEWS_LINE: Final = _("Cedar Sync is now version {version}: see what is new")

# Updates

UPDATE_READY: Final = _("Version {version} is ready.")
UPDATE_ELSEWHERE: Final = _(
    "Version {version} is out. This copy was not put here by the setup program, so it is updated the way it came."
)
UPDATE_FETCHING: Final = _("Getting version {version}; you can go on working…")
UPDATE_WAITING: Final = _(
    "Version {version} is installed as soon as what is under way with Cedar and QuickBooks is finished."
)
UPDATE_STARTING: Final = _("Version {version} is being installed. Cedar Sync ends now, and starts again by itself.")
UPDATE_FAILED: Final = _(
    "The update to {version} did not start here, so {running} goes on; nothing is lost. Restart this computer and try "
    "again; if that does not help, save a support file from the Help menu and send it to support."
)
UPDATE_PROBLEMS: Final = {
    "unreachable": _("The update server cannot be reached. Check the internet connection, and try again."),
    "too_slow": _("The update server answers too slowly. Try again later."),
    "too_long": _("The update server sends more than it should, so nothing was installed. Tell support."),
    "stale": _(
        "What the update server says is too old to be trusted, so nothing was installed. Check this computer's date; "
        "tell support if it stays so."
    ),
    "older": _(
        "The update server shows an older state than before, so nothing was installed. Tell support if it stays so."
    ),
    "not_signed": _("What the update server sends is not from the makers of Cedar Sync; nothing was installed."),
    "changed": _(
        "The update that arrived is not the one its makers signed, so nothing was installed. Try again; tell support "
        "if it stays so."
    ),
    "nonsense": _("The update server's answer cannot be understood, so nothing was installed. Tell support."),
    "home": _(
        "The update cannot be kept on this computer, so nothing was installed. Check that the disk has room and that "
        "you may write to the data folder, and try again."
    ),
    "no_feed": _("This copy cannot look for updates. Install Cedar Sync again, or tell support."),
    "not_started": _(
        "The update could not be started, so nothing was installed. Your virus protection may hold it back; ask "
        "whoever manages this computer."
    ),
    "broken_off": _("The update broke off, so nothing was installed. Try again; Help, Open logs says more."),
}
UPDATE_NOW: Final = _("Update now")
UPDATE_AGAIN: Final = _("Try again")
UPDATE_NOTES: Final = _("What's new")
UPDATE_NOTES_TITLE: Final = _("What is new in version {version}")
UPDATE_LATER: Final = _("Later")
UPDATE_LOOK: Final = _("&Look for updates")
UPDATE_NAME: Final = _("Update")
ABOUT_CLOSE: Final = _("Close")
ABOUT_NO_FEED: Final = _("This copy does not look for updates: a new version comes from whoever gave you this one.")
ABOUT_OFF: Final = _("The daily look for updates is switched off in the settings.")
ABOUT_LOOKING: Final = _("Looking for updates…")
ABOUT_NEWEST: Final = _("This is the newest version.")
ABOUT_NEVER: Final = _("Updates were not looked for yet.")
ABOUT_LOOKED: Final = _("Last looked for updates: {time}.")
ABOUT_TRIED: Final = _("The last try, {time}, did not get through.")

# Menus

SAVE_SUPPORT_FILE: Final = _("&Save support file…")

# It stands still

STOPPED_TITLE: Final = _("Stopped")
STOPPED_TOAST: Final = _("{product} is stopped")
STOPPED_SAFE: Final = _("Nothing is lost: whatever Cedar has goes into QuickBooks as soon as Cedar Sync works again.")
STOPPED_TRY_AGAIN: Final = _("&Try again")
STOPPED_SET_UP: Final = _("&Set up again…")
STOPPED_TRYING: Final = _("Trying again…")
PORT_LINE: Final = _("Port {port} is used by another program")
PORT_WHY: Final = _(
    "The Web Connector calls Cedar Sync at port {port} of this computer, and another program has that port now. It may "
    "be Cedar Sync of another person who is signed in on this computer."
)
PORT_FIX: Final = _(
    "End that program and try again, or let Cedar Sync use another port. The Web Connector then needs a new file; the "
    "steps for that are shown next."
)
PORT_LOOKING: Final = _("Looking for a free port…")
PORT_TAKE: Final = _("&Use port {port} instead")
PORT_TAKEN_TOO: Final = _("Port {port} was taken in the meantime; port {free} is free.")
PORT_CHANGED: Final = _(
    "Cedar Sync works again, at port {port}, and the Web Connector has to be told: there, choose Cedar Sync and click "
    "Remove; then follow the steps below with the new file."
)
PORT_CHANGED_MANY: Final = _(
    "Cedar Sync works again, at port {port}, and the Web Connector has to be told, for each connection: there, choose "
    "it and click Remove; then follow the steps below with the new file."
)
RECORD_LINE: Final = _("The shared record cannot be reached")
RECORD_FIX: Final = _(
    "Cedar Sync tries again by itself, three times a minute. You can leave this window open or close it."
)

SIGN_IN_HERE: Final = _("Sign in again here. What waits then goes into QuickBooks Online by itself.")

STORE_LINE: Final = _("This computer's credential store cannot be used")
STORE_WHY: Final = _(
    "The credential store keeps the Cedar key and what lets Cedar Sync into QuickBooks, and it does not answer."
)
STORE_FIX: Final = _(
    "Sign out of this computer and in again, then try again. If it stays so, ask whoever manages this computer, or set "
    "Cedar Sync up again with the key."
)

# Toasts of the program's life

CLOSING_TITLE: Final = _("{product} keeps working")
CLOSING_TEXT: Final = _("It stays near the clock. To end it, right-click its icon and choose Quit.")

# Where the icon is

ICON_WHERE: Final = _(
    "The icon of Cedar Sync is near the clock, at the edge of the screen. If you do not see it there, click the little "
    "arrow near the clock, and drag the icon onto the task bar: from then on it stays in sight."
)
ICON_NAME: Final = _("Picture: the little arrow near the clock, and the icon dragged from there onto the task bar")
ICON_NOWHERE: Final = _(
    "This desktop has no place for an icon near the clock; the window stays in the task bar instead."
)
PICTURE_CLOCK: Final = "09:14"
LATER_TITLE: Final = _("Set up later")
LATER_HEAD: Final = _("Setting up is not finished")
LATER_KEPT: Final = _(
    "What you answered so far is kept, except for a key with which you have not gone on. Nothing goes into QuickBooks "
    "yet."
)
LATER_BY_ICON: Final = _("To go on, click the icon of Cedar Sync; the set-up opens where you stopped.")
LATER_BY_START: Final = _(
    "Cedar Sync ends now, as this desktop has no place for its icon. To go on, start Cedar Sync again; it opens where "
    "you stopped."
)
LATER_GO_ON: Final = _("&Go on now")
LATER_OK: Final = _("OK")

# The file for support

SUPPORT_TITLE: Final = _("Save a support file")
SUPPORT_INTRO: Final = _(
    "One file with what support needs to see. Look through it first; nothing leaves this computer until you send it."
)
SUPPORT_NOT_IN_IT: Final = _("Not in it:")
SUPPORT_NOT_ITEM: Final = "• {what}"
SUPPORT_IN_IT: Final = _("&In it:")
SUPPORT_FILES_NAME: Final = _("Parts of the support file")
SUPPORT_FILE_ROW: Final = "{name} ({size})"
SUPPORT_BYTES: Final = n_("{count} byte", "{count} bytes")
SUPPORT_TEXT_NAME: Final = _("Text of the chosen part")
SUPPORT_SHORTENED: Final = _(
    "The end of this part is shown, {shown} of {all} characters. The file holds all of it.\n\n{text}"
)
SUPPORT_GATHERING: Final = _("Gathering what support needs…")
SUPPORT_READY: Final = _("Choose a part to read it.")
SUPPORT_SAVE: Final = _("&Save…")
SUPPORT_SAVING: Final = _("Saving…")
SUPPORT_CLOSE: Final = _("Close")
SUPPORT_FOLDER: Final = _("Open the &folder")
SUPPORT_FILE_NAME: Final = _("Cedar Sync support {day}.zip")
SUPPORT_KIND: Final = _("Support file (*.zip)")
SUPPORT_FOLDER_CLOSED: Final = _("The folder could not be opened. The support file is at {path}.")
SUPPORT_SAVED: Final = _("The support file is at {path}. Send it to support with a few words on what happened.")
SUPPORT_NOT_SAVED: Final = _("{path} cannot be written ({why}); choose another place.")

PRACTICE_NOT_STARTED: Final = _("The practice company could not be started. Help, Open logs says more.")

# The icon near the clock

TRAY_TOOLTIP: Final = _("{product}: {line}")
TRAY_STARTING: Final = _("Starting")
TRAY_NOT_SET_UP: Final = _("not set up yet")
TRAY_FINISH_LINE: Final = _("Finish setting up Cedar Sync")
TRAY_FINISH: Final = _("&Finish setting up…")
TRAY_NEED_YOU: Final = _("{number} need you")
TRAY_WAITING: Final = _("{number} waiting")
TRAY_LEFT_OUT: Final = _("{number} left out")
TRAY_CONTACTS: Final = _("Cedar read {cedar} · QuickBooks called {books}")
TRAY_CONTACTS_SHORT: Final = _("Cedar {cedar} · QuickBooks {books}")
TRAY_NEVER: Final = _("never")
TRAY_OPEN: Final = _("&Open {product}")
TRAY_RETRY: Final = _("&Retry all failed ({number})")
TRAY_CHECK: Final = _("&Check Cedar now")
TRAY_PAUSE: Final = _("&Pause")
TRAY_PAUSE_HOUR: Final = _("For 1 &hour")
TRAY_PAUSE_TOMORROW: Final = _("Until &tomorrow")
TRAY_PAUSE_OPEN: Final = _("Until I &resume")
TRAY_RESUME: Final = _("Res&ume")
TRAY_SETTINGS: Final = _("&Settings…")
TRAY_HELP: Final = _("&Help")
TRAY_GUIDE: Final = _("&Guide")
TRAY_LOGS: Final = _("Open &logs")
TRAY_PRACTICE: Final = _("&Practice company")
TRAY_ABOUT: Final = _("&About {product}")
TRAY_QUIT: Final = _("&Quit")

# Toasts of how things stand

TOAST_SILENT: Final = _("QuickBooks does not ask for work")
TOAST_NEEDS_YOU: Final = _("Needs you")
TOAST_LIST: Final = _("{problems}.")
TOAST_MORE: Final = n_("{problems}, and {count} more.", "{problems}, and {count} more.")
TOAST_BETWEEN: Final = _("; ")
TOAST_CLICK: Final = _("Click to see what to do.")
