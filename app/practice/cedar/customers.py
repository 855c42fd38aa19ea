"""The carrier's customers: what `/ims/customers` answers.

Rule: made from the charges themselves, and without GL numbers, which the real service does not publish here either.
"""

import re
import unicodedata
import uuid

from app.practice.cedar.charge_table import ChargeTable
from app.practice.cedar.messages import CustomerAnswer, CustomersAnswer, LocationAnswer

_NAMESPACE = uuid.UUID("5b1f6a1e-7c57-4f0e-9d3c-2a8f3f1c9b10")
_FIRST_RESOURCE = 7_000


def customers_of(table: ChargeTable) -> CustomersAnswer:
    """List every customer of the charges with its locations, by name."""
    found: dict[str, dict[str, str]] = {}
    for charge in table.snapshot()[1]:
        locations = found.setdefault(charge.customer, {})
        locations.setdefault(charge.customer_location, charge.currency or "USD")
    return CustomersAnswer(
        customers=[
            _customer(_FIRST_RESOURCE + 100 * number, name, found[name]) for number, name in enumerate(sorted(found))
        ]
    )


def _customer(resource_id: int, name: str, locations: dict[str, str]) -> CustomerAnswer:
    """Describe one customer."""
    code = _code(name)
    return CustomerAnswer(
        resource_id=resource_id,
        uuid=str(uuid.uuid5(_NAMESPACE, name)),
        name=name,
        block_code_prefix=code,
        printed_name=name.upper(),
        scac=code,
        locations=[
            LocationAnswer(
                resource_id=resource_id + number,
                uuid=str(uuid.uuid5(_NAMESPACE, f"{name}/{location}")),
                name=location,
                abbreviated_name=location[:12],
                block_code=f"{code}{number:02d}",
                currency_code=locations[location],
            )
            for number, location in enumerate(sorted(locations), start=1)
        ],
    )


def _code(name: str) -> str:
    """Make the four letters a railroad would call the customer by."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    return re.sub(r"[^A-Z]", "", plain)[:4].ljust(4, "X")
