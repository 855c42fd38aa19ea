"""What is said of updates in every state there is, and what is offered then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app import __version__
from app.domain.values import replace
from app.ui import texts
from app.ui.update_child import BROKEN_OFF
from app.ui.update_view import Offer, UpdateState, UpdateStep, view
from app.updates.faults import FeedProblem

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
NEW = Offer("99.1.0", "Faster.")
NEWEST = UpdateState(has_feed=True, is_wanted=True, can_install=True, answered_at=NOW, tried_at=NOW)
OFFERED = replace(NEWEST, offer=NEW)
FAILED = replace(OFFERED, failed=NEW.version, tells_failed=True)


def test_where_all_is_new_the_window_says_nothing() -> None:
    shown = view(NEWEST, NOW)
    assert (shown.line, shown.action, shown.can_look) == ("", "", True)
    assert shown.about.splitlines()[0] == texts.ABOUT_NEWEST


def test_a_newer_version_is_offered() -> None:
    shown = view(OFFERED, NOW)
    assert shown.line == "Version 99.1.0 is ready."
    assert shown.about.startswith("Version 99.1.0 is ready.\nLast looked for updates: ")
    assert (shown.action, shown.notes, shown.can_put_off) == (texts.UPDATE_NOW, "Faster.", True)


def test_put_off_it_is_still_in_about() -> None:
    shown = view(replace(OFFERED, is_put_off=True), NOW)
    assert (shown.line, shown.action) == ("", texts.UPDATE_NOW)
    assert shown.about.startswith("Version 99.1.0 is ready.\nLast")


def test_a_look_under_way_is_said_in_about_alone() -> None:
    shown = view(replace(OFFERED, step=UpdateStep.LOOKING), NOW)
    assert (shown.line, shown.about) == ("Version 99.1.0 is ready.", texts.ABOUT_LOOKING)


def test_a_copy_that_no_setup_installed_is_told_and_offered_nothing() -> None:
    shown = view(replace(OFFERED, can_install=False), NOW)
    assert "was not put here by the setup program" in shown.line
    assert (shown.action, shown.notes) == ("", "Faster.")


def test_what_did_not_start_is_told_and_can_be_tried_again() -> None:
    shown = view(FAILED, NOW)
    assert shown.line.startswith(f"The update to 99.1.0 did not start here, so {__version__} goes on")
    assert (shown.action, shown.notes) == (texts.UPDATE_AGAIN, "")


def test_once_told_it_stays_in_about_alone() -> None:
    shown = view(replace(FAILED, tells_failed=False), NOW)
    assert shown.line == ""
    assert shown.about.startswith("The update to 99.1.0 did not start here")
    assert shown.action == texts.UPDATE_AGAIN


def test_a_newer_one_than_the_one_that_failed_is_offered() -> None:
    shown = view(replace(FAILED, offer=Offer("99.1.1", "")), NOW)
    assert (shown.line, shown.action) == ("Version 99.1.1 is ready.", texts.UPDATE_NOW)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (UpdateStep.FETCHING, "Getting version 99.1.0"),
        (UpdateStep.WAITING, "as soon as what is under way"),
        (UpdateStep.STARTING, "starts again by itself"),
    ],
)
def test_what_is_under_way_is_said_and_nothing_else_offered(step: UpdateStep, words: str) -> None:
    shown = view(replace(OFFERED, step=step), NOW)
    assert words in shown.line
    assert (shown.action, shown.can_put_off, shown.can_look) == ("", False, False)


@pytest.mark.parametrize("problem", [*FeedProblem, "home", "no_feed", "not_started", BROKEN_OFF])
def test_every_problem_has_a_sentence(problem: str) -> None:
    assert view(replace(OFFERED, problem=problem), NOW).line == texts.UPDATE_PROBLEMS[problem]
    about = view(replace(NEWEST, look_problem=problem), NOW).about
    assert about.splitlines()[0] == texts.UPDATE_PROBLEMS[problem]
    assert texts.ABOUT_NEWEST not in about


def test_a_look_that_got_no_answer_is_said_in_about_alone() -> None:
    shown = view(replace(NEWEST, tried_at=NOW + timedelta(hours=1)), NOW + timedelta(hours=2))
    assert shown.line == ""
    assert "did not get through" in shown.about


def test_a_build_without_a_feed_and_a_person_who_wants_no_look_are_told() -> None:
    assert view(replace(NEWEST, has_feed=False), NOW).about == texts.ABOUT_NO_FEED
    assert texts.ABOUT_OFF in view(replace(NEWEST, is_wanted=False), NOW).about
    assert view(replace(NEWEST, answered_at=None, tried_at=None), NOW).about == texts.ABOUT_NEVER
