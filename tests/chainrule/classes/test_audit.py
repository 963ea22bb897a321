"""The log: who did what, newest first, and nothing that looks like another line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chainrule.classes.audit import LONGEST, WORDS, log_of, note
from chainrule.classes.records import Account
from chainrule.store.store import Store

MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)


def test_the_newest_come_first_and_can_be_chosen(store: Store, sam: Account, ivy: Account) -> None:
    for minute, (who, what) in enumerate([(sam, "login"), (ivy, "login"), (sam, "logout"), (sam, "login")]):
        note(store, who.id, what, at=MONDAY + timedelta(minutes=minute))  # type: ignore[arg-type]
    both = [sam.id, ivy.id]
    assert [entry.at.minute for entry in log_of(store, both, most=9)] == [3, 2, 1, 0]
    assert [entry.at.minute for entry in log_of(store, both, most=2)] == [3, 2]
    assert [entry.at.minute for entry in log_of(store, both, what="login", who=sam.id, most=9)] == [3, 0]
    assert [entry.at.minute for entry in log_of(store, both, before=MONDAY + timedelta(minutes=2), most=9)] == [1, 0]
    assert log_of(store, both, most=1)[0].who == "Sam (sam)"


def test_nobody_else_is_shown(store: Store, sam: Account, ivy: Account) -> None:
    note(store, sam.id, "login")
    note(store, "", "login-failed")
    assert log_of(store, [ivy.id], most=9) == ()
    assert log_of(store, [ivy.id], who=sam.id, most=9) == ()
    assert log_of(store, [], most=9) == ()


def test_a_line_stays_one_line(store: Store, sam: Account) -> None:
    note(store, sam.id, "name-changed", "Sam\n2026-06-01 login ivy\x1b[2J" + "x" * 999, "10.0.0.1\n")
    (entry,) = log_of(store, [sam.id], most=9)
    assert entry.about.isprintable()
    assert len(entry.about) == LONGEST
    assert entry.address == "10.0.0.1 "


def test_words_are_told_apart() -> None:
    assert len(set(WORDS)) == len(WORDS)


def test_what_others_did_to_somebody_stands_with_them_too(store: Store, sam: Account, ivy: Account) -> None:
    note(store, ivy.id, "reset-link-made", "Sam (sam)", "10.0.0.1", whom=sam.id)
    note(store, "", "password-changed", "sam", whom=sam.id)
    by_command, by_ivy = log_of(store, [sam.id], most=9)
    assert (by_command.what, by_command.who) == ("password-changed", "")
    assert (by_ivy.what, by_ivy.who, by_ivy.address) == ("reset-link-made", "Ivy (ivy)", "")
    assert [entry.address for entry in log_of(store, [ivy.id], most=9)] == ["10.0.0.1"]
