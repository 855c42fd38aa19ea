"""The bottom line: rows and sum of what is shown, the last contact with both sides, and the answer to an order."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.domain.language import plural
from app.sync.service import Snapshot
from app.ui.window import figures, texts
from app.ui.window.books_words import last_contact, next_contact, of_system, systems
from app.ui.window.filters import Shown
from app.ui.window.flow import FlowLayout
from app.ui.window.texts_books import BOOKS
from app.ui.window.wording import SEPARATOR

_SECONDS = 15


class BottomLine(QWidget):
    """Two texts, and for a while a third one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._said, self._shown, self._contacts = QLabel(), QLabel(), QLabel()
        layout = FlowLayout(self)
        for label in (self._shown, self._said, self._contacts):
            layout.addWidget(label)
        self._contacts.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._contacts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        font = self._said.font()
        font.setBold(True)
        self._said.setFont(font)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self._on_read)

    @property
    def shown(self) -> str:
        """Rows and sum."""
        return self._shown.text()

    @property
    def contacts(self) -> str:
        """Both contacts."""
        return self._contacts.text()

    @property
    def said(self) -> str:
        """The answer to the last order."""
        return self._said.text()

    def show_shown(self, shown: Shown, currency: str | None) -> None:
        """Show how many rows there are, and their sum."""
        words = texts.BOTTOM_PARTLY if shown.partly_left_out else texts.BOTTOM_SHOWN
        self._shown.setText(
            words.format(
                rows=plural(texts.ROWS, shown.rows),
                amount=figures.sums(shown.amount, currency),
                left_out=figures.sums(shown.partly_left_out, currency),
            )
        )

    def show_contacts(self, snapshot: Snapshot, now: datetime) -> None:
        """Show when Cedar was read and the books were in touch; of several railroads, the one longest ago."""
        read = [each.cedar.last_success for each in snapshot.connections]
        parts = [_words(read, now, texts.BOTTOM_CEDAR, texts.BOTTOM_CEDAR_NEVER)]
        for system in systems(snapshot):
            contacts = [last_contact(each) for each in of_system(snapshot, system)]
            parts.append(_words(contacts, now, BOOKS[system].contact, BOOKS[system].no_contact))
        tried = [each.cedar.last_attempt for each in snapshot.connections if each.cedar.problem is not None]
        if any(tried):
            # When it was read is when it was read last; that it was tried since is another fact.
            latest = max(at for at in tried if at is not None)
            parts.insert(1, texts.BOTTOM_TRIED.format(time=figures.moment(latest, now)))
        next_calls = [at for each in snapshot.connections if (at := next_contact(each, now)) is not None]
        if next_calls:
            parts.append(texts.BOTTOM_NEXT.format(time=figures.moment(min(next_calls), now)))
        self._contacts.setText(SEPARATOR.join(parts))

    def set_page(self, *, is_invoices: bool) -> None:
        """Show rows and sum only where the rows are."""
        self._shown.setVisible(is_invoices)

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say a sentence for a while."""
        self._said.setText(sentence)
        self._timer.start()

    def unsay(self, sentence: str) -> None:
        """Say a sentence no longer; another that came after it stays."""
        if self.said == sentence:
            self._timer.stop()
            self._said.clear()

    @Slot()
    def _on_read(self) -> None:
        self._said.clear()


def _words(times: list[datetime | None], now: datetime, known: str, never: str) -> str:
    found = [at for at in times if at is not None]
    if not found or len(found) < len(times):
        return never
    return known.format(time=figures.moment(min(found), now))
