"""The first step of a run: who answered, is it the right company file, and can it hold our documents. No I/O."""

from pathlib import PureWindowsPath

from app.books.port import Again, Ask, Ledger
from app.books.quickbooks_desktop.faults import connection_reason, unreadable_reason
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.books.run.accounting_system import Asking, StopRun
from app.domain.facts import CompanyFile, ListsKnown, QbxmlCeiling
from app.domain.reasons import Reason, ReasonCode


def introduce(
    ledger: Ledger, owner_id: str, file_id: str, wanted_file: str, introduction: str, path: str
) -> Asking[tuple[CompanyFile, str]]:
    """Learn who answered, and refuse another company file before anything is written.

    Args:
        ledger: The connection's ledger.
        owner_id: Our OwnerID.
        file_id: The FileID the company file must be stamped with, if it is stamped.
        wanted_file: The path the settings name; empty for whichever is open.
        introduction: Host, company and preferences as the Web Connector delivers them with its first request for
            work; empty if it brought none, then they are asked for.
        path: The path of the open company file as the Web Connector tells it.

    Returns:
        The company file, and the qbXML version to write in.

    Raises:
        StopRun: If it is another company file, or nobody introduces himself.
    """
    company = _read(introduction, path, owner_id)
    if company is None:
        text = requests.message_set(requests.introduction(owner_id), responses.FALLBACK)
        answer = yield Ask(text, 0)
        if answer.fault:
            raise StopRun(connection_reason(answer.fault, answer.message, path), is_transient=True)
        try:
            company = responses.company_file(responses.parse(answer.text), path, owner_id)
        except responses.UnreadableAnswer as exc:
            raise StopRun(unreadable_reason(str(exc)), is_transient=True) from exc
    if company is None:
        raise StopRun(connection_reason("", "no host and company in the answer", path), is_transient=True)
    known = ledger.known(CompanyFile)
    _refuse_another_file(company, known, file_id, wanted_file)
    if known is not None and not _same_path(known.path, company.path):
        ledger.forget(ListsKnown)
        ledger.doubt_everything(
            f"The company file is now {company.path}, it was {known.path}: what it holds is compared with the record."
        )
    if known is not None and known.closing_date != company.closing_date:
        rows = ledger.failed_for([ReasonCode.CLOSED_PERIOD])
        ledger.record([Again(row.id, "The closing date was changed in QuickBooks.") for row in rows])
    if known is not None and _edition(known) != _edition(company):
        # What another version of QuickBooks refused says nothing about this one.
        ledger.forget(QbxmlCeiling)
    if known != company:
        ledger.learn(company)
    return company, _version(company, ledger.known(QbxmlCeiling))


def _read(text: str, path: str, owner_id: str) -> CompanyFile | None:
    if not text.strip():
        return None
    try:
        return responses.company_file(responses.parse(text), path, owner_id)
    except responses.UnreadableAnswer:
        return None


def _refuse_another_file(company: CompanyFile, known: CompanyFile | None, file_id: str, wanted: str) -> None:
    found = company.path or company.name
    if wanted and company.path and not _same_path(wanted, company.path):
        raise _wrong_file(found, wanted)
    if company.file_id is not None and company.file_id.casefold() != file_id.casefold():
        raise _wrong_file(found, known.path if known else "the company file it was set up with")
    # Without a stamp nothing proves that a file at another place is the same; a person can name it in the settings.
    is_unproved = company.file_id is None and not wanted
    if is_unproved and known is not None and not _same_path(known.path, company.path):
        raise _wrong_file(found, known.path)


def _edition(company: CompanyFile) -> tuple[str, str, str]:
    return company.product, company.version, company.qbxml


def _wrong_file(found: str, expected: str) -> StopRun:
    facts = {"found": found, "expected": expected}
    return StopRun(Reason(ReasonCode.WRONG_COMPANY_FILE, facts), is_transient=True)


def _same_path(one: str, other: str) -> bool:
    # Windows paths compare without case, and with either slash.
    return PureWindowsPath(one) == PureWindowsPath(other)


def _version(company: CompanyFile, ceiling: QbxmlCeiling | None) -> str:
    if ceiling is None or _number(company.qbxml) < _number(ceiling.version):
        return company.qbxml
    return ceiling.version


def _number(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor or 0)
