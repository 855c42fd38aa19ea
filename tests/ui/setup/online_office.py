"""What is around the wizard where the books are in QuickBooks Online: a browser, and the way to the page."""

from __future__ import annotations

import threading

import httpx
from PySide6.QtCore import QUrl

from app.domain.books_system import BooksSystem
from app.practice.quickbooks_online import CLIENT_ID, CLIENT_SECRET
from app.ui.setup.flow import Page
from app.ui.setup.online_page import OnlinePage
from tests.ui.setup.office import Person


class Browser:
    """Opens addresses as a browser does; a person may have one that cannot come back."""

    def __init__(self) -> None:
        self.comes_back = True
        self.ended_on = ""

    def open(self, url: QUrl) -> bool:
        """Open an address."""
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        threading.Thread(target=self._go, args=(address,), daemon=True).start()
        return True

    def _go(self, address: str) -> None:
        answer = httpx.get(address)
        self.ended_on = answer.headers["location"]
        if self.comes_back:
            httpx.get(self.ended_on)


def online_page(person: Person) -> OnlinePage:
    """Go to the page about the books, and choose QuickBooks Online."""
    person.open()
    person.go_to(Page.QUICKBOOKS)
    person.quickbooks.system.buttons[BooksSystem.QUICKBOOKS_ONLINE].click()
    person.wait(lambda: isinstance(person.wizard.pages[Page.QUICKBOOKS], OnlinePage))
    page = person.wizard.pages[Page.QUICKBOOKS]
    assert isinstance(page, OnlinePage)
    person.wait(lambda: page.form.result.words != "")
    return page


def fill(page: OnlinePage, document: str = "estimate") -> None:
    """Fill in the Intuit app, and choose a document."""
    page.form.client_id.setText(CLIENT_ID)
    page.form.client_secret.setText(CLIENT_SECRET)
    page.form.documents[document].click()
