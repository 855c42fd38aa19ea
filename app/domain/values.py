"""Values: records that never change; another one is made in their place. No I/O.

They are msgspec's structs: made, copied and compared in C, a quarter of the time an order would take otherwise. A plain
dataclass is as good wherever few are made. Those that are made by the thousand and lead back to nothing, such as lines,
say ``gc=False``: the collector of cycles need not look at them.
"""

from dataclasses import replace as _replace_dataclass
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace as _replace_struct

__all__ = ["Struct", "field", "replace"]

if TYPE_CHECKING:
    # Type checkers know the fields of both kinds by this name alone.
    from dataclasses import replace
else:

    def replace(value: Any, /, **changes: Any) -> Any:  # noqa: ANN401 (its types are those of dataclasses' replace)
        """Give a value like another, with some fields changed."""
        return (_replace_struct if isinstance(value, Struct) else _replace_dataclass)(value, **changes)
