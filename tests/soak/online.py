"""The month with the books in QuickBooks Online: pushed to by the clock, over tokens that end."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import httpx

from app.books.quickbooks_online import courier, http_client, throttle
from app.domain.facts import BooksContact
from app.practice.online_world import OnlineWorld
from app.practice.quickbooks_online.exchange import TOKEN
from app.store import facts
from app.sync.scheduler import Scheduler
from tests.exactly_once.online_books import OnlineBooks
from tests.exactly_once.online_office import small_online_company
from tests.soak.office import SETTINGS, Month
from tests.soak.weather import LATE, ONLINE_TROUBLES, Weather


def _impatient(root: str, read_time: float) -> httpx.Client:
    """Open a client that waits for the books as long as a month on a moved clock can afford.

    Tokens are waited for as ever: one whose answer is given up has been replaced all the same, and the look a quarter
    of an hour later comes too late for the one before.
    """
    return _client(root, LATE / 2 if read_time == courier.READ_TIME else read_time)


_client = http_client.client


class OnlineMonth(Month):
    """One run, with the books in QuickBooks Online."""

    troubles: tuple[Weather, ...] = ONLINE_TROUBLES

    def _build_world(self) -> Any:  # noqa: ANN401 (each accounting system has a world of its own)
        self._wrong_by = timedelta()
        world = OnlineWorld(
            self.home,
            self.railroad,
            company=small_online_company(self._right_time),
            settings=SETTINGS,
            clock=self.clock,
        )
        world.service.grants.rotates_always = True
        return world

    def _right_time(self) -> datetime:
        """Give Intuit's time, which is right whatever this computer's clock shows."""
        return self.clock.now() - self._wrong_by

    def _jump(self, step: timedelta) -> None:
        self._pass(timedelta())
        self._wrong_by += step
        super()._jump(step)

    @property
    def books(self) -> Any:  # noqa: ANN401 (the promises look at all books alike)
        """What the company holds."""
        return OnlineBooks(self.world.company, self.world.service)

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        # The practice service stands any pace.
        with (
            mock.patch.object(throttle, "A_SECOND", 10_000),
            mock.patch.object(http_client, "client", _impatient),
            super()._surroundings(),
        ):
            yield

    def _schedulers(self) -> list[Scheduler]:
        return [self.world.program.scheduler, self.world.program.pushing]

    def _update(self, weather: Weather) -> None:
        """See whether the pushing thread, at rest again, has pushed since the last look."""
        if weather.pragma:
            return
        with self.world.installation.record.read() as tx:
            contact = facts.get(tx, self.world.kit.name, BooksContact)
        if contact is not None and contact.last_contact == self.clock.now():
            self.counts["pushes"] += 1

    def _clear_logs(self) -> None:
        super()._clear_logs()
        served = vars(self.world.service)["_service"].log
        self.counts["calls at Intuit"] += len(served)
        self.counts["tokens from Intuit"] += sum(each.path == TOKEN for each in served)
        served.clear()
