"""The first step of a run: which company this is, and what is switched on there. No I/O."""

from datetime import date, timedelta
from typing import Final, TypeVar

import msgspec

from app.books.port import Again, Ask, Ledger
from app.books.quickbooks_online import wire
from app.books.quickbooks_online.call import call_text
from app.books.quickbooks_online.replies import opened, unreadable
from app.books.quickbooks_online.wire import CompanyInfo, Preferences, UnreadableAnswer
from app.books.run.accounting_system import Asking
from app.domain.currencies import home_currency
from app.domain.facts import ListsKnown, OnlineCompany
from app.domain.reasons import ReasonCode
from app.domain.retrying import is_recent

T = TypeVar("T")

FRESH_FOR: Final = timedelta(minutes=10)
"""How long what is known of the company is good for; reads are counted and cost money above a limit."""


def introduce(ledger: Ledger, realm_id: str) -> Asking[OnlineCompany]:
    """Learn which company this is, and what is switched on there.

    Raises:
        StopRun: If it cannot be asked.
    """
    known, now = ledger.known(OnlineCompany), ledger.now()
    if known is not None and known.realm_id == realm_id and is_recent(known.seen_at, FRESH_FOR, now):
        return known
    info = yield from _asked(f"/companyinfo/{realm_id}", "CompanyInfo", CompanyInfo)
    preferences = yield from _asked("/preferences", "Preferences", Preferences)
    company = OnlineCompany(
        realm_id=realm_id,
        name=info.company_name,
        country=info.country or "US",
        seen_at=now,
        closing_date=_day(preferences.accounting_info_prefs.book_close_date),
        is_multi_currency=preferences.currency_prefs.multi_currency_enabled,
        is_using_estimates=preferences.sales_forms_prefs.allow_estimates,
        keeps_our_numbers=preferences.sales_forms_prefs.custom_txn_numbers,
        home_currency=preferences.currency_prefs.home or home_currency(info.country or "US"),
    )
    if known is not None and known.realm_id != realm_id:
        ledger.forget(ListsKnown)
        ledger.doubt_everything("It is another company now: what it holds is compared with the record.")
    if known is not None and known.closing_date != company.closing_date:
        rows = ledger.failed_for([ReasonCode.CLOSED_PERIOD])
        ledger.record([Again(row.id, "The closing date was changed in QuickBooks.") for row in rows])
    ledger.learn(company)
    return company


def _asked(path: str, entity: str, kind: type[T]) -> Asking[T]:
    outside: dict[str, msgspec.Raw] = opened((yield Ask(call_text("GET", path), 0)))
    try:
        return wire.read(outside[entity], kind)
    except (UnreadableAnswer, KeyError) as exc:
        raise unreadable(str(exc)) from exc


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
