"""Lets whoever waits for the network walk away from it.

Rule: no thread can be interrupted while it looks up a name, connects or waits for an answer, which may take a minute.
So the call runs in a thread of its own, and the one that waits looks in steps whether it is still wanted. A thread that
is left behind touches nothing of ours any more; its own timeouts end it.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, TypeVar

Answer = TypeVar("Answer")

STEP: Final = 0.1
"""Seconds between two looks at whether the answer is still wanted."""


def begun(call: Callable[[], Answer], name: str = "call", *, must_end: bool = False) -> Future[Answer]:
    """Begin a call in a thread of its own.

    Args:
        call: What is called.
        name: The thread's name.
        must_end: Keep the process alive until it has ended; otherwise the call does not keep the program from ending.
    """
    future: Future[Answer] = Future()
    threading.Thread(target=_carry_out, args=(call, future), name=name, daemon=not must_end).start()
    return future


def is_done(future: Future[Answer], is_unwanted: Callable[[], bool]) -> bool:
    """Wait for the end of a call; no sooner than it, only where the answer is not wanted any more."""
    while not wait([future], STEP).done:
        if is_unwanted():
            return False
    return True


def _carry_out(call: Callable[[], Answer], future: Future[Answer]) -> None:
    try:
        future.set_result(call())
    except BaseException as exc:  # noqa: BLE001 (whoever waits gets it, whatever it is)
        future.set_exception(exc)
