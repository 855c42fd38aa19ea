"""qbXML answers as objects: tolerant reading by element name, unknown elements ignored. No I/O.

Source: Intuit's qbXML 13.0 schema; a real QuickBooks sends values and elements the schema does not know, so nothing
but the few required fields is relied on.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from app.domain import xml_text
from app.domain.books_document import BooksDocument, BooksLine, BooksStray
from app.domain.books_names import BooksName, NameKind
from app.domain.currencies import home_currency
from app.domain.facts import CompanyFile
from app.domain.money import MAX_AMOUNT, ZERO, to_cents
from app.domain.sales_order import DocumentKind
from app.domain.values import Struct

HIGHEST: Final = (13, 0)
"""The highest qbXML version our messages are written for."""

FALLBACK: Final = "6.0"
"""What our messages need at least; taken where QuickBooks names no version it supports."""

_VERSION_PART: Final = re.compile(r"[0-9]{1,4}")
"""Python refuses to read a number of thousands of digits."""

_USABLE_ITEMS: Final = frozenset(
    {"ItemServiceRet", "ItemNonInventoryRet", "ItemOtherChargeRet", "ItemInventoryRet", "ItemInventoryAssemblyRet"}
)
"""Items that can stand on an order's line with a quantity; discounts, taxes, subtotals and groups cannot."""

_KINDS: Final = {
    "SalesOrderRet": DocumentKind.SALES_ORDER,
    "EstimateRet": DocumentKind.ESTIMATE,
    "InvoiceRet": DocumentKind.INVOICE,
}

_HOME_CURRENCY: Final = "MultiCurrencyPreferences/HomeCurrencyRef/FullName"

_PARSER: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True, recover=False
)


class UnreadableAnswer(Exception):
    """The text is not a qbXML answer."""


class Response(Struct, frozen=True):
    """The answer to one request."""

    name: str
    """The element's name, such as ``SalesOrderAddRs``."""
    request_id: str
    status: int
    severity: str
    message: str
    element: etree._Element
    iterator_id: str | None = None
    remaining: int = 0

    @property
    def raw(self) -> str:
        """What QuickBooks said, word for word."""
        return f"{self.status} {self.message}".strip()


class MessageSetAnswer(Struct, frozen=True):
    """The answer to a message set."""

    status: int
    """``messageSetStatusCode``; 0 where it is absent."""
    responses: tuple[Response, ...]

    def get(self, request_id: str) -> Response | None:
        """Find the answer to a request by its id."""
        return next((response for response in self.responses if response.request_id == request_id), None)


class Recovered(Struct, frozen=True):
    """What QuickBooks remembers of a record it wrote, in place of the record (ErrorRecovery, since 11.0)."""

    txn_id: str
    edit_sequence: str | None


def parse(text: str) -> MessageSetAnswer:
    """Read an answer.

    Raises:
        UnreadableAnswer: If it is not qbXML, or has a document type definition.
    """
    # A declaration may name an encoding the text no longer has.
    body = (text.partition("?>")[2] if text.lstrip().startswith("<?xml") else text).strip()
    try:
        root = _tree(body)
    except (etree.XMLSyntaxError, ValueError):
        # A character that XML forbids, pasted into any name or memo in QuickBooks, must not stop everything else.
        try:
            root = _tree(xml_text.mended(body))
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise UnreadableAnswer(f"not XML: {exc}") from exc
    if root.getroottree().docinfo.doctype:
        raise UnreadableAnswer("a document type definition is not allowed")
    answer = root if root.tag == "QBXMLMsgsRs" else root.find("QBXMLMsgsRs")
    if answer is None:
        raise UnreadableAnswer("no QBXMLMsgsRs")
    responses = tuple(_response(child) for child in answer if isinstance(child.tag, str))
    return MessageSetAnswer(_number(answer.get("messageSetStatusCode")), responses)


def documents(response: Response) -> Iterator[BooksDocument]:
    """Read the sales orders, estimates or invoices of an answer, those with their key fields."""
    for name in _KINDS:
        for element in response.element.findall(name):
            document = _document(element, name)
            if document is not None:
                yield document


def written(response: Response) -> Recovered | None:
    """Read the TxnID and EditSequence of a record that was written, from the record or from its ErrorRecovery."""
    for element in response.element.iter("SalesOrderRet", "EstimateRet", "InvoiceRet", "ErrorRecovery"):
        txn_id = _get(element, "TxnID")
        if txn_id:
            return Recovered(txn_id, _get(element, "EditSequence"))
    return None


def strays(response: Response) -> list[BooksStray]:
    """Read what a list of documents says of each."""
    return [
        BooksStray(
            kind,
            txn_id,
            _get(element, "EditSequence") or "",
            _get(element, "RefNumber"),
            _get(element, "CustomerRef/FullName") or "",
            _get(element, "Memo") or "",
        )
        for name, kind in _KINDS.items()
        for element in response.element.findall(name)
        if (txn_id := _get(element, "TxnID"))
    ]


def deleted(response: Response) -> frozenset[str]:
    """Read the TxnIDs of documents that were deleted."""
    found = (_get(element, "TxnID") for element in response.element.findall("TxnDeletedRet"))
    return frozenset(txn_id for txn_id in found if txn_id)


def customers(response: Response) -> list[BooksName]:
    """Read customers."""
    return [
        BooksName(
            NameKind.CUSTOMER,
            list_id,
            name,
            _flag(element, "IsActive", default=True),
            _get(element, "CurrencyRef/FullName"),
        )
        for element in response.element.findall("CustomerRet")
        if (list_id := _get(element, "ListID")) and (name := _get(element, "FullName") or _get(element, "Name"))
    ]


def items(response: Response) -> list[BooksName]:
    """Read the items that can stand on an order's line."""
    return [
        BooksName(NameKind.ITEM, list_id, name, _flag(element, "IsActive", default=True))
        for element in response.element
        if element.tag in _USABLE_ITEMS
        and (list_id := _get(element, "ListID"))
        and (name := _get(element, "FullName") or _get(element, "Name"))
    ]


def account_names(response: Response) -> list[str]:
    """Read the full names of accounts."""
    return [name for element in response.element.findall("AccountRet") if (name := _get(element, "FullName"))]


def company_file(answer: MessageSetAnswer, path: str, owner_id: str) -> CompanyFile | None:
    """Read who QuickBooks and the company file are from host, company and preferences.

    Args:
        answer: The answers to the three queries, in any order; preferences may be missing.
        path: The company file's path as the Web Connector told it.
        owner_id: Our OwnerID: the FileID stands under it.

    Returns:
        None where host or company are missing.
    """
    elements = {child.tag: child for response in answer.responses for child in response.element}
    host, company, preferences = (elements.get(tag) for tag in ("HostRet", "CompanyRet", "PreferencesRet"))
    if host is None or company is None:
        return None
    closing = None if preferences is None else _get(preferences, "AccountingPreferences/ClosingDate")
    return CompanyFile(
        path=path,
        name=_get(company, "CompanyName") or "",
        product=_get(host, "ProductName") or "QuickBooks",
        country=_get(host, "Country") or "US",
        qbxml=_version([element.text or "" for element in host.findall("SupportedQBXMLVersion")]),
        file_id=_file_id(company, owner_id),
        closing_date=_date(closing),
        is_multi_currency=preferences is not None
        and _flag(preferences, "MultiCurrencyPreferences/IsMultiCurrencyOn", default=False),
        is_using_estimates=preferences is None
        or _flag(preferences, "JobsAndEstimatesPreferences/IsUsingEstimates", default=True),
        # A file that knows one currency does not name it.
        home_currency=(None if preferences is None else _get(preferences, _HOME_CURRENCY))
        or home_currency(_get(host, "Country") or "US"),
        version=".".join(part for name in ("MajorVersion", "MinorVersion") if (part := _get(host, name))),
    )


def lower_version(version: str) -> str | None:
    """Give the version to step down to when QuickBooks refuses one it should know; None below what we need."""
    major = int(version.partition(".")[0])
    steps = [step for step in (11, 8, 6) if step < major]
    return f"{steps[0]}.0" if steps else None


def _tree(body: str) -> etree._Element:
    return etree.fromstring(body.encode("utf-8"), _PARSER)


def _response(element: etree._Element) -> Response:
    return Response(
        name=str(element.tag),
        request_id=element.get("requestID") or "",
        # An answer without a status says nothing about success: it counts as an error of an unknown kind.
        status=_number(element.get("statusCode"), missing=-1),
        severity=element.get("statusSeverity") or "",
        message=element.get("statusMessage") or "",
        element=element,
        iterator_id=element.get("iteratorID"),
        remaining=_number(element.get("iteratorRemainingCount")),
    )


def _document(element: etree._Element, name: str) -> BooksDocument | None:
    texts = _texts(element)
    txn_id, edit_sequence = texts.get("TxnID"), texts.get("EditSequence")
    when = _date(texts.get("TxnDate"))
    if not txn_id or not edit_sequence or when is None:
        return None
    kind = name.removesuffix("Ret")
    line, group = f"{kind}LineRet", f"{kind}LineGroupRet"
    lines = tuple([_line(child, is_group=child.tag == group) for child in element.iterchildren(line, group)])
    subtotal = _decimal(texts.get("Subtotal"))
    links = [_get(link, "TxnType") for link in element.iterchildren("LinkedTxn")]
    created = texts.get("TimeCreated")
    return BooksDocument(
        txn_id=txn_id,
        edit_sequence=edit_sequence,
        ref_number=texts.get("RefNumber"),
        customer=texts.get("CustomerRef/FullName") or "",
        date=when,
        memo=texts.get("Memo") or "",
        subtotal=to_cents(subtotal) if subtotal is not None else sum((line.amount for line in lines), ZERO),
        lines=lines,
        is_invoiced=_is_true(texts.get("IsFullyInvoiced"), default=False)
        # An estimate or order that became an invoice; an invoice that was paid or credited.
        or any(link in {"Invoice", "ReceivePayment", "CreditMemo"} for link in links)
        or any(line.is_invoiced for line in lines),
        is_closed=_is_true(texts.get("IsManuallyClosed"), default=False)
        or (kind == "Estimate" and not _is_true(texts.get("IsActive"), default=True)),
        customer_id=texts.get("CustomerRef/ListID"),
        is_untouched=created is not None and created == texts.get("TimeModified"),
    )


def _line(element: etree._Element, *, is_group: bool) -> BooksLine:
    texts = _texts(element)
    amount = _decimal(texts.get("TotalAmount" if is_group else "Amount"))
    invoiced = _decimal(texts.get("Invoiced"))
    return BooksLine(
        line_id=texts.get("TxnLineID") or "",
        item=texts.get("ItemGroupRef/FullName" if is_group else "ItemRef/FullName"),
        description=texts.get("Desc") or "",
        quantity=_decimal(texts.get("Quantity")),
        rate=_decimal(texts.get("Rate")),
        amount=to_cents(amount) if amount is not None else ZERO,
        charge_id=texts.get("Other1"),
        is_invoiced=invoiced is not None and invoiced != 0,
        is_group=is_group,
    )


def _version(supported: list[str]) -> str:
    """Choose the numerically highest supported version up to `HIGHEST`; ``CA`` and ``UK`` marks do not count."""
    known: list[tuple[int, int]] = []
    for text in supported:
        major, _, minor = text.strip().removeprefix("CA").removeprefix("UK").removeprefix("AU").partition(".")
        if _VERSION_PART.fullmatch(major) and _VERSION_PART.fullmatch(minor or "0"):
            known.append((int(major), int(minor or 0)))
    usable = [version for version in known if version <= HIGHEST]
    return "{}.{}".format(*max(usable)) if usable else FALLBACK


def _file_id(company: etree._Element, owner_id: str) -> str | None:
    for extension in company.findall("DataExtRet"):
        same_owner = (_get(extension, "OwnerID") or "").casefold() == owner_id.casefold()
        if same_owner and _get(extension, "DataExtName") == "FileID":
            return _get(extension, "DataExtValue")
    return None


_NAMED: Final = frozenset({"CustomerRef", "ItemRef", "ItemGroupRef"})
"""What stands for an entry of a list: its id and its name are read with what it is part of."""


def _texts(element: etree._Element) -> dict[str, str]:
    """Give the texts of an element's children by their names, empty ones left out; of several with one name the first.

    A set of a hundred orders has ten thousand of them: looking for each by itself costs many times more.
    """
    texts: dict[str, str] = {}
    for child in element.iterchildren("*", reversed=True):
        name = str(child.tag)
        if name in _NAMED:
            texts |= {f"{name}/{part}": text for part, text in _texts(child).items()}
        elif text := _stripped(child.text):
            texts[name] = text
        else:
            texts.pop(name, None)
    return texts


def _get(element: etree._Element, path: str) -> str | None:
    return _stripped(element.findtext(path))


def _stripped(text: str | None) -> str | None:
    stripped = text.strip() if text else ""
    return stripped or None


def _flag(element: etree._Element, path: str, *, default: bool) -> bool:
    return _is_true(_get(element, path), default=default)


def _is_true(text: str | None, *, default: bool) -> bool:
    return default if text is None else text.casefold() in {"true", "1"}


def _number(text: str | None, missing: int = 0) -> int:
    try:
        return int(text) if text else missing
    except ValueError:
        return missing


def _decimal(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number) <= MAX_AMOUNT else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
