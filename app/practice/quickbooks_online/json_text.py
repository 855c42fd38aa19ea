"""JSON with exact decimals: numbers come in and go out as `Decimal`, never through a float."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, TypeAlias

import msgspec

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | Decimal | bool | None"
"""What JSON text can say."""

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)


def encode(value: Json) -> bytes:
    """Write JSON; ``Decimal("900.00")`` becomes ``900.00``."""
    return _ENCODER.encode(value)


def decode(text: bytes) -> Json:
    """Read JSON.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        decoded: Json = _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise ValueError("this is not JSON") from exc
    return decoded
