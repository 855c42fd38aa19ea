"""One push to QuickBooks Online: the conversation every run is, with this company's introduction. No I/O."""

from dataclasses import dataclass

from app.books.port import Conversation, Ledger
from app.books.quickbooks_online.introduction import introduce
from app.books.quickbooks_online.online_system import OnlineSystem
from app.books.run import conversation
from app.books.run.accounting_system import AccountingSystem, Asking, Progress
from app.books.run.context import RunOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineOptions(RunOptions):
    """The settings a run against QuickBooks Online needs."""

    realm_id: str


def converse(ledger: Ledger, options: OnlineOptions) -> Conversation:
    """Run one push."""
    progress = Progress()
    return conversation.converse(ledger, options, progress, _meet(ledger, options, progress))


def _meet(ledger: Ledger, options: OnlineOptions, progress: Progress) -> Asking[AccountingSystem]:
    company = yield from introduce(ledger, options.realm_id)
    return OnlineSystem(ledger, company, progress)
