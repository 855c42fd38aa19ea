"""What the Prairie Short Line charges for, with its tariff.

Rule: a service type is at most 31 characters, the length of an item's name in QuickBooks; one has exactly that.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True)
class Service:
    """One line of the tariff."""

    service_type: str
    """What the charge says was done."""
    billing_type: str
    """Which of the service's billing types it belongs to."""
    description: str
    """Text of the rate."""
    entry: str
    """Place in the tariff."""
    rates: tuple[Decimal, ...]
    """Prices of one; which one depends on the customer's contract."""
    least: int
    """Smallest usual quantity, in units of `step`."""
    most: int
    """Largest usual quantity, in units of `step`."""
    step: Decimal
    """How finely it is measured."""
    concerns_car: bool = True
    """Whether the charge names a car."""

    def quantity(self, random: Random) -> Decimal:
        """Choose a usual quantity."""
        return random.randint(self.least, self.most) * self.step


def _service(
    service_type: str, billing_type: str, description: str, entry: str, rates: str, quantities: str
) -> Service:
    """Read a service from one line of the table below.

    Args:
        service_type: As in `Service`.
        billing_type: As in `Service`.
        description: As in `Service`.
        entry: As in `Service`; an entry in lower case concerns no car.
        rates: Prices with blanks between them.
        quantities: Least, most and step with blanks between them.
    """
    least, most, step = quantities.split()
    return Service(
        service_type=service_type,
        billing_type=billing_type,
        description=description,
        entry=entry.upper(),
        rates=tuple(Decimal(rate) for rate in rates.split()),
        least=int(least),
        most=int(most),
        step=Decimal(step),
        concerns_car=entry.isupper(),
    )


SERVICES: tuple[Service, ...] = (
    _service("STORAGE", "STORAGE", "Storage, empty, per car per day", "ST-100", "25 32.50 40", "1 31 1"),
    _service("STORAGE LOADED", "STORAGE", "Storage, loaded, per car per day", "ST-110", "45 60", "1 31 1"),
    _service("HAZMAT STORAGE, RSSM COMMODITY.", "STORAGE", "Storage, RSSM, per day", "ST-190", "150", "1 10 1"),
    _service("DEMURRAGE", "DEMURRAGE", "Demurrage after free time, per day", "DM-100", "75 100 150", "1 14 1"),
    _service("SWITCHING", "SWITCHING", "Switching, per car", "SW-100", "275 310.75 425", "1 6 1"),
    _service("INTRA-PLANT SWITCH", "SWITCHING", "Switch within the plant, per car", "SW-120", "185", "1 8 1"),
    _service("TRACKAGE", "TRACKAGE", "Trackage rights, per car mile", "TR-100", "0.345 0.4125", "400 9000 1"),
    _service("CAR CLEANING", "MISC.", "Cleaning, per hour", "MC-210", "95 112.50", "2 24 0.25"),
    _service("WEIGHING", "MISC.", "Weighing \N{EN DASH} loaded, per car", "MC-220", "38.5 42", "1 12 1"),
    _service("TRANSLOADING", "NON-RAILROAD CHARGE", "Transload, per ton", "NR-300", "3.125 4.0875", "4000 11000 0.01"),
    _service("FUEL SURCHARGE", "EXCESS", "Fuel surcharge, per mile", "EX-410", "0.43215 0.39877", "20 900 1"),
    _service("OVERLOAD REDUCTION", "EXCESS", "Reducing an overload, per car", "EX-420", "640", "1 2 1"),
    _service("TRACK LEASE", "NON-RAILROAD CHARGE", "Lease of track, per month", "nr-310", "1250 2875.40", "1 1 1"),
    _service("JUNCTION SETTLEMENT", "JUNCTION SETTLEMENT", "Interline share, per car", "JS-500", "118.333", "1 40 1"),
    _service("ISS SHIPMENT", "ISS SHIPMENT", "Interline settlement, per car", "IS-510", "212.6667 98.2", "1 25 1"),
    _service("ADMINISTRATION FEE", "MISC.", "Billing on paper, each", "mc-290", "15", "1 1 1"),
)  # fmt: skip
"""The tariff."""

CORRECTION = _service("BILLING CORRECTION", "MISC.", "Credit for an earlier invoice", "mc-299", "1", "1 1 1")
"""What credits are booked under."""

MISSING_SERVICE = _service("DIMENSIONAL LOAD CLEARANCE", "MISC.", "Clearance study, each", "MC-280", "480", "1 1 1")
"""A service the accounting system is not to know."""
