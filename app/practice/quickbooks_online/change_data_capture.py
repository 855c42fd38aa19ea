"""Change data capture: what changed since a point in time, and what was deleted.

Recorded: one QueryResponse per entity, in the order asked for. A point further back than deletions are remembered is no
error; only the deletions are missing then. An answer holds 1000 objects at most, without a word about the rest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.practice.quickbooks_online.company import MONTH, OnlineCompany
from app.practice.quickbooks_online.json_text import Json
from app.practice.quickbooks_online.records import DocumentKind, ListKind, Record
from app.practice.quickbooks_online.refusals import invalid_query, missing
from app.practice.quickbooks_online.stamps import read_moment, stamp
from app.practice.quickbooks_online.views import show

_MOST: Final = 1000
_ENTITIES: Final = {each.lower(): each for each in (*ListKind, *DocumentKind)}


def answer_changes(company: OnlineCompany, entities: str, changed_since: str) -> Json:
    """Answer with the `CDCResponse` array.

    Args:
        company: Whose changes.
        entities: Names of entities, with commas between.
        changed_since: A point in time.

    Raises:
        Refusal: Something is missing or cannot be read.
    """
    if not entities.strip():
        raise missing("entities")
    if not changed_since:
        raise missing("changedSince")
    try:
        since = read_moment(changed_since)
    except ValueError as exc:
        raise invalid_query(f"invalid value for changedSince: {changed_since}") from exc
    left = _MOST
    answers: list[Json] = []
    for name in entities.split(","):
        entity = _ENTITIES.get(name.strip().lower())
        if entity is None:
            raise invalid_query(f"Invalid entity for change data capture: {name.strip()}")
        rows = _changed(company, entity, since)[:left]
        left -= len(rows)
        answers.append({entity: [*rows], "startPosition": 1, "maxResults": len(rows)} if rows else {})
    return [{"QueryResponse": answers}]


def _changed(company: OnlineCompany, entity: str, since: datetime) -> list[Json]:
    records: list[Record] = []
    deleted: list[Json] = []
    if entity in list(ListKind):
        records += company.all_lists(ListKind(entity))
    else:
        records += company.all_documents(DocumentKind(entity))
        oldest = max(since, company.moment() - MONTH)
        deleted += [
            {
                "domain": "QBO",
                "status": "Deleted",
                "Id": each.id,
                "MetaData": {"LastUpdatedTime": stamp(each.deleted)},
            }
            for each in company.deletions
            if each.kind == entity and each.deleted >= oldest
        ]
    return [*(show(company, record) for record in records if record.modified >= since), *deleted]
