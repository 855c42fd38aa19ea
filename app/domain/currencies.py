"""Currencies by the names accounting systems give them. Data; no I/O."""

from typing import Final

from app.domain.plain_text import name_key

_NAMES: Final = {
    "us dollar": "USD",
    "canadian dollar": "CAD",
    "mexican peso": "MXN",
    "euro": "EUR",
    "british pound sterling": "GBP",
    "pound sterling": "GBP",
}
"""QuickBooks' names of the currencies a North American short line meets."""

_OF_COUNTRY: Final = {"US": "USD", "CA": "CAD", "UK": "GBP", "GB": "GBP", "AU": "AUD"}
"""Currencies of the countries QuickBooks is made for, by the names it gives them."""

_ISO_LENGTH: Final = 3


def iso_code(name: str | None) -> str | None:
    """Give the ISO 4217 code for a currency's name or code; None where it is not known for sure."""
    if not name:
        return None
    plain = name_key(name)
    if len(plain) == _ISO_LENGTH and plain.isalpha():
        return plain.upper()
    return _NAMES.get(plain)


def home_currency(country: str) -> str | None:
    """Give the currency in which books are kept that know only one; None for a country that is not known."""
    return _OF_COUNTRY.get(country.strip().upper())


def differ(one: str | None, other: str | None) -> bool:
    """Tell whether two currencies are certainly not the same."""
    first, second = iso_code(one), iso_code(other)
    return first is not None and second is not None and first != second
