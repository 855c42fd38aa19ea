"""The doctor's findings about secrets: the store they are in, the password, what lets us into the cloud. No I/O here.

Rule: every fix is one that works on the computer it is told on, with a credential store or without.
"""

from collections.abc import Sequence
from typing import Final

from app.domain.language import _
from app.sync.doctor import Finding

_STORE: Final = _("The credential store can be used")
_NO_STORE_NEEDED: Final = _("There is no credential store that can be used; variables give the secrets")
_NO_STORE: Final = _("There is no credential store that can be used, and secrets are missing")
_SET_VARIABLES: Final = _(
    "Unlock or install the credential store, or give the secrets by variables, for every start of Cedar Sync: "
    "{variables}."
)
_SET_VARIABLE: Final = _("Set the variable {variable}, for every start of Cedar Sync.")

_PASSWORD_GIVEN: Final = _("The Web Connector's password is the one in the variable {variable}")
_PASSWORD_KEPT: Final = _("The Web Connector's password is kept")
_NO_PASSWORD: Final = _("There is no password for the Web Connector")
_MAKE_PASSWORD: Final = _(
    "cedar-sync qwc --connection {connection} --new-password makes one and shows it once; type it in the Web Connector."
)
_SET_PASSWORD: Final = _(
    "Set the variable {variable} to a password of your own, for every start of Cedar Sync, and type the same one in "
    "the Web Connector."
)

_APP_WELL: Final = _("The client id and the client secret of the Intuit app are there")
_APP_AMISS: Final = _("The Intuit app cannot be used")
_SIGNED_IN: Final = _("Cedar Sync is signed in to QuickBooks Online")
_LOST: Final = _("The sign-in to QuickBooks Online has ended")
_NEVER_SIGNED_IN: Final = _("Nobody has signed in to QuickBooks Online yet")
_SIGN_IN: Final = _("cedar-sync sign-in --connection {connection} opens the browser; sign in there. Nothing is lost.")


def credential_store(*, is_usable: bool, missing: Sequence[str]) -> Finding:
    """Judge the computer's credential store.

    Args:
        is_usable: It answers.
        missing: The variables that would give what is kept nowhere.
    """
    check = "credential_store"
    if is_usable:
        return Finding(check, True, _STORE)
    if not missing:
        return Finding(check, True, _NO_STORE_NEEDED)
    return Finding(check, False, _NO_STORE, _SET_VARIABLES.format(variables=", ".join(missing)))


def web_connector_password(
    connection: str, *, is_known: bool, given_by: str | None, has_store: bool, variable: str
) -> Finding:
    """Judge the password of the Web Connector.

    Args:
        connection: The connection.
        is_known: There is one.
        given_by: The variable it comes from; None if it comes from the store.
        has_store: A new one could be kept.
        variable: The variable that could give one.
    """
    check = f"password:{connection}"
    if given_by is not None:
        return Finding(check, True, _PASSWORD_GIVEN.format(variable=given_by))
    if is_known:
        return Finding(check, True, _PASSWORD_KEPT)
    fix = _MAKE_PASSWORD.format(connection=connection) if has_store else _SET_PASSWORD.format(variable=variable)
    return Finding(check, False, _NO_PASSWORD, fix)


def intuit_app(connection: str, complaint: str | None, needs_variable: str | None = None) -> Finding:
    """Judge the client id and the client secret.

    Args:
        connection: The connection.
        complaint: What is missing, with what to do; None if nothing is.
        needs_variable: The variable that has to give the secret, where there is no store to put it in.
    """
    check = f"intuit_app:{connection}"
    if complaint is None:
        return Finding(check, True, _APP_WELL)
    fix = complaint if needs_variable is None else _SET_VARIABLE.format(variable=needs_variable)
    return Finding(check, False, _APP_AMISS, fix)


def signed_in(connection: str, *, is_signed_in: bool, is_lost: bool) -> Finding:
    """Judge the sign-in to QuickBooks Online."""
    check = f"sign_in:{connection}"
    if is_signed_in and not is_lost:
        return Finding(check, True, _SIGNED_IN)
    return Finding(check, False, _LOST if is_lost else _NEVER_SIGNED_IN, _SIGN_IN.format(connection=connection))
