"""How the service says no: an HTTP status with gRPC's JSON error, as a gateway in front of a gRPC service does.

Rule: every refusal carries a sentence that names what was wrong, since a test bed must teach.
"""

from enum import IntEnum

import msgspec


class GrpcCode(IntEnum):
    """gRPC's status codes, as far as this service uses them."""

    INVALID_ARGUMENT = 3
    """The request is malformed."""
    NOT_FOUND = 5
    """There is no such path."""
    PERMISSION_DENIED = 7
    """The user is known but may not."""
    RESOURCE_EXHAUSTED = 8
    """Too many requests."""
    UNIMPLEMENTED = 12
    """The path exists, the method does not."""
    INTERNAL = 13
    """The service broke."""
    UNAVAILABLE = 14
    """The service is away for a while."""
    UNAUTHENTICATED = 16
    """The key or the user is not known."""


_CODE_OF_STATUS = {
    400: GrpcCode.INVALID_ARGUMENT,
    401: GrpcCode.UNAUTHENTICATED,
    403: GrpcCode.PERMISSION_DENIED,
    404: GrpcCode.NOT_FOUND,
    405: GrpcCode.UNIMPLEMENTED,
    429: GrpcCode.RESOURCE_EXHAUSTED,
    503: GrpcCode.UNAVAILABLE,
}


class ErrorBody(msgspec.Struct):
    """The body of a refusal."""

    code: int
    """A `GrpcCode`."""
    message: str
    """One sentence for the developer on the other side."""
    details: list[str] = msgspec.field(default_factory=list)
    """Always empty here."""


class RefusedError(Exception):
    """The service answers with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status."""
        self.message = message
        """What was wrong."""

    @property
    def body(self) -> ErrorBody:
        """The JSON document that tells it."""
        return ErrorBody(int(_CODE_OF_STATUS.get(self.status, GrpcCode.INTERNAL)), self.message)


def malformed(message: str) -> RefusedError:
    """Make the refusal of a request that is not understood."""
    return RefusedError(400, message)
