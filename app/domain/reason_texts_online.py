"""The words for reasons that are mended elsewhere in QuickBooks Online than on the desktop. No I/O."""

from collections.abc import Mapping
from typing import Final

from app.domain.explanation import Explanation
from app.domain.language import _
from app.domain.reasons import ReasonCode, Who

_CODE = ReasonCode

ONLINE: Final[Mapping[ReasonCode, Explanation]] = {
    _CODE.NEGATIVE_TOTAL: Explanation(
        _("Total below zero: {amount}"),
        _("The lines add up to {amount}, and QuickBooks takes no document below zero."),
        _(
            "Enter a credit memo in QuickBooks Online by hand (New, Credit memo) and leave this invoice out here, or "
            "correct the invoice in Cedar."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.REF_NUMBER_TOO_LONG: Explanation(
        _("Number {invoice} too long"),
        _("QuickBooks takes 21 characters, the invoice number is {invoice}, and your settings forbid shortening it."),
        _(
            "Allow shorter numbers in Settings, Rules; the full number stays in the memo. Or give the invoice a "
            "shorter number in Cedar."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CUSTOMER_NOT_IN_QUICKBOOKS: Explanation(
        _("No customer named {gl_number}"),
        _("This invoice's GL number is {gl_number}, and QuickBooks has no customer with that name.{customer_hint}"),
        _(
            "Add the customer in QuickBooks Online (Sales, Customers, New customer) with the display name {gl_number}, "
            "name the customer for {gl_number} in Settings, or correct the GL number in Cedar. Then press Retry, or "
            "wait: Cedar Sync looks again by itself."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CUSTOMER_INACTIVE: Explanation(
        _("Customer {gl_number} is inactive"),
        _("QuickBooks has a customer named {gl_number}, but it is inactive and takes nothing new."),
        _(
            "Make it active in QuickBooks Online (Sales, Customers, the wheel above the list, Include inactive, Make "
            "active). Then press Retry, or wait: Cedar Sync looks again by itself."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.ITEM_NOT_IN_QUICKBOOKS: Explanation(
        _("No item named {item}"),
        _("A line has the service type {item}, and QuickBooks has no product or service with that name."),
        _(
            "Add a service named {item} in QuickBooks Online (Sales, Products and services, New), or name the item for "
            "it in Settings. Then press Retry, or wait: Cedar Sync looks again by itself."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.ITEM_INACTIVE: Explanation(
        _("Item {item} is inactive"),
        _("QuickBooks has a product or service named {item}, but it is inactive and cannot be used."),
        _(
            "Make it active in QuickBooks Online (Sales, Products and services, Status: Inactive, Make active). Then "
            "press Retry, or wait: Cedar Sync looks again by itself."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.ITEM_NOT_UNIQUE: Explanation(
        _("Several items named {item}"),
        _(
            "A line has the service type {item}, and QuickBooks has several products or services of that name: "
            "{full_names}. Cedar Sync does not choose between them."
        ),
        _(
            "Say in Settings, QuickBooks, Items with another name, which one is meant: {item} on the left, its full "
            "name on the right, such as {full_name}. The invoice then goes on by itself."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.CLOSED_PERIOD: Explanation(
        _("Closed period: {date}"),
        _("The invoice is of {date} and the books are closed up to {closing_date}."),
        _(
            "Ask the QuickBooks administrator to move the closing date (the wheel, Account and settings, Advanced, "
            "Close the books) and press Retry, or enter it by hand and leave it out here."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.SALES_ORDERS_UNAVAILABLE: Explanation(
        _("QuickBooks Online has no such document"),
        _(
            "Estimates are switched off in QuickBooks Online, or Cedar Sync was to send documents it does not have. "
            "Nothing was sent; your invoices wait."
        ),
        _(
            "Switch estimates on in QuickBooks Online (the wheel, Account and settings, Sales), or choose invoices in "
            "Settings: Cedar Sync goes on within half an hour."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.PERMISSION_DENIED: Explanation(
        _("QuickBooks Online denied permission"),
        _(
            "QuickBooks Online does not let Cedar Sync do this: the company's subscription may have ended, or the "
            "person who signed in may not write sales documents."
        ),
        _(
            "Sign in to QuickBooks Online as an administrator and look whether a subscription is due. Then sign in "
            "again in Settings, or wait half an hour."
        ),
        Who.QUICKBOOKS_ADMIN,
    ),
    _CODE.QUICKBOOKS_UNREACHABLE: Explanation(
        _("QuickBooks Online did not answer"),
        _("QuickBooks Online could not be reached just now{detail}."),
        _("Check the internet connection. It is tried again by itself."),
        Who.NOBODY,
    ),
    _CODE.NUMBER_IN_USE: Explanation(
        _("Number {ref_number} is taken"),
        _("QuickBooks already has a document numbered {ref_number} for {other_customer} that Cedar Sync did not make."),
        _(
            "If it is this invoice, keep it. If it is something else, send Cedar's, or give the other document another "
            "number in QuickBooks Online and press Retry. The document that is there is not changed."
        ),
        Who.BOOKKEEPER,
    ),
    _CODE.EDITED_IN_QUICKBOOKS: Explanation(
        _("Changed in QuickBooks"),
        _("Somebody changed {what} of document {ref_number} in QuickBooks, so it no longer says what Cedar says."),
        _("Compare both and choose: keep what is in QuickBooks, or send what is in Cedar."),
        Who.BOOKKEEPER,
    ),
    _CODE.DELETED_IN_QUICKBOOKS: Explanation(
        _("Deleted in QuickBooks"),
        _("The document {ref_number} was in QuickBooks and is not there any more, or it was voided there."),
        _("Choose: send it again, keep it out of QuickBooks, or stop tracking it. It is never made again without you."),
        Who.BOOKKEEPER,
    ),
    _CODE.ALREADY_INVOICED_IN_QUICKBOOKS: Explanation(
        _("Already invoiced in QuickBooks"),
        _("The estimate {ref_number} has been turned into an invoice in QuickBooks, and Cedar has changed since."),
        _("Correct the invoice in QuickBooks by hand and keep it, or send the change to the estimate all the same."),
        Who.BOOKKEEPER,
    ),
    _CODE.CLOSED_IN_QUICKBOOKS: Explanation(
        _("Closed in QuickBooks"),
        _("Somebody closed or rejected the document {ref_number} in QuickBooks, and Cedar has changed since."),
        _("Choose: keep it as it is, or send what is in Cedar."),
        Who.BOOKKEEPER,
    ),
    _CODE.REFUSED_BY_QUICKBOOKS: Explanation(
        _("QuickBooks refused it"),
        _("QuickBooks Online did not take this invoice and said: {message}"),
        _("Mend what QuickBooks names, then press Retry. If it is not clear, save a support file from the Help menu."),
        Who.BOOKKEEPER,
    ),
    _CODE.REQUEST_NOT_UNDERSTOOD: Explanation(
        _("Our mistake, not yours"),
        _("QuickBooks Online could not read what Cedar Sync sent for this invoice. Nothing was changed."),
        _("Save a support file from the Help menu and send it to support. The other invoices go on."),
        Who.SUPPORT,
    ),
    _CODE.AMOUNT_MISMATCH: Explanation(
        _("Amounts differ in QuickBooks"),
        _("It is in QuickBooks with {found} where Cedar has {expected}. A price rule or a tax may have changed it."),
        _(
            "Look at document {ref_number} in QuickBooks Online, take the price rule or the tax off, then press Retry "
            "to send the amounts again."
        ),
        Who.BOOKKEEPER,
    ),
}
"""Codes not named here have the same words for every accounting system."""
