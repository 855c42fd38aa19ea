"""Reads Cedar into the record: page by page, only what changed is written, and planned once all was read.

An invoice is never planned from half a reading: its mark waits in the record until a reading is complete.
"""

import bisect
import hashlib
import logging
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from app.domain.charge import ARCHIVED, LIFE_CYCLE, TAKEN_BACK, Charge, ChargeId
from app.domain.facts import CedarContact, Problem, RulesInForce, SyncBegan, UnbilledLookedFor
from app.domain.faults import CedarFault, CedarUnavailable, NoRoom
from app.domain.reasons import ReasonCode
from app.domain.retrying import is_recent
from app.domain.values import replace
from app.store import charges, facts
from app.store.database import Record
from app.sync.clock import Clock
from app.sync.events import Events, Topic
from app.sync.planner import Planner

log = logging.getLogger(__name__)

MARGIN: Final = timedelta(days=62)
"""How much further back than the look-back window is read, so that an invoice at its edge is read whole."""

EDGE: Final = timedelta(days=30)
"""How far into the window a new invoice lies at its edge, where it is likely to have older charges."""

LATEST_BILLING: Final = timedelta(days=400)
"""How old a charge may become before it is billed, and is still noticed."""

LOOKS_FOR_UNBILLED_EVERY: Final = timedelta(days=1)

MOST_QUESTIONS: Final = 200
"""Invoices asked for one by one in one reading, when charges that were there have not been listed."""

SUSPICIOUS: Final = 20
"""With so many charges known, a reading that lists none at all is a fault of Cedar's, not a clean-up."""


class ChargeSource(Protocol):
    """Cedar, as a reading sees it."""

    def listed(self, status: str, since: datetime) -> Iterator[list[Charge]]:
        """Read the charges of a status that were applied at or after a time, page by page."""

    def of_invoice(self, invoice: str) -> list[Charge]:
        """Read all charges of one invoice, whatever their status and age."""


@dataclass(frozen=True, slots=True)
class PullRules:
    """The settings a reading needs."""

    billing_statuses: frozenset[str]
    lookback: timedelta
    poll_every: timedelta
    digest: str
    """Of all settings that decide what becomes of a charge: another digest means planning everything anew."""


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a reading found."""

    read: int
    """Charges Cedar listed."""
    changed: int
    """Charges that were new, different or gone."""
    planned: int
    """Invoices planned anew."""
    newest: datetime | None
    """When the newest charge was applied."""


class Puller:
    """Reads Cedar for one connection."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        connection: str,
        open_source: Callable[[], ChargeSource],
        planner: Planner,
        rules: PullRules,
        events: Events | None = None,
    ) -> None:
        """Take the record, how to reach Cedar and how to plan; Cedar is first asked in `pull`."""
        self._events = events or Events()
        self._record = record
        self._clock = clock
        self._connection = connection
        self._open_source = open_source
        self._planner = planner
        self._rules = rules

    def pull(self) -> PullReport:
        """Read Cedar once, and plan what changed.

        Raises:
            CedarFault: If Cedar could not be read; what was known stays as it was, and the fault is in the record.
            NoRoom: If the record is full; whoever listens hears of it.
        """
        try:
            with self._record.room.needed_for(f"reading {self._connection}"):
                return self._pull_and_note()
        except NoRoom:
            self._events.publish(Topic.CEDAR)
            raise

    def _pull_and_note(self) -> PullReport:
        started = self._clock.now()
        self._note_reading(started)
        try:
            report = self._pull(started)
        except CedarFault as fault:
            self._note_problem(fault, started)
            self._events.publish(Topic.CEDAR)
            raise
        except BaseException:
            self._note_reading(None)
            raise
        with self._record.write() as tx:
            facts.put(tx, self._connection, CedarContact(self._clock.now(), started, None))
        self._events.publish(Topic.CEDAR)
        if report.planned:
            self._events.publish(Topic.ROWS)
        return report

    def _pull(self, started: datetime) -> PullReport:
        start = started - self._rules.lookback
        window = self._counts_from(start)
        looks_for_unbilled = self._is_time_for_unbilled(started)
        since = start - MARGIN
        if looks_for_unbilled:
            since = self._oldest_unbilled(since, started)
        source = self._open_source()
        seen, read, changed = _Seen(), 0, 0
        for status in self._statuses():
            for page in source.listed(status, since):
                read += len(page)
                seen.add(charge.charge_id for charge in page)
                changed += self._keep(page)
        changed += self._look_for_missing(source, seen, since, read)
        changed += self._complete_old_invoices(source, window)
        if looks_for_unbilled:
            with self._record.write() as tx:
                facts.put(tx, self._connection, UnbilledLookedFor(started))
        self._notice_new_rules()
        planned = self._planner.plan_marked(window)
        with self._record.read() as tx:
            newest = charges.newest(tx, self._connection)
        log.info("read %d charges, %d changed, %d invoices planned", read, changed, planned)
        return PullReport(read, changed, planned, newest)

    def _counts_from(self, window: datetime) -> datetime:
        """Tell from when on charges count: what was in the window once stays in it, however late it is billed."""
        with self._record.read() as tx:
            known = facts.get(tx, self._connection, SyncBegan)
        if known is not None and (known.lookback >= self._rules.lookback or known.since <= window):
            return known.since
        with self._record.write() as tx:
            facts.put(tx, self._connection, SyncBegan(window, self._rules.lookback))
        return window

    def _is_time_for_unbilled(self, now: datetime) -> bool:
        """Tell whether it is time to read Cedar far back, for what may have been billed since."""
        with self._record.read() as tx:
            known = facts.get(tx, self._connection, UnbilledLookedFor)
        return known is None or not is_recent(known.at, LOOKS_FOR_UNBILLED_EVERY, now)

    def _oldest_unbilled(self, since: datetime, now: datetime) -> datetime:
        """Tell when the oldest charge was applied that is known and may still be billed; `since` if none is older."""
        settled = (*self._rules.billing_statuses, ARCHIVED, *TAKEN_BACK)
        with self._record.read() as tx:
            return charges.oldest_unbilled(tx, self._connection, settled, now - LATEST_BILLING, since) or since

    def _statuses(self) -> list[str]:
        """Order the statuses as a charge passes through them: one that moves on meanwhile is seen in its later one."""
        others = sorted(self._rules.billing_statuses.difference(LIFE_CYCLE))
        return [*LIFE_CYCLE[:-4], *others, *LIFE_CYCLE[-4:]]

    def _keep(self, page: Iterable[Charge]) -> int:
        # An archived charge changes nothing: what is known of it stays as it was.
        wanted = [
            charge for charge in page if charge.billing_status != ARCHIVED or ARCHIVED in self._rules.billing_statuses
        ]
        if not wanted:
            return 0
        with self._record.write() as tx:
            return charges.save_changed(tx, self._connection, wanted)

    def _look_for_missing(self, source: ChargeSource, seen: "_Seen", since: datetime, read: int) -> int:
        """Ask for the invoices of known charges that were not listed: they are gone, or only moved out of sight."""
        with self._record.read() as tx:
            missing = [
                (charge_id, invoice)
                for charge_id, invoice in charges.ids_since(tx, self._connection, since)
                if charge_id not in seen
            ]
        if not missing:
            return 0
        if read == 0 and len(missing) > SUSPICIOUS:
            raise CedarUnavailable(
                f"Cedar listed no charges at all where it had {len(missing)} before; nothing was changed.",
                ReasonCode.CEDAR_UNREACHABLE,
            )
        gone = {charge_id for charge_id, invoice in missing if invoice is None}
        changed = 0
        for invoice in sorted({invoice for _, invoice in missing if invoice is not None})[:MOST_QUESTIONS]:
            there = source.of_invoice(invoice)
            still = {charge.charge_id for charge in there}
            gone |= {charge_id for charge_id, on in missing if on == invoice and charge_id not in still}
            changed += self._keep(there)
        if gone:
            with self._record.write() as tx:
                charges.drop(tx, self._connection, sorted(gone))
        return changed + len(gone)

    def _complete_old_invoices(self, source: ChargeSource, window: datetime) -> int:
        """Ask for the whole of new invoices: part of them may be older than was read.

        A first reading has too many for that; then only those at the old edge of the window are asked for.
        """
        with self._record.read() as tx:
            new = charges.new_invoices(tx, self._connection, window)
        if len(new) > MOST_QUESTIONS:
            new = {invoice: newest for invoice, newest in new.items() if newest <= window + EDGE}
        return sum(self._keep(source.of_invoice(invoice)) for invoice in new)

    def _notice_new_rules(self) -> None:
        rules = RulesInForce(self._rules.digest)
        with self._record.write() as tx:
            if facts.get(tx, self._connection, RulesInForce) != rules:
                charges.mark_all(tx, self._connection)
                facts.put(tx, self._connection, rules)

    def _note_reading(self, since: datetime | None) -> None:
        """Say that a reading has begun, or that it was broken off: what was known before it stays."""
        with self._record.write() as tx:
            known = facts.get(tx, self._connection, CedarContact) or CedarContact()
            attempt = since or known.last_attempt
            facts.put(tx, self._connection, replace(known, last_attempt=attempt, reading_since=since))
        self._events.publish(Topic.CEDAR)

    def _note_problem(self, fault: CedarFault, started: datetime) -> None:
        now = self._clock.now()
        with self._record.write() as tx:
            known = facts.get(tx, self._connection, CedarContact) or CedarContact()
            same = known.problem is not None and known.problem.reason.code is fault.reason.code
            since = known.problem.since if known.problem is not None and same else now
            problem = Problem(fault.reason, since, now + self._rules.poll_every)
            facts.put(tx, self._connection, CedarContact(known.last_success, started, problem))


class _Seen:
    """The charge ids of a reading in eight bytes each, so that 100,000 of them stay below a megabyte."""

    def __init__(self) -> None:
        self._digests = array("Q")
        self._is_sorted = True

    def add(self, ids: Iterable[ChargeId]) -> None:
        self._digests.extend(_digest(charge_id) for charge_id in ids)
        self._is_sorted = False

    def __contains__(self, charge_id: ChargeId) -> bool:
        if not self._is_sorted:
            self._digests = array("Q", sorted(self._digests))
            self._is_sorted = True
        wanted = _digest(charge_id)
        place = bisect.bisect_left(self._digests, wanted)
        return place < len(self._digests) and self._digests[place] == wanted


def _digest(charge_id: ChargeId) -> int:
    return int.from_bytes(hashlib.blake2b(charge_id.encode(), digest_size=8).digest())
