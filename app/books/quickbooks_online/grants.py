"""What Intuit gives us when a person lets us into a company, and how it can be refused. No I/O."""

from dataclasses import dataclass, field
from datetime import datetime

from app.books.quickbooks_online import sign_in_texts as texts
from app.domain.faults import BooksRefused, BooksUnavailable, NotConfigured


@dataclass(frozen=True, slots=True)
class Tokens:
    """An answer of Intuit's token server, its lifetimes as times."""

    access: str = field(repr=False)
    access_until: datetime
    refresh: str = field(repr=False)
    refresh_until: datetime | None = None
    """When it ends if it is never used: 100 days ahead, moved on by each use."""
    hard_until: datetime | None = None
    """When the grant ends however often it is used, five years after the sign-in; None where Intuit did not say."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in came to: the company a person chose, and the tokens for it."""

    realm_id: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Standing:
    """How a connection's sign-in stands; nothing in it is secret."""

    is_signed_in: bool
    is_lost: bool = False
    """Intuit ended it; a person has to sign in again."""
    refresh_until: datetime | None = None
    hard_until: datetime | None = None
    signed_in: int = 0
    """Tells one sign-in from another."""

    @property
    def ends_at(self) -> datetime | None:
        """When it ends if nobody does anything and nothing is sent; None where that is not known."""
        return min((each for each in (self.refresh_until, self.hard_until) if each is not None), default=None)


class GrantLost(BooksRefused):
    """Intuit does not take the grant any more (``invalid_grant``): no work until a person signs in again."""

    def __init__(self) -> None:
        super().__init__(texts.GRANT_LOST)


class WrongClient(NotConfigured):
    """Intuit does not know the app's id, or its secret is another one (``invalid_client``)."""

    def __init__(self) -> None:
        super().__init__(texts.WRONG_CLIENT)


class NotSignedIn(NotConfigured):
    """Nobody has signed in to QuickBooks Online for this connection, or somebody signed out."""

    def __init__(self, connection: str) -> None:
        super().__init__(texts.NOT_SIGNED_IN.format(connection=connection))


class TokensUnreachable(BooksUnavailable):
    """Intuit's sign-in server cannot be reached, or gave no answer that can be used; asking again may help."""

    def __init__(self, raw: str) -> None:
        """Take what happened in technical words, free of secrets."""
        super().__init__(texts.UNREACHABLE)
        self.raw = raw


class SignInRefused(BooksRefused):
    """The sign-in did not come about; the sentence says why, and what to do."""


class PasteRefused(SignInRefused):
    """What was pasted is not the address the browser ended on; the sign-in goes on waiting for it."""


class CallbackPortUsed(SignInRefused):
    """The browser cannot come back to this computer, since another program has the port; pasting still works."""

    def __init__(self, port: int) -> None:
        super().__init__(texts.PORT_USED.format(port=port))
        self.port = port


class SignInEnded(SignInRefused):
    """Waiting ended without an answer: it took too long, was stopped, or another one was begun."""


class SignInFinished(SignInEnded):
    """Somebody finished the sign-in elsewhere: its tokens are kept, and nothing is left to do."""

    def __init__(self) -> None:
        super().__init__(texts.FINISHED)
