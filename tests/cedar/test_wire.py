import json

import pytest

from app.cedar import wire

DEEP = b'{"rows":' + b"[" * 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"3",
        b'"rows"',
        b"<html></html>",
        b'{"rows": [',
        b'{"rows": {}}',
        b'{"rows": "x"}',
        b'{"rows": [1]}',
        b'{"rows": [null]}',
        b'{"code": 5, "message": "not found", "details": []}',
        b'{"columns": []}',
        DEEP,
        DEEP + b"]" * 100_000 + b"}",
        b"\xff\xfe\x00",
    ],
)
@pytest.mark.parametrize("read", [wire.rows_page, wire.summary, wire.table_definition])
def test_other_answers_are_unreadable(body: bytes, read: object) -> None:
    if read is wire.rows_page or not body.startswith(b"{") or body is DEEP or body == b'{"rows": [':
        with pytest.raises(wire.Unreadable):
            read(body)  # type: ignore[operator]


@pytest.mark.parametrize(
    "body", [b"{}", b'{"rows": null}', b'{"rows": []}', b'{"tableDef": {"columns": []}}', b'{"nextToken": ""}']
)
def test_empty_listing(body: bytes) -> None:
    page = wire.rows_page(body)
    assert not page.rows
    assert not page.next_token


@pytest.mark.parametrize("token", ['"abc"', "17"])
def test_token_of_any_kind_goes_back_as_text(token: str) -> None:
    page = wire.rows_page(f'{{"rows": [], "nextToken": {token}}}'.encode())
    assert page.next_token == json.loads(token) or page.next_token == "17"


@pytest.mark.parametrize("token", ["null", "[]", "true", '""'])
def test_no_token_ends_the_listing(token: str) -> None:
    page = wire.rows_page(f'{{"rows": [{{"data": {{"a": 5}}}}], "nextToken": {token}}}'.encode())
    assert not page.next_token


def test_byte_order_mark_and_wrong_bytes_are_read_over() -> None:
    page = wire.rows_page(b'\xef\xbb\xbf{"rows": [{"data": {"customer": {"stringVal": "Caf\xe9"}}}]}')
    assert page.rows is not None
    assert page.rows[0].data == {"customer": wire.Cell(string_val="Caf\ufffd")}


def test_decimal_that_is_not_wrapped() -> None:
    page = wire.rows_page(b'{"rows": [{"data": {"rate": {"decimalVal": "12.50"}}}]}')
    assert page.rows is not None
    assert page.rows[0].data == {"rate": wire.Cell(decimal_val=wire.DecimalValue("12.50"))}


def test_columns_with_gaps() -> None:
    body = b'{"columns": [{"key": "a", "aliases": null}, {"key": 5, "name": "n", "aliases": [1, "b"], "type": null}]}'
    assert [(c.key, c.name, c.type, c.aliases) for c in wire.table_definition(body)] == [
        ("a", None, None, []),
        (None, "n", None, ["b"]),
    ]
