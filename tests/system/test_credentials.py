from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from app.domain.faults import HomeUnusable, NotConfigured
from app.system.credentials import LONGEST, Secret, SystemCredentials, new_password

KEY = Secret.CEDAR_API_KEY


class MemoryKeyring(KeyringBackend):
    """A credential store that forgets everything at the end."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password


class LockedKeyring(MemoryKeyring):
    """A credential store whose owner has not unlocked it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    for secret in Secret:
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}", raising=False)
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}_MAIN", raising=False)
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_a_secret_comes_back(store: MemoryKeyring) -> None:
    SystemCredentials().put("main", KEY, "s3cret")
    assert SystemCredentials().get("main", KEY) == "s3cret"


@pytest.mark.parametrize("secret", Secret)
def test_an_entry_is_named_by_connection_and_secret(store: MemoryKeyring, secret: Secret) -> None:
    SystemCredentials().put("main", secret, "s3cret")
    assert store.entries == {("cedar-sync", f"main/{secret.value}"): "s3cret"}


def test_the_entries_have_the_documented_names() -> None:
    assert {secret.value for secret in Secret} >= {"cedar-api-key", "web-connector-password"}


def test_a_secret_that_is_not_there_is_none(store: MemoryKeyring) -> None:
    assert SystemCredentials().get("main", KEY) is None


def test_each_connection_has_its_own_secret(store: MemoryKeyring) -> None:
    SystemCredentials().put("main", KEY, "one")
    assert SystemCredentials().get("branch", KEY) is None


@pytest.mark.usefixtures("store")
def test_the_longest_secret_the_store_holds_is_taken() -> None:
    SystemCredentials().put("main", KEY, "x" * LONGEST)
    assert SystemCredentials().get("main", KEY) == "x" * 1280


@pytest.mark.parametrize("value", ["x" * 1281, "🔑" * 640 + "x"])
def test_a_longer_one_is_refused_with_its_length(store: MemoryKeyring, value: str) -> None:
    # Signs outside the first plane take two places in Windows' store.
    with pytest.raises(NotConfigured, match="1281 characters long; the credential store takes 1280"):
        SystemCredentials().put("main", KEY, value)
    assert store.entries == {}


def test_a_refusal_does_not_show_the_secret(store: MemoryKeyring) -> None:
    with pytest.raises(NotConfigured) as refusal:
        SystemCredentials().put("main", KEY, "s3cret" * 300)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize("name", ["CEDAR_SYNC_CEDAR_API_KEY", "CEDAR_SYNC_CEDAR_API_KEY_MAIN"])
def test_a_variable_wins_over_the_store(store: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    SystemCredentials().put("main", KEY, "from the store")
    monkeypatch.setenv(name, "from the variable")
    assert SystemCredentials().get("main", KEY) == "from the variable"


def test_the_web_connectors_password_has_a_variable_too(store: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEDAR_SYNC_WEB_CONNECTOR_PASSWORD", "typed once")
    assert SystemCredentials().get("main", Secret.WEB_CONNECTOR_PASSWORD) == "typed once"


def test_an_empty_variable_is_none(store: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    SystemCredentials().put("main", KEY, "from the store")
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", " ")
    assert SystemCredentials().get("main", KEY) == "from the store"


def test_with_several_connections_a_variable_without_a_name_is_for_none(
    store: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", "whose?")
    assert SystemCredentials(is_only_connection=False).get("main", KEY) is None


@pytest.mark.parametrize(("connection", "suffix"), [("main", "MAIN"), ("short-line", "SHORT_LINE"), ("b2", "B2")])
def test_with_several_connections_the_variable_carries_the_name(
    store: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, connection: str, suffix: str
) -> None:
    monkeypatch.setenv(f"CEDAR_SYNC_CEDAR_API_KEY_{suffix}", "mine")
    assert SystemCredentials(is_only_connection=False).get(connection, KEY) == "mine"


@pytest.mark.parametrize("backend", [NoKeyring, LockedKeyring])
def test_without_a_store_reading_finds_nothing(store: MemoryKeyring, backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    assert SystemCredentials().get("main", KEY) is None


@pytest.mark.parametrize("backend", [NoKeyring, LockedKeyring])
def test_without_a_store_keeping_names_the_variable(store: MemoryKeyring, backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    with pytest.raises(HomeUnusable, match="set the variable CEDAR_SYNC_CEDAR_API_KEY instead"):
        SystemCredentials().put("main", KEY, "s3cret")


def test_a_password_can_be_read_and_typed() -> None:
    assert not set(new_password()) & set("O0Il1 \"'&<>")


def test_no_two_passwords_are_alike() -> None:
    passwords = {new_password() for _ in range(100)}
    assert (len(passwords), {len(password) for password in passwords}) == (100, {20})


def test_what_was_kept_can_be_read_whatever_the_variables_say(
    store: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Secret.QBO_REFRESH_TOKEN
    monkeypatch.setenv("CEDAR_SYNC_QBO_REFRESH_TOKEN", "first")
    assert SystemCredentials().stored("main", token) is None
    SystemCredentials().put("main", token, "rotated")
    assert (SystemCredentials().stored("main", token), SystemCredentials().get("main", token)) == ("rotated", "first")
