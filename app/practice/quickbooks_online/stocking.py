"""A company stocked with the practice railroad's customers and items, and with the same gaps as the Desktop company."""

from __future__ import annotations

from typing import Final

from app.practice.cedar import PracticeRailroad
from app.practice.quickbooks_online.company import Clock, OnlineCompany, computer_clock
from app.practice.quickbooks_online.desk import Desk

REALM_ID: Final = "9130350000000001"
"""The practice company's id; like real ones too large for 32 bits."""


def stocked_online(
    railroad: PracticeRailroad, *, realm_id: str = REALM_ID, clock: Clock = computer_clock
) -> OnlineCompany:
    """Make a company with the railroad's customers and items, but for those that are meant to be missing.

    Args:
        railroad: Whose customers and items.
        realm_id: The company's id.
        clock: Tells the practice time.
    """
    company = OnlineCompany(realm_id, railroad.name, clock)
    desk = Desk(company)
    desk.add_account("Freight Income")
    for gl_number, customer in sorted(railroad.gl_numbers().items()):
        if gl_number not in railroad.missing_customers:
            is_active = gl_number not in railroad.inactive_customers
            desk.add_customer(gl_number, company_name=customer, is_active=is_active)
    for service_type in sorted(railroad.service_types()):
        if service_type not in railroad.missing_items:
            desk.add_item(service_type)
    return company
