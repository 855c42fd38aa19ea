"""The accounting systems a connection may bring orders to. No I/O."""

from enum import StrEnum


class BooksSystem(StrEnum):
    """Which accounting system keeps a connection's books, as the settings name it."""

    QUICKBOOKS_DESKTOP = "quickbooks_desktop"
    QUICKBOOKS_ONLINE = "quickbooks_online"
