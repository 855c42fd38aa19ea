from __future__ import annotations

import sys

from app.system.power import system_power_events


def test_listening_can_be_ended_twice_and_begun_anew() -> None:
    events, told = system_power_events(), []
    events.stop()
    for _ in range(2):
        events.start(lambda: told.append(True))
        events.stop()
        events.stop()
    assert told == []


if sys.platform == "win32":
    from app.system.power import RESUMED, WindowsPowerEvents

    def test_only_a_resume_is_told() -> None:
        events, told = WindowsPowerEvents(), []
        events.start(lambda: told.append(True))
        subscription = events._subscription
        assert subscription is not None
        for kind in (0x04, RESUMED, 0x07):
            assert subscription.callback(None, kind, None) == 0
        events.stop()
        assert told == [True]
