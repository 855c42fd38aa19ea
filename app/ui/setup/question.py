"""One question at a time to the core: a newer one, or a closed window, makes the older answer unwanted."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.ui.tasks import Tasks

T = TypeVar("T")


class Question:
    """Asks for one widget."""

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        """Take who runs operations, and the widget whose end makes answers unwanted."""
        self._tasks = tasks
        self._owner = owner
        self._number = 0
        self._answered = 0

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is awaited."""
        return self._answered != self._number

    def ask(
        self,
        operation: Callable[[Callable[[], bool]], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        """Run an operation, which is given a way to see that nobody wants its answer any more."""
        self._number += 1
        number = self._number

        def is_unwanted() -> bool:
            return self._number != number

        def succeeded(value: T) -> None:
            if not is_unwanted() and isValid(self._owner):
                self._answered = number
                on_success(value)

        def failed(fault: Exception) -> None:
            if not is_unwanted() and isValid(self._owner):
                self._answered = number
                on_failure(fault)

        self._tasks.run(lambda: operation(is_unwanted), succeeded, failed)

    def drop(self) -> None:
        """Want no answer any more."""
        self._number += 1
        self._answered = self._number
