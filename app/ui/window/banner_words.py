"""What the banner says and offers: decided from the snapshot alone, and never better than the tray's state. No Qt."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from pathlib import PureWindowsPath

from app.domain.faults import NoRoom, RecordUnreachable
from app.domain.reason_texts import explain
from app.domain.reasons import SETTINGS_OF_ANOTHER, Reason, ReasonCode
from app.domain.states import State
from app.domain.status import Overall, kept_elsewhere, unsaid
from app.domain.sums import NOTHING
from app.sync.service import ConnectionSnapshot, Snapshot
from app.ui.window import figures, texts, texts_books
from app.ui.window.books_words import signed_out, silent, systems
from app.ui.window.filters import all_totals, not_in_books
from app.ui.window.texts_books import BOOKS, BooksWords


class BannerAction(StrEnum):
    """What the one button does."""

    NOTHING = auto()
    SET_UP = auto()
    SETTINGS = auto()
    RESUME = auto()
    RETRY_ALL = auto()
    SHOW_PROBLEMS = auto()
    CHECK = auto()
    HELP_SILENT = auto()
    SIGN_IN = auto()


@dataclass(frozen=True, slots=True)
class BannerWords:
    """A shape, a sentence, the line below it, and one action."""

    state: Overall
    is_silent: bool
    line: str
    below: str
    action: BannerAction
    label: str


def words(snapshot: Snapshot, now: datetime, cause: str = "") -> BannerWords:
    """Say how things stand.

    Args:
        snapshot: How they stand.
        now: The time, aware.
        cause: Why the Web Connector is silent, with its fix; empty where that was not found.
    """
    overall = snapshot.overall
    action, label = _action(snapshot, now)
    below = _below(snapshot, now)
    if overall.is_silent:
        below = f"{below} {cause or (texts.REFUSED_HELP if overall.is_refused else _silent(snapshot, now).silent_help)}"
    if action is BannerAction.SIGN_IN:
        below = f"{below} {_sign_in_again(snapshot)}"
    if another := _settings_of_another(snapshot):
        below = another
    if snapshot.lack is not None:
        below = snapshot.lack.fix
    line = overall.written(lambda at: figures.moment(at, now))
    return BannerWords(overall.state, overall.is_silent, line, below, action, label)


def unreachable(fault: RecordUnreachable) -> BannerWords:
    """Say that nothing can be known now: what was shown last may be wrong by now.

    Args:
        fault: What keeps the record from being read.
    """
    line, below = (fault.line, fault.fix) if isinstance(fault, NoRoom) else (texts.BANNER_UNREACHABLE, str(fault))
    return BannerWords(
        Overall.STOPPED,
        is_silent=False,
        line=line,
        below=below,
        action=BannerAction.NOTHING,
        label="",
    )


def paused(snapshot: Snapshot, now: datetime) -> str:
    """Say that nothing is read, as all is paused; empty while anything is not."""
    facts = [each.facts for each in snapshot.connections]
    if not facts or not all(each.is_paused for each in facts):
        return ""
    ends = [each.paused_until for each in facts if each.paused_until is not None]
    if len(ends) < len(facts):
        return texts.CHECK_PAUSED
    return texts.CHECK_PAUSED_UNTIL.format(until=figures.moment(min(ends), now)) if min(ends) > now else ""


def unread(snapshot: Snapshot, now: datetime) -> str:
    """Say why this program does not read Cedar: all is paused, or other computers do it; empty where it does."""
    if words := paused(snapshot, now):
        return words
    facts = [each.facts for each in snapshot.connections]
    if not facts or any(each.kept_by is None for each in facts):
        return ""
    return " ".join(texts.BANNER_TROUBLE.format(trouble=kept) for kept in kept_elsewhere(facts))


def silent_page(snapshot: Snapshot, now: datetime) -> str:
    """Name the page of the guide about the silence that is shown."""
    return _silent(snapshot, now).silent_page


def _silent(snapshot: Snapshot, now: datetime) -> BooksWords:
    """Give the words about the accounting system whose silence is shown: the one that is silent the longest."""
    found = silent(snapshot, now)
    longest = min(found, key=lambda each: (each.books.last_contact is not None, each.books.last_contact or now))
    return BOOKS[longest.system]


def _is_signed_out(snapshot: Snapshot) -> bool:
    """Tell whether the one line says that somebody has to sign in."""
    title = explain(Reason(ReasonCode.SIGN_IN_LOST)).title
    return bool(signed_out(snapshot)) and snapshot.overall.fields.get("problem") == title


def _settings_of_another(snapshot: Snapshot) -> str:
    """Say why the settings are not worked by, where the one line says that they are not; empty otherwise."""
    problems = [
        problem for each in snapshot.connections for problem in (each.facts.cedar_problem, each.facts.books_problem)
    ]
    reasons = [problem.reason for problem in problems if problem is not None]
    found = [explain(reason) for reason in reasons if reason.code in SETTINGS_OF_ANOTHER]
    said = next((each for each in found if each.title == snapshot.overall.fields.get("problem")), None)
    return "" if said is None else texts.BANNER_SENTENCES.format(why=said.why, fix=said.fix)


def _sign_in_again(snapshot: Snapshot) -> str:
    if len(snapshot.connections) == 1:
        return texts_books.SIGN_IN_LOST
    return texts_books.SIGN_IN_LOST_OF.format(connection=signed_out(snapshot)[0])


def _action(snapshot: Snapshot, now: datetime) -> tuple[BannerAction, str]:
    totals = all_totals(snapshot)
    match snapshot.overall.state:
        case Overall.NOT_SET_UP:
            return BannerAction.SET_UP, texts.BANNER_SET_UP
        case Overall.STOPPED if snapshot.lack is not None:
            return BannerAction.CHECK, texts.BANNER_CHECK
        case Overall.STOPPED if _is_signed_out(snapshot):
            return BannerAction.SIGN_IN, texts_books.SIGN_IN
        case Overall.STOPPED:
            codes = {each.cedar.problem.reason.code for each in snapshot.connections if each.cedar.problem is not None}
            is_key = ReasonCode.CEDAR_KEY_REFUSED in codes
            return BannerAction.SETTINGS, texts.BANNER_KEY if is_key else texts.BANNER_SETTINGS
        case Overall.PAUSED:
            return BannerAction.RESUME, texts.BANNER_RESUME
        case Overall.ATTENTION if totals[State.FAILED].rows:
            return BannerAction.RETRY_ALL, texts.BANNER_RETRY
        case Overall.ATTENTION if totals[State.CONFLICT].rows:
            return BannerAction.SHOW_PROBLEMS, texts.BANNER_SHOW
        case Overall.WAITING if snapshot.overall.is_silent:
            return BannerAction.HELP_SILENT, _silent(snapshot, now).silent_button
        case Overall.WORKING:
            return BannerAction.NOTHING, ""
        case _:
            return BannerAction.CHECK, texts.BANNER_CHECK


def _below(snapshot: Snapshot, now: datetime) -> str:
    totals = all_totals(snapshot)
    missing = not_in_books(totals)
    held = totals[State.HELD]
    # What a person leaves alone in the books is not missing there.
    left_out = sum((total.skipped_amount for total in totals.values()), NOTHING) + held.amount - held.in_books
    sentences = [texts.BANNER_MONEY.format(amount=figures.sums(missing)) if missing else texts.BANNER_NO_MONEY]
    if left_out:
        sentences.append(texts.BANNER_LEFT_OUT.format(amount=figures.sums(left_out)))
    troubles = unsaid([each.facts for each in snapshot.connections], snapshot.overall, now)
    sentences += [
        texts.BANNER_TROUBLE.format(trouble=trouble.written(lambda at: figures.moment(at, now))) for trouble in troubles
    ]
    sentences += [
        texts.BANNER_TROUBLE.format(trouble=kept)
        for kept in kept_elsewhere(each.facts for each in snapshot.connections)
    ]
    runs = [each.books.last_session_end for each in snapshot.connections if each.books.last_session_end is not None]
    last = texts.BANNER_LAST_RUN.format(time=figures.moment(max(runs), now)) if runs else _no_run(snapshot)
    files = [name for each in snapshot.connections if (name := _company(each))]
    words = texts.BANNER_RUN_IN if files else texts.BANNER_RUN
    sentences.append(words.format(run=last, files=", ".join(files)))
    return " ".join(sentences)


def _no_run(snapshot: Snapshot) -> str:
    return next((BOOKS[system].no_run for system in systems(snapshot)), texts.BANNER_NO_RUN)


def _company(connection: ConnectionSnapshot) -> str:
    """Name the books: the company's file, or the company where it has none."""
    if connection.company is not None:
        return PureWindowsPath(connection.company.path).name
    return connection.online.name if connection.online is not None else ""
