"""Why the program stands still although it stays up: in words, with what a person can do about it. No Qt."""

from dataclasses import dataclass

from app.domain.faults import NoRoom, PortUsed, RecordUnreachable, StoreUnusable
from app.ui import texts


@dataclass(frozen=True, slots=True)
class Standstill:
    """A trouble that a person can mend while the program waits."""

    line: str
    """What it is, in a few words."""
    why: str
    fix: str
    port: int = 0
    """The port that another program has; 0 if that is not the trouble."""

    heals: bool = False
    """It is tried again by itself."""

    @property
    def may_set_up(self) -> bool:
        """Tell whether going through the wizard again can help."""
        return not self.port and not self.heals


def standstill_of(fault: Exception) -> Standstill | None:
    """Tell what kept the core from starting; None where staying up would help nobody."""
    match fault:
        case PortUsed(port=port):
            line, why = texts.PORT_LINE.format(port=port), texts.PORT_WHY.format(port=port)
            return Standstill(line, why, texts.PORT_FIX, port)
        case StoreUnusable():
            return Standstill(texts.STORE_LINE, texts.STORE_WHY, texts.STORE_FIX)
        case NoRoom(line=line, fix=fix):
            return Standstill(line, fix, texts.RECORD_FIX, heals=True)
        case RecordUnreachable():
            return Standstill(texts.RECORD_LINE, str(fault), texts.RECORD_FIX, heals=True)
        case _:
            return None
