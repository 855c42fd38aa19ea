"""What the service writes about its objects.

Keys and their absence follow the recorded answers: LinkedTxn is empty on an invoice without links and missing on such
an estimate, a custom field without a value has only name and type, a document ends with a subtotal line without id.
"""

from __future__ import annotations

from decimal import Decimal

from app.practice.quickbooks_online.company import CURRENCIES, OnlineCompany
from app.practice.quickbooks_online.json_text import Json
from app.practice.quickbooks_online.records import Document, DocumentKind, Line, ListKind, ListRecord, Record
from app.practice.quickbooks_online.stamps import stamp

_ESTIMATE_LINKS = "Invoice"


def show(company: OnlineCompany, record: Record) -> dict[str, Json]:
    """Write an object."""
    if isinstance(record, Document):
        return show_document(company, record)
    if isinstance(record, ListRecord):
        return {
            ListKind.CUSTOMER: show_customer,
            ListKind.ITEM: show_item,
            ListKind.ACCOUNT: show_account,
        }[record.kind](company, record)
    raise TypeError(f"{type(record)} is not shown")


def show_document(company: OnlineCompany, document: Document) -> dict[str, Json]:
    """Write an estimate or an invoice."""
    fields = document.fields
    customer = company.find_list(ListKind.CUSTOMER, document.customer_id)
    is_invoice = document.kind is DocumentKind.INVOICE
    links: Json = [{"TxnId": link.txn_id, "TxnType": link.txn_type} for link in document.links]
    shown: dict[str, Json] = {}
    if is_invoice:
        for name in ("AllowIPNPayment", "AllowOnlinePayment", "AllowOnlineCreditCardPayment", "AllowOnlineACHPayment"):
            shown[name] = fields.get(name, False)
    shown |= _head(document)
    shown["CustomField"] = _custom_fields(company, document)
    if document.doc_number is not None:
        shown["DocNumber"] = document.doc_number
    shown["TxnDate"] = document.txn_date.isoformat()
    shown["CurrencyRef"] = currency_ref(document.currency)
    if company.preferences.multi_currency:
        shown["ExchangeRate"] = 1
        shown["HomeTotalAmt"] = amount(document.total)
    if document.private_note is not None:
        shown["PrivateNote"] = document.private_note
    if not is_invoice:
        shown["TxnStatus"] = document.status
    if is_invoice or document.links:
        shown["LinkedTxn"] = links
    shown["Line"] = [
        *(_line(company, number, line) for number, line in enumerate(document.lines, 1)),
        {"Amount": amount(document.subtotal), "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}},
    ]
    shown["TxnTaxDetail"] = _tax(document)
    shown["CustomerRef"] = {"value": document.customer_id, "name": "" if customer is None else customer.name}
    for name in ("BillAddr", "ShipAddr"):
        address = fields.get(name) or (customer.fields.get(name) if customer is not None else None)
        if address is not None:
            shown[name] = address
    if document.due_date is not None:
        shown["DueDate"] = document.due_date.isoformat()
    shown["TotalAmt"] = amount(document.total)
    shown["ApplyTaxAfterDiscount"] = fields.get("ApplyTaxAfterDiscount", False)
    shown["PrintStatus"] = fields.get("PrintStatus", "NeedToPrint")
    shown["EmailStatus"] = fields.get("EmailStatus", "NotSet")
    if is_invoice:
        shown["Balance"] = amount(document.balance)
    return shown | {name: value for name, value in fields.items() if name not in shown}


def show_customer(company: OnlineCompany, record: ListRecord) -> dict[str, Json]:
    """Write a customer."""
    balance = company.balance_of(record.id)
    jobs = (each for each in company.all_lists(ListKind.CUSTOMER) if each.parent_id == record.id)
    shown: dict[str, Json] = {
        "Taxable": True,
        "Job": False,
        "BillWithParent": False,
        "Balance": amount(balance),
        "BalanceWithJobs": amount(balance + sum((company.balance_of(job.id) for job in jobs), Decimal(0))),
        "PreferredDeliveryMethod": "Print",
        "PrintOnCheckName": record.name,
        **_head(record),
        "FullyQualifiedName": company.full_name(record),
        "DisplayName": record.name,
        "Active": record.is_active,
        **_parent(record),
        **record.fields,
    }
    shown["CurrencyRef"] = currency_ref(currency_of(company, record))
    return shown


def show_item(company: OnlineCompany, record: ListRecord) -> dict[str, Json]:
    """Write a product or service."""
    shown: dict[str, Json] = {
        **_head(record),
        "Name": record.name,
        "Active": record.is_active,
        "FullyQualifiedName": company.full_name(record),
        "Taxable": False,
        "UnitPrice": 0,
        "PurchaseCost": 0,
        "TrackQtyOnHand": False,
        **_parent(record),
        **record.fields,
    }
    account = record.fields.get("IncomeAccountRef")
    if isinstance(account, dict):
        held = company.find_list(ListKind.ACCOUNT, str(account["value"]))
        shown["IncomeAccountRef"] = {"value": account["value"], "name": "" if held is None else held.name}
    return shown


def show_account(company: OnlineCompany, record: ListRecord) -> dict[str, Json]:
    """Write an account."""
    return {
        **_head(record),
        "Name": record.name,
        "SubAccount": record.parent_id is not None,
        "FullyQualifiedName": company.full_name(record),
        "Active": record.is_active,
        "CurrentBalance": 0,
        "CurrentBalanceWithSubAccounts": 0,
        "CurrencyRef": currency_ref(company.preferences.home_currency),
        **record.fields,
    }


def show_company(company: OnlineCompany) -> dict[str, Json]:
    """Write what the company tells about itself."""
    return {
        "CompanyName": company.name,
        "LegalName": company.name,
        "Country": "US",
        "FiscalYearStartMonth": "January",
        "SupportedLanguages": "en",
        "domain": "QBO",
        "sparse": False,
        "Id": "1",
        "SyncToken": "0",
        "MetaData": {"CreateTime": stamp(company.created), "LastUpdatedTime": stamp(company.created)},
    }


def show_preferences(company: OnlineCompany) -> dict[str, Json]:
    """Write the company's settings; recorded: no BookCloseDate while the books are open."""
    settings = company.preferences
    accounting: dict[str, Json] = {
        "UseAccountNumbers": False,
        "TrackDepartments": False,
        "ClassTrackingPerTxn": False,
        "ClassTrackingPerTxnLine": False,
        "FirstMonthOfFiscalYear": "January",
        "TaxYearMonth": "January",
        "CustomerTerminology": "Customers",
    }
    if settings.book_close_date is not None:
        accounting["BookCloseDate"] = settings.book_close_date.isoformat()
    names = settings.custom_fields
    uses: list[Json] = [
        {"Name": f"SalesFormsPrefs.UseSalesCustom{n}", "Type": "BooleanType", "BooleanValue": n <= len(names)}
        for n in (1, 2, 3)
    ]
    called: list[Json] = [
        {"Name": f"SalesFormsPrefs.SalesCustomName{n}", "Type": "StringType", "StringValue": name}
        for n, name in enumerate(names, 1)
    ]
    custom: list[Json] = [{"CustomField": uses}]
    if called:
        custom.append({"CustomField": called})
    return {
        "AccountingInfoPrefs": accounting,
        "SalesFormsPrefs": {
            "CustomField": custom,
            "CustomTxnNumbers": settings.custom_numbers,
            "AllowDeposit": False,
            "AllowDiscount": False,
            "AllowEstimates": settings.allow_estimates,
            "AllowServiceDate": True,
            "AllowShipping": False,
            "AutoApplyCredit": False,
            "AutoApplyPayments": False,
        },
        "CurrencyPrefs": {
            "MultiCurrencyEnabled": settings.multi_currency,
            "HomeCurrency": {"value": settings.home_currency},
        },
        "TaxPrefs": {"UsingSalesTax": settings.tax_percent is not None, "PartnerTaxEnabled": False},
        "domain": "QBO",
        "sparse": False,
        "Id": "1",
        "SyncToken": str(company.preferences_token),
        "MetaData": {"CreateTime": stamp(company.created), "LastUpdatedTime": stamp(company.changed)},
    }


def currency_ref(code: str) -> Json:
    """Write a reference to a currency."""
    return {"value": code, "name": CURRENCIES.get(code, code)}


def currency_of(company: OnlineCompany, customer: ListRecord) -> str:
    """Tell which currency a customer is billed in."""
    own = customer.fields.get("CurrencyRef")
    return str(own["value"]) if isinstance(own, dict) else company.preferences.home_currency


def amount(value: Decimal) -> Json:
    """Write an amount: with two decimals, but a bare 0, as recorded."""
    return value if value else 0


def _head(record: Record) -> dict[str, Json]:
    return {
        "domain": "QBO",
        "sparse": False,
        "Id": record.id,
        "SyncToken": str(record.sync_token),
        "MetaData": {"CreateTime": stamp(record.created), "LastUpdatedTime": stamp(record.modified)},
    }


def _parent(record: ListRecord) -> dict[str, Json]:
    return {} if record.parent_id is None else {"ParentRef": {"value": record.parent_id}, "Level": 1}


def _custom_fields(company: OnlineCompany, document: Document) -> Json:
    sent = document.fields.get("CustomField")
    values = (
        {str(each["DefinitionId"]): each.get("StringValue") for each in sent if isinstance(each, dict)}
        if (isinstance(sent, list))
        else {}
    )
    shown: list[Json] = []
    for number, name in enumerate(company.preferences.custom_fields, 1):
        entry: dict[str, Json] = {"DefinitionId": str(number), "Name": name, "Type": "StringType"}
        if values.get(str(number)):
            entry["StringValue"] = values[str(number)]
        shown.append(entry)
    return shown


def _line(company: OnlineCompany, number: int, line: Line) -> Json:
    shown: dict[str, Json] = {"Id": line.id, "LineNum": number}
    if line.description is not None:
        shown["Description"] = line.description
    if line.amount is None:
        return shown | {"DetailType": "DescriptionOnly", "DescriptionLineDetail": {}}
    item = company.find_list(ListKind.ITEM, line.item_id or "")
    detail: dict[str, Json] = {"ItemRef": {"value": line.item_id, "name": "" if item is None else item.name}}
    if line.service_date is not None:
        detail["ServiceDate"] = line.service_date.isoformat()
    if line.unit_price is not None:
        detail["UnitPrice"] = line.unit_price
    if line.quantity is not None:
        detail["Qty"] = line.quantity
    detail["TaxCodeRef"] = {"value": line.tax_code}
    return shown | {"Amount": amount(line.amount), "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}


def _tax(document: Document) -> Json:
    if not document.taxable:
        return {"TotalTax": 0}
    return {
        "TxnTaxCodeRef": {"value": "2"},
        "TotalTax": document.tax,
        "TaxLine": [
            {
                "Amount": document.tax,
                "DetailType": "TaxLineDetail",
                "TaxLineDetail": {
                    "TaxRateRef": {"value": "3"},
                    "PercentBased": True,
                    "TaxPercent": document.tax_percent,
                    "NetAmountTaxable": document.taxable,
                },
            }
        ],
    }
