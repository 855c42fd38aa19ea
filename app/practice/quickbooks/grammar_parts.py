"""Building blocks of the message tables: references, addresses, filters and the like.

Rule: declarations only. Lengths and first versions follow Intuit's 13.0 message forms for the US edition.
"""

from __future__ import annotations

from app.practice.quickbooks.grammar import Content, Element, OneOf, Version


def text(name: str, limit: int | None = None, *, required: bool = False, since: Version = (1, 0)) -> Element:
    """Declare an element with free text."""
    return Element(name, "text", limit, required=required, since=since)


def scalar(name: str, kind: str, *, required: bool = False, since: Version = (1, 0)) -> Element:
    """Declare an element with a formatted scalar."""
    return Element(name, kind, required=required, since=since)


def many(name: str, kind: str, limit: int | None = None, *, since: Version = (1, 0)) -> Element:
    """Declare an element that stands once or more often where it is chosen."""
    return Element(name, kind, limit, required=True, most=None, since=since)


def one_word(name: str, *values: str, required: bool = False, since: Version = (1, 0)) -> Element:
    """Declare an element that holds one of a few words."""
    return Element(name, "text", values=values, required=required, since=since)


def group(
    name: str, *content: Element | OneOf, required: bool = False, most: int | None = 1, since: Version = (1, 0)
) -> Element:
    """Declare an element with children."""
    return Element(name, content=content, required=required, most=most, since=since)


def reference(name: str, limit: int | None = None, *, required: bool = False, since: Version = (1, 0)) -> Element:
    """Declare a reference to a list record: its ListID, its FullName, or both."""
    return group(name, scalar("ListID", "id"), text("FullName", limit), required=required, since=since)


ADDRESS_FIELDS: Content = (
    text("Addr1", 41),
    text("Addr2", 41),
    text("Addr3", 41),
    text("Addr4", 41, since=(2, 0)),
    text("Addr5", 41, since=(6, 0)),
    text("City", 31),
    text("State", 21),
    text("PostalCode", 13),
    text("Country", 31),
    text("Note", 41, since=(6, 0)),
)


def address(name: str, *, since: Version = (1, 0)) -> Element:
    """Declare a postal address."""
    return Element(name, content=ADDRESS_FIELDS, since=since)


INCLUDE_RET_ELEMENT = Element("IncludeRetElement", "text", 50, most=None, since=(4, 0))
OWNER_IDS = Element("OwnerID", "guid", most=None, since=(2, 0))
MAX_RETURNED = Element("MaxReturned", "integer", minimum=1)
ACTIVE_STATUS = one_word("ActiveStatus", "ActiveOnly", "InactiveOnly", "All")
MATCH_CRITERION = one_word("MatchCriterion", "StartsWith", "Contains", "EndsWith", required=True)

DATA_EXT = Element(
    "DataExt",
    content=(
        scalar("OwnerID", "guid", required=True),
        text("DataExtName", 31, required=True),
        text("DataExtValue", required=True),
    ),
    most=None,
    since=(5, 0),
)

NAME_FILTERS = OneOf(
    (
        (group("NameFilter", MATCH_CRITERION, text("Name", required=True)),),
        (group("NameRangeFilter", text("FromName"), text("ToName")),),
    )
)

CURRENCY_FILTER = group(
    "CurrencyFilter",
    OneOf(((many("ListID", "id"),), (many("FullName", "text", 64),)), required=True),
    since=(8, 0),
)


def tree_filter(name: str, *, since: Version = (1, 0), ids_since: Version = (1, 0)) -> Element:
    """Declare a filter by list records, alone or with everything below one of them."""
    return group(
        name,
        OneOf(
            (
                (many("ListID", "id", since=ids_since),),
                (many("FullName", "text"),),
                (scalar("ListIDWithChildren", "id", required=True, since=ids_since),),
                (text("FullNameWithChildren", required=True),),
            ),
            required=True,
        ),
        since=since,
    )


def request(name: str, *content: Element | OneOf, since: Version = (1, 0), attributes: tuple[str, ...] = ()) -> Element:
    """Declare a whole request."""
    return Element(name, content=content, since=since, attributes=("requestID", *attributes))
