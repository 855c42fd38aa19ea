"""Envelopes: what is understood, what is refused, and that text survives the way there and back."""

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.books.quickbooks_desktop.web_connector.envelope import (
    NAMESPACE,
    Call,
    MalformedEnvelope,
    parse,
    render,
    render_fault,
)

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
CAPTURED = (
    b'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>'
    b'<clientVersion xmlns="http://developer.intuit.com/"><strVersion>2.2.0.71</strVersion></clientVersion>'
    b"</soap:Body></soap:Envelope>"
)


def envelope(inner: str, prolog: str = "") -> str:
    return f'{prolog}<s:Envelope xmlns:s="{SOAP}"><s:Body>{inner}</s:Body></s:Envelope>'


def result_of(answer: bytes, operation: str) -> etree._Element:
    root = etree.fromstring(answer)
    found = root.find(f"{{{SOAP}}}Body/{{{NAMESPACE}}}{operation}Response/{{{NAMESPACE}}}{operation}Result")
    assert found is not None
    return found


def test_the_captured_envelope_of_the_web_connector_is_understood() -> None:
    assert parse(CAPTURED) == Call("clientVersion", {"strVersion": "2.2.0.71"})


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f'<serverVersion xmlns="{NAMESPACE}" />', Call("serverVersion")),
        (
            f'<q:getLastError xmlns:q="{NAMESPACE}"><q:ticket>t</q:ticket></q:getLastError>',
            Call("getLastError", {"ticket": "t"}),
        ),
        ("<getLastError><ticket>t</ticket></getLastError>", Call("getLastError", {"ticket": "t"})),
        ("<getLastError><ticket></ticket></getLastError>", Call("getLastError", {"ticket": ""})),
        (
            '<a><p xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/></a>',
            Call("a", {"p": ""}),
        ),
        ("<!-- first --><?pi?><a><!-- x --><p>1<!-- 2 -->3</p></a><b/>", Call("a", {"p": "13"})),
        ("<a><p>&lt;!DOCTYPE x&gt;</p></a>", Call("a", {"p": "<!DOCTYPE x>"})),
        ("<a><p><![CDATA[<!DOCTYPE x>]]></p></a>", Call("a", {"p": "<!DOCTYPE x>"})),
        ("<a><p> \n </p></a>", Call("a", {"p": " \n "})),
        ("<a><p>&#13;&#10;&#xE4;</p></a>", Call("a", {"p": "\r\nä"})),
        (
            "<a><p>x&#x1F;y&#0;z&#xFFFF;&#xD800;&#99999999999999;</p></a>",
            Call("a", {"p": "x\ufffdy\ufffdz" + "\ufffd" * 3}),
        ),
        ("<a><p>x\x0by</p></a>", Call("a", {"p": "x\ufffdy"})),
    ],
)
def test_calls_are_read_liberally(inner: str, expected: Call) -> None:
    assert parse(envelope(inner).encode()) == expected


def test_missing_parameters_are_empty_and_wrong_numbers_zero() -> None:
    call = parse(envelope("<sendRequestXML><a>13</a><b> -1 </b><c>x</c><d>99999999999</d></sendRequestXML>").encode())

    assert call.text("ticket") == ""
    assert [call.number(name) for name in ("a", "b", "c", "d", "missing")] == [13, -1, 0, 0, 0]


def test_a_call_does_not_show_its_parameters() -> None:
    assert "hunter2" not in repr(Call("authenticate", {"strPassword": "hunter2"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_are_read(encoding: str) -> None:
    prolog = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'

    assert parse(envelope("<a><p>Ä€</p></a>", prolog).encode(encoding)).text("p") == "Ä€"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-7", "utf-7"),
        ("cp037", "cp037"),
        ("utf-8", "utf-7"),
        ("utf-8", "iso-8859-1"),
        ("utf-16", "utf-7"),
    ],
)
def test_other_encodings_are_refused(encoding: str, declared: str) -> None:
    body = envelope("<a/>", f'<?xml version="1.0" encoding="{declared}"?>').encode(encoding)

    with pytest.raises(MalformedEnvelope):
        parse(body)


DTDS = [
    "<!DOCTYPE x>",
    '<!DOCTYPE s:Envelope SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://localhost:1/"> %a;]>',
    '<!-- a --> <?p q?>\n<!-- b --><!DOCTYPE x [<!ENTITY a "b">]>',
    "<!doctype x>",
]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "cp037", "cp500"],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "same"])
@pytest.mark.parametrize("dtd", DTDS)
def test_a_document_type_declaration_is_refused_in_any_encoding(dtd: str, declared: str | None, encoding: str) -> None:
    name = encoding if declared == "same" else declared
    declaration = f'<?xml version="1.0" encoding="{name}"?>' if name else ""

    with pytest.raises(MalformedEnvelope):
        parse(envelope("<a><p>1</p></a>", declaration + dtd).encode(encoding))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{}",
        b"<",
        b"<a/>",
        envelope("").encode(),
        envelope("text").encode(),
        f'<s:Envelope xmlns:s="{SOAP}"/>'.encode(),
        envelope("<a><p>&undefined;</p></a>").encode(),
        envelope("<a/>").encode()[:-1],
        envelope("<a/>").encode() + b"<b/>",
        b"\xff\xfe",
        b"\xc0\xbc!DOCTYPE x>",
        b"<?xml",
        b"a=1&b=2",
    ],
)
def test_what_is_no_call_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedEnvelope):
        parse(body)


@pytest.mark.parametrize(
    "bomb", ["<x/>" * 2_000_000, "<x>" * 1_000_000, "<!-- -->" * 1_000_000 + "<", "<?x?>" * 1_000_000 + "<"]
)
def test_millions_of_nodes_cost_neither_time_nor_memory(bomb: str) -> None:
    began = time.thread_time()

    with pytest.raises(MalformedEnvelope):
        parse((bomb if bomb.endswith("?><") else envelope(bomb)).encode())

    assert time.thread_time() - began < 5


def test_a_text_of_16_mib_is_read() -> None:
    text = "x" * (16 * 1024 * 1024 - 200)

    assert parse(envelope(f"<a><p>{text}</p></a>").encode()).text("p") == text


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_a_call_or_malformed(body: bytes) -> None:
    with contextlib.suppress(MalformedEnvelope):
        assert isinstance(parse(body), Call)


@given(
    st.lists(
        st.sampled_from(
            [
                "<a>",
                "</a>",
                "<!--",
                "-->",
                "<?x ",
                "?>",
                "<![CDATA[",
                "]]>",
                "&#1;",
                "&amp;",
                "&e;",
                "\0",
                "é",
                "<!",
                "DOCTYPE a",
                ">",
                "[",
                " xmlns:b=''",
                "<b:c/>",
            ]
        )
    )
)
def test_arbitrary_markup_in_the_body_is_a_call_or_malformed(pieces: list[str]) -> None:
    with contextlib.suppress(MalformedEnvelope):
        assert isinstance(parse(envelope("".join(pieces)).encode()), Call)


LEGAL_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cs", "Cc"])
    | st.sampled_from("\t\n\r<>&\"']")
)


@given(LEGAL_TEXT)
def test_any_text_survives_the_way_there_and_back(text: str) -> None:
    assert (result_of(render("sendRequestXML", text), "sendRequestXML").text or "") == text


@given(LEGAL_TEXT)
def test_any_escaped_parameter_arrives_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")

    assert parse(envelope(f"<a><p>{escaped}</p></a>").encode()).text("p") == text


@given(st.text(st.characters()))
def test_an_answer_is_well_formed_whatever_it_says(text: str) -> None:
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)

    assert (result_of(render("closeConnection", text), "closeConnection").text or "") == kept


def test_the_answer_to_authenticate_is_exactly_what_the_description_asks_for() -> None:
    assert render("authenticate", ("6f0c1f2e", "")) == (
        b'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
        b'<soap:Body><authenticateResponse xmlns="http://developer.intuit.com/"><authenticateResult>'
        b"<string>6f0c1f2e</string><string></string></authenticateResult></authenticateResponse></soap:Body>"
        b"</soap:Envelope>"
    )


def test_an_empty_text_is_an_element_all_the_same() -> None:
    assert b"<clientVersionResult></clientVersionResult>" in render("clientVersion", "")


def test_percent_is_a_whole_number() -> None:
    assert b"<receiveResponseXMLResult>-101</receiveResponseXMLResult>" in render("receiveResponseXML", -101)


def test_no_answer_has_cdata_or_a_byte_order_mark() -> None:
    answer = render("sendRequestXML", "<?xml version='1.0'?><QBXML>]]></QBXML>")

    assert b"CDATA" not in answer
    assert answer.startswith(b"<?xml ")


def test_a_fault_blames_the_caller() -> None:
    assert b"<faultcode>soap:Client</faultcode><faultstring>a &lt; b</faultstring>" in render_fault("a < b")


def test_a_megabyte_is_a_matter_of_milliseconds() -> None:
    """Measured 14 ms to read and 6 ms to write; the bound only catches another order of growth."""
    text = "<CustomerRet><Name>Acme &amp; Co</Name></CustomerRet>\n" * 20_000
    began = time.thread_time()

    body = render("a", text)
    call = parse(body.replace(b"aResponse", b"a").replace(b"aResult", b"response"))

    assert call.text("response") == text
    assert time.thread_time() - began < 1
