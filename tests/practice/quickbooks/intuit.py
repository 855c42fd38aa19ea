"""Intuit's own description of qbXML 13.0, read for comparison: the schema and the commented message form.

The folder is named by the variable QBXML_SCHEMAS; without it the comparisons are skipped.
"""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"
FOLDER = Path(os.environ.get("QBXML_SCHEMAS", "/nonexistent"))
_FILES = ("qbxmlops130.xsd", "qbxml130.xsd", "qbxmltypes130.xsd")


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(FOLDER / _FILES[0])))


@cache
def _globals() -> dict[tuple[str, str], etree._Element]:
    found = {}
    for file in _FILES:
        for node in etree.parse(str(FOLDER / file)).getroot():
            if isinstance(node.tag, str) and node.get("name"):
                found[node.tag.removeprefix(XSD), str(node.get("name"))] = node
    return found


# The message form


@dataclass(frozen=True)
class FormEntry:
    """One element of a US request in the message form."""

    limit: int | None
    since: tuple[int, int]
    is_optional: bool
    repeats: bool


_OPENING = re.compile(r"^\s*<(\w+)([^>]*)>(?:[A-Z]+</\w+>)?\s*(?:<!--(.*?)-->)?\s*$")
_CLOSED = re.compile(r"</\w+>")


@cache
def form_entries(request: str) -> dict[tuple[str, ...], FormEntry]:
    """Read what the message form says of a request, by path; elements the US edition lacks are left out."""
    text = (FOLDER / "qbxmlops130.xml").read_text(encoding="latin-1")
    match = re.search(rf"^ *<{request}[ >].*?</{request}>", text, re.DOTALL | re.MULTILINE)
    assert match is not None
    found: dict[tuple[str, ...], FormEntry] = {}
    stack: list[str] = []
    hidden = 0
    choice_since: list[tuple[int, int]] = []
    for line in match[0].splitlines():
        stripped = line.strip()
        if "BEGIN OR" in stripped:
            choice_since.append(_since(stripped.split("BEGIN OR")[0]))
        elif "END OR" in stripped:
            choice_since.pop()
        if stripped.startswith("</"):
            stack.pop()
            hidden = 0 if hidden > len(stack) else hidden
            continue
        opened = _OPENING.match(line)
        if opened is None:
            continue
        stack.append(opened[1])
        note = opened[3] or ""
        if not hidden and re.search(r"not in [^,]*\bQBD\b", note):
            hidden = len(stack)
        if not hidden:
            since = max(_since(note), *choice_since, (1, 0))
            found[tuple(stack)] = FormEntry(
                _limit(note), since, bool(re.search(r"\bopt\b", note)), bool(re.search(r"\brep\b", note))
            )
        if _CLOSED.search(stripped):
            stack.pop()
            hidden = 0 if hidden > len(stack) else hidden
    return found


def _since(note: str) -> tuple[int, int]:
    found = re.search(r"\bv(\d+)\.(\d+)", note)
    return (int(found[1]), int(found[2])) if found else (1, 0)


def _limit(note: str) -> int | None:
    for limit, editions in re.findall(r"max length = (\d+)(?: for ([A-Z|]+))?", note):
        if not editions or "QBD" in editions.split("|"):
            return int(limit)
    return None


# Requests made from the schema

_TEXTS = {
    "IDTYPE": ("80000012-1700000000", "1A2B-1612345678", "-1", "1A2C-1795343513"),
    "STRTYPE": ("x", "Acme & Co <1>", "caf\u00e9", "", "4410", "STORAGE", "INV-1"),
    "BOOLTYPE": ("true", "false", "1", "0", ""),
    "DATETYPE": ("2026-03-31", "1970-01-01", "2038-01-18", ""),
    "DATETIMETYPE": ("2026-03-31", "2026-3-1T9", "2026-03-31T09:15:03", "2026-03-31T09:15:03-06:00", ""),
    "AMTTYPE": ("1.50", "150", "-3.00", "+9999999999999.99", ""),
    "PRICETYPE": ("1.5", "75.125", "-2", "9999999999.99999", ""),
    "QUANTYPE": ("2", "0.5", "-1", "0", ""),
    "PERCENTTYPE": ("10", "6.25", ""),
    "FLOATTYPE": ("1", "1.2345678", ".5", "2.", ""),
    "GUIDTYPE": ("0", "{0a1B2c3D-0000-1111-2222-333344445555}"),
    "INTTYPE": ("1", "12", "7"),
    "ENUMTYPE": ("All",),
    "MACROTYPE": ("TxnID:a",),
}


class Maker:
    """Makes random requests that the schema allows and the US edition knows."""

    def __init__(self, request: str, source: random.Random) -> None:
        self._allowed = form_entries(request)
        self._random = source
        self._request = request

    def make(self) -> etree._Element:
        kind = _globals()["complexType", f"{self._request}Type"]
        made = etree.Element(self._request)
        self._fill(made, kind, (self._request,))
        if self._random.random() < 0.5:
            made.set("requestID", "r1")
        return made

    def _fill(self, parent: etree._Element, kind: etree._Element, path: tuple[str, ...]) -> None:
        for node in kind:
            if node.tag in (f"{XSD}sequence", f"{XSD}choice", f"{XSD}group"):
                self._particle(parent, node, path)

    def _particle(self, parent: etree._Element, node: etree._Element, path: tuple[str, ...]) -> None:
        low = int(node.get("minOccurs", "1"))
        high = node.get("maxOccurs", "1")
        most = low + 2 if high == "unbounded" else int(high)
        for _ in range(self._random.randint(low, max(low, most))):
            if node.tag == f"{XSD}element":
                self._element(parent, node, path)
            elif node.tag == f"{XSD}group":
                group = _globals()["group", str(node.get("ref"))]
                self._fill(parent, group, path)
            elif node.tag == f"{XSD}choice":
                options = [option for option in node if self._is_us(option, path)]
                if options:
                    self._particle(parent, self._random.choice(options), path)
            else:
                for child in node:
                    if isinstance(child.tag, str):
                        self._particle(parent, child, path)

    def _is_us(self, node: etree._Element, path: tuple[str, ...]) -> bool:
        if not isinstance(node.tag, str):
            return False
        if node.tag != f"{XSD}element":
            return True
        return (*path, str(node.get("name") or node.get("ref"))) in self._allowed

    def _element(self, parent: etree._Element, node: etree._Element, path: tuple[str, ...]) -> None:
        if not self._is_us(node, path):
            return
        name = str(node.get("name") or node.get("ref"))
        if node.get("ref"):
            node = _globals()["element", name]
        child = etree.SubElement(parent, name)
        path = (*path, name)
        complex_kind = node.find(f"{XSD}complexType")
        named = node.get("type")
        if complex_kind is None and named is not None and ("complexType", named) in _globals():
            complex_kind = _globals()["complexType", named]
        if complex_kind is not None:
            self._fill(child, complex_kind, path)
            return
        child.text = self._text(node.find(f"{XSD}simpleType"), named)

    def _text(self, simple: etree._Element | None, named: str | None) -> str:
        values: list[str] = []
        limit = None
        base = named
        least = 0
        if simple is not None:
            restriction = simple.find(f"{XSD}restriction")
            assert restriction is not None
            base = restriction.get("base")
            values = [str(node.get("value")) for node in restriction.iterfind(f"{XSD}enumeration")]
            found = restriction.find(f"{XSD}maxLength")
            limit = None if found is None else int(str(found.get("value")))
            found = restriction.find(f"{XSD}minInclusive")
            least = 0 if found is None else int(str(found.get("value")))
        if values:
            return self._random.choice(values)
        if limit is not None and self._random.random() < 0.2:
            return "m" * limit
        text = self._random.choice(_TEXTS[str(base)])
        if base == "INTTYPE" and int(text) < least:
            text = str(least)
        return text if limit is None else text[:limit]


JUNK = (
    "1.5",
    "1,500.00",
    "1E3",
    "3/31/2026",
    "yes",
    "",
    " ",
    " true",
    "1.123456",
    "12345678901",
    "2026-02-30",
    "2026-03-31Z",
    "2026-03-31T09:15:03Z",
    "2026-03-31T09:15:03.5",
    "{0a1B2c3D}",
    "-0",
    "0",
    "Sometimes",
    "x" * 37,
    "x" * 5000,
)


def mutate(root: etree._Element, source: random.Random) -> None:
    """Spoil a request in one or two places."""
    for _ in range(source.randint(1, 2)):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        node = source.choice(nodes)
        parent = node.getparent()
        match source.randrange(9):
            case 0 if parent is not None and len(parent) > 1:
                parent.remove(node)
                parent.insert(source.randrange(len(parent) + 1), node)
            case 1 if parent is not None:
                parent.remove(node)
            case 2 if parent is not None:
                parent.insert(parent.index(node), etree.fromstring(etree.tostring(node, with_tail=False)))
            case 3 if parent is not None:
                node.tag = source.choice(("Nonsense", "Memo", "ListID", "FullName", "Rate", "Amount", "TxnID"))
            case 4 if not len(node):
                node.text = (node.text or "") + "y" * source.choice((1, 5, 12, 50, 300, 5000))
            case 5 if not len(node):
                node.text = source.choice(JUNK)
            case 6:
                node.insert(source.randrange(len(node) + 1), etree.Element(source.choice(nodes).tag))
            case 7 if len(node):
                node[source.randrange(len(node))].tail = source.choice(("loose", " ", "\n"))
            case _:
                node.set(source.choice(("requestID", "defMacro", "iterator", "colour", "metaData")), "Start")
