"""SOAP 1.1 envelopes as the QuickBooks Web Connector writes and reads them: bytes in, a `Call` out, and back.

No I/O. Reading is liberal (any prefix, missing parameters, SOAPAction ignored), except for what could only be an
attack: document type declarations and unusual encodings are refused before the XML parser sees the document.
Writing is exact: the Web Connector's .NET reader takes a child in the wrong namespace for null.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from app.domain import xml_text

NAMESPACE: Final = "http://developer.intuit.com/"
"""Intuit's namespace, the same for every service (QBWC Programmer's Guide, p. 41)."""

_ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_HEAD: Final = f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="{_ENVELOPE}"><soap:Body>'
_TAIL: Final = "</soap:Body></soap:Envelope>"

_MOST_ELEMENTS: Final = 64
"""An envelope has about ten; a body of four million empty ones would cost half a gigabyte as a tree."""
_PIECE: Final = 1 << 16

_PROLOG: Final = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARED: Final = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_READABLE: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


class MalformedEnvelope(Exception):
    """What came is no SOAP call. The text says why, in words without the document's content."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, which is safe to log and to send back."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web Connector."""

    operation: str
    """Local name of the first element in the Body, e.g. ``authenticate``; not checked against a list."""
    parameters: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Local names to texts; not in the repr, since passwords and customers' data are among them."""

    def text(self, name: str) -> str:
        """Return a parameter, ``""`` if it is missing or nil."""
        return self.parameters.get(name, "")

    def number(self, name: str) -> int:
        """Return a whole number, 0 if it is missing or none."""
        text = self.text(name).strip()
        return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else 0


def parse(body: bytes) -> Call:
    """Read one call.

    Args:
        body: A whole HTTP body; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        MalformedEnvelope: For anything but a SOAP call, and for any document type declaration.
    """
    text = _decoded(body)
    try:
        root = _tree(text)
    except etree.XMLSyntaxError as exc:
        # .NET writes characters that XML forbids as references, and QuickBooks does hold some (pasted names).
        mended = xml_text.mended(text)
        if mended == text:
            raise MalformedEnvelope("the body is not well-formed XML") from exc
        try:
            root = _tree(mended)
        except etree.XMLSyntaxError as second:
            raise MalformedEnvelope("the body is not well-formed XML") from second
    return _call(root)


def render(operation: str, result: str | int | Sequence[str]) -> bytes:
    """Write the answer to a call.

    Args:
        operation: The operation answered, e.g. ``authenticate``.
        result: A text, a whole number, or several texts (the array of ``authenticate``). Characters that XML 1.0
            forbids are replaced by U+FFFD.
    """
    match result:
        case str():
            inner = _escaped(result)
        case int():
            inner = str(int(result))
        case _:
            # Each element really opens and closes: the empty second one means "the open company" (p. 63).
            inner = "".join(f"<string>{_escaped(text)}</string>" for text in result)
    return (
        f'{_HEAD}<{operation}Response xmlns="{NAMESPACE}"><{operation}Result>{inner}</{operation}Result>'
        f"</{operation}Response>{_TAIL}"
    ).encode()


def render_fault(reason: str) -> bytes:
    """Write a SOAP 1.1 fault that blames the caller; only for bodies that are no call at all."""
    return (
        f"{_HEAD}<soap:Fault><faultcode>soap:Client</faultcode><faultstring>{_escaped(reason)}</faultstring>"
        f"</soap:Fault>{_TAIL}"
    ).encode()


def _decoded(body: bytes) -> str:
    """Decode the body ourselves, so that what is searched for a DTD is exactly what is parsed."""
    if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise MalformedEnvelope("the body is not UTF-8")
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = body.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as exc:
        raise MalformedEnvelope("the body is not UTF-8") from exc
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in (_READABLE | {"utf-16"} if wide else _READABLE):
        raise MalformedEnvelope("the body declares another encoding than UTF-8")
    # A DTD can only stand before the root element; inside it the same letters are text.
    prolog = _PROLOG.match(text)
    if prolog and text.startswith("<!", prolog.end()):
        raise MalformedEnvelope("a document type declaration is not accepted")
    return text


def _tree(text: str) -> etree._Element:
    """Parse without entities, network or DTD; stop early at what has too many elements to be an envelope.

    ``huge_tree`` lifts libxml2's limit of 10 MB for one text. What that limit also guards against (entities that
    grow) cannot occur: there is no DTD, and the tree is bounded by `_MOST_ELEMENTS`.
    """
    parser = etree.XMLPullParser(
        events=("start",),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    data = text.encode()
    elements = 0
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
        elements += sum(1 for _ in parser.read_events())
        if elements > _MOST_ELEMENTS:
            raise MalformedEnvelope("the body has too many elements")
    root = parser.close()
    if root.getroottree().docinfo.internalDTD is not None:
        raise MalformedEnvelope("a document type declaration is not accepted")
    return root


def _call(root: etree._Element) -> Call:
    """Find the first element of the Body and its children's texts."""
    if _local_name(root) != "Envelope":
        raise MalformedEnvelope("the body is not a SOAP envelope")
    body = next((child for child in root if _local_name(child) == "Body"), None)
    if body is None or not len(body):
        raise MalformedEnvelope("the SOAP envelope holds no call")
    operation = body[0]
    return Call(_local_name(operation), {_local_name(child): _text(child) for child in operation})


def _local_name(element: etree._Element) -> str:
    """Return the name without namespace, ``""`` for an entity reference that stands between elements."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _escaped(text: str) -> str:
    """Escape once for the envelope; a carriage return as a reference, else the reader makes a line feed of it."""
    return xml_text.legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
