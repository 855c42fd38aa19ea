"""Collects cyclic garbage on the main thread alone.

Python's collector runs in whichever thread makes the next object, and a window that is done with is a cycle: it is held
by its own slots. One destroyed off the main thread brings Qt down, so while Qt is in use nobody else may collect.
"""

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Slot


class MainThreadCollector(QObject):
    """Stands in for the automatic collector; it looks whenever the event loop is about to rest, and has no timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Take the main thread's event loop; ``start`` begins."""
        super().__init__(parent)
        self._dispatcher = QAbstractEventDispatcher.instance()

    def start(self) -> None:
        """Turn the automatic collector off, and collect from here on."""
        # What the imports have left stays for good: without it a round is short.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._dispatcher.aboutToBlock.connect(self.collect)

    def stop(self) -> None:
        """Give way to the automatic collector again."""
        self._dispatcher.aboutToBlock.disconnect(self.collect)
        gc.unfreeze()
        gc.collect()
        gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect as much as the automatic collector would have by now."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > thresholds[0]:
            gc.collect(2 if counts[2] > thresholds[2] else 1 if counts[1] > thresholds[1] else 0)
