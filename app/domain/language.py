"""The language people read: every text is written in English, and looked up here where it is said. No I/O.

Rule: texts are constants, so the catalogue is put in force before any other part of the program is imported. Names in
braces are filled in afterwards: a text is never looked up with names already in it.
"""

from typing import Protocol


class Catalogue(Protocol):
    """Translations of the texts, as ``gettext`` has them."""

    def gettext(self, message: str, /) -> str:
        """Give a text in the language of the catalogue; the text itself where it has none."""

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        """Give the form of a text for a number."""


class English:
    """The texts as they are written."""

    def gettext(self, message: str) -> str:
        """Give the text."""
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Give one of the two forms English has."""
        return one if number == 1 else many


_catalogue: Catalogue = English()


def speak(catalogue: Catalogue) -> None:
    """Say everything in another language from now on."""
    global _catalogue
    _catalogue = catalogue


def _(message: str) -> str:
    """Give a text in the language in force."""
    return _catalogue.gettext(message)


def n_(one: str, many: str) -> tuple[str, str]:
    """Mark two forms of a text for translation; `plural` chooses between them, and any more the language has."""
    return one, many


def plural(forms: tuple[str, str], count: int) -> str:
    """Give the form of a text for a number, with the number in its place; other braces stay for the caller."""
    return _catalogue.ngettext(*forms, count).replace("{count}", f"{count:,}")
