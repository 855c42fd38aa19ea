"""The same stories, with the books in QuickBooks Online: Cedar, the bookkeeper, persons and faults, in any order."""

from collections.abc import Callable

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.practice.mishaps import Script, as_planned
from app.practice.quickbooks_online import Refusal, on
from app.practice.quickbooks_online.mishaps import Mishaps
from tests.exactly_once.online_office import OnlineOffice, an_online_office
from tests.exactly_once.test_state_machine import STORIES, Railway

# A story that is cut off looks like one that failed, and is told over and over to find out why.
pytestmark = pytest.mark.timeout(600)

WAYS: list[Callable[[Mishaps], None]] = [
    lambda mishaps: mishaps.lose_answer(where=on("batch")),
    lambda mishaps: mishaps.cut_before(where=on("batch")),
    lambda mishaps: mishaps.truncated(where=on("batch")),
    lambda mishaps: mishaps.unavailable(),
    lambda mishaps: mishaps.unauthorized(times=2),
    lambda mishaps: mishaps.throttled(retry_after=1),
    lambda mishaps: mishaps.fault_in_200(Refusal("10000", "An unexpected error", "An unexpected error")),
]


class OnlineRailway(Railway):
    """A railroad's office in a few days, whose books are in the cloud."""

    office: OnlineOffice
    an_office = staticmethod(an_online_office)

    @rule(way=st.sampled_from(WAYS))
    def something_goes_wrong_on_the_way(self, way: Callable[[Mishaps], None]) -> None:
        way(self.office.online.service.mishaps)

    # What only a Web Connector, or QuickBooks Desktop, can do.

    def update_with_a_mishap(self) -> None: ...

    def update_overtaken_by_another(self) -> None: ...

    def wrong_password(self) -> None: ...

    def somebody_opens_a_record(self) -> None: ...

    def everything_is_closed_again(self) -> None: ...

    def quickbooks_will_refuse(self) -> None: ...

    def quickbooks_will_crash(self) -> None: ...

    def _update(self, script: Script = as_planned) -> None:
        self.watchman.before_update()
        self.office.update(script)
        self.watchman.after_update()


TestOnlineRailway = OnlineRailway.TestCase
TestOnlineRailway.settings = STORIES
