"""What the gateway in front of the accounting API answers: faults in lower case with the time in milliseconds.

Keys as in the recorded 401.
"""

from __future__ import annotations

from datetime import datetime

from app.practice.quickbooks_online.exchange import Reply
from app.practice.quickbooks_online.json_text import Json, encode


def not_authenticated(now: datetime, token: str) -> Reply:
    """Refuse an access token; recorded: the detail repeats some of it."""
    body = _fault(now, "AuthenticationFailed", 3200, 401, f"Token expired: {token[:48]}", "AUTHENTICATION")
    return Reply(401, body, "application/json", (("WWW-Authenticate", 'Bearer realm="Intuit", error="invalid_token"'),))


def not_authorized(now: datetime) -> Reply:
    """Refuse another company than the token is for."""
    detail = "The application has no authorization for this company"
    return Reply(
        403, _fault(now, "ApplicationAuthorizationFailed", 3100, 403, detail, "AUTHORIZATION"), "application/json"
    )


def throttled(now: datetime, retry_after: int | None = None) -> Reply:
    """Refuse a call that is over the limit."""
    body = _fault(now, "ThrottleExceeded", 3001, 429, "The request limit was reached.", "SERVICE")
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return Reply(429, body, "application/json", headers)


def unavailable() -> Reply:
    """Answer as a proxy does whose service is down."""
    page = b"<html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>"
    return Reply(503, page, "text/html")


def _fault(now: datetime, name: str, code: int, status: int, detail: str, kind: str) -> bytes:
    body: dict[str, Json] = {
        "warnings": None,
        "intuitObject": None,
        "fault": {
            "error": [
                {
                    "message": f"message={name}; errorCode={code:06}; statusCode={status}",
                    "detail": detail,
                    "code": str(code),
                    "element": None,
                }
            ],
            "type": kind,
        },
        "report": None,
        "queryResponse": None,
        "batchItemResponse": [],
        "attachableResponse": [],
        "syncErrorResponse": None,
        "requestId": None,
        "time": int(now.timestamp() * 1000),
        "status": None,
        "cdcresponse": [],
    }
    return encode(body)
