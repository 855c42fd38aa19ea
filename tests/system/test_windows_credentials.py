"""Windows' own credential store, with secrets of a connection that no office has."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from app.domain.faults import NotConfigured
from app.system.credentials import LONGEST, Secret, SystemCredentials, is_store_usable

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="needs Windows' credential store")

CONNECTION = "prüfung Nº 1"


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemCredentials]:
    import keyring
    from keyring.backends.Windows import WinVaultKeyring

    for secret in Secret:
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}", raising=False)
    # Stores that other tests invented count as installed ones, too.
    before = keyring.get_keyring()
    keyring.set_keyring(WinVaultKeyring())  # type: ignore[no-untyped-call]
    found = SystemCredentials(is_only_connection=False)
    yield found
    for secret in Secret:
        found.forget(CONNECTION, secret)
    keyring.set_keyring(before)


def test_the_store_answers_and_what_is_not_in_it_is_an_answer(credentials: SystemCredentials) -> None:
    assert is_store_usable()
    assert credentials.get(CONNECTION, Secret.CEDAR_API_KEY) is None
    credentials.forget(CONNECTION, Secret.CEDAR_API_KEY)


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
