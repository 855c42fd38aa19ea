"""What is taken out of the file for support."""

from datetime import UTC, datetime

import pytest

from app.diagnostics import logs
from app.diagnostics.support_file import prepared

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


@pytest.mark.parametrize("text", ["a" * 300_000, "key" * 100_000, "@" * 300_000, "://" * 100_000])
def test_a_part_without_any_blank_is_prepared_in_time(text: str) -> None:
    assert cleaned(text) == text
