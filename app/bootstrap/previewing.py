"""What would happen to each row, without anything happening: Cedar is read into a copy that is thrown away."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.domain.values import replace
from app.store.database import translated
from app.sync.preview import PreviewedRow, preview
from app.system.settings import StoreSettings


def previewed_rows(installation: Installation, names: Sequence[str], *, is_hurried: bool = False) -> list[PreviewedRow]:
    """Read Cedar into a scratch copy, and predict what would happen to each row of some connections."""
    with scratch(installation) as copy:
        found: list[PreviewedRow] = []
        for name in names:
            kit = kit_of(copy, name)
            cedar_side.pull(kit, is_hurried=is_hurried)
            found += preview(copy.record, name, kit.settings.system, kit.settings.destination.customers)
        return found


@contextmanager
def scratch(installation: Installation) -> Iterator[Installation]:
    """Open a copy of an installation that forgets everything at the end."""
    file = installation.home.record
    with tempfile.TemporaryDirectory(prefix="cedar-sync-preview-") as folder, translated(file):
        home = Path(folder)
        installation.record.copy_to(home / file.name)
        settings = replace(installation.settings, store=StoreSettings())
        with Installation(
            home, settings=settings, credentials=installation.credentials, clock=installation.clock
        ) as copy:
            yield copy
