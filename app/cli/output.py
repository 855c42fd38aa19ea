"""Where the commands write: JSON to standard output and nothing else there, text for people to standard error."""

import sys
from collections.abc import Iterable, Sequence

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.cli.documents import Document
from app.domain.money import money_text
from app.domain.reason_texts import explain
from app.domain.row import RowSummary
from app.domain.states import State

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


def console() -> Console:
    """Give the console for people."""
    return Console(stderr=True, highlight=False, soft_wrap=False)


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
    for name in ("State", "Row", "Customer", "Date"):
        table.add_column(name)
    table.add_column("Amount", justify="right")
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


def what_happened(row: RowSummary) -> str:
    """Say in a few words where a row stands."""
    parts = [explain(reason).title for reason in row.reasons]
    if row.state is not State.SKIPPED and row.skipped_lines:
        lines = "1 charge" if row.skipped_lines == 1 else f"{row.skipped_lines} charges"
        parts.append(f"{lines} left out ({money_text(row.skipped_amount)})")
    elif row.state is State.SKIPPED and row.skipped_lines:
        parts.append(f"{money_text(row.skipped_amount)} left out")
    return "; ".join(parts)
