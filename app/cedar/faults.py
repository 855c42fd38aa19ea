"""What can go wrong while Cedar is read, in words for bookkeepers: the one place where it is translated. No I/O.

Rule: the sentence says what happened and what to do; what the other side said word for word goes to ``raw``.

CedarRefused                the key (401) or the permission (403)
CedarUnavailable            no use in asking again at once: wrong address, nonsense, missing columns
 ├─ ChosenColumnMissing     a column that the settings name is not there
 └─ PassingFault            heals by itself: offline, slow, busy; asked again a few times before it is raised
Cancelled                   not a fault: somebody asked us to stop
"""

from http import HTTPStatus
from typing import Final

from app.domain.faults import CedarFault, CedarRefused, CedarUnavailable
from app.domain.reasons import ReasonCode

RAW_LIMIT: Final = 500
"""How much of the other side's own words is kept, in characters."""

UNREACHABLE: Final = (
    "Cedar cannot be reached from this computer; check the internet connection, the proxy and the firewall. "
    "Nothing is lost, the next reading catches up."
)
TIMED_OUT: Final = "Cedar did not answer in time; nothing is lost, the next reading catches up."
INTERRUPTED: Final = (
    "The connection to Cedar broke off; check the internet connection if it happens again. "
    "Nothing is lost, the next reading catches up."
)
UNTRUSTED: Final = (
    "Cedar's security certificate could not be checked, so the key was not sent; check this computer's date, "
    "and ask your IT whether the network inspects encrypted connections."
)
BUSY: Final = "Cedar asks us to come back later; nothing is lost, the next reading catches up."
OUT_OF_ORDER: Final = "Cedar has a problem on its own side; nothing is lost, the next reading catches up."
MOVED: Final = (
    "The Cedar address points to another place, and the key is not sent there; "
    "check the region and the address in the settings, and whether this network asks for a sign-in first."
)
KEY_REFUSED: Final = (
    "Cedar refused the key; check the key, the region and the user in the settings, "
    "and that a Cedar administrator put this user into a group of the key."
)
PERMISSION: Final = (
    "Cedar knows the key, but this user may not read the charges; "
    "ask a Cedar administrator to give the user the permission to see them."
)
NOT_FOUND: Final = (
    "Cedar has no charges at this address; check the region, the address and the carrier in the settings."
)
NOT_UNDERSTOOD: Final = (
    "Cedar did not accept the question for the charges; check the carrier and the chosen columns in the settings, "
    "and send the support file if they are right."
)
NONSENSE: Final = (
    "What answered in Cedar's place cannot be read as charges; check the region and the address in the settings, "
    "and whether this network asks for a sign-in first."
)
STUCK: Final = (
    "Cedar's list of charges came round to a page it had already given, so the reading was stopped; "
    "try again later, and tell Cedar's support if it happens again."
)
ENDLESS: Final = (
    "Cedar's list of charges does not come to an end, so the reading was stopped; "
    "shorten the look-back in the settings, and tell Cedar's support if it happens again."
)
NO_CHARGE_ID: Final = (
    "Cedar gave a charge without its number, and we do not guess which one it is, so the reading was stopped; "
    "tell Cedar's support."
)


class Cancelled(Exception):
    """Reading was stopped because somebody asked for it."""


class PassingFault(CedarUnavailable):
    """Cedar cannot be read at the moment; asking again later may help."""

    def __init__(self, sentence: str, raw: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(sentence, ReasonCode.CEDAR_UNREACHABLE, raw)
        self.retry_after = retry_after
        """Seconds Cedar asked us to wait; None where it did not say."""


class ChosenColumnMissing(CedarUnavailable):
    """A column that the settings name is not among Cedar's."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, ReasonCode.CEDAR_COLUMNS_MISSING)


def unavailable(sentence: str, raw: str | None = None) -> CedarUnavailable:
    """Make the fault for an answer that cannot be used."""
    return CedarUnavailable(sentence, ReasonCode.CEDAR_UNREACHABLE, raw)


def columns_missing(sentence: str) -> CedarUnavailable:
    """Make the fault for a carrier whose table lacks, or does not clearly name, a column we need."""
    return CedarUnavailable(sentence, ReasonCode.CEDAR_COLUMNS_MISSING)


def refusal(status: int, raw: str, retry_after: float | None) -> CedarFault:
    """Translate the status of an answer that is not a success.

    Args:
        status: The answer's status.
        raw: What the answer said, free of secrets.
        retry_after: Seconds Cedar asked us to wait, if it did.
    """
    if status == HTTPStatus.UNAUTHORIZED:
        return CedarRefused(KEY_REFUSED, ReasonCode.CEDAR_KEY_REFUSED, raw)
    if status == HTTPStatus.FORBIDDEN:
        return CedarRefused(PERMISSION, ReasonCode.CEDAR_PERMISSION, raw)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return PassingFault(BUSY, raw, retry_after)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return PassingFault(OUT_OF_ORDER, raw, retry_after)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return unavailable(MOVED, raw)
    if status == HTTPStatus.NOT_FOUND:
        return unavailable(NOT_FOUND, raw)
    return unavailable(NOT_UNDERSTOOD, raw)
