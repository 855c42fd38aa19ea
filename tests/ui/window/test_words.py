"""The words: plain, complete, and never better than the facts."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtGui import QColor, QPalette

from app.domain.books_document import BooksDocument, BooksLine
from app.domain.facts import BooksContact, CedarContact
from app.domain.faults import RecordUnreachable
from app.domain.planning import Rules, plan_invoice
from app.domain.reason_texts import PAID, explain
from app.domain.reasons import OUR_RULES, Reason, ReasonCode
from app.domain.row import Row
from app.domain.states import State
from app.domain.status import ConnectionFacts, Overall, overall
from app.domain.sums import Sums
from app.domain.values import replace
from app.store.row_lists import ListedRow, Totals
from app.sync.orders_by_hand import Resolution
from app.sync.service import ConnectionSnapshot, Snapshot
from app.ui.window import banner_words, figures, shapes, texts, tones, wording
from app.ui.window.banner_words import BannerAction
from app.ui.window.comparing import compare
from app.ui.window.conflict_words import ways_out
from app.ui.window.filters import NAMES, STATES
from tests.builders import NOW, a_charge, a_document, a_row, an_order
from tests.ui.window.samples import listed

JARGON = re.compile(r"\b(SOAP|ticket|queue|queued|exception|HTTP|sync(?:ed|ing)?|destination|skipped|error)\b", re.I)


def all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from all_texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from all_texts(each)


def test_no_jargon_in_any_text() -> None:
    for name, value in vars(texts).items():
        if name.isupper():
            for words in all_texts(value):
                assert not JARGON.search(words.replace("Cedar Sync", "")), words
                assert "!" not in words


def test_every_state_has_words_a_shape_and_a_filter() -> None:
    for state in State:
        assert texts.STATES[state]
        assert state in shapes.OF_STATE
        assert any(state in states for states in STATES.values())
    assert set(NAMES) == set(STATES) == {each for each in STATES if texts.EMPTY[each.value]}
    assert set(shapes.OF_OVERALL) == set(Overall)


@pytest.mark.parametrize("window", ["#000000", "#ffffff"])
def test_in_high_contrast_the_palette_says_it_all(window: str) -> None:
    palette = QPalette(QColor(window))
    for tone in set(tones.Tone) - {tones.Tone.PRACTICE}:
        assert tones.color(tone, palette) == palette.color(QPalette.ColorRole.WindowText)


@pytest.mark.parametrize("window", ["#f0f0f0", "#202020"])
def test_tones_are_readable_on_light_and_dark(window: str) -> None:
    palette = QPalette(QColor(window))
    for tone in tones.Tone:
        assert contrast(tones.color(tone, palette), palette.color(QPalette.ColorRole.Window)) >= 4.5


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(color)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _rgb(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def test_money_is_never_rounded_by_a_float() -> None:
    assert figures.money(Decimal("9999999999999.99"), "USD") == "$9,999,999,999,999.99"
    assert figures.money(Decimal("-84.20"), "USD") == "−$84.20"
    assert figures.money(Decimal("5"), "CAD") == "CAD 5.00"
    assert figures.money(Decimal("5"), None) == "5.00"


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        (State.FAILED, ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, texts.LOOKS_AGAIN),
        (State.FAILED, ReasonCode.CLOSED_PERIOD, texts.AFTER_RETRY),
        (State.FAILED, ReasonCode.MIXED_CURRENCY, texts.AFTER_CEDAR),
        (State.FAILED, ReasonCode.NEGATIVE_TOTAL, texts.AFTER_YOU),
        (State.CONFLICT, ReasonCode.DELETED_IN_QUICKBOOKS, texts.AFTER_CHOICE),
        (State.SKIPPED, ReasonCode.NO_GL_NUMBER, texts.AFTER_CEDAR),
        (State.SKIPPED, ReasonCode.NOT_INVOICED_YET, texts.BY_ITSELF),
        (State.SKIPPED, ReasonCode.NOTHING_TO_BILL, ""),
        (State.HELD, ReasonCode.HELD_BY_USER, ""),
        (State.QUEUED, None, texts.NEXT_RUN),
    ],
)
def test_the_next_try_says_what_it_waits_for(state: State, code: ReasonCode | None, words: str) -> None:
    reasons = () if code is None else (Reason(code),)
    row = replace(listed(1, state).row, reasons=reasons)
    assert wording.next_try(ListedRow(row, ()), NOW) == words
    if state is State.SKIPPED:
        assert wording.next_try(ListedRow(replace(row, reasons=()), reasons), NOW) == words


def test_what_our_own_rules_refuse_is_not_promised_to_a_retry() -> None:
    for amount, number, rules in (("-5", "INV-1", Rules()), ("5", "INV-10000000000", Rules(shorten_numbers=False))):
        charge = a_charge(invoice=number, amount=amount)
        (planned,) = plan_invoice(number, [charge], rules)
        assert planned.refusals
        assert all(reason.code in OUR_RULES for reason in planned.refusals)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ReasonCode.EDITED_IN_QUICKBOOKS, "Changed in QuickBooks"),
        (ReasonCode.DELETED_IN_QUICKBOOKS, "Deleted in QuickBooks"),
        (ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, "Invoiced in QuickBooks"),
        (ReasonCode.VOIDED_IN_CEDAR, "Voided in Cedar"),
    ],
)
def test_a_conflict_is_named_after_what_happened(code: ReasonCode, words: str) -> None:
    row = replace(listed(1, State.CONFLICT).row, reasons=(Reason(code),))
    assert wording.cells(ListedRow(row, ()), NOW)[0] == words
    assert wording.sentence(ListedRow(row, ())).startswith(words)


def test_an_invoice_that_was_paid_is_called_paid() -> None:
    reason = Reason(ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, {"case": PAID, "ref_number": "INV-1"})
    row = replace(listed(1, State.CONFLICT).row, reasons=(reason,))
    assert wording.cells(ListedRow(row, ()), NOW)[0] == "Paid in QuickBooks"


def test_what_was_changed_in_quickbooks_is_told() -> None:
    reason = Reason(ReasonCode.EDITED_IN_QUICKBOOKS, {"what": "line 1 and total"})
    row = replace(listed(1, State.CONFLICT).row, reasons=(reason,))
    assert wording.happened(ListedRow(row, ())) == "Somebody changed line 1 and total"


def test_figures_below_zero_look_the_same_everywhere() -> None:
    reason = Reason(ReasonCode.NEGATIVE_TOTAL, {"amount": "-84.20"})
    row = replace(listed(1, State.FAILED, "-84.20").row, reasons=(reason,))
    cells = wording.cells(ListedRow(row, ()), NOW, currency="USD")
    assert cells[5] == "−84.20"
    assert cells[6] == "Total below zero: −84.20"
    date_like = Reason(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, {"gl_number": "-"})
    assert wording.explained(date_like).title == "No customer named -"


def test_sums_keep_currencies_apart() -> None:
    rows = [replace(listed(number).row, currency=code) for number, code in enumerate(("USD", "CAD", "USD"))]
    assert wording.sum_of(rows) == "CAD 10.00 + $20.00"
    mixed = replace(listed(3).row, currency=None)
    assert wording.sum_of([*rows, mixed]) == "CAD 10.00 + $20.00 + 10.00 in several currencies"
    assert wording.sum_of([mixed]) == "10.00"


def test_what_happened_is_short() -> None:
    reasons = (Reason(ReasonCode.NO_GL_NUMBER, {"location": "Siding"}),)
    partly = replace(listed(1).row, skipped_lines=2, skipped_amount=Decimal(5))
    assert wording.happened(ListedRow(partly, reasons)) == "2 charges left out: no GL"
    assert wording.happened(listed(1)) == "Sales order INV-1"
    assert wording.happened(listed(1, State.QUEUED), is_retried=True) == texts.RETRYING


def a_snapshot(**counts: int) -> Snapshot:
    totals = {
        state: Totals(number := counts.get(state.value, 0), Sums.of([("USD", Decimal(number))])) for state in State
    }
    facts = ConnectionFacts(
        counts={state: total.rows for state, total in totals.items()},
        cedar_last_success=NOW,
        cedar_problem=None,
        books_problem=None,
        books_last_contact=NOW,
        books_interval=timedelta(minutes=1),
        is_in_session=False,
    )
    connection = ConnectionSnapshot("main", totals, CedarContact(NOW, NOW), BooksContact(NOW, NOW), None, None, facts)
    return Snapshot(overall({"main": facts}, NOW), (connection,))


@pytest.mark.parametrize(
    ("counts", "action"),
    [
        ({"failed": 2, "conflict": 1}, BannerAction.RETRY_ALL),
        ({"conflict": 1}, BannerAction.SHOW_PROBLEMS),
        ({"queued": 3}, BannerAction.CHECK),
        ({"synced": 3}, BannerAction.CHECK),
    ],
)
def test_the_banner_has_one_action(counts: dict[str, int], action: BannerAction) -> None:
    snapshot = a_snapshot(**counts)
    words = banner_words.words(snapshot, NOW)
    assert (words.action, words.state, words.line) == (action, snapshot.overall.state, snapshot.overall.line)


def test_silence_of_the_web_connector_has_its_own_words() -> None:
    quiet = a_snapshot(queued=1)
    later = NOW + timedelta(hours=5)
    (connection,) = quiet.connections
    facts = replace(connection.facts, cedar_last_success=later)
    snapshot = Snapshot(overall({"main": facts}, later), quiet.connections)
    words = banner_words.words(snapshot, later)
    assert words.is_silent
    assert words.action is BannerAction.HELP_SILENT
    assert texts.SILENT_HELP in words.below


def test_silence_after_another_password_has_its_own_help() -> None:
    quiet = a_snapshot(queued=1)
    later = NOW + timedelta(hours=5)
    (connection,) = quiet.connections
    facts = replace(connection.facts, cedar_last_success=later, sign_in_refused_at=later)
    words = banner_words.words(Snapshot(overall({"main": facts}, later), quiet.connections), later)
    assert words.line.startswith("The Web Connector called with another password at ")
    assert texts.REFUSED_HELP in words.below
    assert texts.SILENT_HELP not in words.below


def a_conflict(code: ReasonCode, seen: BooksDocument | None) -> Row:
    order = an_order()
    row = replace(a_row(order=order), seen=seen, books=a_document(order))
    return row.moved(State.CONFLICT, NOW, Reason(code))


def test_an_added_line_is_marked_as_only_in_quickbooks() -> None:
    document = a_document(an_order())
    extra = BooksLine("99", "FUEL", "by hand", Decimal(1), Decimal(5), Decimal(5), None)
    changed = replace(document, lines=(*document.lines, extra), subtotal=document.subtotal + 5)
    lines = compare(a_conflict(ReasonCode.EDITED_IN_QUICKBOOKS, changed))
    assert [line.sign for line in lines][-2:] == [texts.SIGN_ONLY_BOOKS, texts.SIGN_DIFFERENT]
    assert lines[-2].in_cedar == texts.NOT_THERE


def test_a_deleted_order_is_only_in_cedar() -> None:
    lines = compare(a_conflict(ReasonCode.DELETED_IN_QUICKBOOKS, None))
    assert {line.sign for line in lines} == {texts.SIGN_ONLY_CEDAR}


@pytest.mark.parametrize(
    "code",
    [
        ReasonCode.EDITED_IN_QUICKBOOKS,
        ReasonCode.DELETED_IN_QUICKBOOKS,
        ReasonCode.NUMBER_IN_USE,
        ReasonCode.VOIDED_IN_CEDAR,
    ],
)
def test_every_way_out_says_what_will_happen(code: ReasonCode) -> None:
    ways = ways_out(a_conflict(code, None))
    assert [way.resolution for way in ways] == list(Resolution)
    for way in ways:
        assert "INV-1001" in way.consequence
        assert way.effect.count(".") - way.effect.count(".00") == 1, "one sentence"
        assert "{" not in way.effect
        assert "{" not in way.consequence


def test_what_is_said_of_a_deleted_order_names_its_three_buttons() -> None:
    fix = explain(Reason(ReasonCode.DELETED_IN_QUICKBOOKS)).fix.lower()
    ways = ways_out(a_conflict(ReasonCode.DELETED_IN_QUICKBOOKS, None))
    buttons = [way.label.replace("&", "").lower() for way in ways]
    assert buttons == ["keep it out", "send again", "stop tracking"]
    for words in ("keep it out", "send it again", "stop tracking"):
        assert words in fix


def test_the_banner_says_which_other_computer_keeps_quickbooks_in_step() -> None:
    here = a_snapshot(synced=3)
    known = here.connections[0]
    there = replace(here, connections=(replace(known, facts=replace(known.facts, kept_by="PC-2 (maria)")),))
    said = "PC-2 (maria) keeps QuickBooks in step."
    assert said in banner_words.words(there, NOW).below
    assert said not in banner_words.words(here, NOW).below
    assert (banner_words.unread(there, NOW), banner_words.unread(here, NOW)) == (said, "")


def test_a_record_out_of_reach_is_never_shown_as_well() -> None:
    shown = banner_words.unreachable(RecordUnreachable("The database server cannot be reached."))
    assert (shown.state, shown.below) == (Overall.STOPPED, "The database server cannot be reached.")
