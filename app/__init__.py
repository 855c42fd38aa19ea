"""Cedar Sync: Cedar ARMS invoices become sales orders in the accounting system, once and to the cent."""

PRODUCT = "Cedar Sync"
"""The name people see."""

APP_ID = "CedarSync.CedarSync"
"""Windows' name for the program: toasts and the task bar know it by this, the process and its shortcut alike."""

__version__ = "1.0.0"
"""The one place where the version number stands."""
