"""The objects a program sends, with the lengths and words the service allows.

Rule: types only. Properties that Intuit knows and the practice company does not keep are missing here on purpose, so
that sending one is refused as unknown instead of being swallowed. Names are those of Intuit's schema (Finance.xsd),
lengths those of its documentation. Properties under "told by the service" may be sent back and are not looked at.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

_T = TypeVar("_T")

Maybe: TypeAlias = _T | UnsetType | None
"""A property that may be left out, or null."""

_UpTo15: TypeAlias = Annotated[str, Meta(max_length=15)]
_UpTo21: TypeAlias = Annotated[str, Meta(max_length=21)]
_UpTo31: TypeAlias = Annotated[str, Meta(max_length=31)]
_UpTo100: TypeAlias = Annotated[str, Meta(max_length=100)]
_UpTo500: TypeAlias = Annotated[str, Meta(max_length=500)]
_UpTo1000: TypeAlias = Annotated[str, Meta(max_length=1000)]
_UpTo4000: TypeAlias = Annotated[str, Meta(max_length=4000)]


class _Object(Struct, rename="pascal", forbid_unknown_fields=True, kw_only=True):
    """What all objects share."""


class _Entity(_Object):
    """What all objects with an id share."""

    id: str | UnsetType = UNSET
    sync_token: str | UnsetType = UNSET
    sparse: bool | UnsetType = msgspec.field(name="sparse", default=UNSET)
    # Told by the service:
    domain: Maybe[str] = msgspec.field(name="domain", default=UNSET)
    status: Maybe[str] = msgspec.field(name="status", default=UNSET)
    meta_data: Maybe[dict[str, object]] = UNSET


class RefBody(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A reference; only its value counts."""

    value: str
    name: str | None = None
    type: str | None = None


class MemoBody(Struct, forbid_unknown_fields=True):
    """The message to the customer."""

    value: _UpTo1000


class EmailBody(_Object, omit_defaults=True):
    """An e-mail address."""

    address: Maybe[_UpTo100] = UNSET


class PhoneBody(_Object, omit_defaults=True):
    """A telephone number."""

    free_form_number: Maybe[_UpTo31] = UNSET


class WebBody(_Object, omit_defaults=True):
    """A web site."""

    uri: Maybe[_UpTo1000] = msgspec.field(name="URI", default=UNSET)


class AddressBody(_Object, omit_defaults=True):
    """A postal address."""

    id: Maybe[str] = UNSET
    line1: Maybe[_UpTo500] = UNSET
    line2: Maybe[_UpTo500] = UNSET
    line3: Maybe[_UpTo500] = UNSET
    line4: Maybe[_UpTo500] = UNSET
    line5: Maybe[_UpTo500] = UNSET
    city: Maybe[str] = UNSET
    country: Maybe[str] = UNSET
    country_sub_division_code: Maybe[str] = UNSET
    postal_code: Maybe[str] = UNSET
    lat: Maybe[str] = UNSET
    long: Maybe[str] = UNSET


class CustomFieldBody(_Object, omit_defaults=True):
    """A classic custom field."""

    definition_id: str
    name: Maybe[str] = UNSET
    type: Maybe[Literal["StringType"]] = UNSET
    string_value: Maybe[_UpTo31] = UNSET


class SalesItemBody(_Object):
    """What is sold on a line."""

    item_ref: Maybe[RefBody] = UNSET
    qty: Maybe[Decimal] = UNSET
    unit_price: Maybe[Decimal] = UNSET
    service_date: Maybe[date] = UNSET
    tax_code_ref: Maybe[RefBody] = UNSET
    class_ref: Maybe[RefBody] = UNSET


class DescriptionBody(_Object):
    """The detail of a line of mere text."""

    service_date: Maybe[date] = UNSET


class SubTotalBody(_Object):
    """The detail of the subtotal line, which the service makes by itself."""


class LineBody(_Object):
    """A line."""

    id: Maybe[str] = UNSET
    line_num: Maybe[int] = UNSET
    description: Maybe[_UpTo4000] = UNSET
    amount: Maybe[Decimal] = UNSET
    detail_type: Maybe[Literal["SalesItemLineDetail", "DescriptionOnly", "SubTotalLineDetail"]] = UNSET
    sales_item_line_detail: Maybe[SalesItemBody] = UNSET
    description_line_detail: Maybe[DescriptionBody] = UNSET
    sub_total_line_detail: Maybe[SubTotalBody] = UNSET


class DocumentBody(_Entity):
    """What an estimate and an invoice share."""

    doc_number: Maybe[_UpTo21] = UNSET
    txn_date: Maybe[date] = UNSET
    customer_ref: Maybe[RefBody] = UNSET
    currency_ref: Maybe[RefBody] = UNSET
    private_note: Maybe[_UpTo4000] = UNSET
    line: Maybe[list[LineBody]] = UNSET
    customer_memo: Maybe[MemoBody] = UNSET
    bill_addr: Maybe[AddressBody] = UNSET
    ship_addr: Maybe[AddressBody] = UNSET
    bill_email: Maybe[EmailBody] = UNSET
    email_status: Maybe[Literal["NotSet", "NeedToSend", "EmailSent"]] = UNSET
    print_status: Maybe[Literal["NotSet", "NeedToPrint", "PrintComplete"]] = UNSET
    class_ref: Maybe[RefBody] = UNSET
    department_ref: Maybe[RefBody] = UNSET
    sales_term_ref: Maybe[RefBody] = UNSET
    po_number: Maybe[_UpTo15] = msgspec.field(name="PONumber", default=UNSET)
    ship_date: Maybe[date] = UNSET
    tracking_num: Maybe[_UpTo31] = UNSET
    custom_field: Maybe[list[CustomFieldBody]] = UNSET
    global_tax_calculation: Maybe[Literal["TaxExcluded", "TaxInclusive", "NotApplicable"]] = UNSET
    apply_tax_after_discount: Maybe[bool] = UNSET
    due_date: Maybe[date] = UNSET
    # Told by the service:
    linked_txn: Maybe[list[dict[str, object]]] = UNSET
    txn_tax_detail: Maybe[dict[str, object]] = UNSET
    total_amt: Maybe[Decimal] = UNSET
    exchange_rate: Maybe[Decimal] = UNSET
    home_total_amt: Maybe[Decimal] = UNSET
    delivery_info: Maybe[dict[str, object]] = UNSET


class EstimateBody(DocumentBody):
    """An estimate."""

    txn_status: Maybe[Literal["Pending", "Accepted", "Closed", "Rejected"]] = UNSET
    expiration_date: Maybe[date] = UNSET
    accepted_by: Maybe[_UpTo100] = UNSET
    accepted_date: Maybe[date] = UNSET


class InvoiceBody(DocumentBody):
    """An invoice."""

    allow_ipn_payment: Maybe[bool] = msgspec.field(name="AllowIPNPayment", default=UNSET)
    allow_online_payment: Maybe[bool] = UNSET
    allow_online_credit_card_payment: Maybe[bool] = UNSET
    allow_online_ach_payment: Maybe[bool] = msgspec.field(name="AllowOnlineACHPayment", default=UNSET)
    # Told by the service:
    balance: Maybe[Decimal] = UNSET


class ListBody(_Entity):
    """What a customer and an item share."""

    active: Maybe[bool] = UNSET
    parent_ref: Maybe[RefBody] = UNSET
    taxable: Maybe[bool] = UNSET
    # Told by the service:
    fully_qualified_name: Maybe[str] = UNSET
    level: Maybe[int] = UNSET


class CustomerBody(ListBody):
    """A customer."""

    display_name: Maybe[_UpTo500] = UNSET
    title: Maybe[_UpTo15] = UNSET
    given_name: Maybe[_UpTo100] = UNSET
    middle_name: Maybe[_UpTo100] = UNSET
    family_name: Maybe[_UpTo100] = UNSET
    suffix: Maybe[_UpTo15] = UNSET
    company_name: Maybe[_UpTo100] = UNSET
    print_on_check_name: Maybe[_UpTo100] = UNSET
    notes: Maybe[_UpTo4000] = UNSET
    resale_num: Maybe[_UpTo15] = UNSET
    primary_phone: Maybe[PhoneBody] = UNSET
    alternate_phone: Maybe[PhoneBody] = UNSET
    mobile: Maybe[PhoneBody] = UNSET
    fax: Maybe[PhoneBody] = UNSET
    primary_email_addr: Maybe[EmailBody] = UNSET
    web_addr: Maybe[WebBody] = UNSET
    bill_addr: Maybe[AddressBody] = UNSET
    ship_addr: Maybe[AddressBody] = UNSET
    currency_ref: Maybe[RefBody] = UNSET
    default_tax_code_ref: Maybe[RefBody] = UNSET
    preferred_delivery_method: Maybe[Literal["Print", "Email", "None"]] = UNSET
    job: Maybe[bool] = UNSET
    bill_with_parent: Maybe[bool] = UNSET
    # Told by the service:
    balance: Maybe[Decimal] = UNSET
    balance_with_jobs: Maybe[Decimal] = UNSET


class ItemBody(ListBody):
    """A product or service."""

    name: Maybe[_UpTo100] = UNSET
    sku: Maybe[_UpTo100] = UNSET
    description: Maybe[_UpTo4000] = UNSET
    type: Maybe[Literal["Service", "NonInventory", "Inventory"]] = UNSET
    unit_price: Maybe[Decimal] = UNSET
    income_account_ref: Maybe[RefBody] = UNSET
    expense_account_ref: Maybe[RefBody] = UNSET
    purchase_desc: Maybe[_UpTo1000] = UNSET
    purchase_cost: Maybe[Decimal] = UNSET
    sub_item: Maybe[bool] = UNSET
    # Told by the service:
    track_qty_on_hand: Maybe[bool] = UNSET


class BatchItemBody(Struct, rename="pascal", forbid_unknown_fields=True, kw_only=True):
    """One item of a batch."""

    b_id: str | UnsetType = msgspec.field(name="bId", default=UNSET)
    operation: Literal["create", "update", "delete"] | UnsetType = msgspec.field(name="operation", default=UNSET)
    options_data: Maybe[str] = msgspec.field(name="optionsData", default=UNSET)
    query: str | UnsetType = UNSET
    estimate: Raw | UnsetType = UNSET
    invoice: Raw | UnsetType = UNSET
    customer: Raw | UnsetType = UNSET
    item: Raw | UnsetType = UNSET


class BatchBody(Struct, rename="pascal", forbid_unknown_fields=True, kw_only=True):
    """A batch."""

    batch_item_request: list[BatchItemBody] | UnsetType = UNSET
