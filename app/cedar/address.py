"""Where Cedar lives: the charge service of each region, or another server the settings name. No I/O.

Rule: the key travels encrypted, or not beyond this computer.
"""

import re
from typing import Final

import httpx

from app.cedar.regions import REGIONS
from app.domain.faults import NotConfigured
from app.system.network import is_loopback

_HOST: Final = re.compile(r"[\w.:-]+")
"""A name or an address; httpx would take a blank for part of a name and fail only when it looks it up."""


def service_address(region: str, base_url: str) -> httpx.URL:
    """Give the root of the charge service.

    Args:
        region: `us` or `eu`; used where `base_url` is empty.
        base_url: Another server's root, or nothing.

    Raises:
        NotConfigured: If there is no such region, or the address cannot be used safely.
    """
    if not base_url.strip():
        known = REGIONS.get(region.strip().lower())
        if known is None:
            raise NotConfigured(f"There is no Cedar region “{region}”; choose us or eu in the settings.")
        return httpx.URL(known)
    try:
        url = httpx.URL(base_url.strip().rstrip("/"))
    except (httpx.InvalidURL, UnicodeError) as exc:
        raise _unusable() from exc
    if (
        url.scheme not in {"http", "https"}
        or url.userinfo
        or url.query
        or url.fragment
        or not _HOST.fullmatch(url.host)
    ):
        raise _unusable()
    if url.scheme == "http" and not is_loopback(url.host):
        raise NotConfigured(
            "The Cedar address in the settings is not encrypted, so the key would be readable on the way; "
            "use an address that begins with https."
        )
    return url


def _unusable() -> NotConfigured:
    return NotConfigured(
        "The Cedar address in the settings is not a web address; leave it empty for the region's own, "
        "or write one such as https://cedar.example."
    )
