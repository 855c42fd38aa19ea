"""Mishaps on demand: crashes, lost answers, refusals and price levels, so that a test can provoke each.

Rule: a mishap happens as often as it was ordered and then never again. Nothing here is part of a company file.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from app.practice.quickbooks.faults import HResult


class MishapKind(Enum):
    """When in a message set the mishap strikes."""

    BEFORE = auto()
    """Before anything ran: nothing is remembered."""
    DURING = auto()
    """After some of the requests: they stay, their answers were never stored."""
    AFTER = auto()
    """After everything ran and was remembered: only the answer is lost."""
    NOT_STORED = auto()
    """Everything runs, but QuickBooks cannot store the outcome (message-set status 9005)."""


@dataclass(slots=True)
class _Mishap:
    kind: MishapKind
    times: int
    containing: str | None
    hresult: HResult
    after_requests: int = 0


@dataclass(slots=True)
class _Refused:
    request: str
    code: int
    message: str
    times: int


@dataclass(frozen=True, slots=True)
class _PriceLevel:
    percent: Decimal
    item: str | None


@dataclass(slots=True)
class Hooks:
    """The mishaps ordered for a company.

    Where a method takes `containing`, it strikes only message sets that hold a request such as `SalesOrderAdd`.
    """

    _mishaps: list[_Mishap] = field(default_factory=list)
    _refused: list[_Refused] = field(default_factory=list)
    _price_level: _PriceLevel | None = None

    def crash_before(
        self, *, containing: str | None = None, times: int = 1, hresult: HResult = HResult.SESSION_LOST
    ) -> None:
        """Let QuickBooks die before it runs anything of the next message set."""
        self._mishaps.append(_Mishap(MishapKind.BEFORE, times, containing, hresult))

    def crash_after_requests(
        self,
        count: int,
        *,
        containing: str | None = None,
        times: int = 1,
        hresult: HResult = HResult.SESSION_LOST,
    ) -> None:
        """Let QuickBooks die in the middle of the next message set, after `count` of its requests."""
        self._mishaps.append(_Mishap(MishapKind.DURING, times, containing, hresult, count))

    def lose_answer(
        self, *, containing: str | None = None, times: int = 1, hresult: HResult = HResult.SESSION_LOST
    ) -> None:
        """Let the next message set run and be remembered, and lose its answer."""
        self._mishaps.append(_Mishap(MishapKind.AFTER, times, containing, hresult))

    def fail_to_store(self, *, containing: str | None = None, times: int = 1) -> None:
        """Let the next message set with an id run without being remembered (message-set status 9005)."""
        self._mishaps.append(_Mishap(MishapKind.NOT_STORED, times, containing, HResult.UNEXPECTED))

    def answer_with(self, request: str, code: int, message: str, *, times: int = 1) -> None:
        """Refuse the next requests of a kind with a status of your choice.

        Args:
            request: The request without `Rq`, such as `SalesOrderAdd`.
            code: The status code.
            message: The status message.
            times: How many requests are refused.
        """
        self._refused.append(_Refused(request, code, message, times))

    def price_level(self, percent: Decimal | None, *, item: str | None = None) -> None:
        """Change the rates and amounts of new lines by a percentage, as a price level does; None ends it.

        Args:
            percent: The change, such as `Decimal("-10")`.
            item: The full name of the only item concerned; all items without it.
        """
        self._price_level = None if percent is None else _PriceLevel(percent, item)

    def clear(self) -> None:
        """Cancel every mishap."""
        self._mishaps.clear()
        self._refused.clear()
        self._price_level = None

    def take_mishap(self, requests: Collection[str]) -> tuple[MishapKind, HResult, int] | None:
        """Tell which mishap strikes a message set with these requests, and count it."""
        for mishap in self._mishaps:
            if mishap.containing is None or f"{mishap.containing}Rq" in requests:
                mishap.times -= 1
                if mishap.times <= 0:
                    self._mishaps.remove(mishap)
                return mishap.kind, mishap.hresult, mishap.after_requests
        return None

    def take_refusal(self, request: str) -> tuple[int, str] | None:
        """Tell with which status a request is refused, and count it."""
        for refused in self._refused:
            if f"{refused.request}Rq" == request:
                refused.times -= 1
                if refused.times <= 0:
                    self._refused.remove(refused)
                return refused.code, refused.message
        return None

    def factor_for(self, item: str) -> Decimal:
        """Tell by what the price level multiplies an item's prices."""
        level = self._price_level
        if level is None or (level.item is not None and level.item.casefold() != item.casefold()):
            return Decimal(1)
        return 1 + level.percent / 100
