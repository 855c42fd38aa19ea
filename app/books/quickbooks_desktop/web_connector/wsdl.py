"""The service description, written by ourselves from the table of operations.

No I/O. The Web Connector has its proxy compiled in and never asks; people diagnosing and SOAP toolkits do.
"""

from typing import Final
from xml.sax.saxutils import quoteattr

from app.books.quickbooks_desktop.web_connector.envelope import NAMESPACE

OPERATIONS: Final[dict[str, tuple[str, ...]]] = {
    "serverVersion": (),
    "clientVersion": ("strVersion",),
    "authenticate": ("strUserName", "strPassword"),
    "sendRequestXML": (
        "ticket",
        "strHCPResponse",
        "strCompanyFileName",
        "qbXMLCountry",
        "qbXMLMajorVers",
        "qbXMLMinorVers",
    ),
    "receiveResponseXML": ("ticket", "response", "hresult", "message"),
    "connectionError": ("ticket", "hresult", "message"),
    "getLastError": ("ticket",),
    "closeConnection": ("ticket",),
    "getInteractiveURL": ("wcTicket", "sessionID"),
    "interactiveRejected": ("wcTicket", "reason"),
    "interactiveDone": ("wcTicket",),
}
"""Intuit's operations with their parameters, whose odd spellings are part of the contract (p. 61)."""

_WHOLE_NUMBERS: Final = frozenset({"qbXMLMajorVers", "qbXMLMinorVers", "receiveResponseXMLResult"})


def service_description(endpoint_url: str) -> bytes:
    """Return the WSDL 1.1 document: SOAP 1.1, document/literal, wrapped, one port at `endpoint_url`."""
    schema = "".join(_elements(name, parameters) for name, parameters in OPERATIONS.items())
    messages = "".join(_messages(name) for name in OPERATIONS)
    port_type = "".join(
        f'<wsdl:operation name="{name}"><wsdl:input message="tns:{name}SoapIn"/>'
        f'<wsdl:output message="tns:{name}SoapOut"/></wsdl:operation>'
        for name in OPERATIONS
    )
    binding = "".join(
        f'<wsdl:operation name="{name}"><soap:operation soapAction="{NAMESPACE}{name}" style="document"/>'
        '<wsdl:input><soap:body use="literal"/></wsdl:input>'
        '<wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>'
        for name in OPERATIONS
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" '
        'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:s="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:tns="{NAMESPACE}" targetNamespace="{NAMESPACE}">'
        f'<wsdl:types><s:schema elementFormDefault="qualified" targetNamespace="{NAMESPACE}">{schema}'
        '<s:complexType name="ArrayOfString"><s:sequence><s:element minOccurs="0" maxOccurs="unbounded" '
        'name="string" nillable="true" type="s:string"/></s:sequence></s:complexType>'
        f"</s:schema></wsdl:types>{messages}"
        f'<wsdl:portType name="QBWebConnectorSvcSoap">{port_type}</wsdl:portType>'
        '<wsdl:binding name="QBWebConnectorSvcSoap" type="tns:QBWebConnectorSvcSoap">'
        f'<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>{binding}</wsdl:binding>'
        '<wsdl:service name="QBWebConnectorSvc">'
        '<wsdl:port name="QBWebConnectorSvcSoap" binding="tns:QBWebConnectorSvcSoap">'
        f"<soap:address location={quoteattr(endpoint_url)}/></wsdl:port></wsdl:service></wsdl:definitions>"
    ).encode()


def _elements(name: str, parameters: tuple[str, ...]) -> str:
    return _wrapper(name, parameters) + _wrapper(f"{name}Response", (f"{name}Result",))


def _wrapper(name: str, children: tuple[str, ...]) -> str:
    sequence = "".join(_child(child) for child in children)
    return f'<s:element name="{name}"><s:complexType><s:sequence>{sequence}</s:sequence></s:complexType></s:element>'


def _child(name: str) -> str:
    """Write one element: whole numbers are required, texts may be left out."""
    if name in _WHOLE_NUMBERS:
        return f'<s:element minOccurs="1" maxOccurs="1" name="{name}" type="s:int"/>'
    kind = "tns:ArrayOfString" if name == "authenticateResult" else "s:string"
    return f'<s:element minOccurs="0" maxOccurs="1" name="{name}" type="{kind}"/>'


def _messages(name: str) -> str:
    return (
        f'<wsdl:message name="{name}SoapIn"><wsdl:part name="parameters" element="tns:{name}"/></wsdl:message>'
        f'<wsdl:message name="{name}SoapOut"><wsdl:part name="parameters" element="tns:{name}Response"/>'
        "</wsdl:message>"
    )
