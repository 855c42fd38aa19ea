"""Commands that set up: ``configure``, ``qwc``."""

import re
import sys
from pathlib import Path

import click

from app.books.quickbooks_desktop.web_connector.qwc_file import render
from app.bootstrap import another_connection
from app.bootstrap.connection_kit import ConnectionKit
from app.bootstrap.installation import Installation
from app.cli.choosing import desktop_kit
from app.cli.options import WrongUsage, connection_option, home_option, usable_home, with_installation
from app.cli.output import emit_text, say
from app.domain.faults import HomeUnusable, NotConfigured
from app.domain.language import _
from app.sync.belonging import refusal
from app.system.credentials import STORE, Secret, SystemCredentials
from app.system.settings import DEFAULT_CONNECTION
from app.system.settings_file import NAME, drafted
from app.system.settings_words import WrongSetting

_FIELDS = {
    "region": "cedar.region",
    "base_url": "cedar.base_url",
    "carrier": "cedar.carrier",
    "assume_user": "cedar.assume_user",
    "billing_statuses": "cedar.billing_statuses",
    "poll_minutes": "cedar.poll_minutes",
    "lookback_days": "cedar.lookback_days",
    "time_zone": "cedar.time_zone",
    "kind": "destination.kind",
    "document": "destination.document",
    "company_file": "destination.company_file",
    "environment": "destination.environment",
    "client_id": "destination.client_id",
    "redirect_url": "destination.redirect_url",
    "api_url": "destination.api_url",
    "oauth_url": "destination.oauth_url",
    "push_minutes": "destination.push_minutes",
    "missing_customers": "destination.missing_customers",
    "missing_items": "destination.missing_items",
    "income_account": "destination.income_account",
    "on_edited": "destination.on_edited",
    "on_void": "destination.on_void",
    "username": "web_connector.username",
    "run_every_minutes": "web_connector.run_every_minutes",
}
_OPTIONS = {path: f"--{name.replace('_', '-')}" for name, path in _FIELDS.items()} | {
    "name": "--connection",
    "cedar.billing_statuses": "--billing-status",
    "web_connector.port": "--port",
    "store.url": "--database-url",
}
"""By setting: the option that writes it."""
_NO_KEY = "No key came on standard input; paste it, or pipe it in."
_NO_CLIENT_SECRET = "No client secret came on standard input; paste it, or pipe it in."  # noqa: S105 (a sentence)
_NO_PASSWORD = "No password came on standard input; paste it, or pipe it in."  # noqa: S105 (a sentence)

_STARTED_ANEW = _(
    "The connection {connection} starts anew. What was known of it is in {copy}; what is in QuickBooks stays there, "
    "and is found again by its memo."
)
_SHOWN = _(
    "The password was shown when it was made; cedar-sync qwc --connection {connection} --new-password makes another."
)
_GIVEN = _("The password for the Web Connector is the one in the variable {variable}.")
_VARIABLE_WINS = _(
    "The variable {variable} gives the password and would win over a new one; change it there, or take the variable "
    "away first. Nothing was changed."
)

_COLUMNS = ("gl_number", "quantity", "rate", "invoice_date", "currency")


@click.command()
@home_option
@click.option("--connection", "--name", default=DEFAULT_CONNECTION, show_default=True, metavar="NAME")
@click.option("--port", type=int, help="The port the Web Connector calls.")
@click.option("--region", help="us or eu.")
@click.option("--base-url", help="Another Cedar server; empty for the region's own.")
@click.option("--carrier", help="The carrier's number in Cedar.")
@click.option("--assume-user", help="The e-mail address of the Cedar user.")
@click.option("--billing-status", "billing_statuses", multiple=True, help="A status that may sync; may be repeated.")
@click.option("--poll-minutes", type=int)
@click.option("--lookback-days", type=int)
@click.option("--time-zone", help="The carrier's zone, such as America/Chicago.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=KEY", help=f"Fields: {', '.join(_COLUMNS)}.")
@click.option("--kind", help="quickbooks_desktop or quickbooks_online.")
@click.option("--document", help="sales_order, estimate or invoice.")
@click.option("--company-file", help="The path of the company file; empty for whichever is open.")
@click.option("--environment", help="QuickBooks Online: production or sandbox.")
@click.option("--client-id", help="QuickBooks Online: the client id of the Intuit app.")
@click.option("--redirect-url", help="QuickBooks Online: where Intuit sends the browser back to.")
@click.option("--api-url", help="QuickBooks Online: another server; empty for Intuit's.")
@click.option("--oauth-url", help="QuickBooks Online: another server for sign-in and tokens; empty for Intuit's.")
@click.option("--push-minutes", type=int, help="QuickBooks Online: how often work is pushed.")
@click.option("--missing-customers", help="fail or create.")
@click.option("--missing-items", help="fail or create.")
@click.option("--income-account", help="The account for items that are created.")
@click.option("--on-edited", help="ask, overwrite or keep.")
@click.option("--on-void", help="ask, close or delete.")
@click.option("--shorten-numbers/--no-shorten-numbers", default=None)
@click.option("--username", help="The Web Connector's user name for this connection.")
@click.option("--run-every-minutes", type=int)
@click.option(
    "--database-url",
    help="A record several computers share, postgresql+psycopg://USER@SERVER/DATABASE; empty for none.",
)
@click.option(
    "--database-password-stdin",
    is_flag=True,
    help="Read the database's password from standard input into the credential store.",
)
@click.option(
    "--client-secret-stdin",
    is_flag=True,
    help="Read the client secret of the Intuit app from standard input into the credential store.",
)
@click.option("--api-key-stdin", is_flag=True, help="Read the Cedar key from standard input into the credential store.")
@click.option(
    "--start-anew",
    is_flag=True,
    help="Give up what is known of a connection that now has another carrier, server, accounting system or name.",
)
def configure(
    home: Path,
    connection: str,
    port: int | None,
    columns: tuple[str, ...],
    shorten_numbers: bool | None,  # noqa: FBT001
    database_url: str | None,
    *,
    database_password_stdin: bool,
    client_secret_stdin: bool,
    api_key_stdin: bool,
    start_anew: bool,
    **given: object,
) -> None:
    """Write settings without a window; what is not named stays as it is."""
    usable_home(home)
    if sum((api_key_stdin, client_secret_stdin, database_password_stdin)) > 1:
        raise click.UsageError("Standard input brings one secret at a time; run configure twice.")
    changes: dict[str, object] = {
        _FIELDS[name]: list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value is not None and value != ()
    }
    for column in columns:
        field, separator, key = column.partition("=")
        if field not in _COLUMNS or not separator:
            raise click.UsageError(f'--column takes FIELD=KEY with one of {", ".join(_COLUMNS)}, not "{column}".')
        changes[f"cedar.columns.{field}"] = key
    if shorten_numbers is not None:
        changes["destination.shorten_numbers"] = shorten_numbers
    try:
        draft = drafted(home, connection, changes, port, database_url=database_url)
    except WrongSetting as wrong:
        option = _option(wrong.path)
        if wrong.is_written or option is None:
            raise
        raise NotConfigured(wrong.said_of(option)) from wrong
    settings = draft.settings
    if start_anew:
        with Installation(home, settings=settings) as installation:
            copy = another_connection.start_anew(installation, connection)
        say(_STARTED_ANEW.format(connection=connection, copy=copy))
    elif (reason := another_connection.would_be_another(home, connection, settings)) is not None:
        raise refusal(reason)
    draft.write()
    say(f"Settings written to {home / NAME}.")
    is_only = len(settings.connections) == 1
    if api_key_stdin:
        _keep(connection, Secret.CEDAR_API_KEY, _NO_KEY, is_only=is_only)
        say("The Cedar key is in the credential store.")
    if client_secret_stdin:
        _keep(connection, Secret.QBO_CLIENT_SECRET, _NO_CLIENT_SECRET, is_only=is_only)
        say("The client secret is in the credential store.")
    if database_password_stdin:
        _keep(STORE, Secret.DATABASE_PASSWORD, _NO_PASSWORD, is_only=is_only)
        say("The database's password is in the credential store.")


def _option(path: str) -> str | None:
    """Give the option a setting is written with; None where there is none."""
    field = re.sub(r"^connections\[\d+\]\.", "", path)
    if field.startswith("cedar.columns."):
        return "--column"
    return _OPTIONS.get(field)


def _keep(name: str, secret: Secret, missing: str, *, is_only: bool) -> None:
    value = sys.stdin.readline().strip()
    if not value:
        raise NotConfigured(missing)
    try:
        SystemCredentials(is_only_connection=is_only).put(name, secret, value)
    except HomeUnusable as exc:
        # Without a store there is no key, however sound the home is.
        raise NotConfigured(str(exc)) from exc


@click.command()
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output without it.")
@click.option("--new-pair", is_flag=True, help="Make a new OwnerID and FileID, to repair error QBWC1039.")
@click.option("--new-password", is_flag=True, help="Make a new password for the Web Connector, and show it once.")
@connection_option
@with_installation
def qwc(
    installation: Installation, output: Path | None, connection: str | None, *, new_pair: bool, new_password: bool
) -> None:
    """Write the .QWC file that adds Cedar Sync to the Web Connector."""
    kit = desktop_kit(installation, connection)
    if new_password and kit.connector_password.given_by is not None:
        raise WrongUsage(_VARIABLE_WINS.format(variable=kit.connector_password.given_by))
    if new_pair:
        kit.connector_line.renew_identity()
    content = render(kit.connector_line.application()).decode()
    if output is None:
        emit_text(content)
    else:
        try:
            output.write_text(content, encoding="utf-8", newline="\n")
        except OSError as exc:
            raise HomeUnusable(f"{output} cannot be written ({exc.strerror}); choose another place.") from exc
        say(f"Written: {output}. Open it on the QuickBooks computer with the company file open and you as Admin.")
    _tell_password(kit, is_new=new_password)


def _tell_password(kit: ConnectionKit, *, is_new: bool) -> None:
    given_by = kit.connector_password.given_by
    if given_by is not None:
        say(_GIVEN.format(variable=given_by))
        return
    try:
        password = kit.connector_password.to_show(is_new=is_new)
    except HomeUnusable as exc:
        if is_new:
            raise
        # The file is good all the same; whoever runs without a credential store sets the password by variable.
        say(str(exc))
        return
    if password is None:
        say(_SHOWN.format(connection=kit.name))
    else:
        say(f"Password for the Web Connector, shown this once: {password}")
