"""What is taken out of the file for support."""

from datetime import UTC, datetime

import pytest

from app.diagnostics import logs
from app.diagnostics.support_file import prepared, without_names

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def cleaned(text: str) -> str:
    return prepared({"settings.toml": text}, NOW)["settings.toml"]


@pytest.fixture(autouse=True)
def no_secrets_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_secrets", set())


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('api_key = "Canary"', 'api_key = "***"'),
        ("  'Cedar.Token'='Canary'", "  'Cedar.Token'=\"***\""),
        ('cedar = { password = "Canary, Canary", carrier = "1" }', 'cedar = { password = "***", carrier = "1" }'),
        ("secret=Canary next", 'secret="***" next'),
        ('url = "postgresql://books:Canary@server/record"', 'url = "postgresql://***@server/record"'),
        ('assume_user = "canary.books@railroad.example"', 'assume_user = "(address)"'),
        ("Cedar refused the key; check the key.", "Cedar refused the key; check the key."),
    ],
)
def test_what_a_person_wrote_into_the_settings_is_hidden(written: str, kept: str) -> None:
    assert cleaned(written) == kept


@pytest.mark.parametrize("text", ["a" * 300_000, "key" * 100_000, "@" * 300_000, "://" * 100_000, "/" * 300_000])
def test_a_part_without_any_blank_is_prepared_in_time(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "text", [" " * 300_000, "a" * 300_000, "'" * 300_001, '"' * 300_001, "[" * 300_000, "a /" * 50_000]
)
def test_settings_of_any_kind_are_prepared_in_time(text: str) -> None:
    assert cleaned(without_names(text)) == text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            r"company_file = 'C:\Users\jane.doe\Books\prairie.qbw'",
            r"company_file = 'C:\Users\(user)\Books\prairie.qbw'",
        ),
        ("/home/jane/cedar/record.sqlite is full", "/home/(user)/cedar/record.sqlite is full"),
        ("/nonexistent/Acme Grain INV-1.csv cannot be written (x)", "(file) cannot be written (x)"),
        (r"C:\Out\Acme Grain.csv cannot be written (x)", "(file) cannot be written (x)"),
    ],
)
def test_people_and_what_they_called_their_files_are_hidden(written: str, kept: str) -> None:
    assert cleaned(written) == kept


def test_names_and_notes_in_the_settings_are_hidden_also_where_they_cannot_be_read() -> None:
    written = """# Ask Jane Doe
port = 8085  # Jane's
[connections.destination]
account = "Fees # 1" # of Jane
customers = { "4410" = "Acme Grain" }

[connections.destination.items]
STORAGE = "Jane's storage"
broken

[connections.web_connector]
username = "cedar-sync"
"""
    kept = without_names(written)

    assert "Jane" not in kept
    assert "Acme" not in kept
    for line in ("port = 8085", 'account = "Fees # 1"', "[connections.destination.items]", 'username = "cedar-sync"'):
        assert line in kept
