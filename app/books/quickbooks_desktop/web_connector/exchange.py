"""Moves runs by the Web Connector's calls: it asks us for the next request, and brings the answer.

Rule: a request is noted as handed out before it is returned, an outcome is in the record before its percent is. What
an answer says is taken whoever brings it: a session that was replaced, or one from before a restart.
"""

import hashlib
import hmac
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from app.books.port import Answer, Ask, Conversation, Ledger, RunEnd
from app.books.quickbooks_desktop.late import record_late_answer
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.books.quickbooks_desktop.run import DesktopOptions, converse
from app.books.quickbooks_desktop.web_connector.refusal_log import refusals
from app.books.quickbooks_desktop.web_connector.session import (
    ERROR_PERCENT,
    FINISHED_PERCENT,
    Phase,
    Session,
)
from app.domain.faults import KnownFault

log = logging.getLogger(__name__)

NOTHING_TO_DO = "none"
WRONG_PASSWORD = "nvu"  # noqa: S105 (the protocol's word for it)
STOP = "done"

EXPIRED = "This session is over; the next one starts by itself."
OUR_MISTAKE = "Something went wrong in Cedar Sync; nothing was lost, and it is tried again. The log tells more."


class Desk(Protocol):
    """One connection, as the exchange sees it. Every call is one transaction of the record."""

    @property
    def options(self) -> DesktopOptions:
        """The settings in force."""

    @property
    def ledger(self) -> Ledger:
        """The connection's ledger."""

    def password(self) -> str | None:
        """Give the password the Web Connector must show; None when there is none yet."""

    def may_work(self) -> bool:
        """Tell whether this program is the one that keeps the books in step; on another computer one may do it."""

    def has_work(self) -> bool:
        """Tell whether QuickBooks is worth opening now."""

    def needing_room(self, call: str) -> AbstractContextManager[None]:
        """Do what a call asks for, and remember whether the record had room for it."""

    def lack_of_room(self) -> str:
        """Say that the record is full, in one sentence; empty where it is not."""

    def note_contact(self) -> None:
        """Note that the Web Connector called."""

    def note_refused_sign_in(self) -> None:
        """Note that somebody showed another password than the one kept."""

    def note_sign_in(self) -> None:
        """Note that the Web Connector signed in: what was refused before is over."""

    def note_session_end(self) -> None:
        """Note that a session came to its end."""

    def note_unreachable(self, hresult: str, message: str) -> str:
        """Note that the Web Connector could not reach QuickBooks; give the sentence for people."""

    def note_bug(self) -> None:
        """Note that a run broke off by our own mistake, so that the connection does not stand still unseen."""

    def hand_out(self, session: Session) -> None:
        """Note that a session takes its message set away, both in one transaction."""

    def save(self, session: Session) -> None:
        """Keep a session."""

    def session(self, ticket: str) -> Session | None:
        """Read a session of this connection."""

    def live_sessions(self) -> Sequence[Session]:
        """Read the sessions that may still call."""

    def closing_words(self) -> str:
        """Say what the last session did, for the Web Connector's status column."""


@dataclass(slots=True)
class _LiveRun:
    """A run in this process, with the request that is next or on its way."""

    conversation: Conversation
    pending: Ask | None
    handed_out_at: float = 0.0


class Exchange:
    """The Web Connector's service for all connections; the user name picks the connection."""

    def __init__(self, desks: Mapping[str, Desk], version: str) -> None:
        """Take the desks by user name."""
        self._desks = dict(desks)
        self._version = version
        self._locks: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        self._runs: dict[str, _LiveRun] = {}
        self._users: dict[str, str] = {}
        """By ticket: whose session it is, for those that called since this process began."""

    def take(self, desks: Mapping[str, Desk]) -> None:
        """Take desks with other settings; runs under way end with those they began with."""
        self._desks = dict(desks)

    def server_version(self) -> str:
        """Return the program's name and version."""
        return f"Cedar Sync {self._version}"

    def client_version(self, version: str) -> str:
        """Accept every Web Connector: a warning would stop unattended updates."""
        log.info("web connector version %s", version[:40])
        return ""

    def authenticate(self, username: str, password: str) -> Sequence[str]:
        """Open a session, or tell that there is nothing to do."""
        ticket = uuid4().hex
        desk = self._desks.get(username)
        expected = desk.password() if desk is not None else None
        # The comparison takes place for unknown users too, so that its time tells nothing.
        matches = hmac.compare_digest(_digest(password), _digest(expected or uuid4().hex))
        if desk is None or expected is None or not matches:
            refusals.note("the web connector showed a wrong user name or password")
            if desk is not None and expected is not None:
                desk.note_refused_sign_in()
            return [ticket, WRONG_PASSWORD]
        with self._locks[username], desk.needing_room("authenticate"):
            if not desk.may_work():
                # Nothing is kept of it: the sessions in the record are those of the program that works.
                return [ticket, NOTHING_TO_DO]
            desk.note_contact()
            desk.note_sign_in()
            for older in desk.live_sessions():
                self._drop(older.ticket)
                desk.save(older.replaced())
            desk.ledger.doubt_outcomes()
            now = desk.ledger.now()
            if not desk.has_work():
                desk.save(_new_session(ticket, desk, Phase.DONE, now))
                return [ticket, NOTHING_TO_DO]
            desk.save(_new_session(ticket, desk, Phase.READY, now))
            return [ticket, desk.options.company_file]

    def send_request_xml(
        self,
        ticket: str,
        hcp_response: str,
        company_file_name: str,
        country: str,  # noqa: ARG002
        major: int,  # noqa: ARG002
        minor: int,  # noqa: ARG002
    ) -> str:
        """Return the next request; an empty text makes the Web Connector ask for the error."""
        name, desk = self._desk_of(ticket)
        if desk is None:
            return ""
        with self._locks[name], desk.needing_room("sendRequestXML"):
            session = desk.session(ticket)
            if session is None or not session.may_ask:
                return ""
            desk.note_contact()
            if session.lost_its_answer:
                # The run starts anew, and begins by asking for the outcome of what it handed out.
                self._drop(ticket)
                desk.ledger.doubt_outcomes()
            run = self._runs.get(ticket)
            now = desk.ledger.now()
            if run is None:
                run = _LiveRun(converse(desk.ledger, desk.options, hcp_response, company_file_name), None)
                self._runs[ticket] = run
                end = self._advance(desk, run, None)
                if end is not None and end.error:
                    desk.save(session.failed(end.error, now))
                    return ""
                if end is not None:
                    # The work has vanished since `authenticate`: ask something harmless, its answer ends the session.
                    harmless = requests.message_set(['<HostQueryRq requestID="host"/>'], responses.FALLBACK)
                    run.pending = Ask(harmless, FINISHED_PERCENT)
            if run.pending is None:
                return ""
            desk.hand_out(session.handed_out(run.pending.message_set_id, now))
            run.handed_out_at = time.monotonic()
            return run.pending.text

    def receive_response_xml(self, ticket: str, response: str, hresult: str, message: str) -> int:
        """Take an answer; return how far the run is."""
        name, desk = self._desk_of(ticket)
        if desk is None:
            return ERROR_PERCENT
        with self._locks[name], desk.needing_room("receiveResponseXML"):
            session = desk.session(ticket)
            if session is None:
                return ERROR_PERCENT
            desk.note_contact()
            answer = Answer(response, hresult, message)
            if session.phase is Phase.REPLACED:
                self._take_late(desk, session, answer)
                return FINISHED_PERCENT
            if session.phase is not Phase.AWAITING_ANSWER:
                # The same answer again: it is in the record already.
                return session.last_percent
            run = self._runs.get(ticket)
            now = desk.ledger.now()
            if run is None:
                self._take_late(desk, session, answer)
                desk.save(session.answered(FINISHED_PERCENT, now))
                return FINISHED_PERCENT
            answer = Answer(response, hresult, message, time.monotonic() - run.handed_out_at)
            end = self._advance(desk, run, answer)
            if end is not None and end.error:
                desk.ledger.doubt_outcomes()
                desk.save(session.failed(end.error, now))
                return ERROR_PERCENT
            percent = FINISHED_PERCENT if end is not None or run.pending is None else run.pending.percent
            desk.save(session.answered(percent, now))
            return percent

    def connection_error(self, ticket: str, hresult: str, message: str) -> str:
        """Take note that QuickBooks could not be reached; the next session tries again."""
        name, desk = self._desk_of(ticket)
        if desk is None:
            return STOP
        with self._locks[name]:
            desk.note_contact()
            words = desk.note_unreachable(hresult, message)
            session = desk.session(ticket)
            if session is not None:
                self._drop(ticket)
                desk.save(session.gave_up(words, desk.ledger.now()))
            return STOP

    def get_last_error(self, ticket: str) -> str:
        """Return the sentence for the Web Connector's status column."""
        name, desk = self._desk_of(ticket)
        if desk is None:
            return self._lack_of_room() or EXPIRED
        with self._locks[name]:
            session = desk.session(ticket)
            said = "" if session is None else session.last_error
            return said or desk.lack_of_room() or EXPIRED

    def close_connection(self, ticket: str) -> str:
        """End a session, whichever way it went."""
        name, desk = self._desk_of(ticket)
        if desk is None:
            # A session that could not be kept has none; the record of all desks is the same.
            return self._lack_of_room() or "OK"
        with self._locks[name]:
            session = desk.session(ticket)
            self._drop(ticket)
            if session is None or session.phase is Phase.CLOSED:
                return "OK"
            desk.note_contact()
            desk.save(session.closed(desk.ledger.now()))
            if session.phase is not Phase.REPLACED:
                desk.note_session_end()
            return session.last_error or desk.lack_of_room() or desk.closing_words()

    def get_interactive_url(self, ticket: str, session_id: str) -> str:  # noqa: ARG002
        """Return no address: there are no interactive sessions."""
        return ""

    def interactive_rejected(self, ticket: str, reason: str) -> str:  # noqa: ARG002
        """Take no note: there are no interactive sessions."""
        return ""

    def interactive_done(self, ticket: str) -> str:  # noqa: ARG002
        """Return that there is nothing to wait for."""
        return "Done"

    def _lack_of_room(self) -> str:
        return next((lack for desk in self._desks.values() if (lack := desk.lack_of_room())), "")

    def _desk_of(self, ticket: str) -> tuple[str, Desk | None]:
        name = self._users.get(ticket)
        if name is None and ticket:
            name = next((name for name, desk in self._desks.items() if desk.session(ticket) is not None), None)
            if name is not None:
                self._users[ticket] = name
        desk = None if name is None else self._desks.get(name)
        return name or "", desk

    def _advance(self, desk: Desk, run: _LiveRun, answer: Answer | None) -> RunEnd | None:
        """Move a run to its next request; its end when it has none."""
        try:
            run.pending = next(run.conversation) if answer is None else run.conversation.send(answer)
        except StopIteration as end:
            run.pending = None
            result: RunEnd = end.value or RunEnd()
            return result
        except KnownFault:
            # The record is out of reach, or another program keeps the books in step: nothing can be written down, so
            # nothing is handed out, and the run is not gone on with.
            self._forget(run)
            raise
        except Exception:
            log.exception("a run broke off")
            run.pending = None
            desk.note_bug()
            return RunEnd(OUR_MISTAKE)
        return None

    def _take_late(self, desk: Desk, session: Session, answer: Answer) -> None:
        """Put an answer into the record that no run of this process waits for."""
        if session.message_set_id is None:
            return
        record_late_answer(desk.ledger, desk.options, session.message_set_id, answer)
        if session.phase is Phase.REPLACED:
            desk.save(session.answered(FINISHED_PERCENT, desk.ledger.now()).replaced())

    def _forget(self, run: _LiveRun) -> None:
        self._runs = {ticket: each for ticket, each in self._runs.items() if each is not run}

    def _drop(self, ticket: str) -> None:
        self._users.pop(ticket, None)
        run = self._runs.pop(ticket, None)
        if run is not None:
            run.conversation.close()


def _new_session(ticket: str, desk: Desk, phase: Phase, now: datetime) -> Session:
    return Session(ticket, desk.options.connection, phase, now, now)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
