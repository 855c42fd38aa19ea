"""The plain tables: no text is cut off, and one that is shown whole does not scroll by itself."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.window.listing import Listing
from app.ui.window.wrapping import WrappedText

CAR = "TRACKAGE · Trackage rights, per car mile, TRACKAGE, New Horizon Belle Plaine Spur, car UTPX 430021"
LONG_WORD = "ADMINISTRATIONANDSTORAGE FEE"


def a_listing(qtbot: QtBot, letters: int, *, is_whole: bool = False) -> Listing:
    listing = Listing("Lines", ("What", "Amount"), figures=(1,), is_whole=is_whole)
    qtbot.addWidget(listing)
    listing.resize(listing.fontMetrics().averageCharWidth() * letters, 300)
    listing.show()
    return listing


@pytest.mark.parametrize("letters", [24, 30, 37, 45, 61])
@pytest.mark.parametrize("is_bold", [False, True])
def test_a_line_is_as_high_as_its_words_need(qtbot: QtBot, letters: int, is_bold: bool) -> None:  # noqa: FBT001
    listing = a_listing(qtbot, letters)
    item = listing.add(CAR, "10.00", is_bold=is_bold)
    qtbot.wait(20)
    metrics = QFontMetrics(item.font(0)) if is_bold else listing.fontMetrics()
    width = listing.columnWidth(0) - 8
    words, lines, line = CAR.split(" "), 1, ""
    for word in words:
        fits = metrics.horizontalAdvance(f"{line} {word}".strip()) <= width
        line, lines = (f"{line} {word}".strip(), lines) if fits else (word, lines + 1)
    assert listing.visualItemRect(item).height() >= lines * metrics.height()


def test_a_word_wider_than_its_column_is_broken(qtbot: QtBot) -> None:
    listing = a_listing(qtbot, 20)
    listing.add(LONG_WORD, "10.00")
    qtbot.wait(20)
    delegate = listing.itemDelegate()
    assert isinstance(delegate, WrappedText)
    option = QStyleOptionViewItem()
    option.initFrom(listing)
    delegate.initStyleOption(option, listing.model().index(0, 0))
    pieces = option.text.replace("\u200b", " ").split(" ")
    assert "".join(pieces) == LONG_WORD.replace(" ", "")
    assert all(listing.fontMetrics().horizontalAdvance(piece) <= listing.columnWidth(0) for piece in pieces)
    assert listing.lines() == [(LONG_WORD, "10.00")], "what is copied has no such places"


def test_a_whole_listing_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    listing = a_listing(qtbot, 30, is_whole=True)
    for _ in range(40):
        last = listing.add(CAR, "10.00")
    qtbot.waitUntil(lambda: listing.viewport().height() > listing.visualItemRect(last).bottom())
    assert listing.verticalScrollBar().maximum() == 0
    listing.clear()
    last = listing.add("Total", "10.00")
    qtbot.waitUntil(lambda: listing.height() < 10 * listing.fontMetrics().height())


def test_links_are_left_out_of_what_is_copied(qtbot: QtBot) -> None:
    listing = Listing("Parts", ("Where", "Amount", ""), figures=(1,))
    qtbot.addWidget(listing)
    listing.add("Waiting", "10.00", "Show", link=2)
    listing.add("Total", "10.00", "")
    assert listing.as_text() == "Where\tAmount\nWaiting\t10.00\nTotal\t10.00"


def test_a_listing_that_gives_way_keeps_its_headings_and_one_line(qtbot: QtBot) -> None:
    above = Listing("Parts", ("Where", "Amount"), figures=(1,), is_whole=True, gives_way=True)
    below = Listing("Why", ("Why", "Amount"), figures=(1,), gives_way=True)
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    layout.addWidget(above)
    layout.addWidget(below, 1)
    lines = [above.add(f"Part {number}", "10.00") for number in range(9)]
    first = below.add("No GL number", "10.00")
    page.resize(400, 900)
    page.show()
    qtbot.waitUntil(lambda: above.viewport().height() > above.visualItemRect(lines[-1]).bottom())
    assert above.height() < 450, "no higher than its lines"
    page.resize(400, page.minimumSizeHint().height())
    qtbot.wait(20)
    assert page.minimumSizeHint().height() < 10 * above.fontMetrics().height() + 60
    assert above.geometry().bottom() < below.geometry().top()
    assert page.rect().contains(below.geometry())
    for listing, item in ((above, lines[0]), (below, first)):
        assert listing.viewport().height() > listing.visualItemRect(item).bottom()
