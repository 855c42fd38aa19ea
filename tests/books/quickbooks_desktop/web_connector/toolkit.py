"""What the sessions of the foreign SOAP toolkits (zeep, Mono) have in common.

Each toolkit module has one function ``run_session(url, user, password, respond)`` that plays a whole update against any
endpoint, so that it can be pointed at the real program as well.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_REQUESTS = 500
"""A session that asks for more is taken for endless."""

PREFERENCES = '<?xml version="1.0" ?><QBXML><QBXMLMsgsRs/></QBXML>'
COMPANY_FILE = r"C:\Users\Public\Documents\Intuit\QuickBooks\Company Files\railroad.qbw"

Respond = Callable[[str], str]
"""Turns qbXML requests into responses."""


@dataclass
class ToolkitRun:
    """What a toolkit saw of the endpoint."""

    status: str = ""
    """Second element of authenticate."""
    requests: list[str] = field(default_factory=list)
    percents: list[int] = field(default_factory=list)
    last_error: str = ""
    closing_text: str = ""


def echo(request: str) -> str:
    """Answer every request of a message set with "Status OK" and nothing else."""
    answers = "".join(
        f'<{name}Rs{request_id} statusCode="0" statusSeverity="Info" statusMessage="Status OK" />'
        for name, request_id in re.findall(r'<(\w+)Rq((?: requestID="[^"]*")?)', request)
    )
    return f'<?xml version="1.0" ?><QBXML><QBXMLMsgsRs>{answers}</QBXMLMsgsRs></QBXML>'
