"""Writes the program's name for Windows (AppUserModelID) into a shortcut file.

The installer makes the shortcut by Windows' own means, which set this property through COM alone; here it is written
into the file, where Windows would put it ([MS-SHLLINK] 2.5.7 PropertyStoreDataBlock, [MS-PROPSTORE] 2.2).
"""

import struct
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from app.domain.faults import KnownFault

_HEADER: Final = 0x4C
_LINK: Final = UUID("00021401-0000-0000-c000-000000000046").bytes_le
_HAS_TARGET: Final = 0x01
_HAS_INFO: Final = 0x02
_TEXTS: Final = (0x04, 0x08, 0x10, 0x20, 0x40)
"""Flags of name, relative path, working folder, arguments and icon, in the order they stand in the file."""

_IS_UNICODE: Final = 0x80
_PROPERTIES: Final = 0xA0000009
_VERSION: Final = 0x53505331
_APP: Final = UUID("9f4c2855-9f79-4b39-a8d0-e1d42de1d5f3").bytes_le
_APP_ID: Final = 5
"""PKEY_AppUserModel_ID: the format above and this number."""

_TEXT: Final = 0x1F
"""VT_LPWSTR."""


class NotAShortcut(KnownFault):
    """The file is no shortcut."""


def with_app_id(content: bytes, app_id: str) -> bytes:
    """Give a shortcut's content with the property set; what else is in it stays.

    Raises:
        NotAShortcut: If it is none.
    """
    try:
        start = _extra_data(content)
        blocks = list(_blocks(content, start))
    except (struct.error, IndexError) as exc:
        raise NotAShortcut("This file is not a Windows shortcut.") from exc
    kept = b"".join(block for block in blocks if not _is_properties(block))
    stores = [store for block in blocks if _is_properties(block) for store in _stores(block[8:]) if store[8:24] != _APP]
    body = _store(app_id) + b"".join(stores) + bytes(4)
    block = struct.pack("<II", 8 + len(body), _PROPERTIES) + body
    return content[:start] + kept + block + bytes(4)


def _extra_data(content: bytes) -> int:
    """Find where the blocks of extra data begin."""
    size, kind, flags = struct.unpack_from("<I16sI", content)
    if size != _HEADER or kind != _LINK:
        raise NotAShortcut("This file is not a Windows shortcut.")
    at = _HEADER
    if flags & _HAS_TARGET:
        at += 2 + struct.unpack_from("<H", content, at)[0]
    if flags & _HAS_INFO:
        at += struct.unpack_from("<I", content, at)[0]
    width = 2 if flags & _IS_UNICODE else 1
    for flag in _TEXTS:
        if flags & flag:
            at += 2 + width * struct.unpack_from("<H", content, at)[0]
    return at


def _blocks(content: bytes, at: int) -> Iterator[bytes]:
    while len(content) - at >= 4 and (size := struct.unpack_from("<I", content, at)[0]) >= 4:
        yield content[at : at + size]
        at += size


def _is_properties(block: bytes) -> bool:
    return len(block) >= 8 and struct.unpack_from("<I", block, 4)[0] == _PROPERTIES


def _stores(body: bytes) -> Iterator[bytes]:
    yield from _blocks(body, 0)


def _store(app_id: str) -> bytes:
    text = (app_id + "\0").encode("utf-16-le")
    value = struct.pack("<HHI", _TEXT, 0, len(app_id) + 1) + text + bytes(-len(text) % 4)
    # Size, number and a reserved byte go before each value; a size of nothing ends them.
    values = struct.pack("<IIB", 9 + len(value), _APP_ID, 0) + value + bytes(4)
    return struct.pack("<II16s", 24 + len(values), _VERSION, _APP) + values
