"""The ways the accounting API says no: code, message and detail of each fault.

Codes, messages and the presence of `element` and `time` follow recorded answers where there are any (610, 2010, 2030,
500, 5010, 6000, 6240) and Intuit's table of error codes otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.practice.quickbooks_online.json_text import Json


class Refusal(Exception):
    """A request, or an item of a batch, that is refused."""

    def __init__(
        self,
        code: str,
        message: str,
        detail: str,
        element: str | None = None,
        *,
        type: str = "ValidationFault",
        has_time: bool = True,
    ) -> None:
        """Make a refusal.

        Args:
            code: Intuit's number.
            message: Intuit's title of it.
            detail: What exactly is wrong.
            element: The property concerned; recorded answers give some codes an empty one and others none.
            type: The kind of fault.
            has_time: Whether the answer tells the time; that to a malformed id does not.
        """
        super().__init__(f"{code} {message}: {detail}")
        self.code = code
        self.message = message
        self.detail = detail
        self.element = element
        self.type = type
        self.has_time = has_time

    def fault(self) -> Json:
        """Write the `Fault` object."""
        error: dict[str, Json] = {"Message": self.message, "Detail": self.detail, "code": self.code}
        if self.element is not None:
            error["element"] = self.element
        return {"Error": [error], "type": self.type}


_BUSINESS = "A business validation error has occurred while processing your request"
_MADE_INACTIVE = (
    "Object Not Found : Something you're trying to use has been made inactive. "
    "Check the fields with accounts, customers, items, vendors or employees."
)


def unsupported(what: str) -> Refusal:
    """Refuse a path or operation that does not exist."""
    return Refusal("500", "Unsupported Operation", f"Operation {what} is not supported.")


def unknown_property(name: str, entity: str, known: Iterable[str]) -> Refusal:
    """Refuse a property the object does not have."""
    names = ", ".join(f'"{each}"' for each in sorted(known))
    return invalid_property(
        f'Unrecognized field "{name}" (class com.intuit.schema.finance.v3.{entity}), '
        f"not marked as ignorable (known properties: {names})"
    )


def invalid_property(detail: str) -> Refusal:
    """Refuse a property that cannot be read."""
    return Refusal(
        "2010",
        "Request has invalid or unsupported property",
        f"Property Name:{detail} specified is unsupported or invalid",
    )


def missing(name: str) -> Refusal:
    """Refuse a request that lacks something."""
    detail = f"Required parameter {name} is missing in the request"
    return Refusal("2020", "Required param missing, need to supply the required value for the API", detail, name)


def invalid_id(value: str) -> Refusal:
    """Refuse an id that is no number."""
    detail = f"Id should be a valid number. Supplied value:{value}"
    return Refusal("2030", "Invalid ID", detail, "Id", has_time=False)


def wrong_length(name: str, most: int) -> Refusal:
    """Refuse a text that is too long."""
    return Refusal(
        "2050",
        "String length is either shorter or longer than supported by specification",
        f"String length specified does not match the supported length. Min:0 Max:{most} supported.",
        name,
    )


def invalid_value(name: str) -> Refusal:
    """Refuse a word that is none of those allowed."""
    return Refusal("2170", "Invalid Enumeration", f"Invalid Enumeration : {name}", name)


def bad_reference(what: str, value: str) -> Refusal:
    """Refuse a reference to something that is not there or not active."""
    detail = f"Invalid Reference Id : {what} element id {value} not found"
    return Refusal("2500", "Invalid Reference Id", detail, "")


def bad_customer(value: str) -> Refusal:
    """Refuse a reference to a customer that is not there or not active."""
    return Refusal(
        "6250", "Invalid Customer", f"The customer does not exist or is inactive. Customer element id {value}", ""
    )


def not_found() -> Refusal:
    """Refuse to touch what does not exist or was deleted."""
    return Refusal("610", "Object Not Found", _MADE_INACTIVE, "")


def stale(person: str) -> Refusal:
    """Refuse a SyncToken that is not the present one; the detail names the person who changed the object last."""
    detail = (
        f"Stale Object Error : You and {person} were working on this at the same time. "
        f"{person} finished before you did, so your work was not saved."
    )
    return Refusal("5010", "Stale Object Error", detail, "")


def feature_off(what: str) -> Refusal:
    """Refuse to use what is switched off in the company."""
    detail = f"Permission Denied Error : The feature {what} is switched off in this company"
    return Refusal("5020", "Permission Denied Error", detail, "")


def business(detail: str) -> Refusal:
    """Refuse what the company's rules forbid."""
    return Refusal("6000", _BUSINESS, f"Business Validation Error: {detail}", "")


def wrong_amount(amount: Decimal) -> Refusal:
    """Refuse an amount that is not quantity times price."""
    detail = f"Amount is not equal to UnitPrice * Qty. Supplied value:{amount}"
    return Refusal("6070", "Amount calculation incorrect in the request", detail, "")


def duplicate_number(number: str, txn_type: str, txn_id: str) -> Refusal:
    """Refuse a document number that is taken."""
    detail = (
        "Duplicate Document Number Error : You must specify a different number. This number has already been used. "
        f"DocNumber={number} is assigned to TxnType={txn_type} with TxnId={txn_id}"
    )
    return Refusal("6140", "Duplicate Document Number Error", detail, "")


def subscription_ended() -> Refusal:
    """Refuse to write into a company that is read only."""
    detail = "Subscription period has ended or canceled or there was a billing problem"
    return Refusal("6190", "Invalid Company Status", detail, "")


def books_closed(until: date, *, has_password: bool) -> Refusal:
    """Refuse to touch a closed period."""
    title = "Account Period Closed, Cannot Update Through Services API"
    detail = f"The account period has closed and the account books cannot be updated. Closing date:{until}"
    return Refusal("6210" if has_password else "6200", title, detail, "")


def duplicate_name() -> Refusal:
    """Refuse a name that is taken."""
    return Refusal("6240", "Duplicate Name Exists Error", "The name supplied already exists. : null")


def settled() -> Refusal:
    """Refuse to void what has been paid."""
    detail = "This transaction has a payment applied to it and cannot be voided."
    return Refusal("6540", "Deposited Transaction cannot be changed", detail, "")


def unreadable_query(detail: str) -> Refusal:
    """Refuse a statement that breaks the grammar."""
    return Refusal("4000", "Error parsing query", f"QueryParserError: {detail}")


def invalid_query(detail: str) -> Refusal:
    """Refuse a statement that asks for what there is not."""
    return Refusal("4001", "Invalid query", f"QueryValidationError: {detail}")
