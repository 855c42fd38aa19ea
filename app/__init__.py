"""Cedar Sync: Cedar ARMS invoices become sales orders in the accounting system, once and to the cent."""

PRODUCT = "Cedar Sync"
"""The name people see."""

__version__ = "1.0.0"
"""The one place where the version number stands."""
