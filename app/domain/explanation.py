"""A reason in words. No I/O."""

from app.domain.reasons import Who
from app.domain.values import Struct


class Explanation(Struct, frozen=True):
    """A reason in words."""

    title: str
    """At most a handful of words, with the real name in them."""
    why: str
    fix: str
    who: Who
