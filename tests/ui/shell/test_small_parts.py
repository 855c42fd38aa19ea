"""The guide, the dialogs, and what is remembered."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWidgets import QApplication, QMessageBox, QTextBrowser
from pytestqt.qtbot import QtBot

from app.system.resources import resources
from app.ui.dialogs import Dialogs
from app.ui.help_window import HelpWindow
from app.ui.orders import next_morning
from app.ui.ports import Level
from app.ui.ui_state import FILE, UiState

WORDS_OF_OURS = re.compile(r"\b(soap|https?|sql|exception|traceback|queue|ticket|thread)\b", re.IGNORECASE)


def boxes() -> list[QMessageBox]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]


def test_the_guide_opens_at_its_first_page_and_links_lead_on(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.open()
    pages = window.findChildren(QTextBrowser)[0]
    assert "Getting started" in pages.toPlainText()
    pages.setSource(QUrl("reasons/NO_GL_NUMBER.md"))
    assert "What it means" in pages.toPlainText()


@pytest.mark.parametrize(("page", "words"), [("reasons/CLOSED_PERIOD.md", "What it means"), ("none.md", "Help")])
def test_the_guide_opens_at_a_page_and_at_the_first_for_one_that_is_not_there(
    qtbot: QtBot, page: str, words: str
) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.open(page)
    assert words in window.findChildren(QTextBrowser)[0].toPlainText()


def test_messages_return_at_once_and_are_plain(qtbot: QtBot) -> None:
    dialogs = Dialogs()
    dialogs.tell("The folder could not be opened.")
    dialogs.tell("The folder could not be opened.")
    dialogs.show_notes("What is new in version 1.1.0", "Faster.")
    shown = boxes()
    assert sorted(box.text() for box in shown) == ["Faster.", "The folder could not be opened."]
    for box in shown:
        assert not WORDS_OF_OURS.search(box.text() + box.informativeText())
        box.close()


@pytest.mark.parametrize(("button", "answer"), [("&Quit", True), ("&Keep running", False)])
def test_the_question_before_quitting(qtbot: QtBot, button: str, *, answer: bool) -> None:
    def press() -> None:
        box = boxes()[0]
        assert box.defaultButton().text() == "&Keep running"
        next(each for each in box.buttons() if each.text() == button).click()

    QTimer.singleShot(0, press)
    assert Dialogs().asks_to_quit() is answer


def test_habits_are_remembered_in_the_home(tmp_path: Path, qapp: QApplication) -> None:
    state = UiState(tmp_path)
    assert (state.notifications, state.quits_on_close, state.was_told_of_closing) == (Level.PROBLEMS, False, False)
    state.notifications = Level.NONE
    state.quits_on_close = True
    state.closing_was_told()
    state.told_problems = {'No customer named "4410", really': "2026-11-23T10:00:00+00:00"}
    state.flush()
    assert (tmp_path / FILE).is_file()
    again = UiState(tmp_path)
    assert (again.notifications, again.quits_on_close, again.was_told_of_closing) == (Level.NONE, True, True)
    assert again.told_problems == state.told_problems


def test_nonsense_in_the_file_counts_as_nothing(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / FILE).write_text("[notifications]\nlevel=loud\n[told]\nproblems=[1\n")
    state = UiState(tmp_path)
    assert (state.notifications, state.told_problems) == (Level.PROBLEMS, {})


def test_a_pause_until_tomorrow_ends_in_the_morning() -> None:
    late = datetime(2026, 11, 22, 23, 30).astimezone()
    until = next_morning(late)
    assert (until.astimezone().hour, until - late < timedelta(hours=8)) == (6, True)


def test_resources_are_found() -> None:
    assert (resources() / "help" / "index.md").is_file()
