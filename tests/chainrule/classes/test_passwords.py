"""Passwords: how they are kept, compared, and which ones are taken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from web_sites import QUICK

from chainrule.classes.errors import AccountError
from chainrule.classes.password_rules import LONGEST, check_password
from chainrule.classes.passwords import AT_ONCE, Passwords

GOOD = "seven pale lanterns"


def test_hashes_are_as_rfc_9106_recommends_for_little_memory() -> None:
    found = extract_parameters(Passwords().hash(GOOD))
    assert (found.type, found.time_cost, found.memory_cost, found.parallelism) == (Type.ID, 3, 65536, 4)


def test_a_password_matches_its_own_hash_alone() -> None:
    kept = QUICK.hash(GOOD)
    assert QUICK.matches(kept, GOOD)
    assert not QUICK.matches(kept, GOOD + " ")
    assert QUICK.hash(GOOD) != kept  # salted


def test_nobody_has_a_password() -> None:
    assert not QUICK.matches("", "")
    assert not QUICK.matches("", GOOD)


def test_nobody_is_compared_at_the_same_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = []
    verify = PasswordHasher.verify

    def spied(hasher: PasswordHasher, kept: str, password: str) -> bool:
        costs.append(extract_parameters(kept))
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", spied)
    QUICK.matches(QUICK.hash(GOOD), "another password")
    QUICK.matches("", "another password")
    assert costs[0] == costs[1]


def test_few_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MB: strangers who all log in at the same moment must not fill the memory."""
    kept, now, most, one = QUICK.hash(GOOD), 0, 0, Lock()
    together = Barrier(AT_ONCE)

    def spied(*_: object) -> bool:
        nonlocal now, most
        with one:
            now += 1
            most = max(most, now)
        together.wait(10)  # until as many as may are here
        with one:
            now -= 1
        return True

    monkeypatch.setattr(PasswordHasher, "verify", spied)
    with ThreadPoolExecutor(4 * AT_ONCE) as threads:
        assert all(threads.map(lambda _: QUICK.matches(kept, GOOD), range(4 * AT_ONCE)))
    assert most == AT_ONCE


def test_what_keyboards_spell_differently_is_the_same() -> None:
    assert QUICK.matches(QUICK.hash("u\u0308ber alle Berge"), "\u00fcber alle Berge")


def test_nothing_is_cut_off() -> None:
    long = "x y " * 60
    assert not QUICK.matches(QUICK.hash(long + "a"), long + "b")


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "wet owl, dry hat",
        "wet 🦉, dry 🎩, 1 cup",
        "the owl hid a red kite under the mat while twelve grey geese sang to a slow train far from any town at noon",
        "Tr0ub4dor&3-und-noch",
        "839201748302",
        "φωτιά και νερό",
        "漢字" * 3 + "仮名交じり文だ",
    ],
)
def test_long_passwords_are_taken_whatever_their_letters(password: str) -> None:
    check_password(password, "sam")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "at least 12"),
        ("seven      pale", "at least 12"),
        ("x" * (LONGEST + 1), "at most 128"),
        ("aaaaaaaaaaaaaa", "first that anybody"),
        ("abcabcabcabc", "first that anybody"),
        ("123456789012", "first that anybody"),
        ("qwertyuiop12", "first that anybody"),
        ("1qaz2wsx3edc4rfv", "first that anybody"),
        ("PasswordPassword", "first that anybody"),
        ("P@ssw0rd12345", "first that anybody"),
        ("correct horse battery staple", "first that anybody"),
        ("password-2026!", "first that anybody"),
        ("summer dragon 2026", "first that anybody"),
        ("chainrule2026", "first that anybody"),
        ("ChainruleChainrule", "first that anybody"),
        ("chainrule password", "first that anybody"),
        ("samantha.j123", "first that anybody"),
        ("Deep Learning 1", "first that anybody"),
    ],
)
def test_what_anybody_would_try_is_refused(password: str, why: str) -> None:
    with pytest.raises(AccountError, match=why):
        check_password(password, "samantha.j")
