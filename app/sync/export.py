"""The rows as a table for a spreadsheet. In CSV a cell that would be run as a formula is neutralised."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from app.domain.reason_texts import explain
from app.store.row_lists import ListedRow

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None

HEADINGS = (
    "Row",
    "Connection",
    "Invoice",
    "GL number",
    "Customer",
    "State",
    "Why",
    "How to mend it",
    "Date",
    "Amount",
    "Currency",
    "Lines",
    "Charges left out",
    "Amount left out",
    "Why left out",
    "Document",
    "Number in QuickBooks",
    "TxnID",
    "Attempts",
    "Next attempt (UTC)",
    "Updated (UTC)",
)

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cells(listed: ListedRow) -> tuple[Cell, ...]:
    """Give a row's cells, in the order of `HEADINGS`."""
    row = listed.row
    words = [explain(reason) for reason in row.reasons]
    return (
        row.id,
        row.connection,
        row.invoice,
        row.gl_number,
        row.customer,
        row.state.value,
        "; ".join(each.title for each in words),
        " ".join(each.fix for each in words),
        row.date,
        row.amount,
        row.currency,
        row.lines,
        row.skipped_lines,
        row.skipped_amount,
        "; ".join(explain(reason).title for reason in listed.left_out_reasons),
        row.document.kind.value,
        row.document.ref_number,
        row.document.txn_id,
        row.attempts,
        _time(row.next_attempt_at),
        _time(row.updated_at),
    )


def neutral(text: str) -> str:
    """Keep a spreadsheet from running a text of a CSV file as a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def as_csv(rows: Iterable[ListedRow]) -> bytes:
    """Write CSV in UTF-8 with a byte order mark, without which Excel reads it in the local code page."""
    return table_as_csv(HEADINGS, (cells(row) for row in rows))


def table_as_csv(headings: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    """Write any table as CSV."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(headings)
    for line in lines:
        writer.writerow([_plain(cell) for cell in line])
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[ListedRow]) -> bytes:
    """Write an XLSX workbook with numbers as numbers and dates as dates."""
    return table_as_xlsx("Invoices", HEADINGS, (cells(row) for row in rows))


def table_as_xlsx(name: str, headings: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    """Write any table as a workbook with one sheet of a name."""
    # Needed by this one question only, and slow to import.
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(lines, start=1):
            _write_row(sheet, number, line, money, day)
        sheet.autofilter(0, 0, max(1, sheet.dim_rowmax or 0), len(headings) - 1)
    return buffer.getvalue()


def _write_row(sheet: "Worksheet", number: int, row: Sequence[Cell], money: "Format", day: "Format") -> None:
    for column, cell in enumerate(row):
        match cell:
            case Decimal():
                # A spreadsheet has floats only; two decimals survive in them.
                sheet.write_number(number, column, float(cell), money)
            case date():
                sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            case int():
                sheet.write_number(number, column, cell)
            case str():
                # A text in a workbook is never run.
                sheet.write_string(number, column, cell)
            case None:
                pass


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return neutral(cell) if isinstance(cell, str) else str(cell)


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
