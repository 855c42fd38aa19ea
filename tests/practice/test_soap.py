"""The stand-in reads answers as .NET does: whatever would be null or an exception there is an error here."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.practice.soap import ConnectorError, SoapClient

HEAD = '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
TAIL = "</soap:Body></soap:Envelope>"
NS = 'xmlns="http://developer.intuit.com/"'
Serve = Callable[..., SoapClient]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves one canned answer; returns a client of it."""
    started: list[tuple[HTTPServer, SoapClient]] = []

    def serve(body: str | bytes, status: int = 200, kind: str = "text/xml; charset=utf-8") -> SoapClient:
        data = body if isinstance(body, bytes) else body.encode()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        client = SoapClient(f"http://127.0.0.1:{server.server_port}/qbwc")
        started.append((server, client))
        return client

    yield serve
    for server, client in started:
        client.close()
        server.shutdown()
        server.server_close()


def array(inner: str, attributes: str = NS) -> str:
    return f"{HEAD}<authenticateResponse {attributes}>{inner}</authenticateResponse>{TAIL}"


def test_a_good_array_is_read(serve: Serve) -> None:
    body = array("<authenticateResult><string>t</string><string></string></authenticateResult>")

    assert serve(body).texts("authenticate", ()) == ("t", "")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (array("<authenticateResult><string>t</string></authenticateResult>"), "outside the bounds"),
        (array("<authenticateResult/>"), "outside the bounds"),
        (array(""), "Object reference"),
        (array('<authenticateResult xmlns=""><string>t</string><string/></authenticateResult>'), "Object reference"),
        (array('<authenticateResult><string xmlns="">t</string><string/></authenticateResult>'), "Object reference"),
        (
            array(
                '<authenticateResult xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays">'
                "<a:string>t</a:string><a:string/></authenticateResult>"
            ),
            "Object reference",
        ),
        (array("<authenticateResult><string>t</string><string/></authenticateResult>", ""), "Object reference"),
        (array("", 'xmlns="http://developer.intuit.com"'), "Object reference"),
        (
            f"{HEAD}<soap:Fault><faultcode>soap:Server</faultcode><faultstring>no</faultstring></soap:Fault>{TAIL}",
            "fault: no",
        ),
        (HEAD + TAIL, "not a SOAP envelope"),
        ("<html/>", "not a SOAP envelope"),
        ("", "not well-formed"),
        ("\ufeff" + array(""), "byte order mark"),
        ("<!DOCTYPE a>" + array(""), "DTD"),
    ],
)
def test_a_bad_array_is_an_error(serve: Serve, body: str, problem: str) -> None:
    with pytest.raises(ConnectorError, match=f"QBWC1012 .*{problem}"):
        serve(body).texts("authenticate", ())


@pytest.mark.parametrize("inner", ["33.3", "", "x", "99999999999"])
def test_a_percent_must_be_an_int(serve: Serve, inner: str) -> None:
    body = (
        f"{HEAD}<receiveResponseXMLResponse {NS}><receiveResponseXMLResult>{inner}</receiveResponseXMLResult>"
        f"</receiveResponseXMLResponse>{TAIL}"
    )

    with pytest.raises(ConnectorError, match="QBWC1042"):
        serve(body).number("receiveResponseXML", ())


def text(operation: str, inner: str) -> str:
    return f"{HEAD}<{operation}Response {NS}><{operation}Result>{inner}</{operation}Result></{operation}Response>{TAIL}"


def test_a_text_must_not_hold_elements(serve: Serve) -> None:
    with pytest.raises(ConnectorError, match="QBWC1041"):
        serve(text("sendRequestXML", "<a/>")).text("sendRequestXML", ())


GOODBYE = text("closeConnection", "OK")


@pytest.mark.parametrize(
    ("status", "kind", "problem"),
    [
        (500, "text/xml", "status 500"),
        (302, "text/xml", "status 302"),
        (200, "text/html", "text/html"),
        (200, "", "content type"),
    ],
)
def test_the_http_answer_must_be_a_soap_answer(serve: Serve, status: int, kind: str, problem: str) -> None:
    with pytest.raises(ConnectorError, match=f"QBWC1044 .*{problem}"):
        serve(GOODBYE, status, kind).text("closeConnection", ())


def test_a_good_text_is_read(serve: Serve) -> None:
    assert serve(GOODBYE).text("closeConnection", ()) == "OK"
