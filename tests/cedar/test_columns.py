import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cedar.column_rules import DOCUMENTED, RULES, Field
from app.cedar.columns import ColumnDefinition, plain, resolve_columns
from app.domain.faults import CedarUnavailable
from app.domain.reasons import ReasonCode
from tests.cedar.stand_in import a_map, column, documented


def test_published_columns_are_enough() -> None:
    columns = a_map()
    assert columns.key(Field.GL_NUMBER) == "glCode"
    assert columns.choices()["gl_number"] == "glCode (found by key)"
    assert columns.choices()["quantity"] == "not published"
    assert columns.not_published() == (
        "quantity",
        "rate",
        "currency",
        "invoice_date",
        "car",
        "car_initials",
        "car_number",
    )


def test_rows_are_asked_only_for_what_is_read_of_them() -> None:
    asked = a_map().row_keys()
    assert "chargeId" in asked
    assert not {"adjustment_total", "rateTableEntry", "accountingPeriod"} & set(asked)
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("extra", "field", "words"),
    [
        (column("quantity", kind="DECIMAL"), Field.QUANTITY, "quantity (found by key)"),
        (column("QTY", kind="REAL"), Field.QUANTITY, "QTY (found by key)"),
        (column("c17", "Billed Quantity", "REAL"), Field.QUANTITY, "c17 (found by name)"),
        (column("c17", "Count", "INT", ["x", "Qty"]), Field.QUANTITY, "c17 (found by alias)"),
        (column("unit_rate", kind="DECIMAL"), Field.RATE, "unit_rate (found by key)"),
        (column("Invoice Date", kind="TIMESTAMP"), Field.INVOICE_DATE, "Invoice Date (found by key)"),
        (column("c1", "Invoice-Date", "STRING"), Field.INVOICE_DATE, "c1 (found by name)"),
        (column("c1", "Invoice Date", "DATE"), Field.INVOICE_DATE, "c1 (found by name)"),
        (column("currencyCode"), Field.CURRENCY, "currencyCode (found by key)"),
        (column("car_number"), Field.CAR_NUMBER, "car_number (found by key)"),
    ],
)
def test_unpublished_columns_are_found(extra: ColumnDefinition, field: Field, words: str) -> None:
    columns = a_map(extra)
    assert columns.choices()[field] == words
    assert field not in columns.not_published()


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        (column("rateDescriptionLong", "Rate Description Long"), Field.RATE),
        (column("rateClass", "Rate Class"), Field.RATE),
        (column("quantity", kind="BOOLEAN"), Field.QUANTITY),
        (column("rate", kind="TIMESTAMP"), Field.RATE),
        (column("invoiceDate", kind="BOOLEAN"), Field.INVOICE_DATE),
        (column("currency", kind="REAL"), Field.CURRENCY),
    ],
)
def test_columns_that_only_look_alike_are_not_taken(extra: ColumnDefinition, field: Field) -> None:
    assert a_map(extra).key(field) is None


@pytest.mark.parametrize("key", sorted(DOCUMENTED))
def test_a_published_key_never_serves_for_another_field(key: str) -> None:
    names = [name for rule in RULES.values() for name in rule.candidates]
    definition = [c for c in documented() if c.key != key] + [column(key, "Rate", "STRING", names)]
    columns = resolve_columns(definition, {})
    users = [field for field in Field if columns.key(field) == key]
    assert all(key in RULES[field].candidates for field in users)
    assert len(users) <= 1


def test_key_wins_over_alias_and_alias_over_name() -> None:
    by_name = column("a", "Quantity", "REAL")
    by_alias = column("b", "B", "REAL", ["quantity"])
    by_key = column("quantity", "C", "REAL")
    assert a_map(by_name, by_alias, by_key).key(Field.QUANTITY) == "quantity"
    assert a_map(by_name, by_alias).key(Field.QUANTITY) == "b"
    assert a_map(by_name).key(Field.QUANTITY) == "a"


def test_better_candidate_wins() -> None:
    assert a_map(column("units"), column("qty"), column("quantity")).key(Field.QUANTITY) == "quantity"


def test_exactly_written_key_wins_over_one_written_alike() -> None:
    assert a_map(column("Quantity"), column("quantity")).key(Field.QUANTITY) == "quantity"


def test_doubtful_choice_is_a_persons() -> None:
    extra = (column("a", "Quantity"), column("b", "Quantity"))
    with pytest.raises(CedarUnavailable, match=r"several columns.*the quantity \(a, b\)") as caught:
        a_map(*extra)
    assert caught.value.reason.code is ReasonCode.CEDAR_COLUMNS_MISSING
    assert a_map(*extra, quantity="b").choices()["quantity"] == "b (chosen in settings)"


def test_doubt_about_mere_description_takes_the_first() -> None:
    assert a_map(column("a", "Car"), column("b", "Car")).key(Field.CAR) == "a"


@pytest.mark.parametrize("key", ["chargeId", "billingStatus", "invoice", "amount", "appliedAt", "serviceType"])
def test_missing_needed_column_is_named_with_those_there_are(key: str) -> None:
    with pytest.raises(CedarUnavailable) as caught:
        resolve_columns(documented(without=key), {})
    assert caught.value.reason.code is ReasonCode.CEDAR_COLUMNS_MISSING
    assert f"usually {key}" in str(caught.value)
    assert "customerLocationAccountNumber" in str(caught.value)


def test_carrier_without_a_gl_column_is_told() -> None:
    with pytest.raises(CedarUnavailable, match=r"the GL number \(gl_number, usually glCode\)"):
        resolve_columns(documented(without="glCode"), {})
    columns = resolve_columns(documented(without="glCode"), {"gl_number": "customerLocationAccountNumber"})
    assert columns.key(Field.GL_NUMBER) == "customerLocationAccountNumber"


def test_no_columns_at_all() -> None:
    with pytest.raises(CedarUnavailable, match="Columns there are: none"):
        resolve_columns([], {})


@pytest.mark.parametrize(
    "wish", ["customerLocationAccountNumber", " customerlocationaccountnumber ", "Customer Location Account #"]
)
def test_column_chosen_in_settings(wish: str) -> None:
    assert a_map(gl_number=wish).key(Field.GL_NUMBER) == "customerLocationAccountNumber"


def test_empty_choice_is_no_choice() -> None:
    assert a_map(gl_number=" ", quantity="").key(Field.GL_NUMBER) == "glCode"


def test_unknown_choice_is_refused_with_its_name_and_the_columns() -> None:
    with pytest.raises(CedarUnavailable, match=r"“glAcct”.*gl_number.*chargeId, customer,"):
        a_map(gl_number="glAcct")


def test_one_column_may_be_chosen_twice_and_is_asked_once() -> None:
    columns = a_map(quantity="amount", rate="amount")
    assert columns.row_keys().count("amount") == 1


names = st.sampled_from([name for rule in RULES.values() for name in rule.candidates]) | st.text(max_size=12)
definitions = st.lists(
    st.builds(
        ColumnDefinition,
        names,
        names,
        st.sampled_from(["STRING", "INT", "REAL", "TIMESTAMP", "DECIMAL", "BOOLEAN", "TIME", "NEW"]),
        st.lists(names, max_size=3).map(tuple),
    ),
    max_size=30,
)


@given(definitions, st.dictionaries(st.sampled_from([*Field, "unknown"]), names, max_size=3))
def test_any_definition_is_resolved_or_refused(definition: list[ColumnDefinition], overrides: dict[str, str]) -> None:
    try:
        columns = resolve_columns(definition, overrides)
    except CedarUnavailable:
        return
    keys = {c.key for c in definition}
    assert {columns.key(field) for field in Field} - {None} <= keys
    assert all(columns.key(field) is not None for field, rule in RULES.items() if rule.needed)


def test_plain_names() -> None:
    assert plain(" Invoice_Date-x ") == "invoicedatex"
