"""Signing in to QuickBooks Online, and out, by command."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.bootstrap.online_accesses import OtherBooks
from app.cli.main import run
from app.domain.facts import BooksProblem, Problem
from app.domain.faults import NotConfigured
from app.domain.reasons import Reason, ReasonCode
from app.practice.quickbooks_online import CLIENT_ID, CLIENT_SECRET, on
from app.store import facts
from app.system.credentials import Secret
from app.system.settings_file import NAME, change, load
from tests.books.quickbooks_online.intuit import Intuit, browse, callback_ports
from tests.builders import NOW
from tests.canaries import leaks
from tests.system.test_credentials import MemoryKeyring

ONLINE: dict[str, object] = {
    "cedar.carrier": "1234",
    "cedar.assume_user": "books@railroad.example",
    "destination.kind": "quickbooks_online",
    "destination.document": "estimate",
    "destination.client_id": CLIENT_ID,
}


class Office:
    """A home set up for the practice Intuit, and what the browser is told."""

    def __init__(self, home: Path, intuit: Intuit) -> None:
        self.home, self.intuit = home, intuit
        port = callback_ports()
        intuit.service.sign_in.redirect_uris.add(f"http://localhost:{port + 1}/qbo/callback")
        root = intuit.service.base_url
        servers = {"destination.api_url": root, "destination.oauth_url": root}
        change(home, "main", ONLINE | servers, port)
        self.opened: list[str] = []
        self.browsers: list[threading.Thread] = []

    def open(self, address: str) -> bool:
        """Open a page as a browser does that is signed in already."""
        self.opened.append(address)
        self.browsers.append(threading.Thread(target=browse, args=(address,)))
        self.browsers[-1].start()
        return True

    def run(self, *arguments: str) -> int:
        code = run([arguments[0], "--home", str(self.home), *arguments[1:]])
        for browser in self.browsers:
            browser.join(10)
        return code

    @property
    def realm_id(self) -> str:
        return load(self.home).settings.connections[0].destination.realm_id

    def is_let_in(self) -> bool:
        with Installation(self.home) as installation:
            access = kit_of(installation, "main").access
            courier = access.courier(self.realm_id)
            return access.keeper.standing().is_signed_in and courier.send("GET /preferences\n\n").fault == ""

    def pasted(self) -> str:
        """Begin a sign-in in another program, and give the address its browser ends on."""
        with Installation(self.home) as installation:
            signing = kit_of(installation, "main").sign_in.begin()
            signing.close(keeps_note=True)
            with httpx.Client(trust_env=False) as http:
                return str(http.get(signing.address).headers["location"])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for secret in Secret:
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}", raising=False)
    monkeypatch.setenv("CEDAR_SYNC_QBO_CLIENT_SECRET", CLIENT_SECRET)
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setattr("app.books.quickbooks_online.callback.STEP", 0.02)
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    (tmp_path / "home").mkdir()
    with Intuit(tmp_path / "elsewhere") as intuit:
        office = Office(tmp_path / "home", intuit)
        monkeypatch.setattr("webbrowser.open", office.open)
        yield office
    keyring.set_keyring(before)


def test_signing_in_by_browser(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("sign-in", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"connection": "main", "company": office.intuit.realm_id}
    assert f"main: signed in to company {office.intuit.realm_id}." in told.err
    assert office.opened[0] in told.err
    assert office.realm_id == office.intuit.realm_id
    assert office.is_let_in()


def test_without_a_browser_the_address_is_printed(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("app.books.quickbooks_online.signing_in.SignIn.wait", _interrupt)
    assert office.run("sign-in") == 130
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0].startswith("Open this address"), office.opened) == (True, [])
    assert lines[1].startswith(f"{office.intuit.service.base_url}/connect/oauth2?")
    # Given up at the keyboard, it can still be finished from another window.
    with httpx.Client(trust_env=False) as http:
        address = http.get(lines[1]).headers["location"]
    assert office.run("sign-in", "--paste", address) == 0
    assert office.is_let_in()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_pasted_address_finishes_what_another_program_began(office: Office) -> None:
    address = office.pasted()
    assert office.run("sign-in", "--paste", address) == 0
    assert office.is_let_in()
    assert not list(office.home.glob("sign-in-*"))


def test_whoever_waits_for_the_browser_sees_that_a_paste_elsewhere_finished_it(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def paste_elsewhere(address: str) -> None:
        with httpx.Client(trust_env=False) as http:
            ended_on = str(http.get(address).headers["location"])
        with Installation(office.home) as elsewhere:
            kit = kit_of(elsewhere, "main")
            kit.sign_in.finish(kit.sign_in.begin(is_resumed=True).take(ended_on))

    def open_elsewhere(address: str) -> bool:
        office.browsers.append(threading.Thread(target=paste_elsewhere, args=(address,)))
        office.browsers[-1].start()
        return True

    monkeypatch.setattr("webbrowser.open", open_elsewhere)
    assert office.run("sign-in", "--json") == 0
    told = capsys.readouterr()
    assert "The sign-in was finished in another window." in told.err
    assert told.err.endswith(f"main: signed in to company {office.realm_id}.\n")
    assert json.loads(told.out) == {"connection": "main", "company": office.intuit.realm_id}
    assert office.is_let_in()


@pytest.mark.parametrize(
    ("paste", "sentence"),
    [("", "Nothing was pasted"), ("x", "no web address"), ("https://x.example/?code=1", "cut off")],
)
def test_a_wrong_paste_is_said_in_one_sentence(
    office: Office, capsys: pytest.CaptureFixture[str], paste: str, sentence: str
) -> None:
    office.pasted()
    assert office.run("sign-in", "--paste", paste) == 4
    told = capsys.readouterr().err
    assert (sentence in told, told.count("\n")) == (True, 1)


def test_nothing_waits_for_a_paste(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("sign-in", "--paste", "https://x.example/?code=1&state=2&realmId=3") == 4
    assert "no sign-in that waits" in capsys.readouterr().err


def test_another_company_is_refused_and_the_sign_in_stays(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.run("sign-in")
    first = office.realm_id
    office.intuit.service.sign_in.realm_id = "9130000000000777"
    assert office.run("sign-in") == 4
    told = capsys.readouterr().err.splitlines()[-1]
    assert ("9130000000000777" in told, first in told) == (True, True)
    assert (office.realm_id, office.is_let_in()) == (first, True)
    assert not list(office.home.glob("sign-in-*"))


def test_the_first_sign_in_leaves_the_rest_of_the_settings_as_they_are(office: Office) -> None:
    file = office.home / NAME
    file.write_text(f"# mine\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    office.run("sign-in")
    assert file.read_text(encoding="utf-8").startswith("# mine\n")
    assert load(office.home).unknown == ()


def test_a_sign_in_lets_the_next_push_try_at_once(office: Office) -> None:
    with Installation(office.home) as installation, installation.record.write() as tx:
        problem = Problem(Reason(ReasonCode.SIGN_IN_LOST, {}), NOW, NOW)
        facts.put(tx, "main", BooksProblem(problem))
    office.run("sign-in")
    with Installation(office.home) as installation, installation.record.read() as tx:
        known = facts.get(tx, "main", BooksProblem)
    assert known is None or known.problem.next_attempt_at is None


@pytest.mark.parametrize("is_reachable", [True, False])
def test_signing_out(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    is_reachable: bool,  # noqa: FBT001
) -> None:
    office.run("sign-in")
    capsys.readouterr()
    if not is_reachable:
        office.intuit.service.mishaps.cut_before(where=on("revoke"))
    assert office.run("sign-out", "--json") == (0 if is_reachable else 1)
    told = capsys.readouterr()
    assert json.loads(told.out) == {"connection": "main", "revoked": is_reachable}
    assert ("could not be told" in told.err) is not is_reachable
    assert (office.realm_id, office.is_let_in()) == (office.intuit.realm_id, False)


@pytest.mark.parametrize("command", ["sign-in", "sign-out", "push"])
def test_a_connection_of_the_other_kind_says_so_in_one_sentence(
    office: Office, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    change(office.home, "yard", {"web_connector.username": "yard"}, None)
    assert office.run(command, "--connection", "yard") == 2
    told = capsys.readouterr().err
    assert ('"yard" does not go to QuickBooks Online' in told, told.count("\n")) == (True, 1)
    with Installation(office.home) as installation, pytest.raises(OtherBooks):
        _ = kit_of(installation, "yard").access


@pytest.mark.parametrize("command", ["sign-in", "sign-out", "push"])
def test_where_nothing_goes_to_the_cloud_one_sentence_says_so(
    office: Office, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    changes = {"destination.kind": "quickbooks_desktop", "destination.document": "sales_order"}
    change(office.home, "main", changes, None)
    assert office.run(command) == 2
    assert capsys.readouterr().err == (
        "No connection goes to QuickBooks Online, so there is nothing for this command to do.\n"
    )


def test_of_several_one_is_named(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    change(office.home, "yard", ONLINE, None)
    assert office.run("sign-out") == 2
    assert "--connection" in capsys.readouterr().err


def test_the_client_secret_goes_to_the_credential_store(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CEDAR_SYNC_QBO_CLIENT_SECRET")
    assert office.run("sign-in") == 3
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CLIENT_SECRET}\n"))
    assert office.run("configure", "--client-secret-stdin") == 0
    assert keyring.get_password("cedar-sync", "main/qbo-client-secret") == CLIENT_SECRET
    assert office.run("sign-in") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert office.run("configure", "--client-secret-stdin") == 3
    assert office.run("configure", "--client-secret-stdin", "--api-key-stdin") == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"destination.client_id": ""}, 3),
        ({"destination.client_id": "unknown"}, 3),
        ({"destination.oauth_url": "http://127.0.0.1:1"}, 5),
        ({"destination.oauth_url": "http://qbo.example"}, 3),
    ],
)
def test_each_obstacle_has_its_exit_code(office: Office, changes: dict[str, object], code: int) -> None:
    address = office.pasted()
    change(office.home, "main", changes, None)
    assert office.run("sign-in", "--paste", address) == code


def test_the_doctor_tells_how_the_sign_in_stands(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    # So that Cedar is not asked.
    change(office.home, "main", {"cedar.carrier": ""}, None)

    def titles() -> dict[str, tuple[bool, str]]:
        capsys.readouterr()
        assert office.run("doctor", "--json") == 1
        return {each["check"]: (each["ok"], each["title"]) for each in json.loads(capsys.readouterr().out)}

    assert titles()["sign_in:main"] == (False, "Nobody has signed in to QuickBooks Online yet")
    assert office.run("sign-in") == 0
    assert titles()["sign_in:main"] == (True, "Cedar Sync is signed in to QuickBooks Online")
    assert titles()["quickbooks:main"] == (False, "QuickBooks Online has not been asked anything yet")
    assert office.run("push") == 0
    assert titles()["quickbooks:main"] == (True, "QuickBooks has no complaint")
    office.intuit.service.grants.disconnect(office.intuit.realm_id)
    assert not office.is_let_in()
    assert titles()["sign_in:main"] == (False, "The sign-in to QuickBooks Online has ended")


def test_one_way_in_for_all_who_ask_until_the_settings_change(office: Office) -> None:
    with Installation(office.home) as installation:
        access = kit_of(installation, "main").access
        assert kit_of(installation, "main").access is access
        assert access.courier("") is access.courier("")
        change(office.home, "main", {"destination.client_id": "another"}, None)
        assert installation.reloads()
        assert kit_of(installation, "main").access is not access


def test_without_a_store_the_tokens_are_in_one_file_and_nowhere_else(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    made = _noting(office.intuit)
    assert office.run("sign-in") == 0
    assert office.is_let_in()
    office.intuit.clock.move(days=2)
    assert office.is_let_in()
    told = capsys.readouterr()
    secrets = (*made, CLIENT_SECRET)
    assert len(made) >= 2
    assert {leak.partition(":")[0] for leak in leaks(office.home, secrets)} <= {"tokens-main.json"}
    assert not [each for each in secrets if each in told.out + told.err]
    assert office.run("sign-out") == 0
    assert leaks(office.home, secrets) == []


def _noting(intuit: Intuit) -> list[str]:
    """Note every token that is handed out."""
    made: list[str] = []
    hand_out: Callable[..., object] = intuit.service.grants._hand_out

    def noted(grant: object) -> object:
        tokens = hand_out(grant)
        made.extend((tokens.access, tokens.refresh))  # type: ignore[attr-defined]
        return tokens

    intuit.service.grants._hand_out = noted  # type: ignore[method-assign, assignment]
    return made


def test_a_sign_in_that_cannot_be_kept_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    address = office.pasted()
    monkeypatch.setattr("app.books.quickbooks_online.token_place.write_whole", full)
    assert office.run("sign-in", "--paste", address) == 6
    monkeypatch.undo()


def test_nobody_is_signed_in_at_first(office: Office) -> None:
    with Installation(office.home) as installation:
        access = kit_of(installation, "main").access
        assert access.courier("").send("GET /preferences\n\n").fault == "not_signed_in"
        with pytest.raises(NotConfigured, match="sign in first"):
            access.keeper.access()
