"""One update of QuickBooks Desktop: the conversation every run is, with what the Web Connector brings along. No I/O."""

from collections.abc import Generator
from dataclasses import dataclass

from app.books.port import Answer, Ask, Conversation, Ledger
from app.books.quickbooks_desktop.desktop_system import DesktopSystem
from app.books.quickbooks_desktop.introduction import introduce
from app.books.run import conversation
from app.books.run.accounting_system import AccountingSystem, Progress
from app.books.run.context import RunOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopOptions(RunOptions):
    """The settings a run against QuickBooks Desktop needs."""

    owner_id: str
    file_id: str
    company_file: str = ""


def converse(ledger: Ledger, options: DesktopOptions, introduction: str, path: str) -> Conversation:
    """Run one update.

    Args:
        ledger: The connection's ledger.
        options: The connection's settings.
        introduction: Host, company and preferences as the Web Connector delivered them; may be empty.
        path: The path of the open company file as the Web Connector told it.
    """
    progress = Progress()
    return conversation.converse(ledger, options, progress, _meet(ledger, options, progress, introduction, path))


def _meet(
    ledger: Ledger, options: DesktopOptions, progress: Progress, introduction: str, path: str
) -> Generator[Ask, Answer, AccountingSystem]:
    company, version = yield from introduce(
        ledger, options.owner_id, options.file_id, options.company_file, introduction, path
    )
    return DesktopSystem(ledger, company, version, progress)
