"""A credential store for tests, in a module of its own: the programs that are started again and again import little."""

from __future__ import annotations

from app.domain.faults import HomeUnusable, NotConfigured
from app.system.credentials import LONGEST, Secret, length_of


class Store:
    """A credential store with the real one's limit, or none; with a variable beside it."""

    def __init__(self, *, is_there: bool = True, variable: str = "") -> None:
        self.kept: dict[tuple[str, Secret], str] = {}
        self.is_there = is_there
        self.variable = variable

    def get(self, connection: str, secret: Secret) -> str | None:
        return (self.variable if secret is Secret.QBO_REFRESH_TOKEN else "") or self.stored(connection, secret)

    def stored(self, connection: str, secret: Secret) -> str | None:
        return self.kept.get((connection, secret)) if self.is_there else None

    def put(self, connection: str, secret: Secret, value: str) -> None:
        if not self.is_there:
            raise HomeUnusable("no store")
        if length_of(value) > LONGEST:
            raise NotConfigured("too long")
        self.kept[connection, secret] = value
