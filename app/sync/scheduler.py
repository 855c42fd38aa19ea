"""Does work in its rhythm, on one thread, for all connections: reads Cedar, or pushes. Stops at once when asked to."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.cedar.faults import Cancelled
from app.domain.facts import CedarContact
from app.domain.faults import CedarRefused, KnownFault
from app.sync.clock import Clock

log = logging.getLogger(__name__)

LONGEST_SLEEP: Final = timedelta(minutes=1)
"""The thread looks at the clock at least so often: a computer that slept wakes up to work that is due."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How one connection is served."""

    pull: Callable[[], object]
    contact: Callable[[], CedarContact | None]
    """What the record knows of the last reading, by whichever program."""
    every: Callable[[], timedelta]
    """How long to wait between two times, as the settings have it now."""


class Scheduler:
    """Polls Cedar until it is stopped."""

    def __init__(self, rhythms: Mapping[str, Rhythm], clock: Clock, thread: str = "sync") -> None:
        """Take what to do, the clock, and the name of the thread that does it."""
        self._thread_name = thread
        self._rhythms = rhythms
        self._clock = clock
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._refused: set[str] = set()
        self._asked = 0
        """How often a person asked for a reading."""
        self._thread: threading.Thread | None = None

    @property
    def is_stopping(self) -> bool:
        """Tell whether somebody asked to stop: a reading in progress ends then."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin; the first reading is at once."""
        if self._thread is None and self._rhythms:
            self._thread = threading.Thread(target=self._run, name=self._thread_name, daemon=True)
            self._thread.start()

    def check_now(self) -> None:
        """Read every connection now, also one whose key was refused."""
        self._asked += 1
        self._refused.clear()
        self._wake.set()

    def look_again(self) -> None:
        """Read every connection now, but not one whose key was refused: nobody asked for that."""
        self._wake.set()

    def stop(self, timeout: float = 10.0) -> None:
        """End; harmless if it has ended already."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout)
            self._thread = None

    def _run(self) -> None:
        due: dict[str, datetime] = dict.fromkeys(self._rhythms, self._clock.now())
        while not self._stopping.is_set():
            now = self._clock.now()
            for name, rhythm in self._rhythms.items():
                # A clock that was set back, or a shorter interval, must not stop us for longer than one interval.
                if due[name] <= now or due[name] - now > rhythm.every():
                    self._pull(name, rhythm)
                    due[name] = self._clock.now() + rhythm.every()
            next_due = min(due.values(), default=now + LONGEST_SLEEP)
            wait = min(max(next_due - self._clock.now(), timedelta(0)), LONGEST_SLEEP)
            if self._wake.wait(wait.total_seconds()):
                self._wake.clear()
                due = dict.fromkeys(self._rhythms, self._clock.now())

    def _pull(self, name: str, rhythm: Rhythm) -> None:
        asked = self._asked
        try:
            if name in self._refused:
                contact = rhythm.contact()
                if contact is None or contact.problem is not None:
                    # Asking again with a refused key could lock the user out; a reading by hand shows that it works.
                    return
                self._refused.discard(name)
            rhythm.pull()
        except Cancelled:
            log.info("reading Cedar was stopped")
        except CedarRefused as fault:
            log.warning("Cedar refused %s; it is not asked again by itself: %s", name, fault)
            if asked == self._asked:
                # Nobody has asked anew since, with another key perhaps.
                self._refused.add(name)
        except KnownFault as fault:
            log.warning("the %s of %s could not be done: %s", self._thread_name, name, fault)
        except Exception:
            log.exception("the %s of %s broke off", self._thread_name, name)
