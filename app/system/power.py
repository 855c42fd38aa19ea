"""Tells when the computer wakes: as Windows says it, at once. Elsewhere the clock's gap is all there is to go by.

Source: PowerRegisterSuspendResumeNotification with DEVICE_NOTIFY_CALLBACK (Windows 8 and later); the callback gets
PBT_APMRESUMEAUTOMATIC at every resume.
"""

import sys
from collections.abc import Callable
from typing import Protocol


class PowerEvents(Protocol):
    """Tells of resumes between `start` and `stop`."""

    def start(self, on_resume: Callable[[], None]) -> None:
        """Begin; ``on_resume`` is called in a thread of the system's, and must be quick."""

    def stop(self) -> None:
        """End; harmless if it has not begun."""


class NoPowerEvents:
    """A system that tells nothing."""

    def start(self, on_resume: Callable[[], None]) -> None:
        """Tell nothing."""

    def stop(self) -> None:
        """Tell nothing."""


if sys.platform == "win32":
    import ctypes
    import logging
    from ctypes import wintypes

    log = logging.getLogger(__name__)

    DEVICE_NOTIFY_CALLBACK = 2
    RESUMED = 0x12
    """PBT_APMRESUMEAUTOMATIC: the computer works again, whoever woke it."""

    _CALLBACK = ctypes.WINFUNCTYPE(wintypes.ULONG, ctypes.c_void_p, wintypes.ULONG, ctypes.c_void_p)

    class _Subscription(ctypes.Structure):
        _fields_ = (("callback", _CALLBACK), ("context", ctypes.c_void_p))

    class WindowsPowerEvents:
        """Windows' own notification, which needs no window."""

        def __init__(self) -> None:
            """Begin with nothing registered."""
            self._handle = ctypes.c_void_p()
            self._subscription: _Subscription | None = None

        def start(self, on_resume: Callable[[], None]) -> None:
            """Begin to listen; where Windows refuses, the clock's gap has to do."""

            def told(_context: int | None, kind: int, _setting: int | None) -> int:
                if kind == RESUMED:
                    on_resume()
                return 0

            # Both live as long as Windows may call.
            self._subscription = _Subscription(_CALLBACK(told), None)
            code = ctypes.windll.powrprof.PowerRegisterSuspendResumeNotification(
                DEVICE_NOTIFY_CALLBACK, ctypes.byref(self._subscription), ctypes.byref(self._handle)
            )
            if code:
                self._handle = ctypes.c_void_p()
                log.warning("Windows does not tell of sleep and resume (%s)", code)

        def stop(self) -> None:
            """Listen no more."""
            handle, self._handle = self._handle, ctypes.c_void_p()
            if handle.value:
                ctypes.windll.powrprof.PowerUnregisterSuspendResumeNotification(handle)


def system_power_events() -> PowerEvents:
    """Give what this computer can tell."""
    found: PowerEvents = NoPowerEvents()
    if sys.platform == "win32":
        found = WindowsPowerEvents()
    return found
