"""How long a server asks us to wait, as HTTP headers say it. No I/O."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds or a date; None where there is none or it makes no sense.

    Args:
        header: The header's text.
        now: The time by the server's clock, as far as it is known.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    when = http_date(text)
    return None if when is None else max(0.0, (when - now).total_seconds())


def http_date(text: str | None) -> datetime | None:
    """Read a date as HTTP headers write it; None where it is none."""
    try:
        when = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when
