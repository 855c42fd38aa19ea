"""The time zone a carrier's days are in: the settings', else the one this computer had when Cedar was first read."""

from collections.abc import Callable
from datetime import tzinfo
from zoneinfo import ZoneInfo

from app.domain.facts import CarrierZone
from app.store import facts
from app.store.database import Record
from app.system.settings import ConnectionSettings
from app.system.zone import ComputersZone, computers_zone_name


def carrier_zone(record: Callable[[], Record], settings: ConnectionSettings) -> tzinfo:
    """Give the zone; `record` opens the record, which need not be there where the settings name one."""
    name = settings.cedar.time_zone
    if not name:
        with record().read() as tx:
            kept = facts.get(tx, settings.name, CarrierZone)
        name = kept.name if kept is not None else ""
    return ZoneInfo(name) if name else ComputersZone()


def keep_carrier_zone(record: Record, settings: ConnectionSettings) -> None:
    """Remember this computer's zone before the first reading, where the settings name none."""
    if settings.cedar.time_zone:
        return
    with record.read() as tx:
        is_kept = facts.get(tx, settings.name, CarrierZone) is not None
    name = None if is_kept else computers_zone_name()
    if name is not None:
        with record.write() as tx:
            facts.put(tx, settings.name, CarrierZone(name))
