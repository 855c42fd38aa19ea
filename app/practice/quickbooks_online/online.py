"""The practice QuickBooks Online as one object: a company behind a server, a sign-in, switches for mishaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from app.practice.cedar.server import LoopbackServer, OnLoopback
from app.practice.quickbooks_online.api import Api
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.desk import Desk
from app.practice.quickbooks_online.exchange import AUTHORIZE, REVOKE, TOKEN, ServedRequest
from app.practice.quickbooks_online.grants import Grants
from app.practice.quickbooks_online.mishaps import Mishaps
from app.practice.quickbooks_online.request_memory import RequestMemory
from app.practice.quickbooks_online.service import Service
from app.practice.quickbooks_online.sign_in import SignIn
from app.practice.quickbooks_online.throttle import Throttle

CLIENT_ID: Final = "practice-client"
CLIENT_SECRET: Final = "practice-client-secret"  # noqa: S105 (it opens nothing but the practice world)
_LARGEST_BODY: Final = 1 << 24
_DAY: Final = timedelta(days=1)


class PracticeQuickBooksOnline(OnLoopback):
    """A QuickBooks Online for practice on this computer: the API and the sign-in behind one address."""

    def __init__(
        self,
        company: OnlineCompany,
        *,
        client_id: str = CLIENT_ID,
        client_secret: str = CLIENT_SECRET,
        redirect_uris: Iterable[str] = (),
        request_memory: timedelta = _DAY,
        port: int = 0,
        host: str = "127.0.0.1",
    ) -> None:
        """Prepare the service; nothing listens before `start()`.

        Args:
            company: The company; its clock is the service's.
            client_id: The registered program's id.
            client_secret: The registered program's secret.
            redirect_uris: The addresses the browser may return to, exactly.
            request_memory: How long request ids are remembered, in practice time.
            port: Port to listen on; 0 lets the system choose.
            host: Address to listen on.
        """
        self.company = company
        self.desk = Desk(company)
        """A person who works in the company."""
        self.companies: dict[str, OnlineCompany] = {company.realm_id: company}
        """The companies that live here, by id; more may be put in."""
        self.grants = Grants(company.clock)
        """What connects the program with companies."""
        self.sign_in = SignIn(self.grants, client_id, client_secret, redirect_uris, company.realm_id)
        """The sign-in, with switches for what the person does there."""
        self.memory = RequestMemory(request_memory)
        """The memory of request ids."""
        self.throttle = Throttle()
        """The limits on calls; off until a test turns them on."""
        self.mishaps = Mishaps()
        """What goes wrong."""
        api = Api(self.companies, self.grants, self.memory, self.throttle)
        self._service: Service = Service(api, self.sign_in, self.mishaps, company.clock)
        self._host = host
        self._server = LoopbackServer(
            self._service, host, port, name="practice-quickbooks-online", largest_body=_LARGEST_BODY
        )

    @property
    def authorize_url(self) -> str:
        """The address of the page a person agrees at."""
        return self.base_url + AUTHORIZE

    @property
    def token_url(self) -> str:
        """The address tokens come from."""
        return self.base_url + TOKEN

    @property
    def revoke_url(self) -> str:
        """The address tokens are given back at."""
        return self.base_url + REVOKE

    @property
    def requests(self) -> list[ServedRequest]:
        """The requests that were served, oldest first."""
        return list(self._service.log)
