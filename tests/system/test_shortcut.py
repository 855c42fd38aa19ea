"""The name Windows knows the program by, in a shortcut; the layout is that of [MS-SHLLINK] and [MS-PROPSTORE]."""

import struct
from uuid import UUID

import pytest

from app import APP_ID
from app.system.shortcut import NotAShortcut, with_app_id

KEY = UUID("9f4c2855-9f79-4b39-a8d0-e1d42de1d5f3").bytes_le
OTHERS_KEY = UUID("46588ae2-4cbc-4338-bbfc-139326986dce").bytes_le


def shortcut(*blocks: bytes) -> bytes:
    """Make a shortcut as Windows writes it: header, target, place, description, arguments, blocks."""
    header = struct.pack("<I16sI", 0x4C, UUID("00021401-0000-0000-c000-000000000046").bytes_le, 0xA7) + bytes(52)
    target = struct.pack("<H", 6) + b"\x04\x00xx\x00\x00"
    place = struct.pack("<I", 12) + bytes(8)
    texts = b"".join(struct.pack("<H", len(text)) + text.encode("utf-16-le") for text in ("Cedar", "--hidden"))
    return header + target + place + texts + b"".join(blocks) + bytes(4)


def block(signature: int, body: bytes) -> bytes:
    return struct.pack("<II", 8 + len(body), signature) + body


def app_id(content: bytes) -> str:
    """Read the property, as a reader that knows nothing of the writer."""
    at = content.index(KEY) - 8
    size, version = struct.unpack_from("<I4s", content, at)
    assert version == b"1SPS"
    value_size, number, reserved = struct.unpack_from("<IIB", content, at + 24)
    kind, padding, letters = struct.unpack_from("<HHI", content, at + 33)
    assert (number, reserved, kind, padding) == (5, 0, 0x1F, 0)
    assert content[at + 24 + value_size : at + size] == bytes(4), "nothing else, and the end"
    return content[at + 41 : at + 41 + 2 * letters].decode("utf-16-le").rstrip("\0")


def test_it_is_written_behind_what_was_there() -> None:
    tracker = block(0xA0000003, bytes(88))
    before = shortcut(tracker)
    after = with_app_id(before, APP_ID)
    assert after.startswith(before[:-4])
    assert app_id(after) == APP_ID
    size, signature = struct.unpack_from("<II", after, len(before) - 4)
    assert signature == 0xA0000009
    assert len(after) == len(before) + size
    assert after.endswith(bytes(8)), "the properties end, and the file ends"


def test_twice_is_once_and_other_properties_stay() -> None:
    other = struct.pack("<I4s16s", 28, b"1SPS", OTHERS_KEY) + bytes(4)
    once = with_app_id(shortcut(block(0xA0000009, other + bytes(4))), "Another.Name")
    assert OTHERS_KEY in once
    twice = with_app_id(with_app_id(once, APP_ID), APP_ID)
    assert twice.count(KEY) == 1
    assert OTHERS_KEY in twice
    assert app_id(twice) == APP_ID


@pytest.mark.parametrize("content", [b"", b"MZ" + bytes(200), shortcut()[:90]])
def test_what_is_no_shortcut_is_refused(content: bytes) -> None:
    with pytest.raises(NotAShortcut):
        with_app_id(content, APP_ID)
