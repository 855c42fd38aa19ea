"""Left-out money: at which location, why, how many charges, how much, since when; and the message that mends it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStyle,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.language import plural
from app.domain.reason_texts import title_of_many
from app.domain.reasons import ReasonCode
from app.store.row_lists import LeftOutOnRow
from app.sync.clock import Clock
from app.sync.left_out import LeftOutPlace, by_location
from app.sync.service import SyncService
from app.ui.tasks import OnFailure, Tasks
from app.ui.window import figures, messages, texts
from app.ui.window.feed import Narrowing
from app.ui.window.flow import FlowLayout
from app.ui.window.listing import Listing

_PLACE: Final = Qt.ItemDataRole.UserRole


class LeftOutPage(QWidget):
    """Groups what is left out by location, and shows the charges of the chosen one."""

    copy_wanted = Signal(str)
    row_wanted = Signal(str)
    """The number of an invoice to look at."""

    def __init__(
        self,
        service: Callable[[], SyncService],
        clock: Clock,
        tasks: Tasks,
        on_failure: OnFailure,
        parent: QWidget | None = None,
    ) -> None:
        """Build the page; it fills by `refresh`."""
        super().__init__(parent)
        self._service = service
        self._clock = clock
        self._tasks = tasks
        self._on_failure = on_failure
        self._is_asking = False
        self._all: list[LeftOutOnRow] | None = None
        self._narrowing: Narrowing | None = None
        self._left_out: list[LeftOutOnRow] = []
        self._places: list[LeftOutPlace] = []
        self.head = QLabel(texts.LOADING)
        self.head.setWordWrap(True)
        self.only = QPushButton(self.style().standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton), "")
        self.only.setToolTip(texts.NARROWED_TIP)
        self.only.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.only.hide()
        self.only.clicked.connect(self._on_only_clicked)
        tip = QLabel(texts.LEFT_OUT_TIP)
        tip.setWordWrap(True)
        self.places = Listing(texts.LEFT_OUT_NAME, texts.LEFT_OUT_COLUMNS, figures=(2, 3), wide=(1,), gives_way=True)
        self.charges = Listing(
            texts.LEFT_OUT_CHARGES_NAME, texts.LEFT_OUT_CHARGES_COLUMNS, figures=(3,), wide=(2,), gives_way=True
        )
        self.places.currentItemChanged.connect(self._on_place_chosen)
        self.charges.itemClicked.connect(self._on_charge_clicked)
        self.charges.itemActivated.connect(self._on_charge_activated)
        self.message_button = QPushButton(texts.COPY_MESSAGE_PLACE)
        self.message_button.clicked.connect(self._on_copy_message)
        self.all_button = QPushButton(texts.COPY_MESSAGE_ALL)
        self.all_button.clicked.connect(self._on_copy_all)
        self.table_button = QPushButton(texts.COPY_TABLE)
        self.table_button.clicked.connect(self._on_copy_table)
        bar = QWidget()
        buttons = FlowLayout(bar)
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self.message_button, self.all_button, self.table_button):
            button.setToolTip(texts.COPY_MESSAGE_TIP)
            buttons.addWidget(button)
        self.table_button.setToolTip("")
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.places)
        splitter.addWidget(self.charges)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        for widget in (self.only, self.head, tip, bar):
            layout.addWidget(widget)
        layout.addWidget(splitter, 1)
        self._enable()

    def narrow(self, narrowing: Narrowing | None) -> None:
        """Show only some charges, by their ids; all again with None."""
        self._narrowing = narrowing
        self.only.setText("" if narrowing is None else narrowing.name)
        self.only.setVisible(narrowing is not None)
        if self._all is not None:
            self._show(self._all)

    def refresh(self) -> None:
        """Read what is left out."""
        if self._is_asking:
            return
        self._is_asking = True
        self._tasks.run(self._service().left_out, self._on_arrived, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._on_failure(error)

    def _on_arrived(self, left_out: list[LeftOutOnRow]) -> None:
        self._is_asking = False
        if left_out != self._all:
            self._all = left_out
            self._show(left_out)

    def _show(self, everything: list[LeftOutOnRow]) -> None:
        ids = None if self._narrowing is None else self._narrowing.ids
        self._left_out = [each for each in everything if ids is None or each.charge.charge_id in ids]
        chosen = self._chosen()
        places = by_location(self._left_out)
        lost = [place for place in places if not _follows(place)]
        later = [place for place in places if _follows(place)]
        self._places = [*lost, *later]
        self.head.setText(_head(lost, later))
        self.places.clear()
        self.charges.clear()
        now = self._clock.now()
        for position, place in enumerate(self._places):
            if later and position == len(lost):
                heading = self.places.add(texts.LEFT_OUT_LATER_HEAD, "", "", "", "", "", is_bold=True)
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._add_place(place, position, now)
        again = next((at for at, place in enumerate(self._places) if chosen and _key(place) == _key(chosen)), 0)
        for item in self.places.items():
            if item.data(0, _PLACE) == again:
                self.places.setCurrentItem(item)
        self._enable()

    def _add_place(self, place: LeftOutPlace, position: int, now: datetime) -> None:
        today = now.astimezone().date()
        days = (today - place.since).days if place.since is not None else 0
        item = self.places.add(
            place.location or texts.NO_LOCATION,
            title_of_many(place.code),
            f"{len(place.charges):,}",
            messages.money_of(place.charges),
            figures.short_day(place.since, today),
            "" if place.since is None else plural(texts.DAYS, max(days, 0)),
        )
        item.setData(0, _PLACE, position)

    def _chosen(self) -> LeftOutPlace | None:
        item = self.places.currentItem()
        position = None if item is None else item.data(0, _PLACE)
        return None if position is None else self._places[position]

    def _enable(self) -> None:
        place = self._chosen()
        self.message_button.setEnabled(place is not None and bool(messages.for_cedar(place.charges)))
        self.all_button.setEnabled(bool(messages.for_cedar(self._left_out)))
        self.table_button.setEnabled(bool(self._places))

    @Slot()
    def _on_only_clicked(self) -> None:
        self.narrow(None)

    @Slot()
    def _on_place_chosen(self) -> None:
        self.charges.clear()
        place = self._chosen()
        today = self._clock.now().astimezone().date()
        for each in place.charges if place is not None else ():
            item = self.charges.add(
                each.row.invoice or texts.NO_INVOICE,
                figures.short_day(each.row.date, today),
                each.charge.description or texts.CHARGE.format(charge=each.charge.charge_id),
                figures.money(each.charge.amount, each.row.currency),
                link=0 if each.row.invoice else -1,
            )
            if each.row.invoice:
                item.setToolTip(0, texts.CHARGE_TIP.format(invoice=each.row.invoice))
            item.setData(0, Qt.ItemDataRole.UserRole, each.row.invoice or "")
        self._enable()

    @Slot(QTreeWidgetItem, int)
    def _on_charge_activated(self, item: QTreeWidgetItem, _: int) -> None:
        self.row_wanted.emit(item.data(0, Qt.ItemDataRole.UserRole))

    @Slot(QTreeWidgetItem, int)
    def _on_charge_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0 and item.data(0, Qt.ItemDataRole.UserRole):
            self._on_charge_activated(item, column)

    @Slot()
    def _on_copy_message(self) -> None:
        place = self._chosen()
        if place is not None:
            self.copy_wanted.emit(messages.for_cedar(place.charges))

    @Slot()
    def _on_copy_all(self) -> None:
        self.copy_wanted.emit(messages.for_cedar(self._left_out))

    @Slot()
    def _on_copy_table(self) -> None:
        self.copy_wanted.emit(self.places.as_text())


def _follows(place: LeftOutPlace) -> bool:
    """Tell whether it is not left out for good: Cedar has only not invoiced it yet."""
    return place.code is ReasonCode.NOT_INVOICED_YET


def _head(lost: Sequence[LeftOutPlace], later: Sequence[LeftOutPlace]) -> str:
    if not lost and not later:
        return texts.LEFT_OUT_NONE
    charges = [each for place in lost for each in place.charges]
    head = (
        plural(texts.LEFT_OUT_HEAD, len(charges)).format(
            charges=plural(texts.CHARGES, len(charges)),
            amount=messages.money_of(charges),
            places=plural(texts.PLACES, len({place.location for place in lost})),
        )
        if charges
        else texts.LEFT_OUT_ONLY_LATER
    )
    coming = [each for place in later for each in place.charges]
    if not coming:
        return head
    return " ".join(
        [
            head,
            texts.LEFT_OUT_LATER.format(charges=plural(texts.CHARGES, len(coming)), amount=messages.money_of(coming)),
        ]
    )


def _key(place: LeftOutPlace) -> tuple[str, str]:
    return (place.location or "", place.code.value)
