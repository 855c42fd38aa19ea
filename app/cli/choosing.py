"""Which connections a command is for that makes sense for one kind of accounting system alone."""

from typing import Final

import click

from app.bootstrap.connection_kit import ConnectionKit, kits_of
from app.bootstrap.installation import Installation
from app.bootstrap.online_accesses import OtherBooks
from app.cli.options import WrongUsage
from app.domain.books_system import BooksSystem
from app.domain.language import _
from app.sync.belonging import refusal

_SEVERAL: Final = _("There are several connections to QuickBooks Online; name one with --connection.")
_SEVERAL_DESKTOP: Final = _("There are several connections; name one with --connection.")
_NO_WEB_CONNECTOR: Final = _(
    'The connection "{connection}" goes to QuickBooks Online, which needs no Web Connector and no .QWC file; '
    "cedar-sync sign-in --connection {connection} lets Cedar Sync in."
)


def cloud_kits(installation: Installation, name: str | None) -> list[ConnectionKit]:
    """Give the connections that are meant whose books are in the cloud.

    Raises:
        UnknownConnection: If there is none of that name.
        SettingsOfAnother: If none goes there any more, and the settings would make one of them another one.
        OtherBooks: If none that is meant goes there.
    """
    named = kits_of(installation, name)
    kits = [kit for kit in named if kit.settings.system is not BooksSystem.QUICKBOOKS_DESKTOP]
    if not kits:
        for reason in (kit.belonging.mismatch() for kit in named):
            if reason is not None:
                # It went there until the settings were changed.
                raise refusal(reason)
        raise OtherBooks(name)
    return kits


def cloud_kit(installation: Installation, name: str | None) -> ConnectionKit:
    """Give the one connection that is meant.

    Raises:
        UnknownConnection: If there is none of that name.
        OtherBooks: If none that is meant goes to the cloud.
        UsageError: If several do.
    """
    kits = cloud_kits(installation, name)
    if len(kits) > 1:
        raise click.UsageError(_SEVERAL)
    return kits[0]


def desktop_kit(installation: Installation, name: str | None) -> ConnectionKit:
    """Give the one connection that is meant whose books the Web Connector reaches.

    Raises:
        UnknownConnection: If there is none of that name.
        WrongUsage: If none that is meant needs the Web Connector.
        UsageError: If several do.
    """
    meant = kits_of(installation, name)
    kits = [kit for kit in meant if kit.settings.system is BooksSystem.QUICKBOOKS_DESKTOP]
    if not kits:
        raise WrongUsage(_NO_WEB_CONNECTOR.format(connection=meant[0].name))
    if len(kits) > 1:
        raise click.UsageError(_SEVERAL_DESKTOP)
    return kits[0]
