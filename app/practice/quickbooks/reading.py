"""Reading a qbXML text: from the characters to checked requests.

Rule: no company, no effect. Whatever is wrong with the text as a whole is found here, before anything runs
(Intuit SDK: a parse error means that nothing of the message set was executed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from app.practice.quickbooks.faults import HResult, Malformed, ProcessorFault
from app.practice.quickbooks.grammar import Version, is_loose
from app.practice.quickbooks.grammar_index import REQUESTS

_VERSION = re.compile(r"""\s*version\s*=\s*(["'])([0-9]{1,2})\.([0-9]{1,2})\1\s*""")
_ANY_VERSION = re.compile(r"""\s*version\s*=\s*(["'])([A-Za-z]{2}[0-9.]+)\1\s*""")
_SET_ATTRIBUTES: Mapping[str, tuple[str, ...] | None] = {
    "onError": ("stopOnError", "continueOnError"),
    "responseData": ("includeAll", "includeNone"),
    "newMessageSetID": None,
    "oldMessageSetID": None,
}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "metaData": ("NoMetaData", "MetaDataOnly", "MetaDataAndResponseData"),
    "iterator": ("Start", "Continue", "Stop"),
}
_ITERATORS_SINCE: Version = (5, 0)


@dataclass(frozen=True, slots=True)
class MessageSet:
    """One checked message set."""

    version: Version
    stops_on_error: bool
    wants_data: bool
    """False for responseData `includeNone`."""
    new_id: str | None
    old_id: str | None
    requests: tuple[etree._Element, ...]


def read_message_set(text: str, supported: Iterable[str]) -> MessageSet:
    """Check a text against version and grammar.

    Args:
        text: What was handed to the request processor.
        supported: The qbXML versions this QuickBooks takes, like `13.0`.

    Returns:
        The message set, every request in it sound.

    Raises:
        ProcessorFault: The text is not sound, or of a version that is not supported.
    """
    try:
        root = _parse(text)
        version = _version(root, set(supported))
        return _message_set(root, version)
    except Malformed as error:
        raise ProcessorFault(HResult.NOT_UNDERSTOOD, str(error)) from error


def _parse(text: str) -> etree._Element:
    if not text.isascii():
        raise Malformed("a character beyond ASCII stands raw in the text")
    if "<!DOCTYPE" in text:
        raise Malformed("a document type is not allowed")
    parser = etree.XMLParser(
        remove_comments=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        return etree.fromstring(text.encode("ascii"), parser)
    except etree.XMLSyntaxError as error:
        raise Malformed(f"not well-formed: {error}") from error


def _version(root: etree._Element, supported: set[str]) -> Version:
    node = root.getprevious()
    instructions = []
    while node is not None:
        if isinstance(node, etree._ProcessingInstruction) and node.target == "qbxml":
            instructions.append(node.text or "")
        node = node.getprevious()
    if len(instructions) != 1:
        raise Malformed("exactly one qbxml instruction must stand before the root")
    if _ANY_VERSION.fullmatch(instructions[0]):
        raise ProcessorFault(HResult.VERSION_NOT_SUPPORTED, "a version of another country's edition")
    match = _VERSION.fullmatch(instructions[0])
    if match is None:
        raise Malformed("the qbxml instruction names no version")
    if f"{match[2]}.{match[3]}" not in supported:
        raise ProcessorFault(HResult.VERSION_NOT_SUPPORTED, f"version {match[2]}.{match[3]}")
    return int(match[2]), int(match[3])


def _message_set(root: etree._Element, version: Version) -> MessageSet:
    if root.tag != "QBXML" or root.attrib:
        raise Malformed("the root must be QBXML without attributes")
    if [child.tag for child in root] != ["QBXMLMsgsRq"]:
        raise Malformed("QBXML must hold one QBXMLMsgsRq and nothing else")
    body = root[0]
    if is_loose(root.text) or is_loose(body.tail):
        raise Malformed("loose text in QBXML")
    for name, value in body.attrib.items():
        if name not in _SET_ATTRIBUTES:
            raise Malformed(f"QBXMLMsgsRq has no attribute {name!s}")
        words = _SET_ATTRIBUTES[str(name)]
        if words is not None and value not in words:
            raise Malformed(f"{name!s} cannot be {value!r}")
    if "onError" not in body.attrib:
        raise Malformed("onError is missing")
    if is_loose(body.text):
        raise Malformed("loose text in QBXMLMsgsRq")
    for request in body:
        _check_request(request, version)
    return MessageSet(
        version=version,
        stops_on_error=body.get("onError") == "stopOnError",
        wants_data=body.get("responseData") != "includeNone",
        new_id=body.get("newMessageSetID"),
        old_id=body.get("oldMessageSetID"),
        requests=tuple(body),
    )


def _check_request(request: etree._Element, version: Version) -> None:
    table = REQUESTS.get(str(request.tag))
    if table is None:
        raise Malformed(f"{request.tag!s} is not a request the practice company knows")
    if is_loose(request.tail):
        raise Malformed("loose text in QBXMLMsgsRq")
    table.check(request, version)
    for name, words in _WORDS.items():
        value = request.get(name)
        if value is not None and value not in words:
            raise Malformed(f"{name} cannot be {value!r}")
    if version < _ITERATORS_SINCE and ("iterator" in request.attrib or "iteratorID" in request.attrib):
        raise Malformed("iterators came with qbXML 5.0")
    for name, value in request.attrib.items():
        if not str(value).isascii():
            request.set(name, str(value).encode("latin-1", "replace").decode("latin-1"))
