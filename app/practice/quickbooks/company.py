"""The practice company itself: what tests, the demo and the training set up and look at.

Rule: nothing here is reachable through qbXML; programs come in by the `RequestProcessor`.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Self

from app.practice.quickbooks import storage
from app.practice.quickbooks.desk import DeskWork
from app.practice.quickbooks.records import DocumentKind, ListKind
from app.practice.quickbooks.settings import Edition

_TERMS = (("Due on receipt", 0), ("Net 15", 15), ("Net 30", 30))
_LOCK_TICKS = 639_000_000_000_000_000


class PracticeCompany(DeskWork):
    """A company file in a practice QuickBooks, with the lists every new company has."""

    def __init__(
        self,
        path: str = r"C:\Users\Public\Documents\practice.qbw",
        name: str = "Practice Company",
        edition: Edition = Edition.ENTERPRISE,
    ) -> None:
        """Create a company file.

        Args:
            path: Where QuickBooks shows it to be.
            name: The company's name.
            edition: The QuickBooks that has it open.
        """
        super().__init__(path, name, edition)
        for kind in DocumentKind:
            spoken = "Sales Order" if kind is DocumentKind.SALES_ORDER else kind.value
            self.add_to_list(ListKind.TEMPLATE, f"Custom {spoken}", subtype=kind.value)
        self.add_account("Accounts Receivable", "AccountsReceivable")
        for terms, days in _TERMS:
            self.add_to_list(ListKind.TERMS, terms, due_days=days)
        self.add_to_list(ListKind.SALES_TAX_CODE, "Tax", subtype="Taxable")
        self.add_to_list(ListKind.SALES_TAX_CODE, "Non")
        for currency in ("US Dollar", "Canadian Dollar", "Mexican Peso"):
            self.add_to_list(ListKind.CURRENCY, currency)

    def turn_on_sales_tax(self, percent: Decimal = Decimal("6.25")) -> None:
        """Let the company charge sales tax by a default item."""
        self.add_item("State Tax", kind="sales_tax", percent=percent)
        self.sales_tax = True

    def stamp(self, owner_id: str, file_id: str) -> None:
        """Write what the Web Connector writes into the company when a .QWC file is added.

        Args:
            owner_id: The application's OwnerID.
            file_id: The FileID of the .QWC file.
        """
        self.stamps[owner_id.casefold()] = {"FileID": file_id, "AppLock": f"LOCKED:PRACTICE-PC:{_LOCK_TICKS}"}

    def lock(self, record_id: str) -> None:
        """Open a document or list record on somebody's screen, by TxnID or ListID."""
        self.locked.add(record_id)

    def unlock(self, record_id: str) -> None:
        """Close it there again."""
        self.locked.discard(record_id)

    def to_json(self) -> str:
        """Write the whole company file, remembered message sets included, as text."""
        with self.guard:
            return storage.dump(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a company file from its text; clock and hooks are new.

        Raises:
            ValueError: It is not the text of a company file.
        """
        company = cls()
        storage.restore(company, text)
        return company

    def save(self, path: Path) -> None:
        """Write the company file to disk."""
        path.write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a company file from disk."""
        return cls.from_json(path.read_text(encoding="utf-8"))
