"""A message set: requests that go to the books in one piece, written down before they are handed out. No I/O."""

from datetime import datetime
from enum import StrEnum

from app.domain.row import RowId
from app.domain.sales_order import SalesOrder
from app.domain.values import Struct


class MessageSetState(StrEnum):
    """How far a message set came."""

    PREPARED = "prepared"
    """Written down, not handed out: the books cannot know it."""
    HANDED_OUT = "handed_out"
    """The books may have it; the answer is owed."""
    ANSWERED = "answered"
    """All outcomes are on the rows."""


class Action(StrEnum):
    """What a request does to the row's document."""

    ADD = "add"
    CHANGE = "change"
    CLOSE = "close"
    DELETE = "delete"


class Errand(Struct, frozen=True):
    """One request of a message set."""

    request_id: str
    row_id: RowId
    action: Action
    order: SalesOrder | None
    """What was meant; None for a removal."""


class MessageSet(Struct, frozen=True):
    """A message set with its exact text."""

    id: str
    connection: str
    state: MessageSetState
    company: str
    """The company file it was made for."""
    prepared_at: datetime
    text: str
    errands: tuple[Errand, ...]
    handed_out_at: datetime | None = None
    answered_at: datetime | None = None
