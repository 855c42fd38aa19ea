"""The list of customers."""

import httpx
import pytest

from app.practice.cedar import CedarSandbox, PracticeRailroad
from tests.practice.cedar.caller import CUSTOMERS, Caller, client_of


def test_customers_come_with_locations_and_without_gl_numbers(caller: Caller, railroad: PracticeRailroad) -> None:
    customers = caller.post(CUSTOMERS, {"carrierId": 1234})["customers"]
    assert {customer["name"] for customer in customers} == {c.customer for c in railroad.charges.values()}
    assert set(customers[0]) == {
        "resourceId",
        "uuid",
        "name",
        "blockCodePrefix",
        "printedName",
        "scac",
        "locations",
    }
    locations = [location for customer in customers for location in customer["locations"]]
    assert {location["name"] for location in locations} == {
        charge.customer_location for charge in railroad.charges.values()
    }
    assert not any("gl" in key.lower() for location in locations for key in location)
    ids = [place["resourceId"] for place in (*customers, *locations)]
    assert len(set(ids)) == len(ids)


def test_needs_no_carrier_header(sandbox: CedarSandbox) -> None:
    with client_of(sandbox) as client:
        del client.headers["Carrier"]
        assert client.post(CUSTOMERS, json={"carrierId": 1234}).status_code == 200


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("", {"carrierId": 1234}, 400),
        ("?carrierId=1234&carrierId=1234", {"carrierId": 1234}, 400),
        ("?carrierId=99", {"carrierId": 99}, 403),
        ("?carrierId=1234", {"carrierId": 99}, 403),
        ("?carrierId=1234", {"carrierId": "1234"}, 400),
        ("?carrierId=1234", {}, 400),
    ],
)
def test_carrier_must_be_named_twice_and_alike(client: httpx.Client, query: str, body: object, status: int) -> None:
    assert client.post(f"/ims/customers{query}", json=body).status_code == status


def test_carrier_may_be_a_name(railroad: PracticeRailroad) -> None:
    with CedarSandbox(railroad, carrier="PSLR") as sandbox, client_of(sandbox, Carrier="PSLR") as client:
        answer = client.post("/ims/customers?carrierId=PSLR", json={"carrierId": "PSLR"})
        assert answer.status_code == 200
