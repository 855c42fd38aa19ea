"""What holds whatever Cedar, the bookkeeper, the connector and persons have done; looked at from outside."""

from collections import Counter
from decimal import Decimal

from app.bootstrap import cedar_side
from app.domain.row import RowSummary
from app.domain.states import TRANSITIONS, State
from app.domain.values import replace
from app.practice.quickbooks.records import ListKind
from app.practice.quickbooks.views import OrderRecord
from tests.exactly_once.check import MEMO, UNDER_WAY
from tests.exactly_once.office import Office
from tests.exactly_once.small_railroad import OrderKey, wanted_orders

_LEFT_ALONE = frozenset({State.HELD, State.CONFLICT})


class Watchman:
    """Looks at the books and the rows, and remembers who made which document."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.by_persons: dict[str, OrderRecord] = {}
        """Documents a person wrote, as the person left them."""
        self._made_as: dict[str, OrderKey] = {}
        self._hands: dict[str, OrderRecord] = {}
        self._untouched: dict[str, OrderRecord] = {}
        self._settled: set[str | None] = set()
        self._words: dict[tuple[str, str], str] = {}
        self._closed: set[str] = set()
        self._left_alone: dict[str, tuple[RowSummary, OrderRecord | None]] = {}
        self._customers = {entry.list_id: entry.name for entry in office.company.list_entries(ListKind.CUSTOMER)}

    def ours(self) -> dict[str, OrderRecord]:
        """Give the documents the program made, by TxnID."""
        return {each.txn_id: each for each in self.office.company.orders() if each.txn_id not in self.by_persons}

    def note_hand(self, before: OrderRecord) -> None:
        """Note that the bookkeeper has just changed something in an order of ours that we own, or changed it back."""
        txn_id = before.txn_id
        first = self._untouched.setdefault(txn_id, before)
        now = self.office.company.order(txn_id)
        if txn_id in self._settled or _owned(now) == _owned(first):
            self._forget_hand(txn_id)
        else:
            self._hands[txn_id] = now

    def note_addition(self, txn_id: str) -> None:
        """Note that the bookkeeper has just changed something in an order of ours that is the bookkeeper's anyway."""
        if txn_id in self._hands:
            self._hands[txn_id] = self.office.company.order(txn_id)

    def note_words(self, txn_id: str, line_id: str, words: str) -> None:
        """Note that the bookkeeper has just described a line in other words."""
        self._words[txn_id, line_id] = words
        self.note_addition(txn_id)

    def note_closing(self, txn_id: str, *, is_closed: bool) -> None:
        """Note that the bookkeeper has just closed an order, or opened it."""
        (self._closed.add if is_closed else self._closed.discard)(txn_id)
        self.note_addition(txn_id)

    def note_choice(self, txn_id: str | None) -> None:
        """Note that a person wants ours in place of what the bookkeeper made of an order."""
        self._settled.add(txn_id)
        self._closed.discard(txn_id or "")
        self._forget_hand(txn_id or "")

    def before_update(self) -> None:
        """Remember what an update must leave alone."""
        documents = {each.txn_id: each for each in self.office.company.orders()}
        self._left_alone = {
            row.id: (row, documents.get(row.document.txn_id or ""))
            for row in self.office.rows
            if row.state in _LEFT_ALONE
        }

    def after_update(self) -> None:
        """Make sure that an update left alone what it must, and note whose the new documents are."""
        made = {txn_id: each for txn_id, each in self.ours().items() if txn_id not in self._made_as}
        for txn_id, order in made.items():
            assert order.memo.startswith(MEMO), f"whose is {order}?"
            self._made_as[txn_id] = order.memo.removeprefix(MEMO), self._customers[order.customer_id]
        new = {self._made_as[txn_id] for txn_id in made}
        documents = {each.txn_id: each for each in self.office.company.orders()}
        still = {row.id for row in self.office.rows if row.state in _LEFT_ALONE}
        for row, before in self._left_alone.values():
            if row.id in still:
                now = documents.get(row.document.txn_id or "")
                assert _content(now) == _content(before), f"{row.id} was {row.state} and written to"
                assert (row.invoice, row.gl_number) not in new, f"{row.id} was {row.state} and made anew"
        if self.office.world.kit.settings.destination.on_edited != "overwrite":
            self._no_hand_is_overwritten(documents)
        self._words_and_closings_stay(documents)
        for txn_id, order in self.by_persons.items():
            assert _content(documents.get(txn_id)) == _content(order), f"a person's document was changed: {order}"

    def _no_hand_is_overwritten(self, documents: dict[str, OrderRecord]) -> None:
        wanted = wanted_orders(self.office.railroad)
        for txn_id, edited in list(self._hands.items()):
            now = documents.get(txn_id)
            if now is None or self._made_as[txn_id] not in wanted:
                # It was deleted, or its invoice is voided: the setting for voided invoices decides then.
                self._forget_hand(txn_id)
            else:
                assert _content(now) == _content(edited), f"the bookkeeper's work was written over: {edited}"

    def _words_and_closings_stay(self, documents: dict[str, OrderRecord]) -> None:
        lines = {(each.txn_id, line.txn_line_id): line for each in documents.values() for line in each.lines}
        for place, words in self._words.items():
            assert place not in lines or lines[place].desc == words, (
                f"the bookkeeper's words were written over: {words}"
            )
        wanted = wanted_orders(self.office.railroad)
        for txn_id in sorted(self._closed):
            if txn_id not in documents or self._made_as.get(txn_id) not in wanted:
                # Of a voided invoice the order is ours to close; when it comes back to life, it is opened again.
                self._closed.discard(txn_id)
            else:
                assert documents[txn_id].is_manually_closed, f"{txn_id} was closed by the bookkeeper, and is open"

    def _forget_hand(self, txn_id: str) -> None:
        self._hands.pop(txn_id, None)
        self._untouched.pop(txn_id, None)

    def at_rest(self) -> None:
        """Make sure of all that must hold when nothing is under way."""
        self._settled.clear()
        rows = self.office.rows
        self._nothing_under_way(rows)
        self._no_order_twice()
        self._synced_means_equal(rows)
        self._amounts_are_cedars(rows)
        self._histories_are_chains(rows)
        bridge = cedar_side.reconcile(self.office.world.kit, None, None)
        assert bridge.difference == 0, f"Cedar's total is not explained: {bridge}"

    def _nothing_under_way(self, rows: list[RowSummary]) -> None:
        assert not [(row.id, row.state) for row in rows if row.state in UNDER_WAY]

    def _no_order_twice(self) -> None:
        counts = Counter(self._made_as[txn_id] for txn_id in self.ours())
        assert not [(key, count) for key, count in counts.items() if count > 1], "an order is in the books twice"

    def _synced_means_equal(self, rows: list[RowSummary]) -> None:
        wanted = wanted_orders(self.office.railroad)
        documents = {each.txn_id: each for each in self.office.company.orders()}
        charges = self.office.railroad.charges
        for row in rows:
            if row.state is not State.SYNCED:
                continue
            lines = wanted.get((row.invoice or "", row.gl_number or ""))
            assert lines is not None, f"{row.id} is synced, and Cedar wants nothing of it"
            order = documents.get(row.document.txn_id or "")
            assert order is not None, f"{row.id} is synced, and not in the books"
            assert self._customers[order.customer_id] == row.gl_number, row.id
            assert (order.txn_date, order.subtotal) == (row.date, sum(lines.values())), row.id
            assert sorted((line.other1, line.amount) for line in order.lines) == sorted(lines.items()), row.id
            for line in order.lines:
                assert line.item == charges[int(line.other1)].service_type, row.id

    def _amounts_are_cedars(self, rows: list[RowSummary]) -> None:
        wanted = wanted_orders(self.office.railroad)
        amounts = {(row.invoice or "", row.gl_number or ""): row.amount for row in rows if row.amount}
        expected = {key: sum(lines.values(), Decimal(0)) for key, lines in wanted.items()}
        assert amounts == {key: amount for key, amount in expected.items() if amount}

    def _histories_are_chains(self, rows: list[RowSummary]) -> None:
        for row in rows:
            before: State | None = None
            for entry in self.office.world.installation.service.detail(row.id).history:
                assert entry.from_state in {before, None}, f"{row.id}: {before}, then from {entry.from_state}"
                if entry.from_state is not entry.to_state:
                    assert entry.to_state in TRANSITIONS[entry.from_state], f"{row.id}: {entry}"
                before = entry.to_state
            assert before is row.state, f"{row.id} is {row.state}, its history ends with {before}"


def _content(order: OrderRecord | None) -> OrderRecord | None:
    """Give a document without what a renamed customer changes in it."""
    return None if order is None else replace(order, customer="")


def _owned(order: OrderRecord) -> tuple[object, ...]:
    """Give what we own of an order, and whether it was made an invoice."""
    lines = tuple((line.txn_line_id, line.item, line.quantity, line.amount) for line in order.lines)
    return order.customer_id, order.txn_date, lines, order.linked
