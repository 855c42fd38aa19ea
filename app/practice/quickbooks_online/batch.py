"""A batch: up to 30 operations in one request, each with its own answer or its own fault.

Recorded: the answers come in the order of the items, and HTTP says 200 whatever became of them. Queries see the
company as it was before the batch, because items do not see each other's results.
"""

from __future__ import annotations

from typing import Final

from msgspec import Raw, UnsetType

from app.practice.quickbooks_online.bodies import BatchBody, BatchItemBody
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.entities import change
from app.practice.quickbooks_online.json_text import Json
from app.practice.quickbooks_online.query import answer_query
from app.practice.quickbooks_online.reading import needed, read_envelope
from app.practice.quickbooks_online.refusals import Refusal, business, missing

MOST_ITEMS: Final = 30
"""How many operations a batch may have."""


def answer_batch(company: OnlineCompany, text: bytes) -> Json:
    """Carry out a batch and give the `BatchItemResponse` array.

    Raises:
        Refusal: The batch as a whole cannot be read, or is too large.
    """
    body = read_envelope(text, BatchBody, "IntuitBatchRequest")
    items = [] if isinstance(body.batch_item_request, UnsetType) else body.batch_item_request
    if not items:
        raise missing("BatchItemRequest")
    if len(items) > MOST_ITEMS:
        raise business(f"A batch has at most {MOST_ITEMS} items. Supplied:{len(items)}")
    queries = {index: _answer(company, each) for index, each in enumerate(items) if _is_query(each)}
    return [queries.get(index) or _answer(company, each) for index, each in enumerate(items)]


def _is_query(item: BatchItemBody) -> bool:
    return not isinstance(item.query, UnsetType)


def _answer(company: OnlineCompany, item: BatchItemBody) -> Json:
    answer: dict[str, Json]
    try:
        if not isinstance(item.query, UnsetType):
            answer = {"QueryResponse": answer_query(company, item.query)}
        else:
            entity, raw = _object(item)
            operation = needed(item.operation, "operation")
            answer = change(company, entity, bytes(raw), operation)
    except Refusal as refused:
        answer = {"Fault": refused.fault()}
    if not isinstance(item.b_id, UnsetType):
        answer["bId"] = item.b_id
    return answer


def _object(item: BatchItemBody) -> tuple[str, Raw]:
    """Find the one object of an item."""
    for entity, raw in (
        ("Estimate", item.estimate),
        ("Invoice", item.invoice),
        ("Customer", item.customer),
        ("Item", item.item),
    ):
        if not isinstance(raw, UnsetType):
            return entity, raw
    raise missing("the object of the batch item")
