"""What QuickBooks tells about itself: HostQuery, CompanyQuery and PreferencesQuery.

Rule: reads the file, changes nothing. Whether sales orders are enabled is in none of them, as in the real product.
"""

from __future__ import annotations

from lxml import etree

from app.practice.quickbooks.answers import Outcome, leaf, node, record
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_view import stored
from app.practice.quickbooks.records import ItemKind, ListKind, Ref
from app.practice.quickbooks.references import child_text
from app.practice.quickbooks.scalars import bool_text, to_bool

_MAJOR_VERSION = "34"
_LISTS = (
    "Account BillingRate Class CustomerMsg CustomerType Entity Item JobType PaymentMethod PayrollItem PriceLevel "
    "SalesRep SalesTaxCode ShipMethod Template Terms ToDo Vehicle VendorType"
)
_CAPACITY = "100000"


def _only(request: etree._Element) -> frozenset[str]:
    return frozenset(element.text or "" for element in request.iterfind("IncludeRetElement"))


def query_host(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a HostQuery."""
    fields = [
        ("ProductName", leaf("ProductName", company.product_name or company.edition.product_name)),
        ("MajorVersion", leaf("MajorVersion", _MAJOR_VERSION)),
        ("MinorVersion", leaf("MinorVersion", "0")),
        ("Country", leaf("Country", "US")),
        *(("SupportedQBXMLVersion", leaf("SupportedQBXMLVersion", text)) for text in company.supported_versions),
        ("IsAutomaticLogin", leaf("IsAutomaticLogin", "false")),
        ("QBFileMode", leaf("QBFileMode", company.file_mode.value)),
    ]
    lists = request.find("IncludeListMetaData")
    if lists is not None and to_bool(child_text(lists, "IncludeMaxCapacity") or ""):
        capacities = (node(f"{name}MetaData", leaf("MaxCapacity", _CAPACITY)) for name in _LISTS.split())
        fields.append(("ListMetaData", node("ListMetaData", *capacities)))
    return Outcome(body=record("HostRet", fields, _only(request)))


def query_company(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a CompanyQuery; data extensions are shown for the OwnerIDs asked for."""
    owners = [element.text or "" for element in request.iterfind("OwnerID")]
    extensions = [
        (
            "DataExtRet",
            node(
                "DataExtRet",
                leaf("OwnerID", owner),
                leaf("DataExtName", name),
                leaf("DataExtType", "STR255TYPE"),
                leaf("DataExtValue", value),
            ),
        )
        for owner in owners
        for name, value in company.stamps.get(owner.casefold(), {}).items()
    ]
    fields = [
        ("IsSampleCompany", leaf("IsSampleCompany", "false")),
        ("CompanyName", leaf("CompanyName", company.name)),
        ("LegalCompanyName", leaf("LegalCompanyName", company.name)),
        ("FirstMonthFiscalYear", leaf("FirstMonthFiscalYear", "January")),
        ("FirstMonthIncomeTaxYear", leaf("FirstMonthIncomeTaxYear", "January")),
        ("CompanyType", leaf("CompanyType", "Other")),
        ("SubscribedServices", "<SubscribedServices />"),
        ("AccountantCopy", node("AccountantCopy", leaf("AccountantCopyExists", "false"))),
        *extensions,
    ]
    return Outcome(body=record("CompanyRet", fields, _only(request)))


def query_preferences(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a PreferencesQuery; SalesTaxPreferences is absent while sales tax is off."""
    closing = leaf("ClosingDate", company.closing_date.isoformat()) if company.closing_date is not None else ""
    currency = company.register.named(ListKind.CURRENCY, company.home_currency)
    home = stored(company, "HomeCurrencyRef", None if currency is None else Ref(currency.list_id))
    fields = [
        (
            "AccountingPreferences",
            node(
                "AccountingPreferences",
                leaf("IsUsingAccountNumbers", "false"),
                leaf("IsRequiringAccounts", "true"),
                leaf("IsUsingClassTracking", bool_text(company.class_tracking)),
                leaf("IsUsingAuditTrail", "true"),
                leaf("IsAssigningJournalEntryNumbers", "true"),
                closing,
            ),
        ),
        (
            "FinanceChargePreferences",
            node(
                "FinanceChargePreferences",
                leaf("GracePeriod", "0"),
                leaf("IsAssessingForOverdueCharges", "false"),
                leaf("CalculateChargesFrom", "DueDate"),
                leaf("IsMarkedToBePrinted", "false"),
            ),
        ),
        (
            "JobsAndEstimatesPreferences",
            node(
                "JobsAndEstimatesPreferences",
                leaf("IsUsingEstimates", bool_text(company.estimates_enabled)),
                leaf("IsUsingProgressInvoicing", "false"),
                leaf("IsPrintingItemsWithZeroAmounts", "false"),
            ),
        ),
        (
            "MultiCurrencyPreferences",
            node(
                "MultiCurrencyPreferences",
                leaf("IsMultiCurrencyOn", bool_text(company.multi_currency)),
                home if company.multi_currency else "",
            ),
        ),
        (
            "PurchasesAndVendorsPreferences",
            node(
                "PurchasesAndVendorsPreferences",
                leaf("IsUsingInventory", "false"),
                leaf("DaysBillsAreDue", "30"),
                leaf("IsAutomaticallyUsingDiscounts", "false"),
            ),
        ),
        (
            "ReportsPreferences",
            node(
                "ReportsPreferences",
                leaf("AgingReportBasis", "AgeFromDueDate"),
                leaf("SummaryReportBasis", "Accrual"),
            ),
        ),
        (
            "SalesAndCustomersPreferences",
            node(
                "SalesAndCustomersPreferences",
                leaf("IsTrackingReimbursedExpensesAsIncome", "false"),
                leaf("IsAutoApplyingPayments", "true"),
                node("PriceLevels", leaf("IsUsingPriceLevels", "true"), leaf("IsRoundingSalesPriceUp", "false")),
            ),
        ),
        ("SalesTaxPreferences", _sales_tax(company)),
        (
            "CurrentAppAccessRights",
            node(
                "CurrentAppAccessRights",
                leaf("IsAutomaticLoginAllowed", "true"),
                leaf("AutomaticLoginUserName", "Admin"),
                leaf("IsPersonalDataAccessAllowed", "false"),
            ),
        ),
    ]
    return Outcome(body=record("PreferencesRet", fields, _only(request)))


def _sales_tax(company: CompanyFile) -> str:
    if not company.sales_tax:
        return ""
    register = company.register
    item = next((found for found in register.records(ListKind.ITEM) if found.subtype == ItemKind.SALES_TAX), None)
    codes = {found.name: Ref(found.list_id) for found in register.records(ListKind.SALES_TAX_CODE)}
    return node(
        "SalesTaxPreferences",
        stored(company, "DefaultItemSalesTaxRef", None if item is None else Ref(item.list_id)),
        leaf("PaySalesTax", "Monthly"),
        stored(company, "DefaultTaxableSalesTaxCodeRef", codes.get("Tax")),
        stored(company, "DefaultNonTaxableSalesTaxCodeRef", codes.get("Non")),
        leaf("IsUsingCustomerTaxCode", "true"),
    )
