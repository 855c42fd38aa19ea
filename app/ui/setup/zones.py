"""The time zones a person may choose from: those of places, without the historical ones. No Qt."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> tuple[str, ...]:
    """List zones by place, those of the United States and Canada first."""
    places = [name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))]
    return tuple(sorted(places, key=lambda name: (not name.startswith("America/"), name)))
