"""Choices a person makes in the settings, the same for every accounting system. No I/O."""

from enum import StrEnum


class Missing(StrEnum):
    """What to do about a customer or item the books do not have."""

    FAIL = "fail"
    CREATE = "create"


class OnEdited(StrEnum):
    """What to do about a document somebody changed in the books."""

    ASK = "ask"
    OVERWRITE = "overwrite"
    KEEP = "keep"


class OnVoid(StrEnum):
    """What to do in the books about an invoice that was voided in Cedar."""

    ASK = "ask"
    CLOSE = "close"
    DELETE = "delete"
