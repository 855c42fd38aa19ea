"""Everything a person reads while a connection to QuickBooks Online is set up."""

from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.language import _

SYSTEM_NAME: Final = _("Where your books are")
SYSTEMS: Final = {
    BooksSystem.QUICKBOOKS_DESKTOP: _("&QuickBooks Desktop"),
    BooksSystem.QUICKBOOKS_ONLINE: _("Quic&kBooks Online"),
}
SYSTEMS_WHY: Final = {
    BooksSystem.QUICKBOOKS_DESKTOP: _("A company file on this computer; the Web Connector fetches the invoices."),
    BooksSystem.QUICKBOOKS_ONLINE: _("A company in the browser; Cedar Sync signs in and sends the invoices."),
}

TITLE: Final = _("Which company in QuickBooks Online do your invoices go to?")
INTRO: Final = _(
    "Cedar Sync signs in through an Intuit app of your own. Its client id and secret are on the app's Keys page in "
    "Intuit's developer portal; whoever set the app up has them."
)
ENVIRONMENT: Final = _("E&nvironment")
ENVIRONMENTS: Final = {"production": _("production keys"), "sandbox": _("development keys (sandbox)")}
CLIENT_ID: Final = _("Client &id")
CLIENT_ID_HINT: Final = _("From the Keys page of the Intuit app")
CLIENT_SECRET: Final = _("Client &secret")
CLIENT_SECRET_HINT: Final = _("Goes to this computer's credential store, and is not shown again")
CLIENT_SECRET_KEPT: Final = _("Kept; type another one to replace it")
REDIRECT: Final = _("&Redirect address")
REDIRECT_HINT: Final = _("Empty for this computer (development keys only)")

DOCUMENT: Final = _("What an invoice becomes")
DOCUMENT_NOTE: Final = _("QuickBooks Online lets no program write sales orders, so choose one of these two.")
DOCUMENTS: Final = {
    "estimate": _("An es&timate"),
    "invoice": _("An in&voice"),
}
DOCUMENTS_WHY: Final = {
    "estimate": _(
        "It books nothing: somebody looks at it in QuickBooks and turns it into an invoice with one click. A closed "
        "period does not stop it."
    ),
    "invoice": _(
        "It books income and a receivable at once, so it needs an open period. An invoice voided in Cedar is voided "
        "there too, which cannot be taken back."
    ),
}

SIGN_IN: Final = _("Sign in to QuickBooks &Online…")
SIGN_IN_AGAIN: Final = _("Sign in &again…")
SIGN_OUT: Final = _("Sign &out")
NOT_YET: Final = _("Fill in client id and secret and choose a document; then sign in.")
READY: Final = _("Sign in now: your browser opens Intuit's page. Choose the company your books are in.")
BEGINNING: Final = _("Opening Intuit's page…")
IN_BROWSER: Final = _("Sign in in the browser and choose your company. Cedar Sync goes on by itself when you are back.")
SIGNED_IN: Final = _("Signed in to company {company}.")
IS_LOST: Final = _("QuickBooks Online does not let Cedar Sync in any more. Sign in again; nothing is lost.")
NOT_SIGNED_IN: Final = _("Nobody is signed in.")
SIGNED_OUT: Final = _("Signed out. Your invoices wait until somebody signs in again.")
NOT_TOLD: Final = _(
    "Signed out on this computer, but Intuit could not be told: disconnect the app in QuickBooks Online, under Apps."
)
PASTE: Final = _("If the browser does not come back, &paste the address it ended on")
PASTE_USE: Final = _("&Use this address")

PUSH_EVERY: Final = _("&Send every")
CUSTOMERS: Final = _("Customers with &another name")
CUSTOMERS_KEY: Final = _("GL number")
ITEMS: Final = _("Items with an&other name")
ITEMS_KEY: Final = _("Service type")
NAME_THERE: Final = _("Name in QuickBooks")
NAMES_NOTE: Final = _("Only where the name in QuickBooks is not the GL number or the service type itself.")
ADD_ROW: Final = _("Add a &row")

DOCUMENT_CHOICES: Final = {"estimate": _("an estimate"), "invoice": _("an invoice")}
ON_EDITED: Final = _("When somebody &edits a document there")
INCOME_ACCOUNT_HINT: Final = _("The company's only income account")
ON_VOID_CHOICES: Final = {
    "ask": _("ask me"),
    "close": _("reject the estimate, void the invoice"),
    "delete": _("delete the estimate, void the invoice"),
}
SHORTEN: Final = _("S&horten invoice numbers over 21 characters")
SHORTEN_WHY: Final = _("QuickBooks Online holds no more than 21; the memo has the full number.")
START_INTRO: Final = _(
    "From now on Cedar Sync reads Cedar by itself, and sends what is new to QuickBooks Online. The icon near the clock "
    "tells how things stand; a click on it opens the window."
)
ASKED_AGAIN: Final = _("Reading Cedar and QuickBooks Online again…")
