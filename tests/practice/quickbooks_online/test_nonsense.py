"""Whatever is sent, the practice service answers or refuses; it never breaks down."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.practice.quickbooks_online import Desk, OnlineCompany, Refusal, bodies
from app.practice.quickbooks_online.batch import answer_batch
from app.practice.quickbooks_online.change_data_capture import answer_changes
from app.practice.quickbooks_online.entities import change
from app.practice.quickbooks_online.json_text import encode
from app.practice.quickbooks_online.query import answer_query

FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from([Decimal("1E+40"), Decimal("1E-40"), Decimal("-0.005"), Decimal("99999999999999.99"), 10**400]),
    st.sampled_from(["", "1", "77", "2026-11-18", "USD", "Pending", "SalesItemLineDetail", "x" * 5000, "\x00"]),
    st.sampled_from([{}, [], {"value": "1"}, {"value": "é"}, [{}], {"Line1": "x"}]),
)
NAMES = st.sampled_from(
    [field for body in (bodies.EstimateBody, bodies.CustomerBody) for field in body.__struct_encode_fields__]
)
LINES = st.lists(
    st.fixed_dictionaries(
        {"DetailType": st.sampled_from(["SalesItemLineDetail", "DescriptionOnly", "SubTotalLineDetail"])},
        optional={
            "Id": VALUES,
            "Amount": VALUES,
            "Description": VALUES,
            "SalesItemLineDetail": st.fixed_dictionaries(
                {"ItemRef": st.just({"value": "1"})},
                optional={"Qty": VALUES, "UnitPrice": VALUES, "TaxCodeRef": VALUES},
            ),
        },
    ),
    max_size=3,
)
DOCUMENTS = st.builds(
    lambda lines, others: {"CustomerRef": {"value": "1"}, "Line": lines, **others},
    LINES,
    st.dictionaries(NAMES, VALUES, max_size=2),
)
CLAUSES = st.sampled_from(
    [
        *("select", "*", "count(*)", "from", "Estimate", "Customer", "where", "and", "orderby", "Id", "TotalAmt"),
        *("Active", "MetaData.CreateTime", "TxnDate", "DocNumber", "in", "(", ")", "like", "=", "<", "'NaN'", "'1'"),
        *("'0001-01-01'", "maxresults", "startposition", "5", "true", "'%'", "9" * 30, "'9999-12-31T23:59:59-23:59'"),
    ]
)


def company_with_one_of_each() -> OnlineCompany:
    made = OnlineCompany("1")
    desk = Desk(made)
    desk.add_account("Services")
    desk.add_customer("A")
    desk.add_item("B")
    change(made, "Estimate", encode(GOOD), "create")
    return made


GOOD: Any = {
    "CustomerRef": {"value": "1"},
    "Line": [{"DetailType": "SalesItemLineDetail", "Amount": 1, "SalesItemLineDetail": {"ItemRef": {"value": "1"}}}],
}


@FEW
@given(body=DOCUMENTS, entity=st.sampled_from(["Estimate", "Invoice", "Customer"]), does_update=st.booleans())
def test_objects(body: Any, entity: str, does_update: bool) -> None:  # noqa: ANN401, FBT001
    company = company_with_one_of_each()
    sent = {**body, **({"Id": "1", "SyncToken": "0", "sparse": True} if does_update else {})}
    before = company.documents("Estimate"), company.documents("Invoice")
    items: Any = [{"bId": "1", "operation": "create", entity: sent}]
    answers: Any = answer_batch(company, encode({"BatchItemRequest": items}))
    (answer,) = answers
    encode(answer)
    if "Fault" in answer:
        assert (company.documents("Estimate"), company.documents("Invoice")) == before, "wholly or not at all"


@FEW
@given(words=st.lists(CLAUSES, max_size=8))
def test_statements(words: list[str]) -> None:
    company = company_with_one_of_each()
    for text in (" ".join(words), f"select * from Estimate where {' '.join(words)}"):  # noqa: S608
        with suppress(Refusal):
            encode(answer_query(company, text))


@FEW
@given(entities=st.text(max_size=20), since=st.sampled_from(["", "0001-01-01", "9999-12-31T23:59:59-23:59", "1", "x"]))
def test_changes(entities: str, since: str) -> None:
    company = company_with_one_of_each()
    for asked in (entities, "Estimate,Customer"):
        with suppress(Refusal):
            encode(answer_changes(company, asked, since))
