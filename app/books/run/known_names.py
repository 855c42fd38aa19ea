"""Customers and items as one run knows them: each name is looked up once, and anew after any change. No I/O."""

from collections.abc import Iterable, Mapping, Sequence

from app.books.port import Ledger
from app.domain.books_names import BooksName, NameKind
from app.domain.plain_text import name_key


class KnownNames:
    """The ledger's list entries by name. While a run goes on, nobody but the run changes them."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        self._ledger = ledger
        self._found: dict[tuple[NameKind, str], BooksName | None] = {}

    def find(self, kind: NameKind, wanted: Iterable[str]) -> Mapping[str, BooksName]:
        """Look names up, keyed by `name_key`; one that nobody has, or that several entries share, is missing."""
        keys = {name_key(name): name for name in wanted}
        if unknown := {key: name for key, name in keys.items() if (kind, key) not in self._found}:
            found = self._ledger.names(kind, unknown.values())
            self._found |= {(kind, key): found.get(key) for key in unknown}
        known = ((key, self._found[kind, key]) for key in keys)
        return {key: entry for key, entry in known if entry is not None}

    def keep(self, entries: Sequence[BooksName]) -> None:
        """Keep list entries."""
        self._ledger.keep_names(entries)
        self._found.clear()

    def replace(self, entries: Sequence[BooksName]) -> None:
        """Keep these list entries in place of all known ones."""
        self._ledger.replace_names(entries)
        self._found.clear()

    def forget(self, kind: NameKind, wanted: Iterable[str]) -> None:
        """Drop names that turned out to be stale."""
        self._ledger.forget_names(kind, wanted)
        self._found.clear()
