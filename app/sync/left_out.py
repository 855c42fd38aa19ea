"""Left-out money by customer location and reason: what a person takes to whoever keeps Cedar. Pure; no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.money import ZERO
from app.domain.reason_texts import explain
from app.domain.reasons import Reason, ReasonCode, Who
from app.store.row_lists import LeftOutOnRow


@dataclass(frozen=True, slots=True)
class LeftOutPlace:
    """What one reason keeps out of the books at one location."""

    location: str | None
    reason: Reason
    """The reason of one of the charges; all have its code."""
    charges: tuple[LeftOutOnRow, ...]

    @property
    def code(self) -> ReasonCode:
        """The reason they share."""
        return self.reason.code

    @property
    def amount(self) -> Decimal:
        """What they are worth."""
        return sum((each.charge.amount for each in self.charges), ZERO)

    @property
    def since(self) -> date | None:
        """The oldest document date among them."""
        return min((each.row.date for each in self.charges if each.row.date is not None), default=None)


def by_location(left_out: Iterable[LeftOutOnRow]) -> list[LeftOutPlace]:
    """Group charges by location and first reason; what somebody must mend comes first, and of that what is worth most.

    A charge counts once, under the reason that its row names first, so the amounts add up to all that is left out.
    """
    found: dict[tuple[str, ReasonCode], list[LeftOutOnRow]] = {}
    for each in left_out:
        found.setdefault((each.charge.location or "", each.charge.reasons[0].code), []).append(each)
    places = [
        LeftOutPlace(location or None, charges[0].charge.reasons[0], tuple(charges))
        for (location, _), charges in found.items()
    ]
    return sorted(places, key=lambda place: (_heals(place), -place.amount, place.location or "", place.code))


def _heals(place: LeftOutPlace) -> bool:
    return explain(place.reason).who is Who.NOBODY
