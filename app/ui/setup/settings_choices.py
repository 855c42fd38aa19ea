"""The settings' page about rules: what syncs, what it becomes, and what happens when something differs."""

from typing import Final

from PySide6.QtWidgets import QCheckBox, QGroupBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.books_system import BooksSystem
from app.ui.setup import texts, texts_online
from app.ui.setup.choice_box import ChoiceBox
from app.ui.setup.settings_page import Kept, SettingsPage
from app.ui.setup.settings_rules import value_at
from app.ui.setup.wrapped_box import WrappedCheckBox

_CHOICES: Final = {
    "destination.document": (texts.DOCUMENT, texts.DOCUMENTS),
    "destination.missing_customers": (texts.CUSTOMERS, texts.MISSING_CHOICES),
    "destination.missing_items": (texts.ITEMS, texts.MISSING_CHOICES),
    "destination.on_edited": (texts.ON_EDITED, texts.ON_EDITED_CHOICES),
    "destination.on_void": (texts.ON_VOID, texts.ON_VOID_CHOICES),
}


_ONLINE: Final = {
    # The document is chosen where the rest of the connection is: it is explained there.
    **{path: each for path, each in _CHOICES.items() if path != "destination.document"},
    "destination.on_edited": (texts_online.ON_EDITED, texts.ON_EDITED_CHOICES),
    "destination.on_void": (texts.ON_VOID, texts_online.ON_VOID_CHOICES),
}
_CHOICES_OF: Final = {BooksSystem.QUICKBOOKS_DESKTOP: _CHOICES, BooksSystem.QUICKBOOKS_ONLINE: _ONLINE}
_SHORTEN: Final = {
    BooksSystem.QUICKBOOKS_DESKTOP: (texts.SHORTEN, texts.SHORTEN_WHY),
    BooksSystem.QUICKBOOKS_ONLINE: (texts_online.SHORTEN, texts_online.SHORTEN_WHY),
}
_INCOME_HINT: Final = {
    BooksSystem.QUICKBOOKS_DESKTOP: texts.INCOME_ACCOUNT_HINT,
    BooksSystem.QUICKBOOKS_ONLINE: texts_online.INCOME_ACCOUNT_HINT,
}


class RulesSettingsPage(SettingsPage):
    """Statuses, the kind of document, and five decisions."""

    def __init__(self, system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP, parent: QWidget | None = None) -> None:
        """Make the fields an accounting system wants."""
        super().__init__(texts.PAGE_RULES, parent)
        self.statuses = {status: QCheckBox(words) for status, words in texts.STATUS_NAMES.items()}
        group = QGroupBox(texts.STATUSES)
        column = QVBoxLayout(group)
        for box in self.statuses.values():
            column.addWidget(box)
        self.form.addRow(group)
        self.add_refusal("cedar.billing_statuses")
        self.choices: dict[str, ChoiceBox] = {}
        for path, (label, choices) in _CHOICES_OF[system].items():
            self.choices[path] = ChoiceBox(choices)
            self.add_field(path, label, self.choices[path])
        self.income_account = QLineEdit()
        self.income_account.setPlaceholderText(_INCOME_HINT[system])
        self.add_field("destination.income_account", texts.INCOME_ACCOUNT, self.income_account)
        shorten, why = _SHORTEN[system]
        self.shorten = WrappedCheckBox(shorten)
        self.shorten.setToolTip(why)
        self.form.addRow(self.shorten)
        self.body.addStretch(1)

    def fill(self, kept: Kept, /) -> None:
        """Show what is kept."""
        for status, box in self.statuses.items():
            box.setChecked(status in kept.connection.cedar.billing_statuses)
        for path, choice in self.choices.items():
            choice.choose(str(value_at(kept.connection, path)))
        self.income_account.setText(kept.connection.destination.income_account)
        self.shorten.setChecked(kept.connection.destination.shorten_numbers)

    def wanted(self) -> dict[str, object]:
        """Give what stands in the fields."""
        statuses = [status for status, box in self.statuses.items() if box.isChecked()]
        choices: dict[str, object] = {path: choice.value for path, choice in self.choices.items()}
        return choices | {
            "cedar.billing_statuses": statuses,
            "destination.income_account": self.income_account.text().strip(),
            "destination.shorten_numbers": self.shorten.isChecked(),
        }
