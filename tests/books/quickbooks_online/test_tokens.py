from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from app.books.quickbooks_online.grants import GrantLost, NotSignedIn, Tokens, TokensUnreachable, WrongClient
from app.books.quickbooks_online.oauth import TokenServer
from app.books.quickbooks_online.token_place import KeptTokens, TokenPlace
from app.books.quickbooks_online.tokens import Concealed
from app.domain.faults import HomeUnusable, NotConfigured
from app.domain.values import replace
from app.practice.quickbooks_online import CLIENT_ID, on
from app.system.credentials import Secret
from tests.books.quickbooks_online.intuit import Intuit
from tests.books.quickbooks_online.two_programs import DEAD, use_up
from tests.canaries import leaks

ENTRY = ("main", Secret.QBO_REFRESH_TOKEN)
FILE = "tokens-main.json"
TOKEN = on("token")
ROUNDS = 2


class Killed(BaseException):
    """The program ends here."""


def kept(intuit: Intuit) -> KeptTokens:
    return TokenPlace(intuit.store, "main", intuit.home, intuit.clock.now).load()


def test_an_access_token_is_used_until_shortly_before_its_end(intuit: Intuit) -> None:
    keeper = intuit.signed_in().keeper
    token = keeper.access()
    assert intuit.opens(token)
    intuit.clock.move(minutes=54)
    assert keeper.access() == token
    assert intuit.asked() == 1
    intuit.clock.move(minutes=1)
    assert keeper.access() != token
    assert intuit.asked() == 2


def test_a_token_that_was_refused_is_replaced_at_once(intuit: Intuit) -> None:
    keeper = intuit.signed_in().keeper
    token = keeper.access()
    assert keeper.access(refused=token) != token


def test_eight_threads_refresh_once(intuit: Intuit) -> None:
    keeper = intuit.signed_in().keeper
    intuit.service.mishaps.late(0.1, where=TOKEN)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(keeper.access())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), intuit.asked()) == (8, 1, 1)


def test_another_program_takes_what_one_has_refreshed(intuit: Intuit) -> None:
    token = intuit.signed_in().keeper.access()
    assert intuit.access().keeper.access() == token
    assert intuit.asked() == 1


def test_where_the_store_has_no_room_each_program_asks_for_its_own(
    intuit: Intuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.practice.quickbooks_online.grants._ACCESS_LENGTH", 1400)
    token = intuit.signed_in().keeper.access()
    other = intuit.access().keeper.access()
    assert (intuit.opens(token), intuit.opens(other), token != other) == (True, True, True)
    assert token not in intuit.store.kept[ENTRY]
    assert not (intuit.home / FILE).exists()


def test_programs_at_once_and_one_that_is_killed_and_nobody_loses_the_grant(intuit: Intuit) -> None:
    intuit.store.is_there = False
    intuit.service.grants.rotates_always = True
    access = intuit.signed_in()
    killed, other = started(intuit, "dies"), started(intuit, "works")
    # It dies between Intuit's answer and the keeping: the token before is good for a while, by Intuit's grace.
    assert outcome(killed) == DEAD
    access.keeper.access()
    # Without any grace, two refreshes with one token at once end the grant.
    intuit.service.grants.grace = timedelta(0)
    intuit.service.mishaps.late(0.1, times=50, where=TOKEN)
    release(other)
    assert use_up(access, intuit.realm_id, 3 * ROUNDS) == 0
    assert outcome(other) == 0
    assert intuit.opens(access.keeper.access())


def started(intuit: Intuit, how: str) -> subprocess.Popen[bytes]:
    place = [str(intuit.home), intuit.service.base_url, CLIENT_ID, intuit.secret, intuit.realm_id]
    command = [sys.executable, "-m", "tests.books.quickbooks_online.two_programs", *place, str(ROUNDS), how]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def release(program: subprocess.Popen[bytes]) -> None:
    assert program.stdin is not None
    program.stdin.close()


def outcome(program: subprocess.Popen[bytes]) -> int:
    release(program)
    return program.wait(60)


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("step", ["before the call", "the answer is lost", "before keeping", "after keeping"])
def test_killed_at_any_step_the_next_start_goes_on(
    intuit: Intuit,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    is_there: bool,  # noqa: FBT001
) -> None:
    intuit.store.is_there = is_there
    intuit.service.grants.rotates_always = True
    keeper = intuit.signed_in().keeper
    save, refresh = TokenPlace.save, TokenServer.refresh

    def killed(*_: object) -> None:
        raise Killed

    def kept_and_killed(self: TokenPlace, tokens: KeptTokens, before: KeptTokens) -> KeptTokens:
        save(self, tokens, before)
        raise Killed

    def refreshed_and_killed(self: TokenServer, token: str) -> Tokens:
        refresh(self, token)
        raise Killed

    target, action = {
        "before the call": ((TokenServer, "refresh"), killed),
        "the answer is lost": ((TokenServer, "refresh"), refreshed_and_killed),
        "before keeping": ((TokenPlace, "save"), killed),
        "after keeping": ((TokenPlace, "save"), kept_and_killed),
    }[step]
    with monkeypatch.context() as patch:
        patch.setattr(*target, action)
        with pytest.raises(Killed):
            keeper.access()
    assert intuit.opens(intuit.access().keeper.access())


def test_tokens_are_kept_before_they_are_used(intuit: Intuit, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = intuit.signed_in().keeper
    save = TokenPlace.save
    with monkeypatch.context() as patch:
        patch.setattr(TokenPlace, "save", _refuse)
        with pytest.raises(HomeUnusable):
            keeper.access()
        with pytest.raises(HomeUnusable):
            # The tokens are there, but they are not used as long as they are not kept.
            keeper.access()
    assert (TokenPlace.save, intuit.asked()) == (save, 1)
    token = keeper.access()
    assert (intuit.opens(token), intuit.asked(), kept(intuit).access) == (True, 1, token)


def test_tokens_that_could_not_be_kept_yield_to_newer_ones(intuit: Intuit, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = intuit.signed_in().keeper
    with monkeypatch.context() as patch:
        patch.setattr(TokenPlace, "save", _refuse)
        with pytest.raises(HomeUnusable):
            keeper.access()
    newer = intuit.access().keeper.access()
    assert keeper.access() == newer


def _refuse(*_: object) -> None:
    raise HomeUnusable("The disk is full.")


def test_the_token_before_is_kept_until_a_call_has_gone_well(intuit: Intuit) -> None:
    intuit.service.grants.rotates_always = True
    access = intuit.signed_in()
    before = kept(intuit).refresh
    token = access.keeper.access()
    assert (kept(intuit).previous, kept(intuit).refresh != before) == (before, True)
    access.keeper.prove("another token")
    assert kept(intuit).previous == before
    access.keeper.prove(token)
    assert kept(intuit).previous == ""
    assert intuit.opens(intuit.access().keeper.access())


def test_when_the_newer_one_is_refused_the_one_before_is_tried_once(intuit: Intuit) -> None:
    access = intuit.signed_in()
    place = TokenPlace(intuit.store, "main", intuit.home, intuit.clock.now)
    good = place.load()
    place.save(replace(good, refresh="AB11never-arrived", previous=good.refresh), good)
    assert intuit.opens(access.keeper.access())
    assert intuit.asked() == 2


def test_a_lost_grant_is_remembered_and_not_asked_about_again(intuit: Intuit) -> None:
    access = intuit.signed_in()
    intuit.service.grants.disconnect(intuit.realm_id)
    for keeper in (access.keeper, access.keeper, intuit.access().keeper):
        with pytest.raises(GrantLost, match="sign in again"):
            keeper.access()
    assert intuit.asked() == 1
    assert (access.keeper.standing().is_signed_in, access.keeper.standing().is_lost) == (False, True)
    access.keeper.keep(intuit.tokens())
    intuit.clock.move(hours=1)
    assert intuit.opens(access.keeper.access())


@pytest.mark.parametrize("mishap", ["unavailable", "cut_before", "lose_answer", "truncated"])
def test_trouble_with_the_token_server_loses_nothing(intuit: Intuit, mishap: str) -> None:
    intuit.service.grants.rotates_always = True
    keeper = intuit.signed_in().keeper
    getattr(intuit.service.mishaps, mishap)(where=TOKEN)
    with pytest.raises(TokensUnreachable):
        keeper.access()
    assert intuit.opens(keeper.access())


def test_a_wrong_secret_loses_nothing(intuit: Intuit) -> None:
    keeper = intuit.signed_in().keeper
    intuit.secret, right = "wrong", intuit.secret
    with pytest.raises(WrongClient):
        keeper.access()
    intuit.secret = ""
    with pytest.raises(NotConfigured, match="--client-secret-stdin"):
        keeper.access()
    intuit.secret = right
    assert intuit.opens(keeper.access())


def test_without_a_sign_in_there_is_nothing(intuit: Intuit) -> None:
    access = intuit.access()
    with pytest.raises(NotSignedIn, match='"main"'):
        access.keeper.access()
    assert not access.keeper.standing().is_signed_in


def test_a_variable_is_a_first_value_and_what_came_of_it_wins(intuit: Intuit) -> None:
    intuit.service.grants.rotates_always = True
    intuit.service.grants.grace = timedelta(0)
    intuit.store.variable = first = intuit.tokens().refresh
    assert intuit.access().keeper.standing().is_signed_in
    for _ in range(3):
        assert intuit.opens(intuit.access().keeper.access())
        intuit.clock.move(hours=1)
    assert first not in kept(intuit).refresh
    assert first not in intuit.store.kept[ENTRY].replace(kept(intuit).previous, "")


def test_after_a_lost_grant_a_new_first_value_is_taken_and_a_used_one_is_not(intuit: Intuit) -> None:
    intuit.store.variable = intuit.tokens().refresh
    keeper = intuit.access().keeper
    keeper.access()
    intuit.clock.move(hours=1)
    intuit.service.grants.disconnect(intuit.realm_id)
    for _ in range(2):
        with pytest.raises(GrantLost):
            intuit.access().keeper.access()
    assert intuit.asked() == 2
    intuit.store.variable = intuit.tokens().refresh
    assert intuit.opens(keeper.access())
    assert intuit.access().keeper.standing().is_signed_in


def test_a_bare_token_in_the_store_is_a_first_value_too(intuit: Intuit) -> None:
    intuit.store.kept[ENTRY] = intuit.tokens().refresh
    assert intuit.opens(intuit.access().keeper.access())
    assert intuit.store.kept[ENTRY].startswith("{")


@pytest.mark.parametrize("is_reachable", [True, False])
def test_signing_out_ends_it_everywhere(intuit: Intuit, is_reachable: bool) -> None:  # noqa: FBT001
    intuit.store.variable = intuit.tokens().refresh
    access = intuit.access()
    token = access.keeper.access()
    if not is_reachable:
        intuit.service.mishaps.cut_before(where=on("revoke"))
    assert access.keeper.sign_out() is is_reachable
    assert intuit.opens(token) is not is_reachable
    for keeper in (access.keeper, intuit.access().keeper):
        with pytest.raises(NotSignedIn):
            keeper.access()
    assert (kept(intuit).refresh, kept(intuit).access, access.keeper.standing().is_signed_in) == ("", "", False)


def test_a_first_value_nobody_used_is_revoked_too(intuit: Intuit) -> None:
    tokens = intuit.tokens()
    intuit.store.variable = tokens.refresh
    assert intuit.access().keeper.sign_out()
    assert not intuit.opens(tokens.access)


@pytest.mark.skipif(os.name != "posix", reason="looks at POSIX rights")
def test_without_a_store_they_are_in_a_file_for_the_owner_alone(intuit: Intuit) -> None:
    intuit.store.is_there = False
    access = intuit.signed_in()
    token = access.keeper.access()
    assert (intuit.home / FILE).stat().st_mode & 0o777 == 0o600
    assert intuit.access().keeper.access() == token
    assert {leak.partition(":")[0] for leak in leaks(intuit.home, (token, kept(intuit).refresh))} == {FILE}


def test_a_store_that_takes_everything_and_keeps_nothing_is_none(
    intuit: Intuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intuit.store, "put", lambda *_: None)
    keeper = intuit.signed_in().keeper
    assert intuit.opens(keeper.access())
    assert (intuit.home / FILE).exists()


def test_once_there_is_a_store_the_file_is_gone(intuit: Intuit) -> None:
    intuit.store.is_there = False
    access = intuit.signed_in()
    intuit.store.is_there = True
    access.keeper.access()
    assert not (intuit.home / FILE).exists()
    assert kept(intuit).refresh


def test_of_two_places_the_newer_one_counts(intuit: Intuit) -> None:
    access = intuit.signed_in()
    intuit.store.is_there = False
    access.keeper.keep(intuit.tokens())
    newest = kept(intuit).refresh
    intuit.store.is_there = True
    assert kept(intuit).refresh == newest != msgspec.json.decode(intuit.store.kept[ENTRY])["r"]


@pytest.mark.parametrize("text", ["{", "{}", '{"s": "x"}', "[1]"])
def test_damaged_tokens_are_none(intuit: Intuit, text: str) -> None:
    (intuit.home / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(NotSignedIn):
        intuit.access().keeper.access()


def test_a_home_that_cannot_be_written_is_said(intuit: Intuit, tmp_path: Path) -> None:
    intuit.store.is_there = False
    intuit.home = tmp_path / "file"
    intuit.home.touch()
    with pytest.raises(HomeUnusable, match="file"):
        intuit.access().keeper.keep(intuit.tokens())


def test_it_is_known_when_the_sign_in_ends(intuit: Intuit) -> None:
    access = intuit.signed_in()
    access.keeper.access()
    ends_at = access.keeper.standing().ends_at
    assert ends_at is not None
    assert timedelta(days=99) < ends_at - intuit.clock.now() <= timedelta(days=101)


def test_every_token_is_hidden_from_the_log_while_it_opens_something(intuit: Intuit) -> None:
    keeper = intuit.signed_in().keeper
    token = keeper.access()
    assert {token, kept(intuit).refresh} <= set(intuit.hidden)


def test_the_list_of_what_is_hidden_does_not_grow_for_ever() -> None:
    hidden: list[str] = []
    concealed = Concealed(hidden.append, hidden.remove)
    for number in range(1000):
        concealed.hide("the refresh token", f"access {number}", "")
    assert (len(hidden), "the refresh token" in hidden, "access 999" in hidden) == (16, True, True)


@pytest.fixture(autouse=True)
def no_token_is_in_the_log(
    intuit: Intuit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    made: list[str] = []
    hand_out = intuit.service.grants._hand_out

    def noted(grant: object) -> object:
        tokens = hand_out(grant)  # type: ignore[arg-type]
        made.extend((tokens.access, tokens.refresh))
        return tokens

    monkeypatch.setattr(intuit.service.grants, "_hand_out", noted)
    with caplog.at_level("DEBUG"):
        yield
    told = "\n".join(f"{each.getMessage()} {each.exc_text}" for each in caplog.records if each.name.startswith("app"))
    assert not [token for token in (*made, intuit.secret) if token and token in told]
