"""The grammar engine: which elements may stand where, how often, and since which qbXML version.

Rule: knows no message. Tables in the `grammar_*` modules say what is allowed; this module walks a request's
elements along them and raises `Malformed` at the first that does not fit, as QuickBooks refuses the whole set
(Intuit SDK: element order is part of the schema).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from app.practice.quickbooks.faults import Malformed
from app.practice.quickbooks.scalars import CHECKS

Version = tuple[int, int]
Content = tuple["Particle", ...]

_FIRST: Version = (1, 0)


class Particle:
    """One place in a sequence of elements."""

    __slots__ = ()

    @property
    def first(self) -> frozenset[str]:
        """Names of the elements this place can begin with."""
        raise NotImplementedError

    @property
    def may_be_absent(self) -> bool:
        """Whether the sequence is complete without this place."""
        raise NotImplementedError

    def take(self, elements: Sequence[etree._Element], at: int, version: Version) -> int:
        """Check the elements that belong to this place.

        Args:
            elements: All children of the parent.
            at: Index of the first one not yet taken.
            version: The qbXML version of the request.

        Returns:
            The index after the last element taken.

        Raises:
            Malformed: An element does not fit.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Element(Particle):
    """An element with text or with children."""

    name: str
    scalar: str = ""
    """Its scalar format; empty for one with children."""
    limit: int | None = None
    """Most characters of its text."""
    values: tuple[str, ...] = ()
    """The texts it may hold, where they are enumerated."""
    minimum: int | None = None
    """Smallest whole number."""
    maximum: int | None = None
    """Largest whole number."""
    content: Content = ()
    required: bool = False
    most: int | None = 1
    """How often it may stand in a row; None without end."""
    since: Version = _FIRST
    attributes: tuple[str, ...] = ()

    @property
    def first(self) -> frozenset[str]:
        """Its own name."""
        return frozenset((self.name,))

    @property
    def may_be_absent(self) -> bool:
        """Whether it is optional."""
        return not self.required

    def take(self, elements: Sequence[etree._Element], at: int, version: Version) -> int:
        """Check this element, and its repetitions if it may repeat."""
        name = self.name
        start = at
        end = len(elements) if self.most is None else min(len(elements), at + self.most)
        while at < end and elements[at].tag == name:
            self.check(elements[at], version)
            at += 1
        if at == start and self.required:
            raise Malformed(f"{name} is missing")
        return at

    def check(self, element: etree._Element, version: Version) -> None:
        """Check one element with everything inside it.

        Raises:
            Malformed: It or something in it does not fit.
        """
        if version < self.since:
            raise Malformed(f"{self.name} came with qbXML {self.since[0]}.{self.since[1]}")
        if element.attrib:
            for attribute in element.attrib:
                if attribute not in self.attributes:
                    raise Malformed(f"{self.name} has no attribute {attribute!s}")
        if self.scalar:
            self._check_text(element)
        else:
            check_children(element, self.content, version)

    def _check_text(self, element: etree._Element) -> None:
        if len(element):
            raise Malformed(f"{self.name} holds text, not elements")
        text = element.text or ""
        if not text.isascii():
            # A reference beyond ISO-8859-1 survives parsing but cannot be stored.
            text = element.text = text.encode("latin-1", "replace").decode("latin-1")
        if self.limit is not None and len(text) > self.limit:
            raise Malformed(f"{self.name} is longer than {self.limit} characters")
        if self.values and text not in self.values:
            raise Malformed(f"{self.name} cannot be {text!r}")
        CHECKS[self.scalar](text)
        if self.minimum is not None and int(text) < self.minimum:
            raise Malformed(f"{self.name} is less than {self.minimum}")
        if self.maximum is not None and int(text) > self.maximum:
            raise Malformed(f"{self.name} is more than {self.maximum}")


@dataclass(frozen=True, slots=True)
class OneOf(Particle):
    """A choice between sequences."""

    options: tuple[Content, ...]
    required: bool = False
    repeats: bool = False
    routes: Mapping[str, Content] = field(init=False, repr=False)
    """Which option an element's name leads into."""

    def __post_init__(self) -> None:
        routes = {name: option for option in self.options for name in _names_opening(option)}
        object.__setattr__(self, "routes", routes)

    @property
    def first(self) -> frozenset[str]:
        """Every name any option can begin with."""
        return frozenset(self.routes)

    @property
    def may_be_absent(self) -> bool:
        """Whether no option need be there."""
        return not self.required or any(all(particle.may_be_absent for particle in option) for option in self.options)

    def take(self, elements: Sequence[etree._Element], at: int, version: Version) -> int:
        """Check the option the next element belongs to."""
        start = at
        while at < len(elements):
            option = self.routes.get(str(elements[at].tag))
            if option is None:
                break
            at = take_sequence(option, elements, at, version)
            if not self.repeats:
                break
        if at == start and not self.may_be_absent:
            raise Malformed(f"one of {', '.join(sorted(self.first))} is missing")
        return at


def _names_opening(content: Content) -> set[str]:
    names: set[str] = set()
    for particle in content:
        names |= particle.first
        if not particle.may_be_absent:
            break
    return names


def take_sequence(content: Content, elements: Sequence[etree._Element], at: int, version: Version) -> int:
    """Check elements along a sequence and tell how far it reached."""
    for particle in content:
        at = particle.take(elements, at, version)
    return at


def check_children(parent: etree._Element, content: Content, version: Version) -> None:
    """Check that an element holds exactly the given sequence and no loose text.

    Raises:
        Malformed: Something is missing, superfluous or out of order.
    """
    elements = list(parent)
    at = take_sequence(content, elements, 0, version)
    if at < len(elements):
        raise Malformed(f"{elements[at].tag!s} is unknown or out of place in {parent.tag!s}")
    if is_loose(parent.text) or any(is_loose(element.tail) for element in elements):
        raise Malformed(f"{parent.tag!s} holds loose text")


def is_loose(text: str | None) -> bool:
    """Tell whether text between elements is more than layout."""
    return text is not None and text.strip(" \t\r\n") != ""
