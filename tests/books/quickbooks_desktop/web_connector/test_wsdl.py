"""The service description: well-formed, complete, and ours."""

import pytest
from lxml import etree

from app.books.quickbooks_desktop.web_connector.wsdl import OPERATIONS, service_description

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XSD = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def document() -> etree._Element:
    return etree.fromstring(service_description("http://localhost:8085/qbwc?a=1&b=2"))


def test_all_eleven_operations_are_bound(document: etree._Element) -> None:
    bound = [each.get("name") for each in document.iterfind(f"{WSDL}binding/{WSDL}operation")]

    assert bound == list(OPERATIONS)
    assert len(bound) == 11


def test_the_address_is_the_endpoint(document: etree._Element) -> None:
    address = document.find(f"{WSDL}service[@name='QBWebConnectorSvc']/{WSDL}port[@name='QBWebConnectorSvcSoap']/*")

    assert address is not None
    assert address.get("location") == "http://localhost:8085/qbwc?a=1&b=2"


def test_whole_numbers_are_required_and_texts_are_not(document: etree._Element) -> None:
    least = {
        each.get("name"): each.get("minOccurs")
        for each in document.iter(f"{XSD}element")
        if each.get("type") in ("s:int", "s:string")
    }

    required = {name for name, occurs in least.items() if occurs == "1"}
    assert required == {"qbXMLMajorVers", "qbXMLMinorVers", "receiveResponseXMLResult"}


def test_parameters_stand_in_intuits_order(document: etree._Element) -> None:
    call = document.find(f".//{XSD}element[@name='sendRequestXML']")

    assert call is not None
    assert [each.get("name") for each in call.iter(f"{XSD}element")][1:] == [
        "ticket",
        "strHCPResponse",
        "strCompanyFileName",
        "qbXMLCountry",
        "qbXMLMajorVers",
        "qbXMLMinorVers",
    ]
