"""Error recovery: what is remembered of message sets, and what a message set with ids asks for.

Rule: decides only; the processor runs and answers (Intuit SDK: error recovery with newMessageSetID and
oldMessageSetID). Memory is kept per application and company file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.practice.quickbooks.answers import Outcome
from app.practice.quickbooks.company_file import CompanyFile, MessageSetMemory, Remembered, RememberedOutcome
from app.practice.quickbooks.reading import MessageSet

LONGEST_ID = 23
CLEAR_ALL = "ClearAllMessageSets"

OK = 0
NOTHING_REMEMBERED = 600
OTHER_TEXT = 9001
NO_STORED_RESPONSE = 9002
INVALID_ID = 9004
NOT_STORED = 9005


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a message set."""

    runs: bool
    status: int | None
    """Its messageSetStatusCode; None if it used no ids."""
    recovered: tuple[RememberedOutcome, ...] = ()


def digest_of(text: str) -> str:
    """Compute the checksum of a request text: every character counts."""
    return hashlib.sha256(text.encode()).hexdigest()


def decide(company: CompanyFile, application: str, message_set: MessageSet, text: str) -> Decision:
    """Decide whether a message set runs, and forget what it says to forget.

    Args:
        company: The company file.
        application: Whose memory is meant.
        message_set: The set.
        text: Its exact text.
    """
    new_id, old_id = message_set.new_id, message_set.old_id
    if new_id is None and old_id is None:
        return Decision(runs=True, status=None)
    if any(set_id is not None and not 0 < len(set_id) <= LONGEST_ID for set_id in (new_id, old_id)):
        return Decision(runs=False, status=INVALID_ID)
    memory = company.memories.setdefault(application, MessageSetMemory())
    if new_id is not None and old_id == new_id and not message_set.requests:
        known = memory.sets.get(new_id)
        return Decision(runs=False, status=NOTHING_REMEMBERED) if known is None else _recovered(known)
    known = None if new_id is None else memory.sets.get(new_id)
    if known is not None:
        return _recovered(known) if known.digest == digest_of(text) else Decision(runs=False, status=OTHER_TEXT)
    status = _forget(company, memory, message_set)
    return Decision(runs=True, status=status)


def _recovered(known: Remembered) -> Decision:
    if known.outcomes is None:
        return Decision(runs=False, status=NO_STORED_RESPONSE)
    return Decision(runs=False, status=OK, recovered=known.outcomes)


def _forget(company: CompanyFile, memory: MessageSetMemory, message_set: MessageSet) -> int:
    old_id = message_set.old_id
    if old_id == CLEAR_ALL:
        memory.sets.clear()
    elif old_id is not None and memory.sets.pop(old_id, None) is None:
        # Where a new id stands beside it, sources differ on whether an unknown old one is worth a warning.
        return NOTHING_REMEMBERED if message_set.new_id is None else company.forgotten_predecessor_status
    return OK


def remember(
    company: CompanyFile,
    application: str,
    message_set: MessageSet,
    text: str,
    outcomes: Sequence[tuple[str, str | None, Outcome]] | None,
) -> None:
    """Keep the outcome of a message set with a newMessageSetID.

    Args:
        company: The company file.
        application: Whose memory is meant.
        message_set: The set.
        text: Its exact text.
        outcomes: Each response's element, requestID and outcome; None if they could not be stored.
    """
    if message_set.new_id is None:
        return
    kept = None
    if outcomes is not None:
        kept = tuple(_kept(response, request_id, outcome) for response, request_id, outcome in outcomes)
    memory = company.memories.setdefault(application, MessageSetMemory())
    memory.sets[message_set.new_id] = Remembered(digest_of(text), kept)


def _kept(response: str, request_id: str | None, outcome: Outcome) -> RememberedOutcome:
    recovery = outcome.recovery
    if recovery is None:
        return RememberedOutcome(response, request_id, outcome.code, outcome.message)
    return RememberedOutcome(
        response,
        request_id,
        outcome.code,
        outcome.message,
        recovery.id_field,
        recovery.record_id,
        recovery.txn_number,
        recovery.edit_sequence,
        recovery.external_guid,
    )
