"""Paths in wrapped lines: broken after a separator, never after the drive, and copied as they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextLayout, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.path_words import breakable, plain
from app.ui.setup.path_label import PathLabel

SENTENCE = r"Called at 18:40, and Prairie Short Line, C:\Users\Public\Intuit\QuickBooks\prairie.qbw answered"


def lines(text: str, width: float) -> list[str]:
    layout = QTextLayout(text, QApplication.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(plain(text[line.textStart() : line.textStart() + line.textLength()]).strip())
    layout.endLayout()
    return found


@pytest.mark.parametrize("width", range(80, 700, 20))
def test_no_line_ends_after_the_drive_or_inside_a_name(qapp: QApplication, width: int) -> None:
    found = lines(breakable(SENTENCE), width)
    assert not any(line.endswith("C:") for line in found)
    path = [line for line in found if "\\" in line or line.endswith(".qbw")]
    assert all(line.endswith("\\") or "prairie.qbw" in line for line in path)


@pytest.mark.parametrize("text", [SENTENCE, r"\\server\books\a b.qbw", "/home/someone/books", "1/2 and C: or D:", ""])
def test_the_signs_are_taken_out_again(text: str) -> None:
    assert plain(breakable(text)) == text


def test_a_path_is_copied_as_it_is(qtbot: QtBot) -> None:
    label = PathLabel(SENTENCE)
    qtbot.addWidget(label)
    label.show()
    assert label.text() != SENTENCE
    assert (label.words, label.accessibleName()) == (SENTENCE, SENTENCE)
    start = label.text().index("C:")
    label.setSelection(start, len(label.text()) - start)
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == SENTENCE[SENTENCE.index("C:") :]
    assert QKeySequence(QKeySequence.StandardKey.Copy) == QKeySequence("Ctrl+C")
