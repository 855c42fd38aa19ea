"""QuickBooks Online's JSON as typed records; figures stay exact on both ways. No I/O.

Source: Intuit's schema of July 2026 (Finance.xsd) and recorded answers. Unknown fields are ignored.
"""

from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct, field

T = TypeVar("T")

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


class UnreadableAnswer(Exception):
    """The text is not the answer it should be."""


class Ref(Struct):
    """A reference to a list entry."""

    value: str
    name: str = ""


class SalesItem(Struct, rename="pascal"):
    """What a line says of its item."""

    item_ref: Ref | None = None
    qty: Decimal | None = None
    unit_price: Decimal | None = None


class Line(Struct, rename="pascal"):
    """A line of a document."""

    id: str = ""
    detail_type: str = ""
    description: str = ""
    amount: Decimal = Decimal(0)
    sales_item_line_detail: SalesItem | None = None


class Linked(Struct, rename="pascal"):
    """A transaction this one is linked with."""

    txn_type: str = ""


class Document(Struct, rename="pascal"):
    """An estimate or invoice."""

    id: str
    sync_token: str = ""
    doc_number: str | None = None
    txn_date: str = ""
    txn_status: str = ""
    private_note: str = ""
    customer_ref: Ref | None = None
    line: list[Line] = field(default_factory=list)
    linked_txn: list[Linked] = field(default_factory=list)
    total_amt: Decimal = Decimal(0)
    status: str = field(default="", name="status")
    """``Deleted`` where it is not there any more."""


class Entry(Struct, rename="pascal"):
    """A customer, an item or an account."""

    id: str
    display_name: str = ""
    name: str = ""
    fully_qualified_name: str = ""
    active: bool = True
    type: str = ""
    currency_ref: Ref | None = None


class Complaint(Struct):
    """One error of a fault, in either of its spellings."""

    code: str = ""
    message: str = ""
    detail: str = ""


class SalesFormsPrefs(Struct, rename="pascal"):
    """What of the sales forms is switched on."""

    allow_estimates: bool = True
    custom_txn_numbers: bool = False


class AccountingInfoPrefs(Struct, rename="pascal"):
    """What of the books is closed."""

    book_close_date: str = ""


class CurrencyPrefs(Struct, rename="pascal"):
    """Currencies."""

    multi_currency_enabled: bool = False
    home_currency: Ref | str = ""
    """A reference in JSON, as other currencies are; Intuit's schema has the bare code."""

    @property
    def home(self) -> str:
        """The code of the currency the books are kept in; empty where it is not told."""
        return self.home_currency if isinstance(self.home_currency, str) else self.home_currency.value


class Preferences(Struct, rename="pascal"):
    """The company's preferences; nesting as recorded."""

    sales_forms_prefs: SalesFormsPrefs = field(default_factory=SalesFormsPrefs)
    accounting_info_prefs: AccountingInfoPrefs = field(default_factory=AccountingInfoPrefs)
    currency_prefs: CurrencyPrefs = field(default_factory=CurrencyPrefs)


class CompanyInfo(Struct, rename="pascal"):
    """Who the company is."""

    company_name: str = ""
    country: str = "US"


def encode(value: object) -> str:
    """Write JSON; decimals as numbers with exactly their digits."""
    return _ENCODER.encode(value).decode()


def decode(text: str) -> dict[str, msgspec.Raw]:
    """Read the outside of an answer.

    Raises:
        UnreadableAnswer: If it is not a JSON object.
    """
    return read(text.encode(), dict[str, msgspec.Raw])


def read(part: msgspec.Raw | bytes, kind: type[T]) -> T:
    """Read a part of an answer.

    Raises:
        UnreadableAnswer: If it is not what it should be.
    """
    try:
        return msgspec.json.decode(part, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise UnreadableAnswer(str(exc)) from exc


def complaints(answer: dict[str, msgspec.Raw]) -> list[Complaint]:
    """Read the errors of a fault, in upper or lower case; empty where the answer is none.

    Raises:
        UnreadableAnswer: If there is a fault that cannot be read.
    """
    part = answer.get("Fault") or answer.get("fault")
    if part is None:
        return []
    fault: dict[str, Any] = {key.casefold(): value for key, value in read(part, dict[str, Any]).items()}
    errors = fault.get("error") or [{}]
    if not isinstance(errors, list):
        raise UnreadableAnswer("a fault without a list of errors")
    lower = [{key.casefold(): value for key, value in each.items()} for each in errors if isinstance(each, dict)]
    return [Complaint(*(str(each.get(name, "")) for name in ("code", "message", "detail"))) for each in lower]
