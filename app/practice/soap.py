"""SOAP as the Web Connector's .NET proxy speaks it: the same bytes out, the same intolerance for what comes back.

Talks HTTP. Shares no code with the endpoint it calls, so that a mistake there cannot cancel itself out here. Where .NET
would quietly read null (a child in the wrong namespace) and fail later, this reader says so at once.
"""

import re
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self
from xml.sax.saxutils import escape

import httpx
from lxml import etree

_NAMESPACE: Final = "http://developer.intuit.com/"
_SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")
_USER_AGENT: Final = "Mozilla/4.0 (compatible; MSIE 6.0; MS Web Services Client Protocol 4.0.30319.42000)"

_CODES: Final = {
    "serverVersion": "QBWC1011",
    "clientVersion": "QBWC1036",
    "authenticate": "QBWC1012",
    "sendRequestXML": "QBWC1041",
    "receiveResponseXML": "QBWC1042",
    "getLastError": "QBWC1043",
    "closeConnection": "QBWC1044",
    "connectionError": "QBWC1045",
}
"""What the Web Connector shows when a call throws (QBWC Programmer's Guide, p. 83-98)."""


class ConnectorError(Exception):
    """The Web Connector would end the update and show this."""

    def __init__(self, code: str, problem: str) -> None:
        """Keep Intuit's code and what is wrong."""
        super().__init__(f"{code} {problem}")
        self.code = code
        self.problem = problem


class SoapClient:
    """One proxy object: calls operations, reads their results strictly."""

    def __init__(
        self, url: str, *, keep_alive: bool = True, expect_continue: bool = False, timeout: float = 100.0
    ) -> None:
        """Open nothing yet.

        Args:
            url: The endpoint (AppURL).
            keep_alive: One connection for all calls, or one for each.
            expect_continue: Announce bodies by ``Expect: 100-continue``, as .NET does.
            timeout: Seconds for one call; 100 is the default of .NET's proxies.
        """
        self._url = url
        self._client = httpx.Client(timeout=timeout, trust_env=False)
        self._client.headers = httpx.Headers(
            {"User-Agent": _USER_AGENT, "Connection": "Keep-Alive" if keep_alive else "close"}
            | ({"Expect": "100-continue"} if expect_continue else {})
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def text(self, operation: str, parameters: Sequence[tuple[str, str]]) -> str:
        """Call an operation whose result is a string.

        Raises:
            ConnectorError: If the Web Connector could not make use of the answer.
        """
        result = self._result(operation, parameters)
        if len(result):
            raise _error(operation, "The result is not a text.")
        return result.text or ""

    def number(self, operation: str, parameters: Sequence[tuple[str, str]]) -> int:
        """Call an operation whose result is an int.

        Raises:
            ConnectorError: If the Web Connector could not make use of the answer.
        """
        text = (self._result(operation, parameters).text or "").strip()
        if not _WHOLE_NUMBER.fullmatch(text):
            raise _error(operation, "Input string was not in a correct format.")
        return int(text)

    def texts(self, operation: str, parameters: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """Call an operation whose result is an ArrayOfString.

        Raises:
            ConnectorError: If the Web Connector could not make use of the answer.
        """
        result = self._result(operation, parameters)
        if any(child.tag != f"{{{_NAMESPACE}}}string" for child in result):
            raise _error(operation, "Object reference not set to an instance of an object.")
        if len(result) < 2:
            raise _error(operation, "Index was outside the bounds of the array.")
        return tuple(child.text or "" for child in result)

    def _result(self, operation: str, parameters: Sequence[tuple[str, str]]) -> etree._Element:
        try:
            response = self._client.post(
                self._url,
                content=_envelope(operation, parameters),
                headers={
                    "Content-Type": "text/xml; charset=utf-8",
                    "SOAPAction": f'"{_NAMESPACE}{operation}"',
                },
            )
        except httpx.HTTPError as exc:
            raise _error(operation, f"Unable to connect to the remote server ({type(exc).__name__}).") from exc
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if response.status_code != httpx.codes.OK:
            raise _error(operation, f"The request failed with HTTP status {response.status_code}.")
        if kind != "text/xml":
            raise _error(operation, f"Client found response content type of {kind!r}, but expected 'text/xml'.")
        return _read(operation, response.content)


def _envelope(operation: str, parameters: Sequence[tuple[str, str]]) -> bytes:
    """Write a call as captured from QBWC 2.2.0.71: one line, prefix ``soap``, default namespace on the operation."""
    inner = "".join(f"<{name}>{escape(text)}</{name}>" if text else f"<{name} />" for name, text in parameters)
    call = f'<{operation} xmlns="{_NAMESPACE}"' + (f">{inner}</{operation}>" if inner else " />")
    return (
        f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="{_SOAP}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
        f"<soap:Body>{call}</soap:Body></soap:Envelope>"
    ).encode()


def _read(operation: str, content: bytes) -> etree._Element:
    """Return the result element, or say what .NET's deserializer would stumble over."""
    if content.startswith(b"\xef\xbb\xbf"):
        raise _error(operation, "Response begins with a byte order mark.")
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as exc:
        raise _error(operation, "Response is not well-formed XML.") from exc
    if root.getroottree().docinfo.doctype:
        raise _error(operation, "For security reasons DTD is prohibited in this XML document.")
    body = root.find(f"{{{_SOAP}}}Body") if root.tag == f"{{{_SOAP}}}Envelope" else None
    if body is None or not len(body):
        raise _error(operation, "Response is not a SOAP envelope.")
    if body[0].tag == f"{{{_SOAP}}}Fault":
        raise _error(operation, f"SOAP fault: {body[0].findtext('faultstring')}")
    result = body.find(f"{{{_NAMESPACE}}}{operation}Response/{{{_NAMESPACE}}}{operation}Result")
    if result is None:
        raise _error(operation, "Object reference not set to an instance of an object.")
    return result


def _error(operation: str, problem: str) -> ConnectorError:
    return ConnectorError(_CODES.get(operation, "QBWC1012"), f"{operation}: {problem}")
