"""Commands that let us into an accounting system in the cloud: ``sign-in``, ``sign-out``."""

import os
import sys
import webbrowser
from typing import Final

import click

from app.bootstrap.connection_kit import ConnectionKit, kit_of
from app.bootstrap.installation import Installation
from app.cli.choosing import cloud_kit
from app.cli.options import connection_option, json_option, with_installation
from app.cli.output import emit, say
from app.domain.language import _

NEEDS_PERSON: Final = 1

_OPENED: Final = _(
    "A page of Intuit's opens in the browser: sign in there, and choose the company. If none opens, go to:"
)
_OPEN: Final = _("Open this address in a browser, sign in there, and choose the company:")
_COMES_BACK: Final = _("Cedar Sync waits for the browser, for {minutes} minutes at most.")
_PASTE: Final = _(
    "If the browser ends on a page that cannot be shown, or on another computer, copy the address of that page and "
    'run: cedar-sync sign-in --connection {connection} --paste "ADDRESS"'
)
_SIGNED_IN: Final = _("{connection}: signed in to company {company}.")
_SIGNED_OUT: Final = _("{connection}: signed out.")
_NOT_TOLD: Final = _(
    "{connection}: signed out on this computer, but Intuit could not be told; open QuickBooks Online, and disconnect "
    "the app under Apps."
)


@click.command("sign-in")
@click.option("--paste", metavar="URL", help="The address of the page the browser ended on, where it cannot come back.")
@connection_option
@json_option
@with_installation
def sign_in(installation: Installation, paste: str | None, connection: str | None, *, as_json: bool) -> None:
    """Sign in to QuickBooks Online in the browser."""
    kit = cloud_kit(installation, connection)
    if paste is None:
        kit = _in_browser(installation, kit)
    else:
        kit.sign_in.finish(kit.sign_in.begin(is_resumed=True).take(paste))
    company = kit.settings.destination.realm_id
    if as_json:
        emit({"connection": kit.name, "company": company})
    say(_SIGNED_IN.format(connection=kit.name, company=company))


@click.command("sign-out")
@connection_option
@json_option
@with_installation
@click.pass_context
def sign_out(context: click.Context, installation: Installation, connection: str | None, *, as_json: bool) -> None:
    """End the sign-in to QuickBooks Online; the connection keeps its company."""
    kit = cloud_kit(installation, connection)
    is_told = kit.sign_in.end()
    if as_json:
        emit({"connection": kit.name, "revoked": is_told})
    say((_SIGNED_OUT if is_told else _NOT_TOLD).format(connection=kit.name))
    context.exit(0 if is_told else NEEDS_PERSON)


def _in_browser(installation: Installation, kit: ConnectionKit) -> ConnectionKit:
    """Wait for the browser; given up by Ctrl+C, the sign-in can still be finished with ``--paste`` for a while.

    Returns:
        The connection as it is then: where somebody finished the sign-in elsewhere, its company was written there.
    """
    from app.books.quickbooks_online.grants import CallbackPortUsed, SignInFinished
    from app.books.quickbooks_online.signing_in import LIFETIME

    signing, keeps_note = kit.sign_in.begin(), False
    try:
        say(_OPENED if _opens(signing.address) else _OPEN, signing.address)
        minutes = int(LIFETIME.total_seconds() // 60)
        say(_COMES_BACK.format(minutes=minutes), _PASTE.format(connection=kit.name))
        kit.sign_in.finish(signing.wait())
    except SignInFinished as finished:
        say(str(finished))
        installation.reloads()
        return kit_of(installation, kit.name)
    except (KeyboardInterrupt, CallbackPortUsed):
        keeps_note = True
        raise
    finally:
        signing.close(keeps_note=keeps_note)
    return kit


def _opens(address: str) -> bool:
    """Have a browser open an address; without a display it would be one that takes over the terminal."""
    has_display = sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    try:
        return has_display and webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
