"""The charge service of each region, and the name a server goes by. No I/O."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

REGIONS: Final[Mapping[str, str]] = {
    "us": "https://api-lg-k-h1.arms.cedarai.com",
    "eu": "https://api-lg-k-h1.arms.cedarai.se",
}
"""The charge service of each region. A key is valid in one region only."""


def server_name(region: str, base_url: str) -> str:
    """Name the server that settings mean, so that one server has one name however it is written.

    The port is no part of it: a server that moves to another one is the same.

    Returns:
        A region's name, or the host of another server; empty where no server can be made out.
    """
    if not base_url.strip():
        return region.strip().lower()
    host = _host(base_url)
    return next((name for name, address in REGIONS.items() if _host(address) == host), host)


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
