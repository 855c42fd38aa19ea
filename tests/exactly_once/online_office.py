"""The office of the stories, with its books in QuickBooks Online."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from unittest import mock

from app.books.quickbooks_online import throttle
from app.practice.cedar import PracticeRailroad
from app.practice.mishaps import Script, as_planned
from app.practice.online_world import OnlineWorld
from app.practice.quickbooks_online import REALM_ID, Desk, OnlineCompany
from tests.exactly_once.clock import StandingClock
from tests.exactly_once.office import Office
from tests.exactly_once.online_books import OnlineBooks
from tests.exactly_once.small_railroad import CUSTOMERS, ITEMS, small_railroad


class OnlineOfficeWorld(OnlineWorld):
    """The world, spoken to as the stories speak to the one with a Web Connector."""

    def update(self, script: Script = as_planned) -> None:
        """Push once, whatever comes of it."""
        self.push()

    def update_until_quiet(self) -> None:
        """Push until there is nothing to do, or the service cannot be reached."""
        self.push_until_quiet()


class OnlineOffice(Office):
    """Everything around one connection to the cloud."""

    def __init__(self, world: Any, clock: StandingClock, home: Path, books: OnlineBooks) -> None:  # noqa: ANN401
        super().__init__(world, clock, home)
        self._books = books
        self.online: OnlineOfficeWorld = world

    @property
    def company(self) -> Any:  # noqa: ANN401 (the stories know the Desktop company's desk)
        """What the books hold."""
        return self._books


def small_online_company(now: Callable[[], datetime]) -> OnlineCompany:
    """Make a company with the small railroad's customers and items."""
    company = OnlineCompany(REALM_ID, "Small Railroad", now)
    desk = Desk(company)
    desk.add_account("Freight Income")
    for customer in CUSTOMERS:
        desk.add_customer(customer)
    for item in ITEMS:
        desk.add_item(item)
    return company


@contextmanager
def an_online_office(
    folder: Path,
    railroad: PracticeRailroad | None = None,
    *,
    document: Literal["estimate", "invoice"] = "estimate",
    **settings: object,
) -> Iterator[OnlineOffice]:
    """Open an office whose program has read nothing yet; voided invoices are deleted if not said otherwise."""
    clock = StandingClock()
    railroad = railroad or small_railroad(clock.now().date())
    chosen: dict[str, object] = {
        f"destination.{name}": value for name, value in ({"on_void": "delete"} | settings).items()
    }
    world = OnlineOfficeWorld(
        folder / "home",
        railroad,
        company=small_online_company(clock.now),
        document=document,
        settings=chosen,
        clock=clock,
    )
    # The practice service stands any pace.
    with mock.patch.object(throttle, "A_SECOND", 10_000), world:
        books = OnlineBooks(world.company, world.service, document.capitalize())
        yield OnlineOffice(world, clock, folder / "home", books)
