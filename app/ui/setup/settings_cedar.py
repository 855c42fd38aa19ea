"""The settings' page about Cedar: how to reach it, how often, how far back, and the columns on demand."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget

from app.system.credentials import Secret
from app.ui.setup import texts
from app.ui.setup.cedar_form import CedarForm
from app.ui.setup.columns_form import ColumnsForm
from app.ui.setup.place import Place
from app.ui.setup.result_line import Result
from app.ui.setup.settings_page import Kept, SettingsPage
from app.ui.setup.settings_rules import API_KEY
from app.ui.setup.zones import zone_names
from app.ui.tasks import Tasks


class CedarSettingsPage(SettingsPage):
    """The same form as the wizard's, and the rhythm of reading."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the fields."""
        super().__init__(texts.PAGE_CEDAR, parent)
        self._place = place
        self.cedar = CedarForm(place, tasks)
        self.poll = QSpinBox()
        self.poll.setRange(1, 1440)
        self.poll.setSuffix(texts.CEDAR_POLL_UNIT)
        self.lookback = QSpinBox()
        self.lookback.setRange(1, 3650)
        self.lookback.setSuffix(texts.CEDAR_LOOKBACK_UNIT)
        self.zone = QComboBox()
        field = QLineEdit()
        field.setPlaceholderText(texts.CEDAR_ZONE_HINT)
        self.zone.setEditable(True)
        self.zone.setLineEdit(field)
        self.zone.addItems(["", *zone_names()])
        self.zone.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.zone.setMinimumContentsLength(24)
        self.show_columns = QPushButton(texts.SHOW_COLUMNS)
        self.show_columns.setAutoDefault(False)
        self.columns = ColumnsForm(place, tasks)
        self.columns.hide()
        self.form.addRow(self.cedar)
        for path in ("cedar.carrier", "cedar.assume_user", API_KEY):
            self.add_refusal(path)
        self.add_field("cedar.poll_minutes", texts.CEDAR_POLL, self.poll)
        self.add_field("cedar.lookback_days", texts.CEDAR_LOOKBACK, self.lookback)
        self.add_field("cedar.time_zone", texts.CEDAR_ZONE, self.zone)
        self.add_buttons(self.show_columns)
        self.form.addRow(self.columns)
        self.body.addStretch(1)
        self.cedar.carrier.textChanged.connect(self._on_carrier)
        self.cedar.assume_user.textChanged.connect(self._on_assume_user)
        self.cedar.api_key.textChanged.connect(self._on_api_key)
        self.show_columns.clicked.connect(self._on_show_columns)

    def fill(self, kept: Kept, /) -> None:
        """Show what is kept; the key is not."""
        cedar = kept.connection.cedar
        has_key = self._place.credentials.get(self._place.connection, Secret.CEDAR_API_KEY) is not None
        self.cedar.fill(cedar, has_key=has_key)
        self.poll.setValue(cedar.poll_minutes)
        self.lookback.setValue(cedar.lookback_days)
        self.zone.setEditText(cedar.time_zone)
        self.columns.fill(cedar.columns)

    def wanted(self) -> dict[str, object]:
        """Give what stands in the fields."""
        answers = self.cedar.answers
        return {
            "cedar.region": answers.region,
            "cedar.carrier": answers.carrier,
            "cedar.assume_user": answers.assume_user,
            API_KEY: answers.api_key,
            "cedar.poll_minutes": self.poll.value(),
            "cedar.lookback_days": self.lookback.value(),
            "cedar.time_zone": self.zone.currentText().strip(),
        } | {f"cedar.columns.{field}": key for field, key in self.columns.chosen.items()}

    def saved(self) -> None:
        """Show the typed key no more."""
        if self.cedar.answers.api_key:
            self.cedar.key_was_kept()

    def stop(self) -> None:
        """Want no answer any more."""
        self.cedar.stop()
        self.columns.stop()

    @Slot()
    def _on_carrier(self) -> None:
        self.refusals["cedar.carrier"].tell(Result.NOTHING)

    @Slot()
    def _on_assume_user(self) -> None:
        self.refusals["cedar.assume_user"].tell(Result.NOTHING)

    @Slot()
    def _on_api_key(self) -> None:
        self.refusals[API_KEY].tell(Result.NOTHING)

    @Slot()
    def _on_show_columns(self) -> None:
        self.columns.show()
        self.columns.read()
