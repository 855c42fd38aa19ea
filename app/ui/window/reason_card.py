"""One reason in the order what, why, fix, who."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.reasons import Reason
from app.ui.window import texts
from app.ui.window.link_button import LinkButton
from app.ui.window.wording import explained


class ReasonCard(QWidget):
    """Explains a reason; the guide says more."""

    help_wanted = Signal(str)
    """The page of the guide."""

    def __init__(self, reason: Reason, parent: QWidget | None = None) -> None:
        """Explain a reason."""
        super().__init__(parent)
        self._page = f"reasons/{reason.code.value}.md"
        words = explained(reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        title = _label(words.title)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        layout.addWidget(title)
        layout.addWidget(_label(words.why))
        layout.addWidget(_label(words.fix))
        self.more = more = LinkButton(texts.HELP_REASON)
        more.setToolTip(texts.HELP_REASON_TIP)
        more.setAccessibleName(texts.HELP_REASON_NAME.format(title=words.title))
        more.clicked.connect(self._on_clicked)
        last = QHBoxLayout()
        last.addWidget(_label(texts.DETAIL_WHO.format(who=texts.WHO[words.who])), 1)
        last.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(last)

    @Slot()
    def _on_clicked(self) -> None:
        self.help_wanted.emit(self._page)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
