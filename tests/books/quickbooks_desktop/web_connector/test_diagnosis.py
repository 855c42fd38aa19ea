"""Each cause is found from what was seen, the likeliest first, and nothing is claimed that was not seen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.books.quickbooks_desktop.web_connector import diagnosis_texts
from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence, evidence_of
from app.books.quickbooks_desktop.web_connector.connector_log import log_events
from app.books.quickbooks_desktop.web_connector.connector_settings import connector_settings
from app.books.quickbooks_desktop.web_connector.connector_summary import connector_summary
from app.books.quickbooks_desktop.web_connector.diagnosis import Cause, Diagnosis, Heard, OwnLine, diagnose
from app.books.quickbooks_desktop.web_connector.diagnosis_texts import TEXTS, words_of
from app.domain.facts import BooksProblem, Problem
from app.domain.reasons import Reason, ReasonCode
from app.domain.values import replace
from app.system.web_connector_install import ConnectorLook, SeenProcess
from tests.ui.plain_words import is_plain, texts_of

SAMPLES = Path(__file__).parent / "log_samples"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OWNER, FILE, OTHER = (f"{{{digit * 8}-2222-4333-8444-555555555555}}" for digit in "129")
OURS = OwnLine("Cedar Sync", "http://localhost:8085/qbwc", "cedar-sync", OWNER, FILE)
LINE: dict[str, str | int] = {
    "AppName": OURS.name,
    "AppURL": OURS.url,
    "UserName": OURS.user_name,
    "OwnerID": OWNER,
    "FileID": FILE,
    "Password": "(kept)",
    "AutoRun": 1,
}
BEANS: dict[str, str | int] = {"AppName": "Bean Counter", "AppURL": "https://beans.example/q", "FileID": OTHER}
NEVER = Heard(None, None, None, timedelta(minutes=30))
LONG_AGO = replace(NEVER, last_contact=NOON - timedelta(hours=5))
CONNECTOR = SeenProcess("qbwebconnector.exe", is_elevated=False)
QUICKBOOKS = SeenProcess("qbw32enterprise.exe", is_elevated=False)
WELL = ConnectorLook(
    is_installed=True, processes=(CONNECTOR, QUICKBOOKS), settings={"": {"Level": "DEBUG"}, OURS.name: LINE}
)
PROBLEM = BooksProblem(Problem(Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": ""}), NOON))


def log(name: str) -> bytes:
    return (SAMPLES / f"{name}.txt").read_bytes()


def found(look: ConnectorLook, heard: Heard = NEVER, now: datetime = NOON) -> list[Cause]:
    return [each.cause for each in diagnose(evidence_of(look), OURS, heard, now)]


def lines(*applications: dict[str, str | int]) -> ConnectorLook:
    return replace(WELL, settings={"": {}} | {str(number): each for number, each in enumerate(applications)})


TABLE: dict[str, tuple[ConnectorLook, Heard, list[Cause]]] = {
    "nothing could be looked at": (ConnectorLook(), NEVER, []),
    "nothing is amiss there": (WELL, NEVER, []),
    "not installed": (ConnectorLook(is_installed=False, processes=(), settings={}), NEVER, [Cause.NOT_INSTALLED]),
    "installed, and never used": (
        ConnectorLook(is_installed=True, processes=(), settings={}),
        NEVER,
        [Cause.NOT_ADDED, Cause.NOT_RUNNING],
    ),
    "not running": (replace(WELL, processes=(QUICKBOOKS,)), NEVER, [Cause.NOT_RUNNING]),
    "only others are in its list": (lines(BEANS), LONG_AGO, [Cause.NOT_ADDED]),
    "a list nobody can read, from which it called": (lines(), LONG_AGO, []),
    "it is there in an unknown shape": (replace(WELL, settings={"Jobs": {"7": FILE}}), NEVER, []),
    "the settings may not be read": (replace(WELL, settings=None), NEVER, []),
    "refused, and a line was there all the time": (replace(WELL, log=log("added_before")), NEVER, []),
    "added before": (replace(lines(BEANS), log=log("added_before")), NEVER, [Cause.ADDED_BEFORE]),
    "not allowed": (replace(lines(), log=log("not_allowed")), NEVER, [Cause.NOT_ALLOWED]),
    "not taken": (replace(lines(), log=log("not_taken")), NEVER, [Cause.NOT_TAKEN]),
    "another copy's line": (lines(LINE | {"FileID": OTHER}), NEVER, [Cause.ANOTHER_COPY]),
    "twice": (lines(LINE, LINE | {"AppName": "Cedar Sync 2"}), NEVER, [Cause.ADDED_TWICE]),
    "another port": (lines(LINE | {"AppURL": "http://localhost:8086/qbwc"}), NEVER, [Cause.OTHER_ADDRESS]),
    "another user": (lines(LINE | {"UserName": "cedar"}), NEVER, [Cause.OTHER_USER]),
    "no password kept": (lines(LINE | {"Password": ""}), NEVER, [Cause.PASSWORD_MISSING]),
    "no password in the log": (replace(WELL, log=log("no_password")), NEVER, [Cause.PASSWORD_MISSING]),
    "wrong password in the log": (replace(WELL, log=log("wrong_password")), LONG_AGO, [Cause.PASSWORD_WRONG]),
    "wrong password in the record": (WELL, replace(NEVER, refused_at=NOON), [Cause.PASSWORD_WRONG]),
    "Auto-Run off": (lines(LINE | {"AutoRun": 0}), NEVER, [Cause.AUTO_RUN_OFF]),
    "not answered": (replace(WELL, log=log("not_answered")), NEVER, [Cause.NO_ANSWER]),
    "another file": (replace(WELL, log=log("another_file")), NEVER, [Cause.ANOTHER_FILE]),
    "a window open": (replace(WELL, log=log("window_open")), NEVER, [Cause.WINDOW_OPEN]),
    "file in use": (replace(WELL, log=log("file_in_use")), NEVER, [Cause.FILE_IN_USE]),
    "no permission": (replace(WELL, log=log("no_permission")), NEVER, [Cause.NO_PERMISSION]),
    "QuickBooks shut": (replace(WELL, log=log("quickbooks_shut")), NEVER, [Cause.QUICKBOOKS_SHUT]),
    "the record tells it already": (
        replace(WELL, log=log("window_open")),
        replace(LONG_AGO, problem=PROBLEM),
        [],
    ),
    "it called after that": (replace(WELL, log=log("wrong_password")), replace(NEVER, last_contact=NOON), []),
    "mended": (replace(WELL, log=log("mended")), NEVER, []),
    "another application's trouble": (replace(WELL, log=log("others_trouble")), NEVER, []),
    "a log that may not be read": (replace(WELL, log_trouble="Access is denied"), NEVER, [Cause.LOG_UNREADABLE]),
    "QuickBooks higher": (
        replace(WELL, processes=(CONNECTOR, replace(QUICKBOOKS, is_elevated=True))),
        replace(NEVER, last_contact=NOON, problem=PROBLEM),
        [Cause.OTHER_RIGHTS],
    ),
    "the Web Connector higher": (
        replace(WELL, processes=(replace(CONNECTOR, is_elevated=True), QUICKBOOKS)),
        LONG_AGO,
        [Cause.OTHER_RIGHTS],
    ),
    "rights that cannot be told": (
        replace(WELL, processes=(replace(CONNECTOR, is_elevated=None), replace(QUICKBOOKS, is_elevated=True))),
        LONG_AGO,
        [],
    ),
    "rights, and all is well": (
        replace(WELL, processes=(CONNECTOR, replace(QUICKBOOKS, is_elevated=True))),
        replace(NEVER, last_contact=NOON),
        [],
    ),
}


@pytest.mark.parametrize(("look", "heard", "causes"), TABLE.values(), ids=TABLE)
def test_each_cause_is_found(look: ConnectorLook, heard: Heard, causes: list[Cause]) -> None:
    assert found(look, heard) == causes


def test_the_table_knows_every_cause() -> None:
    assert {cause for _, _, causes in TABLE.values() for cause in causes} == set(Cause)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_web_connector_that_calls_is_not_complained_of(name: str) -> None:
    look, _, _ = TABLE[name]
    assert found(look, replace(NEVER, last_contact=NOON - timedelta(minutes=29))) == []


def test_the_likeliest_comes_first() -> None:
    look = replace(lines(LINE | {"Password": "", "AutoRun": 0}), processes=(), log=log("not_answered"))
    assert found(look, now=NOON + timedelta(hours=1)) == [
        Cause.NOT_RUNNING,
        Cause.PASSWORD_MISSING,
        Cause.AUTO_RUN_OFF,
        Cause.NO_ANSWER,
    ]


def test_what_wrote_its_log_just_now_runs_whatever_its_program_is_called() -> None:
    look = replace(WELL, processes=(), log=log("others_trouble"))
    assert found(look) == []
    assert found(look, now=NOON + timedelta(hours=1)) == [Cause.NOT_RUNNING]


def test_an_old_entry_means_nothing() -> None:
    assert found(replace(WELL, log=log("wrong_password")), now=NOON + timedelta(days=8)) == []


def test_a_line_under_another_name_has_its_own_entries() -> None:
    look = replace(lines(LINE | {"AppName": "Bean Counter"}), log=log("others_trouble"))
    assert found(look) == [Cause.PASSWORD_MISSING]


def test_another_connection_of_ours_is_not_this_one() -> None:
    branch = LINE | {"AppName": "Cedar Sync branch", "FileID": OTHER}
    assert found(lines(branch)) == [Cause.NOT_ADDED]
    assert found(lines(LINE, branch)) == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_words_name_what_was_seen_and_when(name: str) -> None:
    look, heard, _ = TABLE[name]
    for each in diagnose(evidence_of(look), OURS, heard, NOON):
        words = words_of(each, OURS.name, lambda at: f"{at:%H:%M}")
        assert words.fix
        assert not any(sign in words.title + words.why + words.fix for sign in "{}")
        if "at" in each.facts:
            assert ("12:00" if each.facts["at"] == NOON else " 11:") in words.why


def test_words_tell_which_side_runs_higher() -> None:
    told = {
        higher: words_of(Diagnosis(Cause.OTHER_RIGHTS, {"higher": higher}), "", str).why
        for higher in ("connector", "quickbooks")
    }
    assert told["connector"].startswith("The Web Connector seems to run as administrator")
    assert told["quickbooks"].startswith("QuickBooks seems to run as administrator")


def test_every_cause_has_plain_words() -> None:
    assert set(TEXTS) == set(Cause)
    said = [text for words in TEXTS.values() for text in (words.title, words.why, words.fix)]
    assert [text for text in [*said, *texts_of(diagnosis_texts)] if not is_plain(text)] == []
    assert all(not words.title.endswith(".") and words.why.endswith(".") for words in TEXTS.values())


def test_support_is_told_numbers_and_no_names() -> None:
    secret = LINE | {"Password": "canary", "AppURL": r"http://localhost:1/qbwc"}
    look = replace(
        lines(secret, BEANS | {"AppURL": r"C:\Books\Canary.qbw"}), log=log("others_trouble") + log("another_file")
    )
    text = connector_summary(evidence_of(look), [OURS])
    assert "Cedar Sync: address as expected: no, user as expected: yes, FileID as expected: yes" in text
    assert "2026-11-25 11:43:00 UTC Cedar Sync: QBWC1013, 0x8004040A" in text
    assert "another application: QBWC1040" in text
    for absent in ("canary", "Canary", "Bean", "beans", "C:", FILE, OWNER):
        assert absent not in text


def test_support_is_told_that_nothing_could_be_looked_at() -> None:
    assert "list: not looked at" in connector_summary(Evidence(), [OURS])


def test_evidence_reads_what_was_seen() -> None:
    seen = evidence_of(replace(WELL, is_installed=None, log=log("all_well")))
    assert seen == Evidence(
        is_installed=True,
        is_running=True,
        is_quickbooks_running=True,
        is_elevated=False,
        is_quickbooks_elevated=False,
        settings=connector_settings(WELL.settings or {}),
        events=log_events(log("all_well").decode()),
    )
