"""The small railroad office with its books in QuickBooks Online."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Literal
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import httpx

from app.books.port import RunEnd
from app.books.quickbooks_online import throttle
from app.bootstrap import cedar_side
from app.domain.states import State
from app.practice.cedar import PracticeCharge, PracticeRailroad
from app.practice.online_world import OnlineWorld
from app.practice.quickbooks_online import Desk, DocumentPicture, stocked_online
from app.sync.pull import PullReport
from tests.reasons.office import NOON, ROW, HandClock, Seen, a_charge

Kind = Literal["estimate", "invoice"]


class OnlineOffice(OnlineWorld, Seen):
    """One railroad, one company in the cloud, and what a person sees of them."""

    books_key = "books"

    def __init__(
        self, home: Path, *charges: PracticeCharge, document: Kind = "estimate", settings: dict[str, object]
    ) -> None:
        self.hand_clock = HandClock()
        self.home = home
        railroad = PracticeRailroad(charges or (a_charge(1),), today=NOON.date())
        company = stocked_online(railroad, clock=self.hand_clock.now)
        super().__init__(home, railroad, company=company, document=document, settings=settings, clock=self.hand_clock)
        self.desk = Desk(company)
        self.kind = document.capitalize()

    def pull(self) -> PullReport:
        """Read Cedar once, without much patience."""
        return cedar_side.pull(self.kit, is_hurried=True)

    def run(self) -> RunEnd:
        """Read Cedar, then push once."""
        self.pull()
        return self.push()

    def bill_anew(self, charge_id: int, amount: int) -> None:
        """Let Cedar bill another amount for a charge."""
        self.railroad.amend(charge_id, rate=Decimal(amount), amount=Decimal(amount))

    def sign_in(self) -> None:
        """Sign in again in the browser, and paste the address it ends on."""
        sign_in = self.kit.sign_in.begin()
        try:
            (back,) = parse_qs(urlsplit(sign_in.address).query)["redirect_uri"]
            self.service.sign_in.redirect_uris.add(back)
            browser = httpx.get(sign_in.address, trust_env=False)
            self.kit.sign_in.finish(sign_in.take(browser.headers["Location"]))
        finally:
            sign_in.close()

    def document_of(self, row_id: str = ROW) -> DocumentPicture:
        """Give the document a row names."""
        return self.company.document(self.kind, self.show(row_id)["document"]["txn_id"])

    def expect_healed(self, row_id: str = ROW, amount: str = "100.00") -> DocumentPicture:
        """Check that a row is in the books exactly once, to the cent, and has nothing to explain; give the document."""
        shown = self.show(row_id)
        assert (shown["state"], shown["reasons"]) == (State.SYNCED, [])
        ours = re.compile(rf"Cedar invoice {re.escape(shown['invoice'])}(?!\S)")
        (found,) = [
            each
            for each in self.company.documents(self.kind)
            if ours.match(each.private_note) and shown["gl_number"] in {each.customer, self._customer(each)}
        ]
        assert found.subtotal == Decimal(amount) == Decimal(shown["amount"])
        assert found.id == shown["document"]["txn_id"]
        assert shown["document"]["kind"] == self.document
        self.expect_no_books_problem()
        return found

    def _customer(self, document: DocumentPicture) -> str:
        """Give the GL number the settings name a document's customer for."""
        named = self.kit.settings.destination.customers
        return next((gl_number for gl_number, name in named.items() if name == document.customer), document.customer)


@contextmanager
def an_online_office(
    home: Path, *charges: PracticeCharge, document: Kind = "estimate", **settings: object
) -> Iterator[OnlineOffice]:
    """Open an office whose program has read nothing yet; settings are those of the destination."""
    chosen = {f"destination.{name}": value for name, value in settings.items()}
    # The practice service stands any pace.
    with (
        mock.patch.object(throttle, "A_SECOND", 10_000),
        OnlineOffice(home, *charges, document=document, settings=chosen) as office,
    ):
        yield office


def invoices(*numbers: int) -> list[PracticeCharge]:
    """Make invoices of one charge each."""
    return [a_charge(number, invoice=f"INV-{number}") for number in numbers]


def row_of(number: int | str) -> str:
    """Give the id of the row of one of these invoices."""
    return f"main/INV-{number}/4410"
