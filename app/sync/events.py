"""Tells whoever listens that something changed; never what, so that no listener works from a stale copy."""

import logging
import threading
from collections.abc import Callable
from enum import StrEnum

log = logging.getLogger(__name__)


class Topic(StrEnum):
    """What changed."""

    ROWS = "rows"
    CEDAR = "cedar"
    """A reading began, ended or failed."""
    BOOKS = "books"
    """The accounting system was in touch, or has a problem, or has none any more."""


Listener = Callable[[Topic], None]


class Events:
    """Calls listeners in the thread of whoever publishes; they must be quick, and hand over to their own thread."""

    def __init__(self) -> None:
        """Begin without listeners."""
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call a listener from now on.

        Returns:
            A function that ends it; harmless when called twice.
        """
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, topic: Topic) -> None:
        """Tell all listeners; one that fails is logged, and harms neither the others nor the publisher."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(topic)
            except Exception:
                log.exception("a listener failed")
