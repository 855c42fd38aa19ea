"""The Web Connector's registry values are read however they are spelt and nested; what is not there is unknown."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.books.quickbooks_desktop.web_connector.connector_settings import (
    RegisteredApplication,
    RegistryTree,
    connector_settings,
    same_guid,
)

OWNER, FILE = "{11111111-2222-4333-8444-555555555555}", "{99999999-2222-4333-8444-555555555555}"
LINE: dict[str, str | int] = {
    "AppName": "Cedar Sync",
    "AppURL": "http://localhost:8085/qbwc",
    "UserName": "cedar-sync",
    "OwnerID": OWNER,
    "FileID": FILE,
    "RunEveryNMinutes": 5,
    "AutoRun": "True",
    "Password": "(kept)",
}
READ = RegisteredApplication(
    "Cedar Sync",
    "http://localhost:8085/qbwc",
    "cedar-sync",
    OWNER,
    FILE,
    run_every=timedelta(minutes=5),
    is_auto_run=True,
    has_password=True,
)


def test_an_application_is_read() -> None:
    settings = connector_settings({"": {"Level": "DEBUG", "UpdateLock": "FALSE"}, "Cedar Sync": LINE})
    assert settings.applications == (READ,)
    assert settings.is_locked is False


def test_names_may_be_spelt_in_other_ways() -> None:
    spelt = {name.upper().replace("ID", "_id"): value for name, value in LINE.items()}
    assert connector_settings({r"WebServices\1": spelt}).applications == (READ,)


def test_a_schedule_may_stand_in_a_key_below() -> None:
    schedule = {name: LINE[name] for name in ("RunEveryNMinutes", "AutoRun")}
    rest = {name: value for name, value in LINE.items() if name not in schedule}
    tree: RegistryTree = {"": {}, "Cedar Sync": rest, r"Cedar Sync\Scheduler": schedule}
    assert connector_settings(tree).applications == (READ,)


def test_an_application_without_a_name_is_called_as_its_key() -> None:
    (line,) = connector_settings({r"Apps\Cedar Sync": {"AppURL": "http://localhost:8085/qbwc"}}).applications
    assert line == RegisteredApplication("Cedar Sync", "http://localhost:8085/qbwc")


@pytest.mark.parametrize(
    ("value", "is_auto_run"), [(1, True), ("no", False), (0, False), ("perhaps", None), ("", None)]
)
def test_auto_run_is_on_off_or_unknown(value: str | int, is_auto_run: object) -> None:
    (line,) = connector_settings({"A": {"FileID": FILE, "AutoRun": value}}).applications
    assert line.is_auto_run is is_auto_run


@pytest.mark.parametrize(("values", "has"), [({}, None), ({"Password": ""}, False), ({"EncPassword": "(kept)"}, True)])
def test_a_password_is_there_not_there_or_unknown(values: dict[str, str], has: object) -> None:
    (line,) = connector_settings({"A": {"FileID": FILE, **values}}).applications
    assert line.has_password is has


@pytest.mark.parametrize("values", [{"RunEveryNMinutes": ""}, {"RunEveryNMinutes": "often"}, {"RunEveryNMinutes": "²"}])
def test_an_interval_that_is_none_is_unknown(values: dict[str, str]) -> None:
    (line,) = connector_settings({"A": {"FileID": FILE, **values}}).applications
    assert line.run_every is None


def test_what_stands_in_an_unknown_shape_is_mentioned() -> None:
    settings = connector_settings({"": {}, "Jobs": {"7": FILE.lower()}})
    assert settings.applications == ()
    assert settings.mentions_any(FILE)
    assert not settings.mentions_any("Cedar Sync", "", OWNER)


def test_guids_are_compared_with_and_without_braces() -> None:
    assert same_guid(FILE, FILE.strip("{}").upper())
    assert not same_guid("", "{}")


WORDS = st.one_of(st.sampled_from([*LINE, "UpdateLock", ""]), st.text("a{²\0é \\", max_size=4))
VALUES = st.one_of(WORDS, st.integers())


@given(st.dictionaries(st.text("AB\\", max_size=5), st.dictionaries(WORDS, VALUES, max_size=6), max_size=5))
def test_any_registry_is_read(tree: dict[str, dict[str, str | int]]) -> None:
    connector_settings(tree)
