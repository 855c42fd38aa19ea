"""From a call to its answer: which method a SOAP operation is, and what is said when that method fails.

No I/O but the log. A failure of ours is answered in-protocol, in the way that makes the Web Connector end the session
and come back at its next turn; a SOAP fault or an error page would tell the person nothing (QBWC1041 and its kin).
"""

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Final

from app.books.quickbooks_desktop.web_connector.envelope import Call, MalformedEnvelope, render
from app.books.quickbooks_desktop.web_connector.faults import described
from app.books.quickbooks_desktop.web_connector.service import WebConnectorService
from app.domain.faults import KnownFault

Result = str | int | Sequence[str]

_logger = logging.getLogger(__name__)

_SORRY: Final = "Cedar Sync met an unexpected error. The details are in its log; it tries again at the next update."

_METHODS: Final[dict[str, Callable[[WebConnectorService, Call], Result]]] = {
    "serverVersion": lambda service, _: service.server_version(),
    "clientVersion": lambda service, call: service.client_version(call.text("strVersion")),
    "authenticate": lambda service, call: service.authenticate(call.text("strUserName"), call.text("strPassword")),
    "sendRequestXML": lambda service, call: service.send_request_xml(
        call.text("ticket"),
        call.text("strHCPResponse"),
        call.text("strCompanyFileName"),
        call.text("qbXMLCountry"),
        call.number("qbXMLMajorVers"),
        call.number("qbXMLMinorVers"),
    ),
    "receiveResponseXML": lambda service, call: service.receive_response_xml(
        call.text("ticket"), call.text("response"), call.text("hresult"), call.text("message")
    ),
    "connectionError": lambda service, call: service.connection_error(
        call.text("ticket"), call.text("hresult"), call.text("message")
    ),
    "getLastError": lambda service, call: service.get_last_error(call.text("ticket")),
    "closeConnection": lambda service, call: service.close_connection(call.text("ticket")),
    "getInteractiveURL": lambda service, call: service.get_interactive_url(
        call.text("wcTicket"), call.text("sessionID")
    ),
    "interactiveRejected": lambda service, call: service.interactive_rejected(
        call.text("wcTicket"), call.text("reason")
    ),
    "interactiveDone": lambda service, call: service.interactive_done(call.text("wcTicket")),
}

_WHEN_FAILED: Final[dict[str, Result]] = {
    "serverVersion": "",
    "clientVersion": "",  # any other text is QBWC1046
    "sendRequestXML": "",  # then getLastError is asked, and the session ends
    "receiveResponseXML": -1,
    "connectionError": "done",  # any other text would be taken for the path of a company file (p. 69)
    "getLastError": _SORRY,
    "closeConnection": _SORRY,
    "getInteractiveURL": "",
    "interactiveRejected": "",
    "interactiveDone": "Done",
}


def answer(service: WebConnectorService, call: Call) -> bytes:
    """Return the envelope that answers a call; whatever the service raises is logged and answered in-protocol.

    Raises:
        MalformedEnvelope: If the operation is none of Intuit's.
    """
    method = _METHODS.get(call.operation)
    if method is None:
        raise MalformedEnvelope("the operation is not one of the Web Connector's")
    started = time.perf_counter()
    try:
        body = render(call.operation, _checked(call.operation, method(service, call)))
    except KnownFault as fault:
        # The record is out of reach, or another computer keeps the books in step: no bug, and it heals.
        _logger.warning("%s was not done: %s", call.operation, fault)
        body = render(call.operation, _when_refused(call.operation, fault))
    except Exception as exc:  # noqa: BLE001 - the server's loop top: a bug ends this call, not the endpoint
        _logger.error("%s failed\n%s", call.operation, described(exc, call.parameters.values()))  # noqa: TRY400
        body = render(call.operation, _when_failed(call.operation))
    _logger.debug("%s answered in %.1f ms", call.operation, (time.perf_counter() - started) * 1000)
    return body


def _when_failed(operation: str) -> Result:
    return (str(uuid.uuid4()), "busy") if operation == "authenticate" else _WHEN_FAILED[operation]


def _when_refused(operation: str, fault: KnownFault) -> Result:
    """Have the Web Connector show the sentence where it shows anything."""
    return str(fault) if operation in {"getLastError", "closeConnection"} else _when_failed(operation)


def _checked(operation: str, result: Result) -> Result:
    """Let no answer out that the Web Connector's typed reader would choke on (QBWC1012, QBWC1042)."""
    match operation:
        case "authenticate":
            fits = not isinstance(result, str | int) and 2 <= len(result) <= 4
        case "receiveResponseXML":
            fits = isinstance(result, int) and not isinstance(result, bool)
        case _:
            fits = isinstance(result, str)
    if not fits:
        raise TypeError(f"{operation} was answered with {type(result).__qualname__}")
    return result
