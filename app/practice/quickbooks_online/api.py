"""The accounting API: from a request to an answer, for the companies that live here.

Every answer tells when its request began, not when it was done, as recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.practice.quickbooks_online.batch import answer_batch
from app.practice.quickbooks_online.change_data_capture import answer_changes
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.entities import ENTITIES, change, read, read_settings
from app.practice.quickbooks_online.exchange import Ask, Reply
from app.practice.quickbooks_online.gate_answers import not_authenticated, not_authorized, throttled
from app.practice.quickbooks_online.grants import Grants
from app.practice.quickbooks_online.json_text import Json, encode
from app.practice.quickbooks_online.query import answer_query
from app.practice.quickbooks_online.refusals import Refusal, missing, unsupported, wrong_length
from app.practice.quickbooks_online.request_memory import LONGEST_ID, Remembered, RequestMemory
from app.practice.quickbooks_online.stamps import precise_stamp
from app.practice.quickbooks_online.throttle import Throttle

_QUERY_TYPE = "application/text"
_JSON_TYPE = "application/json"


class Api:
    """Answers the requests of programs."""

    def __init__(
        self, companies: Mapping[str, OnlineCompany], grants: Grants, memory: RequestMemory, throttle: Throttle
    ) -> None:
        """Make an API.

        Args:
            companies: The companies, by id.
            grants: Who may open them.
            memory: Remembers request ids.
            throttle: Counts calls.
        """
        self._companies = companies
        self._grants = grants
        self._memory = memory
        self._throttle = throttle

    def answer(self, ask: Ask, begun: datetime) -> Reply:
        """Answer a request.

        Args:
            ask: What is asked.
            begun: When it came in, in practice time.
        """
        scheme, _, token = ask.header("Authorization").partition(" ")
        realm_id = self._grants.realm_of(token) if scheme.lower() == "bearer" else None
        if realm_id is None:
            return not_authenticated(begun, token)
        company = self._companies.get(realm_id)
        if company is None or ask.steps[0] != realm_id:
            return not_authorized(begun)
        if _JSON_TYPE not in ask.header("Accept"):
            return Reply(406, b"The practice service writes JSON alone; say so in Accept.", "text/plain")
        with company.guard:
            if self._throttle.refuses(realm_id, begun, is_batch=ask.operation == "batch"):
                return throttled(begun)
            return self._remembering(company, ask, begun)

    def _remembering(self, company: OnlineCompany, ask: Ask, begun: datetime) -> Reply:
        """Answer from memory where the request id was seen before; otherwise carry out, and remember."""
        request_id = ask.query.get("requestid", "") if ask.is_write else ""
        if len(request_id) > LONGEST_ID:
            return _refused(wrong_length("requestid", LONGEST_ID), begun)
        if not request_id:
            return self._carry_out(company, ask, begun)
        known = self._memory.recall(company.realm_id, request_id, begun)
        if known is not None:
            return known.reply
        reply = self._carry_out(company, ask, begun)
        self._memory.remember(company.realm_id, request_id, Remembered(reply, begun))
        return reply

    def _carry_out(self, company: OnlineCompany, ask: Ask, begun: datetime) -> Reply:
        try:
            content = _answer(company, ask)
        except Refusal as refused:
            return _refused(refused, begun)
        return Reply(200, encode({**content, "time": precise_stamp(begun)}))


def _refused(refused: Refusal, begun: datetime) -> Reply:
    body: dict[str, Json] = {"Fault": refused.fault()}
    if refused.has_time:
        body["time"] = precise_stamp(begun)
    return Reply(400, encode(body), "application/json")


def _answer(company: OnlineCompany, ask: Ask) -> dict[str, Json]:
    """Find what is asked and do it.

    Raises:
        Refusal: It does not exist or is not possible.
    """
    words = ask.steps[1:]
    match ask.method, words:
        case ("GET" | "POST", ["query"]):
            return {"QueryResponse": answer_query(company, _statement(ask))}
        case ("POST", ["batch"]):
            _check_type(ask, _JSON_TYPE)
            return {"BatchItemResponse": answer_batch(company, ask.body)}
        case ("GET", ["cdc"]):
            changes = answer_changes(company, ask.query.get("entities", ""), ask.query.get("changedSince", ""))
            return {"CDCResponse": changes}
        case ("GET", ["preferences"]):
            return read_settings(company, "preferences")
        case ("GET", ["companyinfo", realm_id]) if realm_id == company.realm_id:
            return read_settings(company, "companyinfo")
        case ("GET", [word, record_id]) if word in ENTITIES:
            return read(company, ENTITIES[word], record_id)
        case ("POST", [word]) if word in ENTITIES:
            return _change(company, ask, ENTITIES[word])
    raise unsupported(f"{ask.method} {ask.path}")


def _change(company: OnlineCompany, ask: Ask, entity: str) -> dict[str, Json]:
    _check_type(ask, _JSON_TYPE)
    operation = ask.query.get("operation", "write")
    if operation not in {"write", "update", "delete", "void"}:
        raise unsupported(operation)
    may_duplicate = "allowduplicatedocnum" in ask.query.get("include", "").split(",")
    return change(company, entity, ask.body, operation, may_duplicate=may_duplicate)


def _statement(ask: Ask) -> str:
    if ask.method == "GET":
        text = ask.query.get("query", "")
    else:
        _check_type(ask, _QUERY_TYPE)
        text = ask.body.decode("utf-8", errors="replace")
    if not text:
        raise missing("query")
    return text


def _check_type(ask: Ask, wanted: str) -> None:
    """Refuse a body of another type than the address takes."""
    sent = ask.header("Content-Type").partition(";")[0].strip().lower()
    if sent != wanted:
        raise unsupported(f"{ask.method} {ask.path} with the content type {sent or 'none'}")
