"""Sessions: browsers that are logged in, known by the digest of what their cookie holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chainrule.classes.digests import digest, new_secret
from chainrule.classes.records import Account, Session
from chainrule.classes.rows import change, found, found_in, put_in, remove

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.store import Store

IDLE = timedelta(hours=12)  # longer than any exam
ABSOLUTE = timedelta(days=7)
PAUSE = timedelta(hours=1)  # a session in use goes on past its end until there is one, so that no exam is cut
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last request is known: a write for each would be too much


def begin(store: Store, account: str, at: datetime) -> str:
    """What the cookie of a new session holds. Sessions that are over, of anybody, are removed."""
    secret = new_secret()
    session = Session(account, at, at + ABSOLUTE, at=at, id=digest(secret))
    with store.writing() as connection:
        remove_over(connection, at)
        put_in(connection, session)
    return secret


def recall(store: Store, secret: str, at: datetime) -> tuple[Session, Account] | None:
    """The session whose cookie holds that, with its account; None where it is over or the account is closed."""
    with store.reading() as connection:
        sessions = found_in(connection, Session, id=digest(secret))
        if not sessions or _over(sessions[0], at):
            return None
        accounts = found_in(connection, Account, id=sessions[0].account, active=True)
    if not accounts:
        return None
    if at >= sessions[0].seen + SEEN_EVERY:
        change(store, Session, {"id": sessions[0].id}, seen=at)
    return sessions[0], accounts[0]


def of(store: Store, account: str, at: datetime) -> tuple[Session, ...]:
    """The sessions of an account that are not over."""
    return tuple(session for session in found(store, Session, account=account) if not _over(session, at))


def end(store: Store, account: str, id: str) -> bool:
    """Whether that account had a session of that id, which has ended now."""
    return bool(remove(store, Session, account=account, id=id))


def end_in(connection: Connection, account: str, *, keep: str = "") -> None:
    """Ends all sessions of an account within an open transaction, except one."""
    from chainrule.store.class_tables import SESSIONS

    connection.execute(SESSIONS.delete().where(SESSIONS.c["account"] == account, SESSIONS.c["id"] != keep))


def end_others(store: Store, account: str, keep: str) -> None:
    """Ends all sessions of an account except one."""
    with store.writing() as connection:
        end_in(connection, account, keep=keep)


def _over(session: Session, at: datetime) -> bool:
    if at >= session.expires:
        return at >= min(session.seen + PAUSE, session.expires + IDLE)
    return at >= session.seen + IDLE


def remove_over(connection: Connection, at: datetime) -> None:
    """Removes the sessions that are over for good, of anybody, within an open transaction."""
    from sqlalchemy import or_

    from chainrule.store.class_tables import SESSIONS

    over = or_(SESSIONS.c["expires"] <= at - IDLE, SESSIONS.c["seen"] <= at - IDLE)
    connection.execute(SESSIONS.delete().where(over))
