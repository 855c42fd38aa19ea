"""The Web Connector's log is read in any state it may be found in, and each entry goes to its own application.

The samples are written by us, from Intuit's numbers and from extracts other integrators published.
"""

import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.books.quickbooks_desktop.web_connector.connector_log import LogEvent, Refused, decoded, log_events

SAMPLES = Path(__file__).parent / "log_samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
URL = "http://localhost:8085/qbwc"


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_bytes().decode()


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 25, hour, minute, second, tzinfo=UTC)


def test_a_call_is_told_with_its_application() -> None:
    assert log_events(sample("all_well")) == (LogEvent(at(11, 58, 2), "Cedar Sync", URL, is_call=True),)


def test_an_entry_whose_beginning_is_gone_is_left_out() -> None:
    assert log_events(sample("cut_off")) == log_events(sample("all_well"))


@pytest.mark.parametrize(
    ("name", "code", "hresult"),
    [
        ("no_password", 1030, 0),
        ("wrong_password", 1040, 0),
        ("not_answered", 1012, 0),
        ("another_file", 1013, 0x8004040A),
        ("window_open", 1013, 0x80040414),
        ("quickbooks_shut", 1013, 0),
    ],
)
def test_what_went_wrong_belongs_to_the_application_it_went_wrong_for(name: str, code: int, hresult: int) -> None:
    last = log_events(sample(name))[-1]
    assert (last.app_name, last.code, last.hresult) == ("Cedar Sync", code, hresult)


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("added_before", Refused.PAIR_TAKEN),
        ("not_allowed", Refused.NOT_ADMIN),
        ("not_taken", Refused.UNTOLD),
    ],
)
def test_why_an_application_was_not_added_stands_beside_the_number(name: str, refused: Refused) -> None:
    (event,) = log_events(sample(name))
    assert (event.app_name, event.refused) == ("", refused)


def test_another_applications_trouble_is_not_ours() -> None:
    found = log_events(sample("others_trouble"))
    assert {each.app_name for each in found} == {"Bean Counter"}
    assert [each.code for each in found] == [0, 1040, 1030]


def test_the_names_end_with_the_update() -> None:
    text = sample("all_well") + "20261125.12:00:00 UTC\t: Main() : QBWC1039: not added\r\n"
    assert log_events(text)[-1].app_name == ""


def test_times_without_a_zone_are_the_computers() -> None:
    text = "20261125.06:00:00\t: Main() : QBWC1039: not added"
    (event,) = log_events(text, timezone(timedelta(hours=-6)))
    assert event.at == at(12, 0)


@pytest.mark.parametrize("name", NAMES)
def test_either_end_of_a_line_will_do(name: str) -> None:
    assert log_events(sample(name).replace("\n", "\r\n")) == log_events(sample(name))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_the_end_of_a_log_is_read_in_any_encoding(encoding: str, cut: int) -> None:
    text = "Müller’s\r\n" + sample("wrong_password") + "20261125.13:00:00 UTC\t: Müller’s wagon é\r\n"
    expected = log_events(sample("wrong_password"))
    content = text.encode(encoding)
    assert log_events(decoded(content[cut:])) == expected
    assert decoded(content).endswith("Müller’s wagon é\r\n")


def test_a_character_cut_in_two_does_not_change_the_rest() -> None:
    content = "é Müller’s 20261125".encode()
    assert decoded(content[1:]).endswith("Müller’s 20261125")


@pytest.mark.parametrize("beginning", ["20269999.99:99:99 UTC", "00000101.00:00:00 UTC", "00010101.00:00:00"])
def test_a_time_that_is_none_begins_no_entry(beginning: str) -> None:
    events = log_events(f"{beginning}\t: QBWC1030", timezone(timedelta(hours=14)))
    assert events == ()


@pytest.mark.parametrize("filling", ["application ", "application named ", "<", "AppName: ", " ", "0x8", "QBWC", "\n"])
def test_no_entry_takes_long(filling: str) -> None:
    text = f"20261125.11:41:10 UTC\t: QBWC1030 {filling * (512 * 1024 // len(filling))}"
    began = time.process_time()
    log_events(text)
    assert time.process_time() - began < 1


@given(st.binary())
def test_bytes_of_any_kind_are_read(content: bytes) -> None:
    log_events(decoded(content))


@given(
    st.lists(st.sampled_from([*(sample(name) for name in NAMES), "AppName: ", "QBWC1039", "20261125.", "\ufeff", "\0"]))
)
def test_any_mixture_is_read_with_times_that_are_aware(parts: list[str]) -> None:
    assert all(each.at.tzinfo is not None for each in log_events("".join(parts)))
