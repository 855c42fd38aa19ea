"""Customers and items: read in bulk, kept, and looked up by name where one is missing or turned out stale. No I/O."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from app.books.port import Answer, Ask
from app.books.run.accounting_system import Created, References
from app.books.run.context import Context, NotCreated
from app.books.run.meaning import Meaning
from app.domain.books_names import SEPARATOR, BooksName, NameKind
from app.domain.choices import Missing
from app.domain.currencies import differ
from app.domain.facts import ListsKnown
from app.domain.plain_text import folded, name_key
from app.domain.reason_texts import DENIED, NO_ACCOUNT, ONE_CURRENCY, REFUSED, TAKEN
from app.domain.reasons import Reason, ReasonCode, not_unique
from app.domain.retrying import is_recent
from app.domain.sales_order import SalesOrder
from app.domain.values import Struct, replace

FRESH_FOR: Final = timedelta(hours=24)
"""How long a whole list counts as known."""

LOOKUPS_AT_ONCE: Final = 100


class Resolved(Struct, frozen=True):
    """An order's names in the books: either all of them, or the reason why not."""

    references: References | None
    reasons: tuple[Reason, ...] = ()


def refresh(context: Context) -> Generator[Ask, Answer, None]:
    """Read all customers and items anew if they are not known, or not fresh."""
    known = context.ledger.known(ListsKnown)
    now = context.ledger.now()
    if known is not None and is_recent(known.refreshed_at, FRESH_FOR, now):
        return
    names: list[BooksName] = []
    for kind in NameKind:
        names += yield from context.system.whole_list(kind)
    context.names.replace(names)
    context.ledger.learn(ListsKnown(now, now))


def look_up(context: Context, orders: Sequence[SalesOrder]) -> Generator[Ask, Answer, None]:
    """Look up by name what the orders need and what is not known to be there and active; create it if we may."""
    missing = {
        kind: sorted(_unusable(context, kind, names), key=name_key) for kind, names in _needed(context, orders).items()
    }
    wanted = [(kind, name) for kind, names in missing.items() for name in names]
    for start in range(0, len(wanted), LOOKUPS_AT_ONCE):
        yield from _by_name(context, wanted[start : start + LOOKUPS_AT_ONCE])
    customers = {context.options.customer_name(order.gl_number): order.customer for order in orders}
    if context.options.missing_customers is Missing.CREATE:
        yield from _create_customers(context, {name: customers[name] for name in missing[NameKind.CUSTOMER]})
    if context.options.missing_items is Missing.CREATE:
        yield from _create_items(context, missing[NameKind.ITEM])


def resolve(context: Context, orders: Sequence[SalesOrder]) -> list[Resolved]:
    """Turn the names of each order into ids in the books, or tell which names stand in the way."""
    needed = _needed(context, orders)
    customers = context.names.find(NameKind.CUSTOMER, needed[NameKind.CUSTOMER])
    items = context.names.find(NameKind.ITEM, needed[NameKind.ITEM])
    unknown = [name for name in needed[NameKind.ITEM] if name_key(name) not in items]
    shared = context.ledger.namesakes(NameKind.ITEM, unknown)
    return [_resolve(context, order, customers, items, shared) for order in orders]


class Ids(Struct, frozen=True):
    """What names of some orders stand for in the books now, as far as it is known."""

    customers: Mapping[str, str]
    """By GL number."""
    items: Mapping[str, str]
    """By the item's name."""


def ids_of(context: Context, orders: Iterable[SalesOrder | None]) -> Ids:
    """Look up what the names of some orders stand for."""
    known = [order for order in orders if order is not None]
    needed = _needed(context, known)
    customers = context.names.find(NameKind.CUSTOMER, needed[NameKind.CUSTOMER])
    items = context.names.find(NameKind.ITEM, needed[NameKind.ITEM])
    called = {order.gl_number: name_key(context.options.customer_name(order.gl_number)) for order in known}
    return Ids(
        {number: customers[key].list_id for number, key in called.items() if key in customers},
        {name: items[key].list_id for name in needed[NameKind.ITEM] if (key := name_key(name)) in items},
    )


def _resolve(
    context: Context,
    order: SalesOrder,
    customers: Mapping[str, BooksName],
    items: Mapping[str, BooksName],
    shared: Mapping[str, Sequence[str]],
) -> Resolved:
    services = {line.item for line in order.lines}
    reasons: list[Reason] = []
    name = context.options.customer_name(order.gl_number)
    customer = customers.get(name_key(name))
    facts = {"gl_number": order.gl_number, "customer": order.customer}
    not_created = context.not_created.get((NameKind.CUSTOMER, name_key(name)))
    if customer is None and not_created is not None:
        reasons.append(_why_not(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, facts, not_created))
    elif customer is None:
        hint = f" In Cedar it belongs to {order.customer}." if order.customer != order.gl_number else ""
        reasons.append(Reason(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, facts | {"customer_hint": hint}))
    elif not customer.is_active:
        reasons.append(Reason(ReasonCode.CUSTOMER_INACTIVE, facts))
    elif (currencies := _other_currency(context, order, customer)) is not None:
        reasons.append(Reason(ReasonCode.CURRENCY_DIFFERS, facts | currencies))
    for service in sorted(services):
        item = items.get(name_key(service))
        not_created = context.not_created.get((NameKind.ITEM, name_key(service)))
        if item is None and name_key(service) in shared:
            reasons.append(not_unique(service, shared[name_key(service)]))
        elif item is None and not_created is not None:
            reasons.append(_why_not(ReasonCode.ITEM_NOT_IN_QUICKBOOKS, {"item": service}, not_created))
        elif item is None:
            reasons.append(Reason(ReasonCode.ITEM_NOT_IN_QUICKBOOKS, {"item": service}))
        elif not item.is_active:
            reasons.append(Reason(ReasonCode.ITEM_INACTIVE, {"item": service}))
    if reasons or customer is None:
        return Resolved(None, tuple(reasons))
    return Resolved(References(customer.list_id, {name: items[name_key(name)].list_id for name in services}))


def _other_currency(context: Context, order: SalesOrder, customer: BooksName) -> dict[str, str] | None:
    """Tell in which currency the order would stand in the books, if it is certainly not its own."""
    company = context.company
    in_books = (customer.currency if company.is_multi_currency else None) or company.home_currency
    if not differ(order.currency, in_books):
        return None
    found = {"currency": order.currency or "", "books_currency": in_books or ""}
    return found if company.is_multi_currency else found | {"case": ONE_CURRENCY}


def _why_not(code: ReasonCode, facts: Mapping[str, str], found: NotCreated) -> Reason:
    return Reason(code, {**facts, "case": found.case, "message": found.message}, found.raw)


def forget(context: Context, order: SalesOrder) -> None:
    """Drop what is known of an order's names after QuickBooks refused them."""
    for kind, names in _needed(context, [order]).items():
        context.names.forget(kind, names)
        context.confirmed -= {(kind, name_key(name)) for name in names}


def looked_up_missing(context: Context) -> None:
    """Remember that the names failed rows wait for were looked up just now."""
    known = context.ledger.known(ListsKnown)
    if known is not None:
        context.ledger.learn(replace(known, missing_looked_up_at=context.ledger.now()))


def _needed(context: Context, orders: Sequence[SalesOrder]) -> dict[NameKind, set[str]]:
    return {
        NameKind.CUSTOMER: {context.options.customer_name(order.gl_number) for order in orders},
        NameKind.ITEM: {line.item for order in orders for line in order.lines},
    }


def _unusable(context: Context, kind: NameKind, names: Iterable[str]) -> list[str]:
    """List the names that are not known to be there and active, and to name one entry."""
    wanted = sorted(names, key=name_key)
    known = context.names.find(kind, wanted)
    return [
        name
        for name in wanted
        if (entry := known.get(name_key(name))) is None
        or not entry.is_active
        or (_is_last_name(name, entry) and (kind, name_key(name)) not in context.confirmed)
    ]


def _is_last_name(name: str, entry: BooksName) -> bool:
    """Tell whether a name is an entry's last name alone: another one may have got it since."""
    return name_key(name) != name_key(entry.full_name)


def _by_name(context: Context, wanted: Sequence[tuple[NameKind, str]]) -> Generator[Ask, Answer, None]:
    answers = yield from context.system.entries(wanted)
    found: list[BooksName] = []
    for (kind, name), entries in zip(wanted, answers, strict=True):
        if entries or _is_active(context, kind, name):
            # What had this name before may have been renamed, merged or deleted since. Where nothing was found, one
            # known as inactive stays: such entries may be hidden from the answer.
            context.names.forget(kind, [name])
        found += entries
        context.confirmed.add((kind, name_key(name)))
    context.names.keep(found)


def _is_active(context: Context, kind: NameKind, name: str) -> bool:
    entry = context.names.find(kind, [name]).get(name_key(name))
    return entry is not None and entry.is_active


def _create_customers(context: Context, wanted: Mapping[str, str]) -> Generator[Ask, Answer, None]:
    absent = _absent(context, NameKind.CUSTOMER, wanted)
    for start in range(0, len(absent), LOOKUPS_AT_ONCE):
        part = absent[start : start + LOOKUPS_AT_ONCE]
        created = yield from context.system.create_customers(part, wanted)
        yield from _take(context, NameKind.CUSTOMER, part, created)


def _create_items(context: Context, wanted: Sequence[str]) -> Generator[Ask, Answer, None]:
    absent = _absent(context, NameKind.ITEM, wanted)
    if not absent:
        return
    account = context.options.income_account
    if not account:
        names = yield from context.system.income_accounts()
        if len(names) != 1:
            # With several income accounts only a person can say which.
            for name in absent:
                context.not_created[NameKind.ITEM, name_key(name)] = NotCreated(NO_ACCOUNT)
            return
        account = names[0]
    for start in range(0, len(absent), LOOKUPS_AT_ONCE):
        part = absent[start : start + LOOKUPS_AT_ONCE]
        created = yield from context.system.create_items(part, account)
        yield from _take(context, NameKind.ITEM, part, created)


def _absent(context: Context, kind: NameKind, wanted: Iterable[str]) -> list[str]:
    names, limit = list(wanted), context.system.name_limits[kind]
    known = {*context.names.find(kind, names), *context.ledger.namesakes(kind, names)}
    return [
        name
        for name in names
        if name_key(name) not in known and SEPARATOR not in name and 0 < len(folded(name).strip()) <= limit
    ]


def _take(
    context: Context, kind: NameKind, names: Sequence[str], created: Sequence[Created]
) -> Generator[Ask, Answer, None]:
    """Keep list entries that were created, and remember why others could not be.

    A lost answer does no harm: the name is taken then, and found by the next look-up.
    """
    taken: list[tuple[NameKind, str]] = []
    for name, each in zip(names, created, strict=True):
        if each.meaning is Meaning.DONE:
            continue
        case = {Meaning.NAME_TAKEN: TAKEN, Meaning.DENIED: DENIED}.get(each.meaning, REFUSED)
        context.not_created[kind, name_key(name)] = NotCreated(case, " ".join(each.message.split()), each.raw)
        if each.meaning is Meaning.NAME_TAKEN:
            taken.append((kind, name))
    context.names.keep([entry for each in created for entry in each.names])
    if taken:
        yield from _by_name(context, taken)
