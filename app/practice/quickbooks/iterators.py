"""Iterators: long answers in pages, kept for one session.

Rule: an iterator belongs to the session that began it and to the request that began it; a dead or foreign one fails
the request (Intuit SDK: iterators).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from app.practice.quickbooks.answers import NO_MATCH, Outcome, Page
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.references import child_text


@dataclass(slots=True)
class _Iterator:
    request: str
    wanted: str
    """The request's filters as text: a continuation must repeat them."""
    waiting: list[str]
    """Ids of the records not yet given."""


class Iterators:
    """The iterators of one session."""

    def __init__(self) -> None:
        self._open: dict[str, _Iterator] = {}

    def page(self, request: etree._Element, find_all: Callable[[], Sequence[str]]) -> tuple[list[str], Page | None]:
        """Pick the records of this answer.

        Args:
            request: The query.
            find_all: Finds the ids of everything the query matches.

        Returns:
            The ids for this answer, and the iterator's state if there is one.

        Raises:
            Refusal: The iterator is dead, or the attributes do not fit together.
        """
        verb, iterator_id = request.get("iterator"), request.get("iteratorID")
        limit_text = child_text(request, "MaxReturned")
        limit = int(limit_text) if limit_text else None
        if verb is None:
            if iterator_id is not None:
                raise Refusal(3153, "There is a conflicting combination: iteratorID without iterator.")
            found = list(find_all())
            return (found if limit is None else found[:limit]), None
        if verb == "Start":
            if iterator_id is not None or _names_records(request):
                raise Refusal(3153, "There is a conflicting combination: an iterator starts with filters alone.")
            iterator_id = f"{{{uuid.uuid4()}}}"
            opened = self._open[iterator_id] = _Iterator(str(request.tag), _filters(request), list(find_all()))
        else:
            opened = self._continued(request, iterator_id)
        if verb == "Stop":
            del self._open[iterator_id or ""]
            return [], Page(iterator_id or "", 0)
        if limit is None:
            raise Refusal(3150, 'There is a missing element: "MaxReturned".')
        found, opened.waiting = opened.waiting[:limit], opened.waiting[limit:]
        if not opened.waiting:
            del self._open[iterator_id or ""]
        return found, Page(iterator_id or "", len(opened.waiting))

    def _continued(self, request: etree._Element, iterator_id: str | None) -> _Iterator:
        opened = self._open.get(iterator_id or "")
        if opened is None or opened.request != request.tag:
            raise Refusal(3000, f'The given object ID "{iterator_id or ""}" in the field "iteratorID" is invalid.')
        if request.get("iterator") == "Continue" and _filters(request) != opened.wanted:
            raise Refusal(3153, "There is a conflicting combination: a continued query must repeat its filters.")
        return opened


def _names_records(request: etree._Element) -> bool:
    return any(
        request.find(name) is not None
        for name in ("ListID", "FullName", "TxnID", "RefNumber", "RefNumberCaseSensitive")
    )


def _filters(request: etree._Element) -> str:
    return "".join(
        etree.tostring(child, encoding="unicode", with_tail=False) for child in request if child.tag != "MaxReturned"
    )


def query_outcome(
    request: etree._Element, shown: Sequence[str], page: Page | None, missing: Sequence[str], miss_status: int = 500
) -> Outcome:
    """Make a query's outcome: done, nothing matched, or partly found.

    Args:
        request: The query.
        shown: The records as text.
        page: The iterator's state.
        missing: Names, ids or numbers that were asked for and do not exist.
        miss_status: 500, or 1 where a miss counts as "nothing matched".
    """
    if request.get("iterator") == "Stop":
        return Outcome(page=page)
    code, message = 0, "Status OK"
    if missing and miss_status == 500:
        code = 500
        message = (
            f'The query request has not been fully completed. There was a required element ("{missing[0]}") that could '
            "not be found in QuickBooks."
        )
    elif not shown and (page is None or page.remaining == 0):
        code, message = 1, NO_MATCH
    body = "" if request.get("metaData") == "MetaDataOnly" else "".join(shown)
    return Outcome(code, message, body, ret_count=len(shown), page=page)
