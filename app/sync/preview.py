"""What would happen to each row at the next chance, and why, without doing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.books_names import NameKind
from app.domain.books_system import BooksSystem
from app.domain.facts import ListsKnown
from app.domain.plain_text import name_key
from app.domain.reasons import Reason, ReasonCode, not_unique, of_system
from app.domain.row import Row
from app.domain.states import State
from app.domain.values import replace
from app.store import facts, names, rows
from app.store.database import Record


class NextAction(StrEnum):
    """What would happen."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    LEAVE_OUT = "leave_out"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PreviewedRow:
    """A row with what would happen to it; its reasons are those predicted."""

    row: Row
    action: NextAction


def preview(
    record: Record, connection: str, system: BooksSystem, customers_called: Mapping[str, str]
) -> list[PreviewedRow]:
    """Predict what would happen to each row of a connection.

    Args:
        record: The record.
        connection: The connection's name.
        system: Its accounting system.
        customers_called: By GL number: the customer's name in the books, where it is another.
    """
    with record.read() as tx:
        found = rows.in_states(tx, connection, list(State))
        if facts.get(tx, connection, ListsKnown) is None:
            return [PreviewedRow(row, _action(row)) for row in found]
        orders = [row.order for row in found if row.order is not None]
        called = {order.gl_number: customers_called.get(order.gl_number, order.gl_number) for order in orders}
        customers = names.find(tx, connection, NameKind.CUSTOMER, called.values())
        wanted = {line.item for order in orders for line in order.lines}
        items = names.find(tx, connection, NameKind.ITEM, wanted)
        shared = names.namesakes(tx, connection, NameKind.ITEM, wanted)
    active = {
        NameKind.CUSTOMER: {
            gl_number: customers[name_key(name)].is_active
            for gl_number, name in called.items()
            if name_key(name) in customers
        },
        NameKind.ITEM: {key: name.is_active for key, name in items.items()},
    }
    return [PreviewedRow(replace(row, reasons=_predicted(row, active, shared, system)), _action(row)) for row in found]


def _action(row: Row) -> NextAction:
    if row.state in {State.SYNCED, State.HELD, State.CONFLICT, State.REMOVED, State.SENDING} or row.refusals:
        return NextAction.NONE
    if row.order is None:
        return NextAction.LEAVE_OUT if row.document.txn_id is None else NextAction.REMOVE
    return NextAction.ADD if row.document.txn_id is None else NextAction.CHANGE


def _predicted(
    row: Row, active: dict[NameKind, dict[str, bool]], shared: dict[str, tuple[str, ...]], system: BooksSystem
) -> tuple[Reason, ...]:
    if row.order is None or _action(row) not in {NextAction.ADD, NextAction.CHANGE}:
        return row.reasons
    reasons: list[Reason] = []
    customer = active[NameKind.CUSTOMER].get(row.order.gl_number)
    if not customer:
        code = ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS if customer is None else ReasonCode.CUSTOMER_INACTIVE
        reasons.append(Reason(code, {"gl_number": row.order.gl_number, "customer": row.order.customer}))
    for service in sorted({line.item for line in row.order.lines}):
        item = active[NameKind.ITEM].get(name_key(service))
        if name_key(service) in shared:
            reasons.append(not_unique(service, shared[name_key(service)]))
        elif not item:
            code = ReasonCode.ITEM_NOT_IN_QUICKBOOKS if item is None else ReasonCode.ITEM_INACTIVE
            reasons.append(Reason(code, {"item": service}))
    return tuple(of_system(reason, system) for reason in reasons) or row.reasons
