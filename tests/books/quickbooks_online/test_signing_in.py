from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from app.books.quickbooks_online.access import OnlineAccess
from app.books.quickbooks_online.grants import (
    CallbackPortUsed,
    Grant,
    PasteRefused,
    SignInEnded,
    SignInFinished,
    SignInRefused,
    TokensUnreachable,
    WrongClient,
)
from app.books.quickbooks_online.signing_in import LIFETIME, SignIn, callback_port, redirect_uri
from app.domain.faults import KnownFault, NotConfigured
from app.practice.quickbooks_online import on
from app.system.network import answers
from tests.books.quickbooks_online.intuit import Intuit, browse, callback_ports
from tests.canaries import leaks

RELAY = "https://connect.example.com/qbo"
NOTE = "sign-in-main.json"


class Waiting:
    """A sign-in somebody waits for in another thread."""

    def __init__(self, signing: SignIn, **how: object) -> None:
        self.signing = signing
        self.end: Grant | KnownFault | None = None
        self._thread = threading.Thread(target=self._wait, kwargs=how)
        self._thread.start()

    def _wait(self, **how: object) -> None:
        try:
            self.end = self.signing.wait(**how)  # type: ignore[arg-type]
        except KnownFault as fault:
            self.end = fault

    def ended(self) -> Grant | KnownFault | None:
        self._thread.join(10)
        assert not self._thread.is_alive()
        return self.end


def begun(intuit: Intuit, *, realm_id: str = "", **how: object) -> tuple[OnlineAccess, SignIn]:
    access = intuit.access(port=callback_ports(), **how)  # type: ignore[arg-type]
    signing = access.begin(realm_id)
    intuit.begun.append(signing)
    intuit.service.sign_in.redirect_uris.add(parse_qs(urlsplit(signing.address).query)["redirect_uri"][0])
    return access, signing


def ended_at(intuit: Intuit, signing: SignIn) -> str:
    """Sign in, and give the address the browser is sent to, without going there."""
    with httpx.Client(trust_env=False) as http:
        return http.get(signing.address).headers["location"]


def test_the_address_for_intuits_page_does_not_depend_on_what_runs() -> None:
    assert redirect_uri("", 8085) == "http://localhost:8086/qbo/callback"
    assert redirect_uri("", 65535) == "http://localhost:65534/qbo/callback"
    assert redirect_uri(RELAY, 8085) == RELAY
    assert callback_port(8085) == 8086


def test_the_browser_signs_in_and_comes_back(intuit: Intuit) -> None:
    access, signing = begun(intuit)
    assert signing.comes_back
    waiting = Waiting(signing)
    page = browse(signing.address)
    grant = waiting.ended()
    assert isinstance(grant, Grant)
    assert (page.status_code, f"company {intuit.realm_id}" in page.text) == (200, True)
    assert page.headers["cache-control"] == "no-store"
    assert grant.realm_id == intuit.realm_id
    assert intuit.opens(grant.tokens.access)
    assert [each.name for each in intuit.home.iterdir()] == []
    access.keeper.keep(grant.tokens)
    assert access.courier(grant.realm_id).send("GET /preferences\n\n").fault == ""


def test_the_browser_may_come_back_by_the_other_address(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    waiting = Waiting(signing)
    address = ended_at(intuit, signing).replace("localhost", "[::1]")
    assert browse(address).status_code == 200
    assert isinstance(waiting.ended(), Grant)


def test_a_page_of_the_vendors_sends_the_browser_on_to_the_port_in_the_state(intuit: Intuit) -> None:
    _, signing = begun(intuit, redirect_url=RELAY)
    assert not signing.comes_back
    waiting = Waiting(signing)
    query = urlsplit(ended_at(intuit, signing)).query
    port = parse_qs(query)["state"][0].partition("-")[0]
    browse(f"http://127.0.0.1:{port}/qbo/callback?{query}")
    assert isinstance(waiting.ended(), Grant)


def test_a_redirect_address_on_this_computer_is_listened_at_as_it_is(intuit: Intuit) -> None:
    _, signing = begun(intuit, redirect_url=f"http://localhost:{callback_ports()}/other/path")
    waiting = Waiting(signing)
    browse(signing.address)
    assert isinstance(waiting.ended(), Grant)


def test_a_pasted_address_does_too_and_ends_the_waiting(intuit: Intuit) -> None:
    _, signing = begun(intuit, redirect_url=RELAY)
    waiting = Waiting(signing)
    address = ended_at(intuit, signing)
    # As a terminal breaks it.
    grant = signing.take(f"  {address[:60]}\n{address[60:]} ")
    assert waiting.ended() is grant


def test_another_program_can_finish_what_one_began(intuit: Intuit) -> None:
    access, signing = begun(intuit)
    waiting = Waiting(signing)
    address = ended_at(intuit, signing)
    grant = access.begin("", is_resumed=True).take(address)
    assert intuit.opens(grant.tokens.access)
    assert waiting.end is None, "the other one has not kept it yet"
    access.keeper.keep(grant.tokens)
    end = waiting.ended()
    assert (type(end), "finished in another window" in str(end)) == (SignInFinished, True)
    with pytest.raises(PasteRefused, match="no sign-in that waits"):
        access.begin("", is_resumed=True).take(address)


def test_what_another_program_did_not_bring_to_its_end_is_said(intuit: Intuit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.books.quickbooks_online.signing_in.KEPT_WITHIN", 0.1)
    # The sign-in of before, and its refreshing, are not taken for it.
    intuit.signed_in()
    access, signing = begun(intuit)
    waiting = Waiting(signing)
    address = ended_at(intuit, signing).replace("code=", "code=x")
    with pytest.raises(SignInRefused):
        access.begin("", is_resumed=True).take(address)
    access.keeper.access()
    end = waiting.ended()
    assert (type(end), "did not come to its end" in str(end)) == (SignInEnded, True)


def test_an_address_is_good_for_once(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    address = ended_at(intuit, signing)
    signing.take(address)
    with pytest.raises(PasteRefused, match="used already"):
        signing.take(address)


def test_a_newer_sign_in_takes_the_place_of_an_older_one(intuit: Intuit) -> None:
    access, signing = begun(intuit)
    waiting = Waiting(signing)
    intuit.begun.append(access.begin(""))
    end = waiting.ended()
    assert (type(end), "Another sign-in was begun" in str(end)) == (SignInEnded, True)
    with pytest.raises(PasteRefused, match="used already"):
        signing.take(ended_at(intuit, signing))


def test_another_company_is_refused_in_one_sentence_that_names_both(intuit: Intuit) -> None:
    _, signing = begun(intuit, realm_id="9130000000000777")
    waiting = Waiting(signing)
    page = browse(signing.address)
    end = waiting.ended()
    assert isinstance(end, SignInRefused)
    assert str(end).count(".") == 1
    for named in (intuit.realm_id, "9130000000000777"):
        assert named in str(end)
        assert named in page.text
    # The code was not exchanged.
    assert intuit.asked() == 0


def test_whoever_declines_is_told_so(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    intuit.service.sign_in.person_agrees = False
    waiting = Waiting(signing)
    page = browse(signing.address)
    assert "did not let Cedar Sync into" in page.text
    assert "did not let Cedar Sync into" in str(waiting.ended())
    assert [each.name for each in intuit.home.iterdir()] == []


@pytest.mark.parametrize(("error", "shown"), [("invalid_scope", "invalid_scope"), ("<b>x</b>", "(?)")])
def test_another_refusal_of_intuits_names_its_word(intuit: Intuit, error: str, shown: str) -> None:
    _, signing = begun(intuit)
    state = parse_qs(urlsplit(signing.address).query)["state"][0]
    with pytest.raises(SignInRefused) as fault:
        signing.take(f"{RELAY}?{urlencode({'error': error, 'state': state})}")
    assert shown in str(fault.value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda _: " ", "Nothing was pasted"),
        (lambda _: "hello", "no web address"),
        (lambda _: "http://[", "no web address"),
        (lambda url: url.partition("?")[0], "cut off, state is missing"),
        (lambda url: url.partition("&state")[0], "cut off, state is missing"),
        (lambda url: url.partition("&realmId")[0], "cut off, realmId is missing"),
        (lambda url: url.replace("code=", "kode="), "cut off, code is missing"),
        (lambda url: url.replace("realmId=", "realmId=x"), "names no company"),
        (lambda url: url.replace("state=", "state=x"), "another sign-in"),
        (lambda url: url + "&state=other", "cut off, state is missing"),
    ],
)
def test_each_wrong_input_has_its_own_sentence_and_the_right_one_still_works(
    intuit: Intuit, change: Callable[[str], str], sentence: str
) -> None:
    _, signing = begun(intuit)
    address = ended_at(intuit, signing)
    with pytest.raises(PasteRefused, match=sentence):
        signing.take(change(address))
    assert intuit.opens(signing.take(address).tokens.access)


def test_the_first_pages_own_address_is_no_answer(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    with pytest.raises(PasteRefused, match="begins with"):
        signing.take(signing.address)


def test_after_ten_minutes_it_is_too_late(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    address = ended_at(intuit, signing)
    intuit.clock.move(seconds=LIFETIME.total_seconds() + 1)
    with pytest.raises(SignInRefused, match="more than 10 minutes ago"):
        signing.take(address)
    assert [each.name for each in intuit.home.iterdir()] == []


def test_a_code_that_is_too_old_or_for_another_address_says_what_to_check(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    address = ended_at(intuit, signing)
    intuit.clock.move(minutes=6)
    with pytest.raises(SignInRefused, match=r"exactly http://localhost:\d+/qbo/callback\.$"):
        signing.take(address)


def test_trouble_with_the_exchange_is_told_on_the_page_and_to_who_waits(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    intuit.service.mishaps.unavailable(where=on("token"))
    waiting = Waiting(signing)
    assert "not signed in" in browse(signing.address).text
    assert isinstance(waiting.ended(), TokensUnreachable)


def test_a_wrong_secret_is_told(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    intuit.secret = "wrong"
    with pytest.raises(WrongClient):
        signing.take(ended_at(intuit, signing))


def test_without_a_secret_no_sign_in_begins(intuit: Intuit) -> None:
    intuit.secret = ""
    with pytest.raises(NotConfigured, match="client secret"):
        intuit.access().begin("")


def test_waiting_ends_when_it_is_stopped_or_takes_too_long(intuit: Intuit) -> None:
    access, signing = begun(intuit)
    with pytest.raises(SignInEnded, match="stopped"):
        signing.wait(cancelled=lambda: True)
    assert (intuit.home / NOTE).exists()
    signing.close()
    assert not (intuit.home / NOTE).exists()
    with pytest.raises(SignInEnded, match="within 10 minutes"):
        access.begin("").wait(0.1)
    assert not (intuit.home / NOTE).exists()


def test_a_port_in_use_is_said_and_pasting_works_all_the_same(intuit: Intuit) -> None:
    port = callback_ports()
    with socket.create_server(("127.0.0.1", port)):
        _, signing = begun(intuit, redirect_url=f"http://localhost:{port}/callback")
        with pytest.raises(CallbackPortUsed, match=str(port)):
            signing.wait(1)
    assert intuit.opens(signing.take(ended_at(intuit, signing)).tokens.access)


def test_begun_anew_it_waits_until_the_one_before_has_stopped_listening(intuit: Intuit) -> None:
    access, first = begun(intuit)
    is_unwanted = threading.Event()
    before = Waiting(first, cancelled=is_unwanted.is_set)
    again = access.begin("")
    waiting = Waiting(again)
    is_unwanted.set()
    assert isinstance(before.ended(), SignInEnded)
    address = ended_at(intuit, again)
    while not answers(urlsplit(address).port or 0):
        assert waiting.end is None
    browse(address)
    assert isinstance(waiting.ended(), Grant)


def test_strangers_at_the_page_change_nothing(intuit: Intuit) -> None:
    _, signing = begun(intuit)
    waiting = Waiting(signing)
    address = ended_at(intuit, signing)
    parts = urlsplit(address)
    root = f"http://127.0.0.1:{parts.port}"
    assert browse(f"{root}/favicon.ico").status_code == 404
    # One that says nothing, as browsers open ahead of need, holds nobody up.
    with socket.create_connection(("127.0.0.1", parts.port or 0)):
        assert browse(f"{root}/qbo/callback?{parts.query.replace('state=', 'state=x')}").status_code == 200
        assert httpx.get(f"{root}/qbo/callback?{parts.query}", headers={"Host": "evil.example"}).status_code == 404
        assert httpx.post(f"{root}/qbo/callback?{parts.query}").status_code == 501
        assert waiting.end is None
        assert browse(address).status_code == 200
    assert isinstance(waiting.ended(), Grant)


def test_the_note_and_the_log_hold_nothing_secret(intuit: Intuit, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        _, signing = begun(intuit)
        code = parse_qs(urlsplit(ended_at(intuit, signing)).query)["code"][0]
        assert leaks(intuit.home, (code, intuit.secret)) == []
        waiting = Waiting(signing)
        browse(signing.address)
        grant = waiting.ended()
    assert isinstance(grant, Grant)
    told = "\n".join(each.getMessage() for each in caplog.records if each.name.startswith("app")) + repr(grant)
    assert not [each for each in (code, intuit.secret, grant.tokens.access, grant.tokens.refresh) if each in told]
    assert {grant.tokens.access, grant.tokens.refresh} <= set(intuit.hidden)


def test_a_state_cannot_be_guessed(intuit: Intuit) -> None:
    addresses = [begun(intuit)[1].address for _ in range(5)]
    states = {parse_qs(urlsplit(each).query)["state"][0].partition("-")[2] for each in addresses}
    assert (len(states), min(len(each) for each in states)) == (5, 32)
