"""A reason in words. No I/O."""

from dataclasses import dataclass

from app.domain.reasons import Who


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason in words."""

    title: str
    """At most a handful of words, with the real name in them."""
    why: str
    fix: str
    who: Who
