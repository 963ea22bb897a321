"""Sessions in the store: how long they last and what is kept of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from web_sites import PASSWORD, QUICK

from chainrule.classes import sessions
from chainrule.classes.accounts import add_account
from chainrule.classes.records import Account, Session
from chainrule.classes.rows import change, found
from chainrule.classes.sessions import ABSOLUTE, IDLE, PAUSE
from chainrule.store.store import Store

MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_store_holds_no_cookie(store: Store, sam: Account) -> None:
    cookie = sessions.begin(store, sam.id, MONDAY)
    assert len(cookie) >= 43  # 256 bits in letters of six
    assert cookie not in str(found(store, Session))


def test_a_session_that_is_not_used_ends_after_twelve_hours(store: Store, sam: Account) -> None:
    cookie = sessions.begin(store, sam.id, MONDAY)
    assert sessions.recall(store, cookie, MONDAY + IDLE - SECOND) is not None
    assert sessions.recall(store, cookie, MONDAY + 2 * IDLE - 2 * SECOND) is not None
    assert sessions.recall(store, cookie, MONDAY + 3 * IDLE) is None
    assert sessions.of(store, sam.id, MONDAY + 3 * IDLE) == ()


@pytest.mark.parametrize(
    ("seen", "asked", "there"),
    [
        (ABSOLUTE - SECOND, ABSOLUTE, True),  # in the middle of an exam
        (ABSOLUTE - PAUSE, ABSOLUTE, False),  # a pause: it ends
        (ABSOLUTE + IDLE - SECOND, ABSOLUTE + IDLE, False),  # used without a pause, as by somebody who stole it
    ],
)
def test_a_session_ends_after_a_week_at_the_first_pause(
    store: Store, sam: Account, seen: timedelta, asked: timedelta, there: bool
) -> None:
    cookie = sessions.begin(store, sam.id, MONDAY)
    change(store, Session, {"account": sam.id}, seen=MONDAY + seen)
    assert (sessions.recall(store, cookie, MONDAY + asked) is not None) is there


def test_the_last_use_is_written_once_a_minute(store: Store, sam: Account) -> None:
    cookie = sessions.begin(store, sam.id, MONDAY)
    seen = []
    for after in (1, 59, 60, 61, 119, 120):
        sessions.recall(store, cookie, MONDAY + after * SECOND)
        seen.append((found(store, Session)[0].seen - MONDAY).seconds)
    assert seen == [0, 0, 60, 60, 60, 120]


def test_what_is_over_is_removed_when_somebody_logs_in(store: Store, sam: Account) -> None:
    sessions.begin(store, sam.id, MONDAY)
    sessions.begin(store, sam.id, MONDAY + IDLE)
    assert len(found(store, Session)) == 1


def test_nobody_ends_the_session_of_another(store: Store, sam: Account) -> None:
    tom = add_account(store, QUICK, "tom", "Tom", PASSWORD)
    cookie = sessions.begin(store, sam.id, MONDAY)
    (session,) = sessions.of(store, sam.id, MONDAY)
    assert not sessions.end(store, tom.id, session.id)
    assert sessions.recall(store, cookie, MONDAY) is not None
    assert sessions.end(store, sam.id, session.id)
    assert sessions.recall(store, cookie, MONDAY) is None
