"""What the practice world says to people, in one place, so that it can be translated."""

from typing import Final

NOT_REACHED: Final = "The practice Web Connector cannot reach Cedar Sync at the moment; it calls again by itself."
