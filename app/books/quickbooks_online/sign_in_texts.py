"""What people read while they sign in to QuickBooks Online. No I/O."""

from typing import Final

from app.domain.language import _

GRANT_LOST: Final = _("QuickBooks Online does not let Cedar Sync in any more; sign in again. Nothing is lost.")
WRONG_CLIENT: Final = _(
    "Intuit does not know this client id with this client secret; copy both again from the Keys page of the app, and "
    "mind that development keys are for sandbox companies and production keys for all others."
)
NOT_SIGNED_IN: Final = _(
    'Nobody has signed in to QuickBooks Online for the connection "{connection}" yet; sign in first.'
)
UNREACHABLE: Final = _(
    "Intuit's sign-in server cannot be reached or did not answer; check the internet connection and try again. "
    "Nothing is lost."
)
NO_CLIENT_ID: Final = _(
    'The setting destination.client_id of the connection "{connection}" is empty; copy the client id from the Keys '
    "page of the Intuit app."
)
NO_CLIENT_SECRET: Final = _(
    'There is no client secret for the connection "{connection}"; run "cedar-sync configure --connection '
    '{connection} --client-secret-stdin" and paste it.'
)
NOT_ENCRYPTED: Final = _(
    "The setting {field} is not encrypted, so the tokens would be readable on the way; use an address that begins with "
    "https."
)
NO_HTTP: Final = _(
    "This computer's proxy or certificate settings cannot be used to reach Intuit; ask your IT to check them ({kind})."
)
NOT_KEPT: Final = _(
    "The file {file} cannot be written ({why}), so the sign-in cannot be kept; check the disk and the rights of that "
    "folder."
)

PORT_USED: Final = _(
    "Port {port} is used by another program, so the browser cannot come back to Cedar Sync by itself; end that "
    "program, or paste the address of the page the browser ends on."
)
TOOK_TOO_LONG: Final = _("Nobody signed in within {minutes} minutes; start again.")
STOPPED: Final = _("The sign-in was stopped; start again when you like.")
FINISHED: Final = _("The sign-in was finished in another window.")
BEGUN_ANEW: Final = _("Another sign-in was begun in another window; go on there.")
ELSEWHERE: Final = _("The sign-in was gone on with in another window and did not come to its end there; start again.")
DECLINED: Final = _("You did not let Cedar Sync into the company; start again if that was not meant.")
INTUIT_REFUSED: Final = _(
    "Intuit did not let you sign in ({code}); check the client id and the redirect address in the Intuit app, then "
    "start again."
)
CODE_REFUSED: Final = _(
    "Intuit did not accept the sign-in: the address is good for a few minutes and for once. Start again; if it happens "
    "every time, check that the redirect address in the Intuit app is exactly {redirect_uri}."
)
OTHER_COMPANY: Final = _(
    "You chose company {chosen}, and this connection belongs to company {ours}; sign in again and choose that one, so "
    "that no invoice gets into other books."
)

PASTE_EMPTY: Final = _("Nothing was pasted; copy the whole address of the page the browser ended on.")
PASTE_NO_ADDRESS: Final = _(
    "That is no web address; copy the whole line at the top of the browser, from http to its end."
)
PASTE_OWN_ADDRESS: Final = _(
    "That is the address the sign-in begins with; sign in there, choose the company, and copy the address of the page "
    "you end on."
)
PASTE_INCOMPLETE: Final = _("The address is cut off, {part} is missing in it; copy all of it.")
PASTE_NO_COMPANY: Final = _(
    "The address names no company that can be read; copy all of it, exactly as it stands there."
)
NOT_BEGUN: Final = _("There is no sign-in that waits for an address; start it, and paste the address it ends on.")
OTHER_STATE: Final = _(
    "That address belongs to another sign-in than the one that was started last; use the page it opened, or start "
    "again."
)
USED: Final = _("That address was used already; it is good for once. Start again if you are not signed in.")
EXPIRED: Final = _("That sign-in was started more than {minutes} minutes ago; start again.")

PAGE_DONE_TITLE: Final = _("Cedar Sync is signed in")
PAGE_DONE: Final = _("You let it into company {company}. You can close this page and go back to Cedar Sync.")
PAGE_FAILED_TITLE: Final = _("Cedar Sync is not signed in")
PAGE_CLOSE: Final = _("You can close this page.")
