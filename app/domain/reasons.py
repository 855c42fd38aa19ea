"""Why a charge or a row is where it is: a stable code, and the facts its texts need. No I/O.

A new reason is one entry in `ReasonCode` and one in `app.domain.reason_texts`.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.values import Struct, field, replace


class ReasonCode(StrEnum):
    """The codes users and scripts may rely on."""

    NO_GL_NUMBER = "NO_GL_NUMBER"
    NOT_INVOICED_YET = "NOT_INVOICED_YET"
    NO_SERVICE_TYPE = "NO_SERVICE_TYPE"
    NO_INVOICE_NUMBER = "NO_INVOICE_NUMBER"
    BAD_AMOUNT = "BAD_AMOUNT"
    MIXED_CURRENCY = "MIXED_CURRENCY"
    CURRENCY_DIFFERS = "CURRENCY_DIFFERS"
    HELD_BY_USER = "HELD_BY_USER"
    VOIDED_IN_CEDAR = "VOIDED_IN_CEDAR"
    NOTHING_TO_BILL = "NOTHING_TO_BILL"
    NEGATIVE_TOTAL = "NEGATIVE_TOTAL"
    REF_NUMBER_TOO_LONG = "REF_NUMBER_TOO_LONG"
    CUSTOMER_NOT_IN_QUICKBOOKS = "CUSTOMER_NOT_IN_QUICKBOOKS"
    CUSTOMER_INACTIVE = "CUSTOMER_INACTIVE"
    ITEM_NOT_IN_QUICKBOOKS = "ITEM_NOT_IN_QUICKBOOKS"
    ITEM_INACTIVE = "ITEM_INACTIVE"
    ITEM_NOT_UNIQUE = "ITEM_NOT_UNIQUE"
    CLOSED_PERIOD = "CLOSED_PERIOD"
    RECORD_LOCKED = "RECORD_LOCKED"
    EDITED_IN_QUICKBOOKS = "EDITED_IN_QUICKBOOKS"
    DELETED_IN_QUICKBOOKS = "DELETED_IN_QUICKBOOKS"
    ALREADY_INVOICED_IN_QUICKBOOKS = "ALREADY_INVOICED_IN_QUICKBOOKS"
    CLOSED_IN_QUICKBOOKS = "CLOSED_IN_QUICKBOOKS"
    NUMBER_IN_USE = "NUMBER_IN_USE"
    SALES_ORDERS_UNAVAILABLE = "SALES_ORDERS_UNAVAILABLE"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    WRONG_COMPANY_FILE = "WRONG_COMPANY_FILE"
    QUICKBOOKS_UNREACHABLE = "QUICKBOOKS_UNREACHABLE"
    REFUSED_BY_QUICKBOOKS = "REFUSED_BY_QUICKBOOKS"
    REQUEST_NOT_UNDERSTOOD = "REQUEST_NOT_UNDERSTOOD"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    SIGN_IN_LOST = "SIGN_IN_LOST"
    OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN"
    OTHER_CEDAR = "OTHER_CEDAR"
    OTHER_ACCOUNTING_SYSTEM = "OTHER_ACCOUNTING_SYSTEM"
    CONNECTION_RENAMED = "CONNECTION_RENAMED"
    CEDAR_UNREACHABLE = "CEDAR_UNREACHABLE"
    CEDAR_KEY_REFUSED = "CEDAR_KEY_REFUSED"
    CEDAR_PERMISSION = "CEDAR_PERMISSION"
    CEDAR_COLUMNS_MISSING = "CEDAR_COLUMNS_MISSING"


class Who(StrEnum):
    """Who can mend a reason."""

    NOBODY = "nobody"
    """It heals by itself, or nothing needs doing."""
    BOOKKEEPER = "bookkeeper"
    CEDAR_ADMIN = "cedar_admin"
    QUICKBOOKS_ADMIN = "quickbooks_admin"
    SUPPORT = "support"


class Reason(Struct, frozen=True):
    """One cause, with the names and figures its texts mention."""

    code: ReasonCode
    facts: Mapping[str, str] = field(default_factory=dict)
    """Values for the placeholders of the code's texts, such as ``gl_number``."""
    raw: str | None = None
    """What the other side said, word for word; for the details, never for the first sentence."""


OUR_RULES: Final = frozenset(
    {
        ReasonCode.MIXED_CURRENCY,
        ReasonCode.NEGATIVE_TOTAL,
        ReasonCode.BAD_AMOUNT,
        ReasonCode.REF_NUMBER_TOO_LONG,
    }
)
"""Our own rules refuse to send an order for these: Retry does nothing, a change in Cedar or in the settings does."""


SETTINGS_OF_ANOTHER: Final = frozenset(
    {ReasonCode.OTHER_CEDAR, ReasonCode.OTHER_ACCOUNTING_SYSTEM, ReasonCode.CONNECTION_RENAMED}
)
"""The settings would make a connection another one: nothing is done with it until they are put back."""


class Healing(StrEnum):
    """What moves a row on that stands still for a reason."""

    BY_ITSELF = "by_itself"
    """Tried again with back-off."""
    LISTS = "lists"
    """Waits for a change in QuickBooks' lists, or Retry."""
    PERSON = "person"
    """Waits for a changed Cedar record, or Retry."""


HEALING: Final[Mapping[ReasonCode, Healing]] = {
    ReasonCode.RECORD_LOCKED: Healing.BY_ITSELF,
    ReasonCode.QUICKBOOKS_UNREACHABLE: Healing.BY_ITSELF,
    ReasonCode.OUTCOME_UNKNOWN: Healing.BY_ITSELF,
    ReasonCode.CEDAR_UNREACHABLE: Healing.BY_ITSELF,
    ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS: Healing.LISTS,
    ReasonCode.CUSTOMER_INACTIVE: Healing.LISTS,
    ReasonCode.ITEM_NOT_IN_QUICKBOOKS: Healing.LISTS,
    ReasonCode.ITEM_INACTIVE: Healing.LISTS,
    ReasonCode.ITEM_NOT_UNIQUE: Healing.LISTS,
    ReasonCode.CURRENCY_DIFFERS: Healing.LISTS,
}
"""Codes not named here wait for a person."""


def healing(code: ReasonCode) -> Healing:
    """Tell what a row that failed for this code waits for."""
    return HEALING.get(code, Healing.PERSON)


def not_unique(item: str, full_names: Sequence[str]) -> Reason:
    """Say that several items share the name of a service type."""
    facts = {"item": item, "full_names": ", ".join(full_names), "full_name": full_names[0]}
    return Reason(ReasonCode.ITEM_NOT_UNIQUE, facts)


BOOKS: Final = "books"
"""The fact that names the accounting system a reason comes from, where it is not QuickBooks Desktop."""


def of_system(reason: Reason, system: BooksSystem) -> Reason:
    """Have a reason say which accounting system it comes from: it may be mended elsewhere there."""
    if system is BooksSystem.QUICKBOOKS_DESKTOP:
        return reason
    return replace(reason, facts={**reason.facts, BOOKS: system.value})


HELD_IN_BOOKS: Final = "in_books"
"""The case of `ReasonCode.HELD_BY_USER` where a document of the row stands in the books."""
REMOVED: Final = "removed"
"""The case of `ReasonCode.VOIDED_IN_CEDAR` where the document was taken back, or deleted on both sides."""
HELD_GONE: Final = "gone"
"""The case where there was a document, and somebody deleted it in the books."""
