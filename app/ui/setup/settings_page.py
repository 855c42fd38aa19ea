"""What every page of the settings window is: fields by the path of their setting, each with room for a refusal."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.system.settings import ConnectionSettings, Settings
from app.ui.setup.result_line import Result, ResultLine
from app.ui.window.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class Kept:
    """What the settings file says."""

    settings: Settings
    connection: ConnectionSettings


class SettingsPage(QWidget):
    """One page for one connection."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self.title = title
        self.refusals: dict[str, ResultLine] = {}
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.body = QVBoxLayout(self)
        self.body.addLayout(self.form)
        self.setAccessibleName(title)

    def fill(self, kept: Kept, /) -> None:
        """Show what is kept."""

    def wanted(self) -> dict[str, object]:
        """Give what stands in the fields, by path."""
        return {}

    def saved(self) -> None:
        """Hear that everything was written."""

    def stop(self) -> None:
        """Want no answer any more."""

    def refuse(self, refusals: dict[str, str]) -> bool:
        """Show refusals at their fields, and take away those of before.

        Returns:
            Whether one of them is on this page.
        """
        for path, line in self.refusals.items():
            sentence = refusals.get(path, "")
            line.tell(Result.BAD if sentence else Result.NOTHING, sentence)
        return not self.refusals.keys().isdisjoint(refusals)

    def add_field(self, path: str, words: str, field: QWidget, beside: QPushButton | None = None) -> None:
        """Add a field with its label, perhaps a button beside it, and room for a refusal under it."""
        label = QLabel(words)
        label.setBuddy(field)
        field.setAccessibleName(words.replace("&", ""))
        if beside is None:
            self.form.addRow(label, field)
        else:
            beside.setAutoDefault(False)
            row = QHBoxLayout()
            row.addWidget(field, 1)
            row.addWidget(beside)
            self.form.addRow(label, row)
        self.add_refusal(path)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Add buttons, as wide as their words, side by side as far as they fit."""
        line = QWidget()
        row = FlowLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        self.form.addRow(line)

    def add_refusal(self, path: str) -> None:
        """Make room for a refusal."""
        line = ResultLine(f"refusal_{path}")
        self.refusals[path] = line
        self.form.addRow(line)


class BooksSettingsPage(SettingsPage):
    """The page about one accounting system."""

    def show_steps_because(self, note: str) -> None:
        """Show what a person has to do to connect, and why it is to be done now."""

    def tell_new_file(self, *, is_needed: bool) -> None:
        """Say whether the Web Connector must get a new file; where there is none, there is nothing to say."""
