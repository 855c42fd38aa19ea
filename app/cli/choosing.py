"""Which connections a command for accounting systems in the cloud is for."""

from typing import Final

import click

from app.bootstrap import ConnectionKit, Installation, OtherBooks
from app.domain.books_system import BooksSystem
from app.domain.language import _
from app.sync.belonging import refusal

_SEVERAL: Final = _("There are several connections to QuickBooks Online; name one with --connection.")


def cloud_kits(installation: Installation, name: str | None) -> list[ConnectionKit]:
    """Give the connections that are meant whose books are in the cloud.

    Raises:
        UnknownConnection: If there is none of that name.
        SettingsOfAnother: If none goes there any more, and the settings would make one of them another one.
        OtherBooks: If none that is meant goes there.
    """
    named = installation.kits(name)
    kits = [kit for kit in named if kit.system is not BooksSystem.QUICKBOOKS_DESKTOP]
    if not kits:
        for reason in (kit.mismatch() for kit in named):
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
