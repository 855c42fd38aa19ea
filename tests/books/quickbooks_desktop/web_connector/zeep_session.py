"""A whole update made by zeep from the endpoint's ``?wsdl``."""

from typing import Any

import requests
from zeep import Client, Settings
from zeep.transports import Transport

from tests.books.quickbooks_desktop.web_connector.toolkit import (
    COMPANY_FILE,
    MOST_REQUESTS,
    PREFERENCES,
    Respond,
    ToolkitRun,
    echo,
)


def run_session(url: str, user: str, password: str, respond: Respond = echo) -> ToolkitRun:
    """Log in, carry requests and responses until 100, close."""
    with requests.Session() as session:
        session.trust_env = False
        transport = Transport(session=session)  # type: ignore[no-untyped-call]
        client = Client(f"{url}?wsdl", transport=transport, settings=Settings(xml_huge_tree=True))  # type: ignore[no-untyped-call]
        return _converse(client.service, user, password, respond)


def _converse(service: Any, user: str, password: str, respond: Respond) -> ToolkitRun:  # noqa: ANN401 - made at run time
    run = ToolkitRun()
    assert service.serverVersion()
    assert not service.clientVersion(strVersion="2.3.0.215")
    ticket, status = service.authenticate(strUserName=user, strPassword=password)[:2]
    run.status = status or ""
    preferences = PREFERENCES
    while run.status not in ("none", "nvu", "busy") and len(run.requests) < MOST_REQUESTS:
        request = service.sendRequestXML(
            ticket=ticket,
            strHCPResponse=preferences,
            strCompanyFileName=COMPANY_FILE,
            qbXMLCountry="US",
            qbXMLMajorVers=13,
            qbXMLMinorVers=0,
        )
        preferences = ""
        if not request:
            run.last_error = service.getLastError(ticket=ticket) or ""
            break
        run.requests.append(request)
        percent = service.receiveResponseXML(ticket=ticket, response=respond(request), hresult="", message="")
        run.percents.append(percent)
        if not 0 <= percent < 100:
            break
    run.closing_text = service.closeConnection(ticket=ticket) or ""
    return run
