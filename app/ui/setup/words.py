"""Figures and sentences of this package, put together from `texts`. No widgets."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from app.books.quickbooks_desktop.web_connector.diagnosis_texts import words_of
from app.domain.facts import CompanyFile, Problem
from app.domain.faults import KnownFault
from app.domain.language import plural
from app.domain.reason_texts import explain
from app.ui.setup import texts
from app.ui.setup.checks import CauseFound, CedarFound
from app.ui.setup.dry_run import Total
from app.ui.setup.flow import Missing
from app.ui.window import figures

log = logging.getLogger(__name__)


def sentence_of(fault: Exception) -> str:
    """Say what happened: a known fault in its own words, anything else as what it is, a mistake of ours."""
    if isinstance(fault, KnownFault):
        return str(fault)
    log.error("setting up met an unexpected error", exc_info=fault)
    return texts.SOMETHING_WRONG


def found_in_cedar(found: CedarFound) -> str:
    """Say what Cedar answered."""
    if found.needs_columns:
        return texts.FOUND_COLUMNS_OPEN
    if found.charges == 0 or found.newest is None:
        return texts.FOUND_NONE.format(days=found.days)
    return plural(texts.FOUND, found.charges).format(newest=figures.long_day(found.newest.date()))


def still_missing(missing: Iterable[Missing]) -> str:
    """Say what has to be filled in."""
    what = [texts.MISSING[each] for each in missing if each in texts.MISSING]
    listed = ", ".join(what[:-1]) + texts.AND + what[-1] if len(what) > 1 else what[0]
    return texts.STILL_MISSING.format(what=listed)


def time_of(moment: datetime) -> str:
    """Write a time, with its day unless that is today."""
    return figures.moment(moment, datetime.now(UTC))


def company_of(company: CompanyFile) -> str:
    """Name a company file."""
    if not company.path or not company.name:
        return company.name or company.path
    return texts.COMPANY.format(name=company.name, path=company.path)


def cause_of(found: CauseFound) -> str:
    """Say what keeps the Web Connector from calling, how that is known, and what to do."""
    cause = words_of(found.diagnosis, found.application, time_of)
    return texts.CAUSE.format(title=cause.title, why=cause.why, fix=cause.fix)


def problem_of(problem: Problem) -> str:
    """Say what keeps QuickBooks from answering, and what to do."""
    explanation = explain(problem.reason)
    return texts.PROBLEM.format(title=explanation.title.rstrip("."), fix=explanation.fix)


def money_of(total: Total) -> str:
    """Write a total's money, each currency by itself."""
    return figures.sums(total.amounts) if total.amounts else texts.NO_MONEY


def invoices_of(total: Total) -> str:
    """Count invoices."""
    return plural(texts.INVOICES, total.count)


def charges_of(total: Total) -> str:
    """Count charges."""
    return plural(texts.CHARGES, total.count)
