"""Where the commands write: JSON to standard output and nothing else there, text for people to standard error."""

import sys
from collections.abc import Iterable, Sequence

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.cli.documents import Document
from app.domain.explanation import Explanation
from app.domain.money import money_text
from app.domain.reason_texts import explain
from app.domain.row import RowSummary
from app.domain.states import State
from app.domain.sums import Sums

WORDS = {
    State.QUEUED: "Ready to go",
    State.SENDING: "Sending",
    State.WAITING: "Waiting",
    State.SYNCED: "In QuickBooks",
    State.FAILED: "Needs you",
    State.CONFLICT: "Changed in QuickBooks",
    State.SKIPPED: "Left out",
    State.HELD: "Held by you",
    State.REMOVED: "Taken back",
}
"""The states as people read them."""

_GAP = 2
_LONGEST_WORD = 10
"""Characters of a word from which on a column that wraps may break it."""


def print_table(table: Table) -> None:
    """Show people a table: columns that do not wrap are never cut, and only a terminal limits the width of the rest."""
    terminal = Console(stderr=True, highlight=False)
    texts = [[str(cell) for cell in (column.header, *column.cells)] for column in table.columns]
    widths = [max(map(cell_len, column)) for column in texts]
    room = terminal.width if terminal.is_terminal else None
    for number, column in enumerate(table.columns):
        total = sum(widths) + _GAP * (len(widths) - 1)
        if room is not None and total > room and not column.no_wrap:
            least = max(cell_len(word) for text in texts[number] for word in text.split() or [""])
            widths[number] = max(min(widths[number], least, _LONGEST_WORD), widths[number] - (total - room))
        column.width = widths[number]
    # With a height of its own the console takes the width at its word, on simple terminals too.
    whole = sum(widths) + _GAP * (len(widths) + 1)
    Console(stderr=True, highlight=False, width=whole, height=terminal.height).print(table)


def say(*lines: str) -> None:
    """Tell people something, a line each."""
    target = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in lines:
        target.print(Text(line))


def emit(document: Document | Sequence[Document]) -> None:
    """Print one JSON document."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    emit_text(text + "\n")


def emit_text(text: str) -> None:
    """Print data as it is, in UTF-8 whatever the terminal's code page."""
    emit_bytes(text.encode("utf-8"))


def emit_bytes(content: bytes) -> None:
    """Print a file's content as it is."""
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def rows_table(rows: Iterable[RowSummary]) -> Table:
    """Make the table of rows."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("State", "Row"):
        table.add_column(name, no_wrap=True)
    table.add_column("Customer")
    table.add_column("Date", no_wrap=True)
    table.add_column("Amount", justify="right", no_wrap=True)
    table.add_column("What happened")
    for row in rows:
        table.add_row(
            WORDS[row.state],
            Text(row.id),
            Text(row.customer or "", overflow="ellipsis", no_wrap=True),
            "" if row.date is None else row.date.isoformat(),
            money_text(row.amount),
            Text(what_happened(row)),
        )
    return table


def sentences(words: Explanation) -> str:
    """Put a reason into one paragraph; a title that the first sentence says again is left out."""
    is_said = words.why.casefold().startswith(words.title.casefold())
    return f"{words.why} {words.fix}" if is_said else f"{words.title}: {words.why} {words.fix}"


def sums_text(sums: Sums) -> str:
    """Write sums, each with its currency where there are several."""
    if len(sums.parts) <= 1:
        return money_text(sums.total)
    return " + ".join(f"{currency or ''} {money_text(amount)}".strip() for currency, amount in sums.parts)


def what_happened(row: RowSummary) -> str:
    """Say in a few words where a row stands."""
    parts = [explain(reason).title for reason in row.reasons]
    if row.state is not State.SKIPPED and row.skipped_lines:
        lines = "1 charge" if row.skipped_lines == 1 else f"{row.skipped_lines} charges"
        parts.append(f"{lines} left out ({money_text(row.skipped_amount)})")
    elif row.state is State.SKIPPED and row.skipped_lines:
        parts.append(f"{money_text(row.skipped_amount)} left out")
    return "; ".join(parts)
