"""The computer's own time zone, with its daylight saving: the zone of a carrier whose settings name none."""

import logging
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import tzlocal

log = logging.getLogger(__name__)


def computers_zone_name() -> str | None:
    """Give the IANA name of the zone the operating system is set to; None where it cannot be told."""
    try:
        name = tzlocal.get_localzone_name()
        # Only one that can be used is kept.
        return ZoneInfo(name).key if name else None
    except (LookupError, ValueError, OSError) as exc:
        log.warning("the name of this computer's time zone cannot be told: %s", exc)
        return None


class ComputersZone(tzinfo):
    """The zone the operating system is set to, asked for every time: one offset would be wrong half the year."""

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """Give the offset in force at a local time."""
        return None if dt is None else dt.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, dt: datetime | None) -> timedelta | None:  # noqa: ARG002
        """Give nothing: the system tells the whole offset only."""
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """Give the zone's name at a local time."""
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, dt: datetime) -> datetime:
        """Turn a UTC time into this zone's."""
        return dt.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)
