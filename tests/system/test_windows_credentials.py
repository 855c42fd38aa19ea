"""Windows' own credential store, with secrets of a connection that no office has."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from app.domain.faults import NotConfigured
from app.system.credentials import LONGEST, SERVICE, Secret, SystemCredentials, is_store_usable

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="needs Windows' credential store")

CONNECTION = "prüfung Nº 1"


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemCredentials]:
    import keyring

    for secret in Secret:
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}", raising=False)
    yield SystemCredentials(is_only_connection=False)
    for secret in Secret:
        if keyring.get_password(SERVICE, f"{CONNECTION}/{secret}") is not None:
            keyring.delete_password(SERVICE, f"{CONNECTION}/{secret}")


def test_the_store_is_windows_own() -> None:
    import keyring

    assert type(keyring.get_keyring()).__name__ == "WinVaultKeyring"
    assert is_store_usable()


@pytest.mark.parametrize("value", ["a key", "Schlüssel ключ 鍵 🔑", "x" * LONGEST])
def test_secrets_come_back_as_they_were_kept(credentials: SystemCredentials, value: str) -> None:
    credentials.put(CONNECTION, Secret.CEDAR_API_KEY, value)
    credentials.put(CONNECTION, Secret.WEB_CONNECTOR_PASSWORD, "another")
    assert credentials.get(CONNECTION, Secret.CEDAR_API_KEY) == value
    assert credentials.get(CONNECTION, Secret.WEB_CONNECTOR_PASSWORD) == "another"
    assert SystemCredentials().get("nobody's", Secret.CEDAR_API_KEY) is None


def test_what_windows_cannot_hold_is_refused_in_words(credentials: SystemCredentials) -> None:
    with pytest.raises(NotConfigured, match="1281 characters"):
        credentials.put(CONNECTION, Secret.CEDAR_API_KEY, "x" * (LONGEST + 1))
