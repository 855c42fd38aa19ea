"""Where Intuit's servers are, or others in their place. No I/O.

Rule: secrets travel encrypted, or not beyond this computer.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from app.books.quickbooks_online import sign_in_texts as texts
from app.domain.faults import NotConfigured
from app.system.network import is_loopback
from app.system.settings import DestinationSettings

_API: Final = {
    "production": "https://quickbooks.api.intuit.com",
    "sandbox": "https://sandbox-quickbooks.api.intuit.com",
}
_AUTHORIZE: Final = ("https://appcenter.intuit.com", "/connect/oauth2")
_TOKEN: Final = ("https://oauth.platform.intuit.com", "/oauth2/v1/tokens/bearer")
_REVOKE: Final = ("https://developer.api.intuit.com", "/v2/oauth2/tokens/revoke")


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses; source: Intuit's pages on base URLs and OAuth 2.0. Sign-in is the same for both environments."""

    api: str
    """The root; the paths of the API follow."""
    authorize: str
    token: str
    revoke: str


def servers(destination: DestinationSettings) -> Servers:
    """Give the servers the settings mean.

    Raises:
        NotConfigured: If an address is not encrypted and leads beyond this computer.
    """
    api = _root("api_url", destination.api_url) or _API[destination.environment]
    own = _root("oauth_url", destination.oauth_url)
    return Servers(api, *((own or host) + path for host, path in (_AUTHORIZE, _TOKEN, _REVOKE)))


def _root(field: str, address: str) -> str:
    parts = urlsplit(address.strip())
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise NotConfigured(texts.NOT_ENCRYPTED.format(field=field))
    return address.strip().rstrip("/")
