"""The client against the practice Cedar, which was written from the same documentation by other hands."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.cedar.client import CedarClient
from app.cedar.columns import ColumnMap, resolve_columns
from app.cedar.faults import PassingFault
from app.cedar.query import ChargeQuery
from app.domain.charge import Charge
from app.domain.faults import CedarRefused, CedarUnavailable
from app.domain.money import ZERO
from app.practice.cedar import CedarSandbox, PracticeRailroad, short_line
from tests.cedar.stand_in import patient

INVOICED = ChargeQuery(billing_status="INVOICED")


@pytest.fixture(scope="module")
def railroad() -> PracticeRailroad:
    return short_line(60)


@pytest.fixture
def sandbox(railroad: PracticeRailroad) -> Iterator[CedarSandbox]:
    with CedarSandbox(railroad) as running:
        yield running


@pytest.fixture
def client(sandbox: CedarSandbox) -> Iterator[CedarClient]:
    with client_of(sandbox) as made:
        yield made


def client_of(sandbox: CedarSandbox, api_key: str = "practice-key") -> CedarClient:
    return CedarClient(
        region="us",
        base_url=sandbox.base_url,
        carrier="1234",
        assume_user="books@prairie.example",
        api_key=api_key,
        time_zone=ZoneInfo("America/Regina"),
        retry=patient(attempts=4),
    )


def columns_of(client: CedarClient) -> ColumnMap:
    return resolve_columns(client.table_definition(), {})


def read(client: CedarClient, query: ChargeQuery, page_size: int = 500) -> list[Charge]:
    return [charge for page in client.charges(columns_of(client), query, page_size) for charge in page]


@pytest.mark.parametrize("page_size", [1, 7, 500])
def test_every_charge_arrives_once(client: CedarClient, railroad: PracticeRailroad, page_size: int) -> None:
    query = ChargeQuery(invoice=next(iter(railroad.invoices()))) if page_size == 1 else INVOICED
    expected = {
        str(charge.charge_id)
        for charge in railroad.charges.values()
        if query.invoice in {None, charge.invoice} and query.billing_status in {None, charge.billing_status}
    }
    charges = read(client, query, page_size)
    assert len(charges) == len(expected) > 0
    assert {charge.charge_id for charge in charges} == expected


def test_what_arrives_is_what_the_railroad_holds(client: CedarClient, railroad: PracticeRailroad) -> None:
    for charge in read(client, ChargeQuery()):
        held = railroad.charges[int(charge.charge_id)]
        assert charge.billing_status == held.billing_status
        assert charge.invoice == held.invoice
        assert charge.gl_number == (held.gl_code or "").strip() or (charge.gl_number is None and not held.gl_code)
        assert charge.service_type == held.service_type
        assert charge.quantity == held.quantity
        assert charge.rate == held.rate
        assert charge.currency == held.currency
        assert charge.invoice_date == held.invoice_date
        assert charge.applied_at == held.applied_at
        if held.amount is not None and held.amount == held.amount.quantize(Decimal("0.01")):
            assert charge.amount == held.amount


def test_rows_add_up_to_the_summary(client: CedarClient) -> None:
    charges = read(client, INVOICED)
    summary = client.summary(INVOICED, columns_of(client))
    assert summary == client.summary(INVOICED)
    assert summary.count == len(charges)
    assert summary.amount == sum((charge.amount or ZERO for charge in charges), ZERO)
    moments = [charge.applied_at for charge in charges if charge.applied_at is not None]
    assert (summary.first_applied_at, summary.last_applied_at) == (min(moments), max(moments))


def test_range_of_moments_includes_its_ends(client: CedarClient) -> None:
    moments = sorted({charge.applied_at for charge in read(client, INVOICED) if charge.applied_at is not None})
    since, until = moments[3], moments[-4]
    charges = read(client, ChargeQuery("INVOICED", since, until))
    assert {charge.applied_at for charge in charges} == {moment for moment in moments if since <= moment <= until}
    assert read(client, ChargeQuery("INVOICED", until + timedelta(days=400))) == []


def test_carrier_with_the_published_columns_only(railroad: PracticeRailroad) -> None:
    with CedarSandbox(railroad, columns="subset") as sandbox, client_of(sandbox) as client:
        assert "quantity" in columns_of(client).not_published()
        charge = read(client, INVOICED)[0]
    assert (charge.quantity, charge.rate, charge.invoice_date, charge.currency) == (None, None, None, None)


def test_faults_on_the_way_cost_no_charge(sandbox: CedarSandbox, client: CedarClient) -> None:
    whole = read(client, INVOICED)
    sandbox.fail_next(1, 429, retry_after=1)
    sandbox.drop_next(1)
    sandbox.fail_next(1, 502)
    assert read(client, INVOICED, 100) == whole


def test_lasting_faults_are_told(sandbox: CedarSandbox, client: CedarClient) -> None:
    columns = columns_of(client)
    sandbox.fail_next(4, 500)
    with pytest.raises(PassingFault):
        list(client.charges(columns, INVOICED))
    for kind in ("html", "truncated"):
        sandbox.garbage_next(1, kind)
        with pytest.raises(CedarUnavailable):
            list(client.charges(columns, INVOICED))
    sandbox.repeat_token()
    with pytest.raises(CedarUnavailable, match="came round"):
        list(client.charges(columns, INVOICED, 10))
    sandbox.heal()
    assert list(client.charges(columns, INVOICED))


def test_key_and_permission_are_told_apart(sandbox: CedarSandbox, client: CedarClient) -> None:
    with client_of(sandbox, "other-key") as stranger, pytest.raises(CedarRefused) as refused:
        stranger.table_definition()
    assert refused.value.reason.code == "CEDAR_KEY_REFUSED"
    sandbox.forbid()
    with pytest.raises(CedarRefused) as forbidden:
        client.table_definition()
    assert forbidden.value.reason.code == "CEDAR_PERMISSION"
    sandbox.heal()


def test_stopped_sandbox_cannot_be_reached(sandbox: CedarSandbox, client: CedarClient) -> None:
    sandbox.stop()
    with pytest.raises(PassingFault, match="cannot be reached"):
        client.table_definition()
