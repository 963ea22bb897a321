"""Tokens for programs, and links that let somebody in once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from web_sites import PASSWORD, QUICK, SECRET

from chainrule.classes import links, sessions, tokens
from chainrule.classes.accounts import add_account, deactivate, recognised
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account, Token
from chainrule.classes.rows import found
from chainrule.store.records import now
from chainrule.store.store import Store

OTHER = "nine quiet harbours"
DAY = timedelta(days=1)


def test_the_store_holds_no_token(store: Store, sam: Account) -> None:
    token, secret = tokens.new(store, sam.id, " my  laptop ", 30, now())
    assert token.label == "my laptop"
    assert secret not in str(found(store, Token))
    assert tokens.recall(store, secret, now()) == sam
    assert tokens.recall(store, secret + "x", now()) is None
    assert tokens.recall(store, "", now()) is None


def test_a_token_ends_on_its_day(store: Store, sam: Account) -> None:
    _, secret = tokens.new(store, sam.id, "laptop", 30, now())
    assert tokens.recall(store, secret, now() + 29 * DAY) == sam
    assert tokens.recall(store, secret, now() + 30 * DAY) is None
    assert tokens.of(store, sam.id, now() + 30 * DAY) == ()


def test_a_token_is_revoked_by_its_holder_alone(store: Store, sam: Account, ivy: Account) -> None:
    token, secret = tokens.new(store, sam.id, "laptop", 30, now())
    assert not tokens.revoke(store, ivy.id, token.id)
    assert tokens.recall(store, secret, now()) == sam
    assert tokens.revoke(store, sam.id, token.id)
    assert tokens.recall(store, secret, now()) is None


@pytest.mark.parametrize(("label", "days"), [("", 30), ("x" * 81, 30), ("a\x00b", 30), ("laptop", 0), ("laptop", 366)])
def test_tokens_that_cannot_be_made(store: Store, sam: Account, label: str, days: int) -> None:
    with pytest.raises(AccountError):
        tokens.new(store, sam.id, label, days, now())


def test_nobody_hoards_tokens(store: Store, sam: Account) -> None:
    for number in range(tokens.MOST):
        tokens.new(store, sam.id, f"laptop {number}", 30, now())
    with pytest.raises(AccountError, match="revoke one"):
        tokens.new(store, sam.id, "one more", 30, now())


def test_a_reset_link_works_once_and_for_a_day(store: Store, sam: Account) -> None:
    link = links.reset_link(SECRET, sam, now())
    assert links.to_reset(store, SECRET, link, now() + DAY) is None
    account = links.to_reset(store, SECRET, link, now())
    assert account == sam
    cookie = sessions.begin(store, sam.id, now())
    _, key = tokens.new(store, sam.id, "laptop", 30, now())
    links.reset(store, QUICK, account, OTHER)
    assert recognised(store, QUICK, "sam", OTHER) is not None
    assert sessions.recall(store, cookie, now()) is None
    assert tokens.recall(store, key, now()) is None
    assert links.to_reset(store, SECRET, link, now()) is None
    with pytest.raises(AccountError, match="was used"):
        links.reset(store, QUICK, account, PASSWORD)  # two at once: the second comes too late


def test_a_reset_link_of_another_server_or_a_changed_one_opens_nothing(store: Store, sam: Account) -> None:
    link = links.reset_link(SECRET, sam, now())
    for bad in (links.reset_link(b"another secret", sam, now()), link[:-1], "x" + link, "", "a.b"):
        assert links.to_reset(store, SECRET, bad, now()) is None


def test_a_closed_account_is_not_reset(store: Store, sam: Account) -> None:
    link = links.reset_link(SECRET, sam, now())
    deactivate(store, sam)
    assert links.to_reset(store, SECRET, link, now()) is None


def test_the_first_instructor_is_made_once(store: Store) -> None:
    link = links.first_instructor(store, SECRET, now())
    assert link is not None
    assert links.can_set_up(store, SECRET, link, now())
    assert not links.can_set_up(store, SECRET, link, now() + 7 * DAY)
    assert links.set_up(store, QUICK, "ivy", "Ivy", PASSWORD).role == "instructor"
    assert not links.can_set_up(store, SECRET, link, now())
    assert links.first_instructor(store, SECRET, now()) is None
    with pytest.raises(AccountError, match="was used"):
        links.set_up(store, QUICK, "eve", "Eve", PASSWORD)  # two at once
    assert found(store, Account, login="eve") == ()


def test_one_kind_of_link_is_not_the_other(store: Store) -> None:
    sam = add_account(store, QUICK, "sam", "Sam", PASSWORD)
    set_up = links.first_instructor(store, SECRET, now())
    assert set_up is not None
    assert links.to_reset(store, SECRET, set_up, now()) is None
    assert not links.can_set_up(store, SECRET, links.reset_link(SECRET, sam, now()), now())
