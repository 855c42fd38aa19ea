"""Which reason a test provokes, and whether it really did: a check of the words is the proof."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

from app.domain.reason_texts import explain
from app.domain.reasons import Reason, ReasonCode, Who

P = ParamSpec("P")

_PLACEHOLDER = re.compile(r"[{}…]|\s{2}|\.\.|\(\)|\s[.,;]|''|\"\"|\bNone\b")
_checked: list[ReasonCode] = []


def provokes(code: ReasonCode) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Name the reason a test provokes; the test fails if it never read that reason's words."""

    def mark(test: Callable[P, None]) -> Callable[P, None]:
        @wraps(test)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            _checked.clear()
            test(*args, **kwargs)
            assert code in _checked, f"{code} was not provoked"

        run.__dict__["provokes"] = code
        return run

    return mark


def provoked_by(test: object) -> ReasonCode | None:
    """Give the reason a test is meant to provoke; None for anything else."""
    code = getattr(test, "provokes", None)
    return code if isinstance(code, ReasonCode) else None


def check_words(shown: Mapping[str, Any], code: ReasonCode, who: Who, *names: str) -> None:
    """Check a reason as a command prints it: complete words, the real names in them, and who is to mend it."""
    assert shown["code"] == code
    words = f"{shown['title']} | {shown['why']} | {shown['fix']}"
    assert not _PLACEHOLDER.search(words), words
    assert all(shown[part] for part in ("title", "why", "fix")), words
    assert len(shown["title"].split()) <= 6, words
    assert not [name for name in names if name not in words], f"{names} in {words}"
    assert shown["who"] == who, words
    _checked.append(code)


def check_reason(reason: Reason, code: ReasonCode, who: Who, *names: str) -> None:
    """Check a reason that belongs to a whole connection; its facts are in the record."""
    words = explain(reason)
    shown = {"code": reason.code, "title": words.title, "why": words.why, "fix": words.fix, "who": words.who}
    check_words(shown, code, who, *names)
