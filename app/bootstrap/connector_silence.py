"""Why the Web Connector does not call: what is seen of it on this computer, held against what was heard of it."""

from datetime import timedelta

from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence, evidence_of
from app.books.quickbooks_desktop.web_connector.diagnosis import Diagnosis, Heard
from app.books.quickbooks_desktop.web_connector.diagnosis import diagnose as diagnose_line
from app.bootstrap.connection_kit import ConnectionKit
from app.bootstrap.installation import Installation
from app.domain.facts import BooksContact, BooksProblem, SignInRefused, standing_refusal
from app.domain.status import LEAST_SILENCE
from app.store import facts
from app.system.zone import ComputersZone


def evidence(installation: Installation) -> Evidence:
    """Look at the Web Connector on this computer; takes a moment, so never on the main thread."""
    return evidence_of(installation.web_connector.look(), ComputersZone())


def diagnose(kit: ConnectionKit, seen: Evidence) -> tuple[Diagnosis, ...]:
    """Find why the Web Connector does not call, or QuickBooks does not answer it, the worst and likeliest first."""
    with kit.installation.record.read() as tx:
        contact, problem = facts.get(tx, kit.name, BooksContact), facts.get(tx, kit.name, BooksProblem)
        refused = facts.get(tx, kit.name, SignInRefused)
    every = timedelta(minutes=kit.settings.web_connector.run_every_minutes)
    heard = Heard(
        last_contact=contact.last_contact if contact is not None else None,
        refused_at=standing_refusal(refused, contact),
        problem=problem,
        patience=max(2 * every, LEAST_SILENCE),
    )
    return diagnose_line(seen, kit.connector_line.as_it_should_be(), heard, kit.installation.clock.now())
