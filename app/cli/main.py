"""The command ``cedar-sync``: options common to all commands, and the exit code for each kind of fault."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from app import PRODUCT, __version__
from app.bootstrap.connection_kit import UnknownConnection
from app.bootstrap.online_accesses import OtherBooks
from app.cedar.faults import Cancelled, ChosenColumnMissing
from app.cli.asking import invoices, preview, show, status
from app.cli.display import desktop
from app.cli.helping import doctor, support_file
from app.cli.installing import finish_shortcut, forget_secrets, self_check
from app.cli.options import NO_FOLDER, Chosen, WrongUsage
from app.cli.ordering import hold, pull, release, resolve, resync, retry
from app.cli.output import say
from app.cli.pushing import push
from app.cli.reporting import NEEDS_PERSON, export, reconcile
from app.cli.running import demo, serve
from app.cli.setting_up import configure, qwc
from app.cli.signing import sign_in, sign_out
from app.cli.updating import check_updates
from app.diagnostics import logs
from app.domain.faults import (
    BooksRefused,
    BooksUnavailable,
    CedarRefused,
    CedarUnavailable,
    HomeUnusable,
    KnownFault,
    NotConfigured,
)
from app.store.sqlite import SqliteFile
from app.sync.service import UnknownRow
from app.system.home import RECORD, VARIABLE, default_home
from app.updates.faults import FeedFault

log = logging.getLogger(__name__)

WRONG_USAGE = 2
NOT_CONFIGURED = 3
CEDAR_REFUSED = 4
CEDAR_UNAVAILABLE = 5
HOME_UNUSABLE = 6
BUG = 70
INTERRUPTED = 130

_WENT_WRONG = "Something went wrong in Cedar Sync; nothing was lost. The log in the home folder tells support more."
_NO_WINDOW = 'There is no window here. Use "cedar-sync serve" to run it, "cedar-sync demo" to try it.'
_QUIT_OR_REPLACE = "--quit ends the program and --replace starts it anew; choose one of them."


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=PRODUCT)
@click.option("--home", help="The same as after the command.")
@click.option("--hidden", is_flag=True, help="Without a command: start in the tray, without a window.")
@click.option("--quit", "is_quit", is_flag=True, help="Without a command: end the program that runs in the tray.")
@click.option("--replace", "is_replace", is_flag=True, help="Without a command: end that program and take its place.")
@click.pass_context
def cli(context: click.Context, home: str | None, *, hidden: bool, is_quit: bool, is_replace: bool) -> None:
    """Carry Cedar invoices into QuickBooks as sales orders, once and to the cent.

    Without a command the program starts in the tray, or shows its window if it runs already.
    """
    if home is not None:
        if not home:
            raise WrongUsage(NO_FOLDER)
        # Absolute: files that name it, and programs that start here, are read from elsewhere.
        os.environ[VARIABLE] = str(Path(home).absolute())
    if context.invoked_subcommand is not None:
        return
    if is_quit and is_replace:
        raise click.UsageError(_QUIT_OR_REPLACE, context)
    found = desktop()
    if found is None:
        raise click.UsageError(_NO_WINDOW, context)
    if is_quit:
        context.exit(found.end_desktop(default_home()))
    context.exit(found.run_desktop(default_home(), hidden=hidden, replaces=is_replace))


_COMMANDS = (
    *(configure, qwc, sign_in, sign_out, serve, demo),
    *(pull, push, status, invoices, show, preview, reconcile, export),
    *(retry, resync, hold, release, resolve),
    *(doctor, support_file, check_updates),
    *(self_check, finish_shortcut, forget_secrets),
)
for command in _COMMANDS:
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code that says how it went."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 done; 1 done, but something needs a person; 2 wrong usage; 3 not configured; 4 Cedar refused; 5 Cedar cannot
        be reached; 6 home or port unusable; 70 a bug.
    """
    # Before a log is open nothing may print itself: people get one sentence.
    logging.getLogger().addHandler(logging.NullHandler())
    chosen = Chosen()
    try:
        result = cli.main(args=arguments, prog_name="cedar-sync", standalone_mode=False, obj=chosen)
    except click.ClickException as exc:
        exc.show()
        return exc.exit_code
    except (UnknownRow, UnknownConnection, OtherBooks) as exc:
        say(str(exc))
        return WRONG_USAGE
    except KnownFault as exc:
        log.warning("%s", exc)
        say(str(exc))
        return _code(exc)
    except DBAPIError as exc:
        log.exception("the record cannot be used")
        say(str(SqliteFile((chosen.home or default_home()) / RECORD).unusable(exc)))
        return HOME_UNUSABLE
    except (KeyboardInterrupt, click.Abort, Cancelled):
        return INTERRUPTED
    except Exception:
        log.exception("a bug")
        say(_WENT_WRONG)
        return BUG
    finally:
        logs.stop()
    code = result if isinstance(result, int) else 0
    complaint = logs.complaint()
    if complaint is not None and code in {0, NEEDS_PERSON}:
        say(complaint)
        return HOME_UNUSABLE
    return code


def _code(fault: KnownFault) -> int:
    match fault:
        case NotConfigured():
            return NOT_CONFIGURED
        case CedarRefused() | BooksRefused():
            # Exit codes tell apart what a script has to do, not which side it is about.
            return CEDAR_REFUSED
        case ChosenColumnMissing():
            # Cedar is well: the settings name a column it does not have.
            return NOT_CONFIGURED
        case CedarUnavailable() | FeedFault() | BooksUnavailable():
            # For a script both mean: the other side gave nothing, and asking again may help.
            return CEDAR_UNAVAILABLE
        case HomeUnusable():
            return HOME_UNUSABLE
        case _:
            return BUG
