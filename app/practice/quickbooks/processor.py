"""The request processor: sessions, message sets in, answers out.

Rule: text in, text out, or a `ProcessorFault`. One processor stands for one application; nothing it is asked may
reach the company file but through here.
"""

from __future__ import annotations

from lxml import etree

from app.practice.quickbooks.answers import Outcome, Recovery, document, error_recovery, response
from app.practice.quickbooks.company_file import CompanyFile, RememberedOutcome
from app.practice.quickbooks.faults import HResult, ProcessorFault, Refusal
from app.practice.quickbooks.handlers import HANDLERS
from app.practice.quickbooks.hooks import MishapKind
from app.practice.quickbooks.iterators import Iterators
from app.practice.quickbooks.message_sets import NOT_STORED, OK, decide, remember
from app.practice.quickbooks.reading import MessageSet, read_message_set
from app.practice.quickbooks.settings import FileMode

_LONGEST_REQUEST_ID = 50
_RECOVERY_SINCE = (11, 0)
_ABOUT_OURSELVES = (
    '<?xml version="1.0"?><?qbxml version="{version}"?><QBXML><QBXMLMsgsRq onError="continueOnError">'
    '<HostQueryRq requestID="0"/><CompanyQueryRq requestID="1"><OwnerID>{owner}</OwnerID></CompanyQueryRq>'
    '<PreferencesQueryRq requestID="2"/></QBXMLMsgsRq></QBXML>'
)

_Ran = tuple[str, str | None, Outcome]


class RequestProcessor:
    """An application's door to a company file."""

    def __init__(self, company: CompanyFile, app_name: str, owner_id: str) -> None:
        """Register an application.

        Args:
            company: The company file that is open.
            app_name: The application's name; message sets are remembered under it.
            owner_id: Its OwnerID, a GUID with braces.
        """
        self.company = company
        self.app_name = app_name
        self.owner_id = owner_id

    def begin_session(self, company_file: str = "", mode: FileMode | None = None) -> Session:
        """Begin a session.

        Args:
            company_file: The path of the file wanted; empty for the one that is open.
            mode: How the file must be open, if it matters.

        Raises:
            ProcessorFault: QuickBooks does not let the application in.
        """
        company = self.company
        if company.cannot_start:
            raise ProcessorFault(HResult.CANNOT_START)
        if company.other_company_open or (company_file and company_file.casefold() != company.path.casefold()):
            raise ProcessorFault(HResult.OTHER_COMPANY_OPEN)
        if mode is not None and mode is not company.file_mode:
            raise ProcessorFault(HResult.OTHER_FILE_MODE)
        if company.dialog_open:
            raise ProcessorFault(HResult.DIALOG_OPEN)
        if company.access_denied:
            raise ProcessorFault(HResult.ACCESS_DENIED)
        return Session(company, self.app_name)

    def host_company_preferences(self) -> str:
        """Give what the Web Connector sends along with its first request: host, company and preferences.

        Raises:
            ProcessorFault: QuickBooks does not let the application in.
        """
        numeric = [text for text in self.company.supported_versions if text[:1].isdigit()]
        version = max(numeric, key=lambda text: tuple(int(part) for part in text.split(".")), default="1.0")
        session = self.begin_session()
        try:
            return session.answer_quietly(_ABOUT_OURSELVES.format(version=version, owner=self.owner_id))
        finally:
            session.end()


class Session:
    """One session with QuickBooks; its iterators die with it."""

    def __init__(self, company: CompanyFile, application: str) -> None:
        self._company = company
        self._application = application
        self._iterators = Iterators()
        self._is_open = True

    def process(self, text: str) -> str:
        """Run a message set.

        Args:
            text: The qbXML.

        Returns:
            The answer.

        Raises:
            ProcessorFault: There is no answer: the text is not sound, the session is over, or QuickBooks broke down.
        """
        with self._company.guard:
            self._require_open()
            message_set = read_message_set(text, self._company.supported_versions)
            mishap = self._company.hooks.take_mishap([str(request.tag) for request in message_set.requests])
            kind, hresult, after = mishap or (None, HResult.UNEXPECTED, 0)
            if kind is MishapKind.BEFORE:
                raise self._broken(hresult)
            decision = decide(self._company, self._application, message_set, text)
            if not decision.runs:
                answer = _recovered(message_set, decision.recovered, decision.status)
                if kind in (MishapKind.DURING, MishapKind.AFTER):
                    raise self._broken(hresult)
                return answer
            status = decision.status
            if kind is MishapKind.DURING:
                self._run(message_set, after)
                remember(self._company, self._application, message_set, text, None)
                raise self._broken(hresult)
            ran = self._run(message_set, None)
            stored = kind is not MishapKind.NOT_STORED
            remember(self._company, self._application, message_set, text, ran if stored else None)
            if kind is MishapKind.AFTER:
                raise self._broken(hresult)
            if not stored and message_set.new_id is not None:
                status = NOT_STORED
            return _answer(message_set, ran, status)

    def answer_quietly(self, text: str) -> str:
        """Run queries of QuickBooks' own helpers, which no ordered mishap may hit."""
        with self._company.guard:
            self._require_open()
            message_set = read_message_set(text, self._company.supported_versions)
            return _answer(message_set, self._run(message_set, None), None)

    def end(self) -> None:
        """End the session; harmless when repeated."""
        self._is_open = False

    def _require_open(self) -> None:
        if not self._is_open:
            raise ProcessorFault(HResult.SESSION_LOST)

    def _broken(self, hresult: HResult) -> ProcessorFault:
        self._is_open = False
        return ProcessorFault(hresult, "an ordered mishap")

    def _run(self, message_set: MessageSet, limit: int | None) -> list[_Ran]:
        ran: list[_Ran] = []
        is_stopped = False
        for request in message_set.requests[:limit]:
            if is_stopped:
                outcome = Outcome(3231, "The request has not been processed.")
            else:
                outcome = self._run_one(request)
                is_stopped = message_set.stops_on_error and outcome.code >= 1000
            ran.append((f"{str(request.tag)[:-2]}Rs", request.get("requestID"), outcome))
        return ran

    def _run_one(self, request: etree._Element) -> Outcome:
        request_id = request.get("requestID") or ""
        if len(request_id) > _LONGEST_REQUEST_ID:
            return Outcome(
                1060, f'The request ID "{request_id}" is invalid, possibly too long. (The maximum is 50 characters.)'
            )
        ordered = self._company.hooks.take_refusal(str(request.tag))
        if ordered is not None:
            return Outcome(*ordered)
        try:
            return HANDLERS[str(request.tag)](self._company, self._iterators, request)
        except Refusal as error:
            return Outcome(error.code, error.message)


def _answer(message_set: MessageSet, ran: list[_Ran], status: int | None) -> str:
    written = [
        response(name, request_id, outcome, with_data=message_set.wants_data) for name, request_id, outcome in ran
    ]
    return document(written, message_set.new_id, status)


def _recovered(message_set: MessageSet, outcomes: tuple[RememberedOutcome, ...], status: int | None) -> str:
    """Write remembered outcomes: statuses, and from 11.0 where to find what was made, but no records."""
    written = []
    for kept in outcomes:
        body = ""
        if kept.id_field and message_set.version >= _RECOVERY_SINCE:
            body = error_recovery(
                Recovery(kept.id_field, kept.record_id, kept.txn_number, kept.edit_sequence, kept.external_guid)
            )
        written.append(response(kept.response, kept.request_id, Outcome(kept.code, kept.message, body)))
    return document(written, message_set.new_id, OK if status is None else status)
