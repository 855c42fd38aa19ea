"""The words for each reason: what happened, why, how to mend it, who can. The same for window, command line and JSON.

Rule: second person, present tense, the real names in it, no blame, no jargon. No I/O.
"""

from collections.abc import Mapping
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.explanation import Explanation
from app.domain.language import _
from app.domain.reason_texts_online import ONLINE
from app.domain.reasons import BOOKS, HELD_GONE, HELD_IN_BOOKS, REMOVED, Reason, ReasonCode, Who

_CODE = ReasonCode
_TEXTS: Final[Mapping[ReasonCode, Explanation]] = {
    _CODE.NO_GL_NUMBER: Explanation(
        _("No GL number"),
        _("The customer location {location} has no GL number in Cedar, so there is no customer to bill in QuickBooks."),
        _(
            "Ask whoever keeps customer locations in Cedar to add the GL number there. Cedar Sync looks again by "
            "itself."
        ),
        Who.CEDAR_ADMIN,
    ),
    _CODE.NOT_INVOICED_YET: Explanation(
        _("Not invoiced in Cedar yet"),
        _("Cedar has it as {status}, and only charges that are {wanted} go to QuickBooks."),
        _("Nothing to do: it follows by itself once Cedar marks it."),
        Who.NOBODY,
    ),
    _CODE.NO_SERVICE_TYPE: Explanation(
        _("No service type"),
        _("Charge {charge} at {location} has no service type in Cedar, so there is no item for it in QuickBooks."),
        _("Give charge {charge} a service type in Cedar. Cedar Sync looks again by itself."),
        Who.CEDAR_ADMIN,
    ),
    _CODE.NO_INVOICE_NUMBER: Explanation(
        _("No invoice number"),
        _("Cedar has marked charge {charge} at {location} as {status}, but it is on no invoice."),
        _("Put the charge on an invoice in Cedar. Cedar Sync looks again by itself."),
        Who.CEDAR_ADMIN,
    ),
    _CODE.BAD_AMOUNT: Explanation(
        _("No usable amount"),
        _("Charge {charge} at {location} has no amount in Cedar, or one that is not a number."),
        _("Correct the amount of charge {charge} in Cedar. Cedar Sync looks again by itself."),
        Who.CEDAR_ADMIN,
    ),
    _CODE.MIXED_CURRENCY: Explanation(
        _("Mixed currencies: {currencies}"),
        _("The charges of this invoice are in {currencies}, and one document in QuickBooks has one currency."),
        _("Split the invoice by currency in Cedar. Cedar Sync looks again by itself."),
        Who.CEDAR_ADMIN,
    ),
    _CODE.CURRENCY_DIFFERS: Explanation(
        _("Customer {gl_number} uses {books_currency}"),
        _("The invoice is in {currency}, and the customer {gl_number} in QuickBooks uses {books_currency}."),
        _(
            "Correct the currency in Cedar, or bill the customer under a GL number whose customer in QuickBooks uses "
            "{currency}. Then press Retry."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.HELD_BY_USER: Explanation(
        _("Left out by you"),
        _("You left this invoice out{note}."),
        _("Nothing to do. Should it go to QuickBooks after all, choose Bring back."),
        Who.BOOKKEEPER,
    ),
    _CODE.VOIDED_IN_CEDAR: Explanation(
        _("Voided in Cedar"),
        _("Cedar does not bill anything of invoice {invoice} to {gl_number} any more."),
        _("If it is in QuickBooks, choose: take it back there, or leave it. If it is not, there is nothing to do."),
        Who.BOOKKEEPER,
    ),
    _CODE.NOTHING_TO_BILL: Explanation(
        _("Nothing to bill"),
        _("All lines of this invoice are zero, so there is nothing to enter in QuickBooks."),
        _("Nothing to do."),
        Who.NOBODY,
    ),
    _CODE.NEGATIVE_TOTAL: Explanation(
        _("Total below zero: {amount}"),
        _("The lines add up to {amount}, and QuickBooks takes nothing below zero."),
        _(
            "Enter a credit memo in QuickBooks by hand (Customers, Create Credit Memos/Refunds) and leave this invoice "
            "out here, or correct the invoice in Cedar."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.REF_NUMBER_TOO_LONG: Explanation(
        _("Number {invoice} too long"),
        _("QuickBooks takes 11 characters, the invoice number is {invoice}, and your settings forbid shortening it."),
        _(
            "Allow shorter reference numbers in Settings, Rules; the full number stays in the memo. Or give the "
            "invoice a "
            "shorter number in Cedar."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CUSTOMER_NOT_IN_QUICKBOOKS: Explanation(
        _("No customer named {gl_number}"),
        _("This invoice's GL number is {gl_number}, and QuickBooks has no customer with that name.{customer_hint}"),
        _(
            "Add the customer in QuickBooks (Customers, Customer Center, New Customer) with the name {gl_number}, "
            "or correct the GL number in Cedar. Then press Retry, or wait: Cedar Sync looks again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CUSTOMER_INACTIVE: Explanation(
        _("Customer {gl_number} is inactive"),
        _("QuickBooks has a customer named {gl_number}, but it is marked inactive and takes no new orders."),
        _(
            "Make it active in QuickBooks (Customers, Customer Center, show All Customers, clear the X). Then "
            "press Retry, "
            "or wait: Cedar Sync looks again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.ITEM_NOT_IN_QUICKBOOKS: Explanation(
        _("No item named {item}"),
        _("A line has the service type {item}, and QuickBooks has no item with that name."),
        _(
            "Add a service item named {item} in QuickBooks (Lists, Item List, Item, New). Then press Retry, or "
            "wait: Cedar "
            "Sync looks again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.ITEM_INACTIVE: Explanation(
        _("Item {item} is inactive"),
        _("QuickBooks has an item named {item}, but it is marked inactive and cannot be used."),
        _(
            "Make it active in QuickBooks (Lists, Item List, Include inactive, clear the X). Then press Retry, "
            "or wait: "
            "Cedar Sync looks again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.ITEM_NOT_UNIQUE: Explanation(
        _("Several items named {item}"),
        _("A line has the service type {item}, and QuickBooks has several items of that name: {full_names}."),
        _(
            "Give all but one of them another name in QuickBooks (Lists, Item List). Then press Retry, or wait: Cedar "
            "Sync looks again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CLOSED_PERIOD: Explanation(
        _("Closed period: {date}"),
        _("The invoice is of {date} and the books are closed up to {closing_date}."),
        _(
            "Ask the QuickBooks administrator to move the closing date (Edit, Preferences, Accounting, Company "
            "Preferences) and press Retry, or enter it by hand and leave it out here."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.RECORD_LOCKED: Explanation(
        _("Open in QuickBooks"),
        _("Somebody has {what} open in QuickBooks, so it cannot be written just now."),
        _("Nothing to do: it is tried again by itself. If it stays, close the form in QuickBooks."),
        Who.NOBODY,
    ),
    _CODE.EDITED_IN_QUICKBOOKS: Explanation(
        _("Changed in QuickBooks"),
        _("Somebody changed {what} of order {ref_number} in QuickBooks, so it no longer says what Cedar says."),
        _("Compare both and choose: keep what is in QuickBooks, or send what is in Cedar."),
        Who.BOOKKEEPER,
    ),
    _CODE.DELETED_IN_QUICKBOOKS: Explanation(
        _("Deleted in QuickBooks"),
        _("The order {ref_number} was in QuickBooks and is not there any more."),
        _("Choose: send it again, keep it out of QuickBooks, or stop tracking it. It is never made again without you."),
        Who.BOOKKEEPER,
    ),
    _CODE.ALREADY_INVOICED_IN_QUICKBOOKS: Explanation(
        _("Already invoiced in QuickBooks"),
        _("The order {ref_number} has been turned into an invoice in QuickBooks, and Cedar has changed since."),
        _("Correct the invoice in QuickBooks by hand and keep it, or send the change to the order all the same."),
        Who.BOOKKEEPER,
    ),
    _CODE.CLOSED_IN_QUICKBOOKS: Explanation(
        _("Closed in QuickBooks"),
        _("Somebody closed the order {ref_number} in QuickBooks, and Cedar has changed since."),
        _("Choose: keep it closed as it is, or send what is in Cedar."),
        Who.BOOKKEEPER,
    ),
    _CODE.NUMBER_IN_USE: Explanation(
        _("Number {ref_number} is taken"),
        _("QuickBooks already has a document numbered {ref_number} for {other_customer} that Cedar Sync did not make."),
        _(
            "If it is this invoice, keep it. If it is something else, send Cedar's: it gets a number of its own. "
            "The document that is there is not changed."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.SALES_ORDERS_UNAVAILABLE: Explanation(
        _("QuickBooks has no sales orders"),
        _("{product} has no sales orders, or they are switched off. Nothing was sent; your invoices wait."),
        _(
            "Switch them on in QuickBooks (Edit, Preferences, Sales & Customers, Company Preferences, Enable Sales "
            "Orders): Cedar Sync goes on within half an hour. QuickBooks Pro has none: choose estimates or invoices in "
            "Settings, Rules."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.PERMISSION_DENIED: Explanation(
        _("QuickBooks denied permission"),
        _("QuickBooks does not let Cedar Sync do this in this company file."),
        _(
            "Sign in to QuickBooks as Admin, open Edit, Preferences, Integrated Applications, Company Preferences, "
            "choose Cedar Sync, Properties, and allow access. Then press Retry, or wait half an hour."
        ),
        Who.QUICKBOOKS_ADMIN,
    ),
    _CODE.WRONG_COMPANY_FILE: Explanation(
        _("Another company file is open"),
        _("QuickBooks has {found} open, and this connection belongs to {expected}. Nothing was written."),
        _("Open {expected} in QuickBooks. Cedar Sync goes on by itself."),
        Who.BOOKKEEPER,
    ),
    _CODE.QUICKBOOKS_UNREACHABLE: Explanation(
        _("QuickBooks did not answer"),
        _("QuickBooks could not be reached just now{detail}."),
        _(
            "Open QuickBooks with the company file and close any window in it that waits for an answer. It is "
            "tried again "
            "by itself."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.REFUSED_BY_QUICKBOOKS: Explanation(
        _("QuickBooks refused it"),
        _("QuickBooks did not take this order and said: {message}"),
        _("Mend what QuickBooks names, then press Retry. If it is not clear, save a support file from the Help menu."),
        Who.BOOKKEEPER,
    ),
    _CODE.REQUEST_NOT_UNDERSTOOD: Explanation(
        _("Our mistake, not yours"),
        _("QuickBooks could not read what Cedar Sync sent for this order. Nothing was changed."),
        _("Save a support file from the Help menu and send it to support. The other invoices go on."),
        Who.SUPPORT,
    ),
    _CODE.AMOUNT_MISMATCH: Explanation(
        _("Amounts differ in QuickBooks"),
        _(
            "The order is in QuickBooks with {found} where Cedar has {expected}. "
            "A price level or a rule may have changed it."
        ),
        _(
            "Look at order {ref_number} in QuickBooks, remove the price rule, then press Retry to send the "
            "amounts again."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.SIGN_IN_LOST: Explanation(
        _("Signed out of QuickBooks Online"),
        _("QuickBooks Online does not let Cedar Sync in any more. Nothing is lost; your invoices wait."),
        _("Sign in to QuickBooks Online again in Settings. Cedar Sync goes on by itself."),
        Who.BOOKKEEPER,
    ),
    _CODE.OUTCOME_UNKNOWN: Explanation(
        _("Checking with QuickBooks"),
        _("It was sent, but the answer was lost. Cedar Sync asks QuickBooks before it sends anything again."),
        _("Nothing to do."),
        Who.NOBODY,
    ),
    _CODE.OTHER_CEDAR: Explanation(
        _("Settings name another Cedar"),
        _(
            "The settings of the connection {connection} name carrier {carrier} ({server}), and its invoices are of "
            "carrier {known_carrier} ({known_server}). Nothing is read or sent, so that the two are not mixed up."
        ),
        _(
            "Put carrier {known_carrier} ({known_server}) back in the settings; it goes on by itself. Another railroad "
            "needs a connection of its own."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.OTHER_ACCOUNTING_SYSTEM: Explanation(
        _("Settings name another accounting system"),
        _(
            "The settings of the connection {connection} name {system}, and its invoices are in {known_system}. "
            "Nothing is read or sent, so that no invoice is entered in both."
        ),
        _(
            "Choose {known_system} again in the settings, and start Cedar Sync anew. Other books need a connection of "
            "their own."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CONNECTION_RENAMED: Explanation(
        _("A connection was renamed"),
        _(
            "The settings have no connection {earlier} any more, and {connection} is new for the same carrier. Its "
            "invoices, and what you decided about them, are kept under the name {earlier}; nothing is read or sent."
        ),
        _("Give it the name {earlier} again in the settings, and start Cedar Sync anew."),
        Who.BOOKKEEPER,
    ),
    _CODE.CEDAR_UNREACHABLE: Explanation(
        _("Cedar cannot be reached"),
        "{sentence}",
        _("Check the internet connection. It is tried again by itself."),
        Who.NOBODY,
    ),
    _CODE.CEDAR_KEY_REFUSED: Explanation(
        _("Cedar refused the key"),
        "{sentence}",
        _("Enter a new Cedar key, and check the region and the user in the settings."),
        Who.CEDAR_ADMIN,
    ),
    _CODE.CEDAR_PERMISSION: Explanation(
        _("Cedar denied permission"),
        "{sentence}",
        _("Ask the Cedar administrator to let this user read charges."),
        Who.CEDAR_ADMIN,
    ),
    _CODE.CEDAR_COLUMNS_MISSING: Explanation(
        _("A Cedar column is missing"),
        "{sentence}",
        _("Name the right column in the settings, or ask the Cedar administrator to publish it."),
        Who.CEDAR_ADMIN,
    ),
}


ANSWER: Final = "answer"
REFUSED: Final = "refused"
DENIED: Final = "denied"
TAKEN: Final = "taken"
NO_ACCOUNT: Final = "no_account"
ONE_CURRENCY: Final = "one_currency"
"""The case of `ReasonCode.CURRENCY_DIFFERS` where the books know one currency alone."""
KEPT: Final = "kept"
"""The case of `ReasonCode.EDITED_IN_QUICKBOOKS` where the settings keep what somebody changed."""
PAID: Final = "paid"
"""The case of `ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS` where the document is an invoice itself."""

_IN_CASE: Final[Mapping[tuple[ReasonCode, str], Explanation]] = {
    (_CODE.HELD_BY_USER, HELD_IN_BOOKS): Explanation(
        _("Left out by you"),
        _("You left this invoice out{note}."),
        _("Nothing to do. Later changes in Cedar are not sent to QuickBooks until you choose Bring back."),
        Who.BOOKKEEPER,
    ),
    (_CODE.HELD_BY_USER, HELD_GONE): Explanation(
        _("Left out by you"),
        _("You left this invoice out{note}. It was deleted in QuickBooks and is not made there again."),
        _("Nothing to do. Should it go to QuickBooks after all, choose Bring back."),
        Who.BOOKKEEPER,
    ),
    (_CODE.VOIDED_IN_CEDAR, REMOVED): Explanation(
        _("Voided in Cedar"),
        _("Cedar does not bill anything of invoice {invoice} to {gl_number} any more, and QuickBooks does not either."),
        _("Nothing to do."),
        Who.BOOKKEEPER,
    ),
    (_CODE.CURRENCY_DIFFERS, ONE_CURRENCY): Explanation(
        _("The books are in {books_currency}"),
        _("The invoice is in {currency}, and QuickBooks keeps these books in {books_currency} alone."),
        _(
            "Correct the currency in Cedar. Where the customer is really billed in {currency}, switch on multiple "
            "currencies in QuickBooks and give the customer {gl_number} that currency. Then press Retry."
        ),
        Who.BOOKKEEPER,
    ),
    (_CODE.EDITED_IN_QUICKBOOKS, KEPT): Explanation(
        _("Changed in QuickBooks, kept"),
        _("Somebody changed {what} of order {ref_number} in QuickBooks, and your settings keep what stands there."),
        _("Nothing to do. Should the order say what Cedar says after all, choose Bring back."),
        Who.BOOKKEEPER,
    ),
    (_CODE.ALREADY_INVOICED_IN_QUICKBOOKS, PAID): Explanation(
        _("Already paid in QuickBooks"),
        _("A payment or a credit has been applied to invoice {ref_number} in QuickBooks, and Cedar has changed since."),
        _("Correct the invoice in QuickBooks by hand and keep it, or send the change all the same."),
        Who.BOOKKEEPER,
    ),
    (_CODE.REQUEST_NOT_UNDERSTOOD, ANSWER): Explanation(
        _("Our mistake, not yours"),
        _(
            "Cedar Sync could not read what QuickBooks answered. Nothing is lost and nothing is sent twice: "
            "QuickBooks is "
            "asked again by itself."
        ),
        _("If it stays, save a support file from the Help menu and send it to support."),
        Who.SUPPORT,
    ),
    (_CODE.CUSTOMER_NOT_IN_QUICKBOOKS, REFUSED): Explanation(
        _("Customer {gl_number} was not added"),
        _("QuickBooks has no customer named {gl_number}, and did not take it from Cedar Sync. It said: {message}"),
        _(
            "Mend what QuickBooks names, or add the customer in QuickBooks with the name {gl_number}. Then press "
            "Retry, or "
            "wait: Cedar Sync tries again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    (_CODE.CUSTOMER_NOT_IN_QUICKBOOKS, DENIED): Explanation(
        _("Customer {gl_number} was not added"),
        _("QuickBooks has no customer named {gl_number}, and the user Cedar Sync signs in as may not add customers."),
        _(
            "Ask the QuickBooks administrator to let that user add customers, or add the customer in QuickBooks "
            "with the "
            "name {gl_number}. Then press Retry, or wait: Cedar Sync tries again within half an hour."
        ),
        Who.QUICKBOOKS_ADMIN,
    ),
    (_CODE.CUSTOMER_NOT_IN_QUICKBOOKS, TAKEN): Explanation(
        _("Name {gl_number} is taken"),
        _(
            "QuickBooks has no customer named {gl_number}, and none can be added: a vendor, an employee or "
            "another name "
            "there is called {gl_number}."
        ),
        _(
            "Give that entry another name in QuickBooks, or correct the GL number in Cedar. Then press Retry, or wait: "
            "Cedar Sync tries again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    (_CODE.ITEM_NOT_IN_QUICKBOOKS, REFUSED): Explanation(
        _("Item {item} was not added"),
        _("QuickBooks has no item named {item}, and did not take it from Cedar Sync. It said: {message}"),
        _(
            "Mend what QuickBooks names, or add a service item named {item} in QuickBooks. Then press Retry, or wait: "
            "Cedar Sync tries again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    (_CODE.ITEM_NOT_IN_QUICKBOOKS, DENIED): Explanation(
        _("Item {item} was not added"),
        _("QuickBooks has no item named {item}, and the user Cedar Sync signs in as may not add items."),
        _(
            "Ask the QuickBooks administrator to let that user add items, or add a service item named {item} in "
            "QuickBooks. Then press Retry, or wait: Cedar Sync tries again within half an hour."
        ),
        Who.QUICKBOOKS_ADMIN,
    ),
    (_CODE.ITEM_NOT_IN_QUICKBOOKS, TAKEN): Explanation(
        _("Name {item} is taken"),
        _(
            "A line has the service type {item}. QuickBooks has an item of that name, but of a kind that cannot "
            "stand on "
            "an order with a quantity, such as a discount or a group."
        ),
        _(
            "Give that item another name in QuickBooks, or correct the service type in Cedar. Then press Retry, "
            "or wait: "
            "Cedar Sync tries again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    (_CODE.ITEM_NOT_IN_QUICKBOOKS, NO_ACCOUNT): Explanation(
        _("No income account for {item}"),
        _(
            "QuickBooks has no item named {item}. Cedar Sync may add it, but the company file has several income "
            "accounts, "
            "or none, and the settings name none."
        ),
        _(
            "Name the income account for new items in Settings, Rules, or add a service item named {item} in "
            "QuickBooks. Then press Retry, or wait: Cedar Sync tries again within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
}
"""Other words where the reason's fact ``case`` says that something else stands behind it."""


class _Facts(dict[str, str]):
    """Facts that were not known when the reason arose read as an ellipsis, never as an error."""

    def __missing__(self, key: str) -> str:
        return "" if key in _OPTIONAL else "…"


_OPTIONAL: Final = frozenset({"note", "detail", "customer_hint"})


_OF_MANY: Final[Mapping[ReasonCode, str]] = {
    _CODE.MIXED_CURRENCY: _("Mixed currencies"),
    _CODE.CURRENCY_DIFFERS: _("Customer uses another currency"),
    _CODE.REF_NUMBER_TOO_LONG: _("Number too long"),
    _CODE.CUSTOMER_NOT_IN_QUICKBOOKS: _("No such customer in QuickBooks"),
    _CODE.CUSTOMER_INACTIVE: _("Customer is inactive"),
    _CODE.ITEM_NOT_IN_QUICKBOOKS: _("No such item in QuickBooks"),
    _CODE.ITEM_INACTIVE: _("Item is inactive"),
    _CODE.ITEM_NOT_UNIQUE: _("Several items of one name"),
    _CODE.CLOSED_PERIOD: _("In a closed period"),
    _CODE.NUMBER_IN_USE: _("Number is taken"),
    _CODE.NEGATIVE_TOTAL: _("Total below zero"),
}
"""Titles for a group of rows, where the title of one has a name in it."""


def title_of_many(code: ReasonCode) -> str:
    """Give the title of a reason that several rows share."""
    return _OF_MANY.get(code) or _TEXTS[code].title


def _by_system(reason: Reason) -> Explanation:
    own = ONLINE if reason.facts.get(BOOKS) == BooksSystem.QUICKBOOKS_ONLINE else {}
    return own.get(reason.code) or _TEXTS[reason.code]


def explain(reason: Reason) -> Explanation:
    """Put a reason into words."""
    texts = _IN_CASE.get((reason.code, reason.facts.get("case", ""))) or _by_system(reason)
    facts = _Facts(reason.facts)
    return Explanation(
        texts.title.format_map(facts), texts.why.format_map(facts), texts.fix.format_map(facts), texts.who
    )
