"""What an edition of QuickBooks Desktop can hold, as far as its name tells. Pure."""

_CAN = ("enterprise", "premier", "accountant")
_CANNOT = ("pro", "simple", "mac")


def can_hold_sales_orders(product: str) -> bool | None:
    """Tell from QuickBooks' product name whether it has sales orders; None if the name does not say.

    Whole words count: "Professional Services" is an edition of Premier, not Pro.
    """
    words = product.casefold().replace(":", " ").replace(",", " ").split()
    if any(word in _CAN for word in words):
        return True
    return False if any(word in _CANNOT for word in words) else None
