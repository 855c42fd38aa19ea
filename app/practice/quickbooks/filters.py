"""The filters queries share: number and name matching, spans of time, trees of list records.

Rule: each turns an element of the request into a test; none changes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from lxml import etree

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.records import ListKind
from app.practice.quickbooks.references import child_text
from app.practice.quickbooks.scalars import to_date, to_moment

_MATCHERS: dict[str, Callable[[str, str], bool]] = {
    "StartsWith": str.startswith,
    "Contains": lambda text, part: part in text,
    "EndsWith": str.endswith,
}
_DECEMBER = 12


def text_test(parent: etree._Element, stem: str) -> Callable[[str], bool] | None:
    """Read a NameFilter or NameRangeFilter (or the RefNumber ones).

    Args:
        parent: The request.
        stem: `Name` or `RefNumber`.

    Returns:
        A test of a text, or None if there is no such filter.
    """
    found = parent.find(f"{stem}Filter")
    if found is not None:
        matches = _MATCHERS[child_text(found, "MatchCriterion") or "Contains"]
        wanted = (child_text(found, stem) or "").casefold()
        return lambda text: matches(text.casefold(), wanted)
    found = parent.find(f"{stem}RangeFilter")
    if found is None:
        return None
    low = (child_text(found, f"From{stem}") or "").casefold()
    high = (child_text(found, f"To{stem}") or "").casefold()
    if high and low > high:
        raise Refusal(3031, f'Invalid range: "From{stem}" is greater than "To{stem}".')
    return lambda text: low <= text.casefold() and (not high or text.casefold() <= high)


def moment_test(company: CompanyFile, parent: etree._Element | None, verb: str) -> Callable[[datetime], bool] | None:
    """Read a span of moments; both ends count.

    Args:
        company: The company file.
        parent: What holds `FromModifiedDate` and `ToModifiedDate`, if it is there.
        verb: `Modified` or `Deleted`.
    """
    if parent is None:
        return None
    zone = company.now().tzinfo
    low_text, high_text = child_text(parent, f"From{verb}Date"), child_text(parent, f"To{verb}Date")
    low = to_moment(low_text, late=False, zone=zone) if low_text else None
    high = to_moment(high_text, late=True, zone=zone) if high_text else None
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        raise Refusal(3030, "Invalid date range: From date is greater than To date.")

    def is_within(moment: datetime) -> bool:
        second = moment.replace(microsecond=0)
        return (low is None or second >= low) and (high is None or second <= high)

    return is_within


def date_test(company: CompanyFile, parent: etree._Element) -> Callable[[date], bool] | None:
    """Read a TxnDateRangeFilter."""
    found = parent.find("TxnDateRangeFilter")
    if found is None:
        return None
    macro = child_text(found, "DateMacro")
    if macro is not None:
        low, high = _macro_span(macro, company.now().date())
    else:
        low_text, high_text = child_text(found, "FromTxnDate"), child_text(found, "ToTxnDate")
        low = to_date(low_text) if low_text else date.min
        high = to_date(high_text) if high_text else date.max
    if low > high:
        raise Refusal(3030, "Invalid date range: From date is greater than To date.")
    return lambda day: low <= day <= high


def _macro_span(macro: str, today: date) -> tuple[date, date]:
    """Compute the span a DateMacro names; the fiscal year is the calendar year here."""
    if macro == "All":
        return date.min, date.max
    if macro in ("Today", "Yesterday"):
        day = today if macro == "Today" else today - timedelta(days=1)
        return day, day
    to_date_only = macro.endswith("ToDate")
    name = macro.removesuffix("ToDate").replace("Calendar", "").replace("Fiscal", "")
    if name == "NextFourWeeks":
        return today + timedelta(days=1), today + timedelta(weeks=4)
    step = {"This": 0, "Last": -1, "Next": 1}[name[:4]]
    first, last = _period(name[4:], today, step)
    if to_date_only:
        elapsed = today - _period(name[4:], today, 0)[0]
        last = min(last, first + elapsed)
    return first, last


def _period(unit: str, today: date, step: int) -> tuple[date, date]:
    if unit == "Week":
        # QuickBooks' week begins on Sunday.
        first = today - timedelta(days=(today.weekday() + 1) % 7) + timedelta(weeks=step)
        return first, first + timedelta(days=6)
    months = {"Month": 1, "Quarter": 3, "Year": 12}[unit]
    start = (today.year * 12 + today.month - 1) // months * months + step * months
    return _month(start), _month(start + months) - timedelta(days=1)


def _month(count: int) -> date:
    return date(count // _DECEMBER, count % _DECEMBER + 1, 1)


def tree_ids(
    company: CompanyFile, parent: etree._Element, name: str, *kinds: ListKind
) -> tuple[set[str], list[str]] | None:
    """Read a filter such as EntityFilter.

    Args:
        company: The company file.
        parent: The request.
        name: The filter's element.
        kinds: The lists its names are looked up in.

    Returns:
        The ids of the records meant and the names or ids that were not found; None if there is no such filter.
    """
    found = parent.find(name)
    if found is None:
        return None
    register = company.register
    ids: set[str] = set()
    missing: list[str] = []
    for element in found:
        text = element.text or ""
        by_id = str(element.tag).startswith("ListID")
        record = (
            register.record(text)
            if by_id
            else next((hit for kind in kinds if (hit := register.named(kind, text)) is not None), None)
        )
        if record is None:
            missing.append(text)
        elif str(element.tag).endswith("WithChildren"):
            below = register.records(record.kind)
            ids.update(other.list_id for other in below if register.is_within(other, record.list_id))
        else:
            ids.add(record.list_id)
    return ids, missing
