"""Who may ask: the headers every request must carry.

Rule: checked before anything of the request is read, in this order: key, user, permission, carrier, content type.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from app.practice.cedar.errors import RefusedError, malformed
from app.practice.cedar.faults import Switches


@dataclass(frozen=True, slots=True)
class Access:
    """The one key, user and carrier the practice service knows."""

    api_key: str
    """Must stand in `x-arms-api-key`."""
    assume_user: str
    """Must stand in `x-arms-assume-user`; the case of an address does not matter."""
    carrier: str
    """Must stand in `Carrier` of charge calls and in `carrierId` of the others."""

    def check_user(self, header: Callable[[str], str], switches: Switches) -> None:
        """Check key, user and permission.

        Args:
            header: Returns a request header by name, empty if it is missing.
            switches: Tells whether the key was withdrawn or the permission taken.

        Raises:
            RefusedError: 401 for the key or the user, 403 for the permission.
        """
        key = header("x-arms-api-key")
        if not key:
            raise RefusedError(401, "x-arms-api-key is missing")
        if switches.is_key_revoked or not hmac.compare_digest(key.encode(), self.api_key.encode()):
            raise RefusedError(401, "the API key is not valid in this region")
        user = header("x-arms-assume-user")
        if not user:
            raise RefusedError(401, "x-arms-assume-user is missing")
        if user.casefold() != self.assume_user.casefold():
            raise RefusedError(401, "the assumed user is in no user group bound to this key")
        if switches.is_forbidden:
            raise RefusedError(403, "the assumed user lacks the permission to read charges")

    def check_carrier(self, carrier: str, name: str) -> None:
        """Check the carrier.

        Args:
            carrier: What the request says.
            name: Where it says so.

        Raises:
            RefusedError: 400 where it is missing, 403 where it is not this user's.
        """
        if not carrier:
            raise malformed(f"{name} is missing")
        if carrier != self.carrier:
            raise RefusedError(403, f"the assumed user has no access to the carrier in {name}")


def check_content_type(value: str) -> None:
    """Check that a body is announced as JSON.

    Raises:
        RefusedError: It is not.
    """
    if value.partition(";")[0].strip().casefold() != "application/json":
        raise malformed("Content-Type must be application/json")
