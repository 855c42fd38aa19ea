from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.faults import HomeUnusable, NotConfigured
from app.system.settings import ConnectionSettings, Settings
from app.system.settings_file import NAME, change, load, parse

FILE = Path("settings.toml")
HAND_WRITTEN = """\
# Our settings; ask Ann before changing them.
[web_connector]
port = 8085   # agreed with IT

[[connections]]
name = "main"
colour = "green"  # nobody knows what this is

[connections.cedar]
carrier = "1234"
assume_user = "books@railroad.example"

[[connections]]
name = "branch"
[connections.cedar]
region = "eu"
[connections.web_connector]
username = "cedar-branch"
"""


def put(home: Path, text: str) -> Path:
    (home / NAME).write_text(text, encoding="utf-8")
    return home


def one_connection(table: str, field: str) -> str:
    header = f"[connections.{table}]\n" if table else ""
    return f'# first line\n[[connections]]\nname = "main"\n{header}{field}\n'


# Reading


def test_an_empty_file_means_the_defaults() -> None:
    assert parse("", FILE).settings == Settings()


def test_a_connection_has_the_documented_defaults() -> None:
    connection = parse("[[connections]]\n", FILE).settings.connections[0]
    cedar, destination = connection.cedar, connection.destination
    assert (
        (connection.name, cedar.region, cedar.billing_statuses, cedar.poll_minutes, cedar.lookback_days),
        (destination.kind, destination.document, destination.missing_customers, destination.missing_items),
        (destination.on_edited, destination.on_void),
        (connection.web_connector.username, connection.web_connector.run_every_minutes),
    ) == (
        ("main", "us", ["INVOICED"], 5, 120),
        ("quickbooks_desktop", "sales_order", "fail", "fail"),
        ("ask", "ask"),
        ("cedar-sync", 1),
    )


def test_the_port_is_8085_by_default() -> None:
    assert parse("", FILE).settings.web_connector.port == 8085


def test_updates_are_looked_for_unless_somebody_says_no() -> None:
    assert parse("", FILE).settings.updates.check
    loaded = parse("[updates]\ncheck = false\n", FILE)
    assert (loaded.settings.updates.check, loaded.unknown) == (False, ())
    with pytest.raises(NotConfigured, match="line 2: check is 1; it has to be true or false"):
        parse("[updates]\ncheck = 1\n", FILE)


def test_a_file_written_by_hand_is_read() -> None:
    settings = parse(HAND_WRITTEN, FILE).settings
    assert [(each.name, each.cedar.region) for each in settings.connections] == [("main", "us"), ("branch", "eu")]


def test_a_mark_at_the_beginning_of_the_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(HAND_WRITTEN, encoding="utf-8-sig")
    assert len(load(tmp_path).settings.connections) == 2


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("colour = 1", ["colour"]),
        ("[web_connector]\nporrt = 1", ["web_connector.porrt"]),
        (HAND_WRITTEN, ["connections.colour"]),
        (one_connection("cedar.columns", 'glnumber = "x"'), ["connections.cedar.columns.glnumber"]),
    ],
)
def test_unknown_keys_are_reported(text: str, unknown: list[str]) -> None:
    assert list(parse(text, FILE).unknown) == unknown


@pytest.mark.parametrize(
    ("table", "field", "said"),
    [
        ("cedar", 'region = "uk"', ["region", "us", "eu"]),
        ("cedar", "carrier = 1234", ["carrier is 1234;", "text in quotation marks"]),
        ("cedar", "poll_minutes = 0", ["poll_minutes is 0;", "a whole number from 1 to 1440"]),
        ("cedar", "poll_minutes = 1441", ["poll_minutes is 1441;", "from 1 to 1440"]),
        ("cedar", 'poll_minutes = "5"', ['poll_minutes is "5";', "a whole number"]),
        ("cedar", "lookback_days = 3651", ["lookback_days is 3651;", "from 1 to 3650"]),
        (
            "cedar",
            "billing_statuses = []",
            ["billing_statuses is an empty list;", "at least one of IN_PROGRESS, PENDING"],
        ),
        ("cedar", 'billing_statuses = ["BILLED"]', ['billing_statuses is ["BILLED"];', "INVOICED"]),
        (
            "cedar",
            'billing_statuses = "INVOICED"',
            ['billing_statuses is "INVOICED";', 'a list such as ["IN_PROGRESS"], of'],
        ),
        ("cedar", "poll_minutes = true", ["poll_minutes is true;"]),
        ("cedar", "poll_minutes = 2026-11-22", ["poll_minutes is 2026-11-22;"]),
        ("cedar", f"poll_minutes = 0x1{'0' * 5000}", ["poll_minutes is a very large number;"]),
        ("cedar", f"carrier = [{'1, ' * 100}]", ["carrier is [1, 1, ", "…;"]),
        ("cedar", "carrier = [[1]]", ["carrier is a list;"]),
        ("", 'cedar = "x"', ['cedar is "x"; it has to be a table under the line [connections.cedar]']),
        ("destination.customers", '"4410" = 5', ["4410 is 5;", "text in quotation marks"]),
        ("cedar", 'time_zone = "Chicago"', ["time_zone", "Chicago", "America/Chicago"]),
        ("cedar", 'time_zone = "../etc/passwd"', ["time_zone", "IANA"]),
        ("cedar.columns", "gl_number = 1", ["gl_number is 1;", "text"]),
        ("destination", 'kind = "quickbooks"', ["kind", "quickbooks_desktop"]),
        ("destination", 'document = "bill"', ["document", "sales_order", "estimate", "invoice"]),
        ("destination", 'missing_customers = "add"', ["missing_customers", "fail", "create"]),
        ("destination", 'missing_items = "add"', ["missing_items", "fail", "create"]),
        ("destination", 'on_edited = "no"', ["on_edited", "ask", "overwrite", "keep"]),
        ("destination", 'on_void = "no"', ["on_void", "ask", "close", "delete"]),
        ("web_connector", 'username = ""', ['username is "";', "1 to 40 characters"]),
        ("web_connector", "run_every_minutes = 0", ["run_every_minutes is 0;", "from 1 to 1440"]),
    ],
)
def test_a_wrong_value_is_refused_with_line_field_and_what_is_allowed(table: str, field: str, said: list[str]) -> None:
    with pytest.raises(NotConfigured) as refusal:
        parse(one_connection(table, field), FILE)
    sentence = str(refusal.value)
    assert [part for part in [f"line {5 if table else 4}", *said] if part not in sentence] == []
    assert [word for word in ("`", "int", "str", "array", "object", "enum") if word in sentence.split()] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[web_connector]\nport = 0\n", "line 2: port"),
        ("[web_connector]\nport = 65536\n", "line 2: port"),
        ('[[connections]]\nname = "a/b"\n', "line 2: name"),
        ('[[connections]]\nname = ""\n', "line 2: name"),
        (
            '[[connections]]\nname = "a"\n[[connections]]\nname = "a"\n',
            'line 4: name is "a", which another connection has already',
        ),
        (
            '[[connections]]\nname = "a"\n[[connections]]\nname = "b"\n',
            'username is "cedar-sync", which another connection has already',
        ),
        ('[[connections]]\nname = "a"\n\n[[connections]]\nname = "b"\ncedar.region = "x"\n', "line 6: region"),
        ('[[connections]]\nname = "main"\n[[connections]]\nname = "Main"\n', 'line 4: name is "Main", .* "main"'),
        ('[store]\nurl = ["postgresql://office:secret@server"]\n', "line 2: url is something else; it has to be text"),
        ("# ours\n[connections]\n", r"line 2: connections is a table; it has to be tables, .*\[\[connections\]\]"),
        ('connections = ["main"]', r'line 1: connections is \["main"\]; it has to be tables'),
        ("port = \n", "line 1"),
        ("[web_connector\n", "line 1"),
        ("a = 1\na = 2\n", "line 2"),
    ],
)
def test_a_fault_is_found_on_its_line(text: str, said: str) -> None:
    with pytest.raises(NotConfigured, match=said):
        parse(text, FILE)


def test_missing_settings_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="cedar-sync configure"):
        load(tmp_path)


def test_settings_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00port")
    with pytest.raises(NotConfigured, match="not a text file in UTF-8"):
        load(tmp_path)


def test_settings_that_are_a_folder_are_unusable(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(HomeUnusable, match="cannot be read"):
        load(tmp_path)


SNIPPETS = st.sampled_from(
    [
        "[[connections]]",
        "[connections]",
        "[web_connector]",
        "[connections.cedar]",
        "[[connections.cedar]]",
        'name = "main"',
        "name = 1979-05-27",
        "port = 1e3",
        "port = [[[]]]",
        "cedar = {region = 'eu', columns = {}}",
        'time_zone = "posixrules"',
        "time_zone = 'Europe'",
        "billing_statuses = [1]",
        '"a.b" = 0x1F',
        "x = '''",
        "connections = 5",
        "web_connector = []",
        "=",
        "\ufeff",
    ]
)
TEXTS = st.text(max_size=80) | st.lists(SNIPPETS | st.text(max_size=12), max_size=6).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_settings_or_refused_in_a_sentence(text: str) -> None:
    with contextlib.suppress(NotConfigured):
        parse(text, FILE)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "1" * 5000], ids=["nested", "digits"])
def test_absurd_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotConfigured):
        parse(text, FILE)


# Writing


def test_configuring_an_empty_home_makes_the_file(tmp_path: Path) -> None:
    change(tmp_path, "main", {"cedar.carrier": "1234"}, 9000)
    settings = load(tmp_path).settings
    assert (settings.connections[0].cedar.carrier, settings.web_connector.port) == ("1234", 9000)


def test_configuring_changes_what_it_was_told_to_and_nothing_else(tmp_path: Path) -> None:
    change(put(tmp_path, HAND_WRITTEN), "main", {"cedar.carrier": "99"}, None)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == HAND_WRITTEN.replace('"1234"', '"99"')


def test_configuring_keeps_comments(tmp_path: Path) -> None:
    change(put(tmp_path, HAND_WRITTEN), "branch", {"destination.on_void": "close"}, 8086)
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert [comment for comment in ("ask Ann", "agreed with IT", "nobody knows") if comment not in text] == []


def test_configuring_keeps_unknown_keys(tmp_path: Path) -> None:
    change(put(tmp_path, HAND_WRITTEN), "main", {"cedar.carrier": "99"}, None)
    assert load(tmp_path).unknown == ("connections.colour",)


def test_configuring_an_unknown_connection_adds_it(tmp_path: Path) -> None:
    change(put(tmp_path, HAND_WRITTEN), "third", {"web_connector.username": "third"}, None)
    assert [each.name for each in load(tmp_path).settings.connections] == ["main", "branch", "third"]


def test_a_wrong_value_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured):
        change(put(tmp_path, HAND_WRITTEN), "main", {"cedar.region": "uk"}, None)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == HAND_WRITTEN


def test_a_value_that_was_not_written_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match=r'^region is "uk"; it has to be one of us, eu\.$'):
        change(put(tmp_path, HAND_WRITTEN), "main", {"cedar.region": "uk"}, None)


def test_one_that_was_wrong_before_has_its_line_in_the_file_as_it_is(tmp_path: Path) -> None:
    text = HAND_WRITTEN + "run_every_minutes = 0\n"
    line = len(text.splitlines())
    with pytest.raises(NotConfigured, match=f"{NAME}, line {line}: run_every_minutes is 0; "):
        change(put(tmp_path, text), "main", {"cedar.time_zone": "America/Chicago"}, None)


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="cannot be read"):
        change(put(tmp_path, "[broken"), "main", {"cedar.carrier": "99"}, None)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "[broken"


def test_nothing_but_the_settings_is_left_in_the_folder(tmp_path: Path) -> None:
    change(tmp_path, "main", {}, 9000)
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_home_that_cannot_be_written_is_unusable(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.touch()
    with pytest.raises(HomeUnusable, match="cannot be"):
        change(home, "main", {}, 9000)


@pytest.mark.parametrize(
    "text",
    [
        "connections = 5",
        'connections = ["main"]',
        "web_connector = 5",
        '[[connections]]\nname = "main"\ncedar = "x"',
        'connections = [{name = "main"}]',
    ],
)
def test_configuring_over_a_value_of_another_kind_is_refused_or_done(tmp_path: Path, text: str) -> None:
    with contextlib.suppress(NotConfigured):
        change(put(tmp_path, text), "main", {"cedar.carrier": "99"}, 9000)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_can_be_a_value(text: str) -> None:
    document = tomlkit.document()
    document["connections"] = [{"cedar": {"carrier": text}}]
    assert parse(tomlkit.dumps(document), FILE).settings.connections[0].cedar.carrier == text


def test_what_is_written_is_what_was_meant(tmp_path: Path) -> None:
    settings = change(tmp_path, "main", {"cedar.region": "eu", "cedar.columns.gl_number": "account"}, 9000)
    assert settings == load(tmp_path).settings == _meant()


def _meant() -> Settings:
    connection = ConnectionSettings(name="main")
    connection.cedar.region = "eu"
    connection.cedar.columns.gl_number = "account"
    meant = Settings(connections=[connection])
    meant.web_connector.port = 9000
    return meant


ONLINE = """[[connections]]
name = "main"

[connections.destination]
kind = "quickbooks_online"
document = "estimate"
client_id = "ABC"
"""


def test_an_online_connection_is_told_from_a_desktop_one(tmp_path: Path) -> None:
    destination = load(put(tmp_path, ONLINE)).settings.connections[0].destination
    assert (destination.kind, destination.document, destination.environment) == (
        "quickbooks_online",
        "estimate",
        "production",
    )
    assert load(tmp_path).unknown == ()


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        (ONLINE + 'company_file = "x"\n', "connections.destination.company_file"),
        ('[[connections]]\n[connections.destination]\nrealm_id = "1"\n', "connections.destination.realm_id"),
    ],
)
def test_what_means_something_to_the_other_kind_alone_is_reported(tmp_path: Path, text: str, strange: str) -> None:
    assert load(put(tmp_path, text)).unknown == (strange,)


def test_online_has_no_sales_orders_and_nothing_is_chosen_silently(tmp_path: Path) -> None:
    for text in (ONLINE.replace("estimate", "sales_order"), ONLINE.replace('document = "estimate"\n', "")):
        with pytest.raises(NotConfigured, match=r"document is not usable: .*\(allowed: estimate, invoice\)"):
            load(put(tmp_path, text))


@pytest.mark.parametrize("field", ["api_url", "oauth_url", "redirect_url"])
@pytest.mark.parametrize("address", ["localhost:8086", "ftp://x", "https://", "https:// x", "javascript:alert(1)"])
def test_an_address_that_is_none_is_refused_with_its_line(tmp_path: Path, field: str, address: str) -> None:
    with pytest.raises(NotConfigured, match=f"line 8: {field} is not usable"):
        load(put(tmp_path, ONLINE + f'{field} = "{address}"\n'))


@pytest.mark.parametrize("line", ['environment = "test"', "push_minutes = 0", 'customers = "x"'])
def test_a_wrong_value_of_an_online_connection_names_its_field(tmp_path: Path, line: str) -> None:
    with pytest.raises(NotConfigured, match=f"line 8: {line.partition(' ')[0]} is "):
        load(put(tmp_path, ONLINE + line + "\n"))


def test_names_in_the_books_are_tables(tmp_path: Path) -> None:
    text = ONLINE + '\n[connections.destination.customers]\n"4410" = "Acme Grain"\n'
    assert load(put(tmp_path, text)).settings.connections[0].destination.customers == {"4410": "Acme Grain"}


def test_where_no_web_connector_calls_its_user_name_is_nobodys(tmp_path: Path) -> None:
    another = ONLINE.replace("main", "yard")
    assert len(load(put(tmp_path, ONLINE + another)).settings.connections) == 2
    desktop = '[[connections]]\nname = "old"\n'
    assert len(load(put(tmp_path, ONLINE + another + desktop)).settings.connections) == 3
    with pytest.raises(NotConfigured, match='username is "cedar-sync"'):
        load(put(tmp_path, desktop + ONLINE + desktop.replace("old", "new")))
