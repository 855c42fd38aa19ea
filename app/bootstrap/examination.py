"""The doctor's round: everything that can be amiss is looked at, and judged in ``sync/doctor``."""

import shutil

from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence
from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import ConnectionKit, kits_of
from app.bootstrap.connector_silence import diagnose
from app.bootstrap.installation import Installation
from app.domain.books_system import BooksSystem
from app.domain.facts import BooksContact, BooksProblem, SignInRefused
from app.domain.faults import CedarFault, HomeUnusable, NotConfigured
from app.store import facts
from app.store.database import translated
from app.sync.doctor import (
    Finding,
    another,
    books,
    connector,
    damaged_record,
    database_password,
    disk,
    one_company,
    port,
    pushed,
    sound_record,
    web_connector,
)
from app.sync.doctor_secrets import credential_store, intuit_app, signed_in, web_connector_password
from app.sync.neighbours import sharing
from app.system.credentials import Secret
from app.system.network import answers


def examine(installation: Installation, evidence: Evidence, *, asks_cedar: bool = True) -> list[Finding]:
    """Look at everything that can be amiss, Cedar included.

    Args:
        installation: The home.
        evidence: What was seen of the Web Connector on this computer.
        asks_cedar: Ask Cedar; otherwise its side is judged by what its last reading left.
    """
    settings, secrets, folder = installation.settings, installation.secrets, installation.home.path
    record, number = _record(installation), settings.web_connector.port
    findings = [_settings(installation), disk(shutil.disk_usage(folder).free, str(folder)), record]
    if settings.store.url:
        findings.append(database_password(is_in_file=settings.store.has_password))
    if secrets.are_the_systems:
        findings.append(credential_store(is_usable=secrets.has_store, missing=_missing_secrets(installation)))
    findings.append(port(number, is_ours=installation.is_listening(), is_taken=answers(number)))
    for kit in kits_of(installation):
        findings += _connection(kit, evidence, asks_cedar=asks_cedar, has_record=record.is_well)
    if record.is_well:
        with installation.record.read() as tx:
            named = {each.name: each.destination for each in settings.connections}
            findings += [one_company(*pair) for pair in sharing(tx, named)]
    return findings


def _settings(installation: Installation) -> Finding:
    said = "The settings can be read"
    if installation.unknown_settings:
        said += f"; these mean nothing: {', '.join(installation.unknown_settings)}"
    return Finding("settings", True, said)


def _record(installation: Installation) -> Finding:
    try:
        with translated(installation.home.record):
            complaint = installation.record.complaint()
    except HomeUnusable as fault:
        return Finding("record", False, "The record cannot be used", str(fault))
    if complaint is None:
        return sound_record(installation.service.snapshot().rescued)
    return damaged_record(complaint)


def _missing_secrets(installation: Installation) -> list[str]:
    """Name the variables that would give what is kept nowhere; a sign-in needs no store."""
    of_books = {
        BooksSystem.QUICKBOOKS_DESKTOP: Secret.WEB_CONNECTOR_PASSWORD,
        BooksSystem.QUICKBOOKS_ONLINE: Secret.QBO_CLIENT_SECRET,
    }
    return [
        installation.secrets.variable(each.name, secret)
        for each in installation.settings.connections
        for secret in (Secret.CEDAR_API_KEY, of_books[each.system])
        if installation.secrets.get(each.name, secret) is None
    ]


def _connection(kit: ConnectionKit, evidence: Evidence, *, asks_cedar: bool, has_record: bool) -> list[Finding]:
    """Look at a connection's two sides.

    Args:
        kit: The connection.
        evidence: What was seen of the Web Connector on this computer.
        asks_cedar: Ask Cedar; otherwise its side is judged by what its last reading left.
        has_record: The record can be read; without it nothing is known of the Web Connector and QuickBooks.
    """
    reason = kit.belonging.mismatch() if has_record else None
    if reason is not None:
        # Nothing is done with it before that is mended, so what else may be amiss is no matter.
        return [another(reason, kit.name)]
    is_desktop = kit.settings.system is BooksSystem.QUICKBOOKS_DESKTOP
    found = [_password(kit)] if is_desktop else _way_in(kit)
    if asks_cedar:
        found.append(_cedar(kit))
    if not has_record:
        return found
    if not asks_cedar:
        found.append(_last_of_cedar(kit))
    return [*found, *(_called(kit, evidence) if is_desktop else _pushed(kit))]


def _password(kit: ConnectionKit) -> Finding:
    secrets = kit.installation.secrets
    return web_connector_password(
        kit.name,
        is_known=kit.connector_password.get() is not None,
        given_by=kit.connector_password.given_by,
        has_store=secrets.has_store,
        variable=secrets.variable(kit.name, Secret.WEB_CONNECTOR_PASSWORD),
    )


def _way_in(kit: ConnectionKit) -> list[Finding]:
    """Look at what lets us into QuickBooks Online, without asking Intuit."""
    secrets = kit.installation.secrets
    lacks_secret = secrets.get(kit.name, Secret.QBO_CLIENT_SECRET) is None
    try:
        access = kit.access
        access.require_client()
    except NotConfigured as fault:
        needs_variable = None
        if lacks_secret and kit.settings.destination.client_id.strip() and not secrets.has_store:
            needs_variable = secrets.variable(kit.name, Secret.QBO_CLIENT_SECRET)
        return [intuit_app(kit.name, str(fault), needs_variable)]
    standing = access.keeper.standing()
    signed = signed_in(kit.name, is_signed_in=standing.is_signed_in, is_lost=standing.is_lost)
    return [intuit_app(kit.name, None), signed]


def _cedar(kit: ConnectionKit) -> Finding:
    check = f"cedar:{kit.name}"
    try:
        with cedar_side.client(kit, is_hurried=True) as client:
            missing = cedar_side.source(kit, client).columns.not_published()
    except (NotConfigured, CedarFault) as fault:
        return Finding(check, False, "Cedar cannot be read", str(fault))
    without = f"; not published: {', '.join(missing)}" if missing else ""
    return Finding(check, True, f"Cedar answers{without}")


def _last_of_cedar(kit: ConnectionKit) -> Finding:
    known = kit.cedar_contact()
    is_well = known is not None and known.problem is None and known.last_success is not None
    return Finding(f"cedar:{kit.name}", is_well, "How the last reading of Cedar went")


def _called(kit: ConnectionKit, evidence: Evidence) -> list[Finding]:
    """Look at the Web Connector's calls, at what QuickBooks said in them, and at the Web Connector itself."""
    with kit.installation.record.read() as tx:
        contact, problem = facts.get(tx, kit.name, BooksContact), facts.get(tx, kit.name, BooksProblem)
        refused = facts.get(tx, kit.name, SignInRefused)
    now, given_by = kit.installation.clock.now(), kit.connector_password.given_by
    called = web_connector(contact, refused, kit.settings.calls_every, now, kit.name, given_by)
    amiss = connector(diagnose(kit, evidence), kit.connector_line.name, kit.name, given_by)
    return [called, books(problem, kit.name), *amiss]


def _pushed(kit: ConnectionKit) -> list[Finding]:
    """Look at when QuickBooks Online was reached last, and at what it said."""
    with kit.installation.record.read() as tx:
        contact, problem = facts.get(tx, kit.name, BooksContact), facts.get(tx, kit.name, BooksProblem)
    was_pushed = contact is not None and contact.last_session_end is not None
    reached = pushed(contact, kit.settings.calls_every, kit.installation.clock.now(), kit.name)
    return [reached, books(problem, kit.name, was_pushed=was_pushed)]
