"""Keeps what an Online connection needs, and signs it in while a window waits. No Qt.

Rule: the browser is waited for in a thread of its own, for minutes; whoever shows it looks at `outcome` now and then.
"""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.bootstrap import books_side
from app.bootstrap.connection_kit import ConnectionKit, kit_of
from app.bootstrap.installation import Installation
from app.diagnostics.logs import never_log
from app.domain.books_system import BooksSystem
from app.domain.facts import OnlineCompany
from app.domain.faults import KnownFault
from app.store import facts
from app.system.credentials import Secret
from app.ui.setup.keeping import want_introduction
from app.ui.setup.place import Place

if TYPE_CHECKING:
    from app.books.quickbooks_online.grants import Grant
    from app.books.quickbooks_online.signing_in import SignIn


@dataclass(frozen=True, slots=True)
class OnlineAnswers:
    """What is asked for a connection to QuickBooks Online."""

    document: str = ""
    """``estimate`` or ``invoice``; empty while nobody has chosen."""
    environment: str = "production"
    client_id: str = ""
    client_secret: str = ""
    """As typed; empty means the one that is kept."""
    redirect_url: str = ""

    def is_enough(self, *, has_secret: bool) -> bool:
        """Tell whether somebody can sign in with them."""
        return bool(self.document and self.client_id and (self.client_secret or has_secret))


@dataclass(frozen=True, slots=True)
class OnlineState:
    """How a connection to QuickBooks Online stands."""

    company: str = ""
    """Its id, or its name where it has introduced itself; empty before the first sign-in."""
    is_signed_in: bool = False
    is_lost: bool = False
    has_secret: bool = False


def has_secret(place: Place) -> bool:
    """Tell whether a client secret is kept."""
    return bool(place.credentials.get(place.connection, Secret.QBO_CLIENT_SECRET))


def online_state(place: Place) -> OnlineState:
    """Read how the connection stands, without asking Intuit.

    Raises:
        KnownFault: If settings or record cannot be read.
    """
    settings = place.connection_settings()
    if not place.is_there() or settings.destination.kind != BooksSystem.QUICKBOOKS_ONLINE.value:
        return OnlineState(has_secret=has_secret(place))
    with place.opened() as installation:
        standing = kit_of(installation, place.connection).access.keeper.standing()
        with installation.record.read() as tx:
            known = facts.get(tx, place.connection, OnlineCompany)
    name = known.name if known is not None and known.name else settings.destination.realm_id
    return OnlineState(name, standing.is_signed_in, standing.is_lost, has_secret(place))


def keep_online(place: Place, answers: OnlineAnswers) -> None:
    """Keep the answers: the secret in the credential store, the rest in the settings.

    Raises:
        NotConfigured: If they cannot be used.
        HomeUnusable: If they cannot be kept.
    """
    changes: dict[str, object] = {
        "destination.kind": BooksSystem.QUICKBOOKS_ONLINE.value,
        "destination.document": answers.document,
        "destination.environment": answers.environment,
        "destination.client_id": answers.client_id,
    }
    if answers.redirect_url or place.connection_settings().destination.redirect_url:
        changes["destination.redirect_url"] = answers.redirect_url
    draft = place.require_itself(changes)
    if answers.client_secret:
        never_log(answers.client_secret)
        place.credentials.put(place.connection, Secret.QBO_CLIENT_SECRET, answers.client_secret)
    draft.write()


def keep_desktop(place: Place) -> None:
    """Have the connection go to QuickBooks Desktop, where it went elsewhere.

    Raises:
        NotConfigured: If the settings cannot be used.
        HomeUnusable: If they cannot be written.
    """
    if place.connection_settings().destination.kind != BooksSystem.QUICKBOOKS_DESKTOP.value:
        changes: dict[str, object] = {
            "destination.kind": BooksSystem.QUICKBOOKS_DESKTOP.value,
            "destination.document": "sales_order",
        }
        place.require_itself(changes).write()


def ask_again(place: Place) -> None:
    """Have QuickBooks Online tell its customers and items once more.

    Raises:
        KnownFault: If it cannot be asked.
    """
    with place.opened() as installation:
        _introduce(installation, kit_of(installation, place.connection))


def sign_out(place: Place) -> bool:
    """Sign out.

    Returns:
        Whether Intuit could be told.
    """
    with place.opened() as installation:
        return kit_of(installation, place.connection).sign_in.end()


class Signing:
    """One sign-in of one window."""

    def __init__(self, place: Place) -> None:
        """Take the connection; nothing is begun."""
        self._place = place
        self._signing: SignIn | None = None
        self._is_unwanted = threading.Event()
        self.outcome: str | KnownFault | None = None
        """The company's name, or why nobody is signed in; None while the browser is waited for."""

    def begin(self, answers: OnlineAnswers) -> str:
        """Keep the answers and begin; the browser is waited for from now on.

        Returns:
            The address the browser is to open.

        Raises:
            KnownFault: If it cannot begin.
        """
        self.stop()
        keep_online(self._place, answers)
        with self._place.opened() as installation:
            signing = kit_of(installation, self._place.connection).sign_in.begin()
        self._signing, self.outcome = signing, None
        unwanted = self._is_unwanted = threading.Event()
        threading.Thread(target=self._wait, args=(signing, unwanted), name="sign-in", daemon=True).start()
        return signing.address

    def take(self, pasted: str) -> str:
        """Take the address a person pasted; give the company's name.

        Raises:
            KnownFault: If it is not that address, or the sign-in was refused.
        """
        with self._place.opened() as installation:
            kit = kit_of(installation, self._place.connection)
            signing = self._signing or kit.sign_in.begin(is_resumed=True)
            company = _let_in(installation, kit, signing.take(pasted))
        self.outcome = company
        return company

    def stop(self) -> None:
        """Wait no more."""
        self._is_unwanted.set()
        self._signing = None

    def _wait(self, signing: "SignIn", unwanted: threading.Event) -> None:
        from app.books.quickbooks_online.grants import CallbackPortUsed, SignInFinished

        outcome: str | KnownFault
        can_paste = False
        try:
            grant = signing.wait(cancelled=unwanted.is_set)
            with self._place.opened() as installation:
                outcome = _let_in(installation, kit_of(installation, self._place.connection), grant)
        except SignInFinished:
            outcome = self._finished_elsewhere()
        except CallbackPortUsed as fault:
            outcome, can_paste = fault, True
        except KnownFault as fault:
            outcome = fault
        signing.close(keeps_note=can_paste)
        if not unwanted.is_set() and self.outcome is None:
            self.outcome = outcome

    def _finished_elsewhere(self) -> str | KnownFault:
        """Learn the company another program let us into."""
        try:
            with self._place.opened() as installation:
                kit = kit_of(installation, self._place.connection)
                return _introduced(installation, kit)
        except KnownFault as fault:
            return fault


def _let_in(installation: Installation, kit: ConnectionKit, grant: "Grant") -> str:
    """Keep the sign-in, then learn which company it is and what customers and items it has; nothing is written there.

    Raises:
        KnownFault: If it cannot be kept, or the company cannot be asked.
    """
    kit.sign_in.finish(grant)
    return _introduced(installation, kit)


def _introduced(installation: Installation, kit: ConnectionKit) -> str:
    _introduce(installation, kit)
    with installation.record.read() as tx:
        known = facts.get(tx, kit.name, OnlineCompany)
    return known.name if known is not None and known.name else kit.settings.destination.realm_id


def _introduce(installation: Installation, kit: ConnectionKit) -> None:
    want_introduction(installation, kit.name)
    end = books_side.pusher(kit).push()
    if end.error:
        raise KnownFault(end.error)
