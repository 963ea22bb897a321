"""Accounts: made once for each login, recognised, changed and closed."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from argon2 import PasswordHasher
from web_sites import PASSWORD, QUICK

from chainrule.classes import sessions, tokens
from chainrule.classes.accounts import (
    account_of,
    activate,
    add_account,
    check_name,
    deactivate,
    login_of,
    recognised,
    set_password,
)
from chainrule.classes.errors import AccountError
from chainrule.classes.passwords import Passwords
from chainrule.classes.records import Account
from chainrule.classes.rows import by_id, change
from chainrule.store.records import now
from chainrule.store.store import Store

OTHER = "nine quiet harbours"
MARKS = "a" + "\u0315\u0300" * 100_000


@pytest.mark.parametrize("typed", ["sam", "SAM", " Sam ", "ｓａｍ"])
def test_a_login_has_one_spelling(store: Store, sam: Account, typed: str) -> None:
    assert recognised(store, QUICK, typed, PASSWORD) == sam
    with pytest.raises(AccountError, match="taken"):
        add_account(store, QUICK, typed, "Another", PASSWORD)


def test_folding_a_login_twice_changes_nothing() -> None:
    for code in range(0x3000):
        assert login_of(login_of(chr(code))) == login_of(chr(code))


@pytest.mark.parametrize("login", ["", "x", "a b", "a\u200bb", "a/b", "<b>", "x" * 65, "sam\n"[:-1] + "\x00"])
def test_logins_that_cannot_be_taken(store: Store, login: str) -> None:
    with pytest.raises(AccountError, match="A login"):
        add_account(store, QUICK, login, "Sam", PASSWORD)


def test_marks_without_end_on_a_letter_keep_nobody_waiting(store: Store, sam: Account) -> None:
    begun = process_time()
    assert recognised(store, QUICK, MARKS, PASSWORD) is None
    assert recognised(store, QUICK, "sam", MARKS) is None
    with pytest.raises(AccountError):
        check_name(MARKS)
    assert process_time() - begun < 5  # minutes, where all of them are put into their order


@pytest.mark.parametrize("shown", ["", "  ", "x" * 81, "Sam\u202eadmin"])
def test_names_that_cannot_be_taken(shown: str) -> None:
    with pytest.raises(AccountError, match="A name"):
        check_name(shown)


def test_wrong_passwords_and_unknown_logins_are_not_recognised(store: Store, sam: Account) -> None:
    assert recognised(store, QUICK, "sam", OTHER) is None
    assert recognised(store, QUICK, "tom", PASSWORD) is None


def test_an_older_hash_is_replaced_at_login(store: Store, sam: Account) -> None:
    today = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    found = recognised(store, today, "sam", PASSWORD)
    assert found is not None
    assert found.password != sam.password
    assert not today.stale(found.password)
    assert found == by_id(store, Account, sam.id)
    assert recognised(store, today, "sam", PASSWORD) == found


def test_a_new_password_ends_the_other_sessions(store: Store, sam: Account) -> None:
    kept, ended = (sessions.begin(store, sam.id, now()) for _ in range(2))
    here = sessions.recall(store, kept, now())
    assert here is not None
    assert set_password(store, QUICK, sam, OTHER, keep=here[0].id)
    assert sessions.recall(store, kept, now()) is not None
    assert sessions.recall(store, ended, now()) is None
    assert recognised(store, QUICK, "sam", PASSWORD) is None
    assert recognised(store, QUICK, "sam", OTHER) is not None


def test_of_two_changes_from_the_same_password_one_counts(store: Store, sam: Account) -> None:
    assert set_password(store, QUICK, sam, OTHER)
    assert not set_password(store, QUICK, sam, "eleven red bicycles")
    assert recognised(store, QUICK, "sam", OTHER) is not None


def test_a_closed_account_is_out_at_once(store: Store, sam: Account) -> None:
    cookie = sessions.begin(store, sam.id, now())
    _, key = tokens.new(store, sam.id, "laptop", 3, now())
    change(store, Account, {"id": sam.id}, active=False)  # whoever closes it, and however
    assert sessions.recall(store, cookie, now()) is None
    assert tokens.recall(store, key, now()) is None
    deactivate(store, sam)
    assert sessions.recall(store, cookie, now()) is None
    assert tokens.recall(store, key, now()) is None
    assert recognised(store, QUICK, "sam", PASSWORD) is None
    activate(store, replace(sam, active=False))
    assert recognised(store, QUICK, "sam", PASSWORD) == sam
    assert sessions.recall(store, cookie, now()) is None


def test_an_account_is_found_by_its_login(store: Store, sam: Account) -> None:
    assert account_of(store, "SAM") == sam
    with pytest.raises(AccountError, match="no account"):
        account_of(store, "tom")
