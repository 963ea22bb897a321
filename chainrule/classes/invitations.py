"""Invitations: links with which people join a class, so many of them and until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chainrule.classes.accounts import keep_in, new_account
from chainrule.classes.digests import digest, new_secret
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account, Classroom, Invitation, Membership, Role
from chainrule.classes.rows import change_in, first, found, found_in, put, put_in, remove
from chainrule.store.records import now

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.classes.passwords import Passwords
    from chainrule.store.store import Store

MOST_USES, MOST_DAYS = 1000, 366
OVER = "This link is used up or too old; ask your instructor for a new one."


@dataclass(frozen=True)
class Open:
    """An invitation that can be used, and its class."""

    invitation: Invitation
    room: Classroom


def new(
    store: Store, room: Classroom, role: Role, uses: int, days: int, at: datetime | None = None
) -> tuple[Invitation, str]:
    """A new invitation, and what its link holds after `/join/`: that is known now and never again.

    Raises AccountError for numbers out of bounds.
    """
    if not 1 <= uses <= MOST_USES:
        raise AccountError(f"A link is for 1 to {MOST_USES} people, not {uses}.")
    if not 1 <= days <= MOST_DAYS:
        raise AccountError(f"A link is for 1 to {MOST_DAYS} days, not {days}.")
    secret, at = new_secret(), at or now()
    invitation = Invitation(digest(secret), room.id, role, uses, at + timedelta(days=days), at=at)
    put(store, invitation)
    return invitation, secret


def of_class(store: Store, room: Classroom, at: datetime) -> tuple[Invitation, ...]:
    """The invitations to a class that can still be used."""
    return tuple(one for one in found(store, Invitation, classroom=room.id) if one.left > 0 and at < one.expires)


def end(store: Store, room: Classroom, id: str) -> bool:
    """Whether the class had such an invitation; nobody can use it any more."""
    return bool(remove(store, Invitation, classroom=room.id, id=id))


def open_with(store: Store, secret: str, at: datetime) -> Open | None:
    """The invitation of a link; None where it is used up, too old or none."""
    invitation = first(store, Invitation, digest=digest(secret))
    if invitation is None or invitation.left < 1 or at >= invitation.expires:
        return None
    room = first(store, Classroom, id=invitation.classroom)
    return None if room is None else Open(invitation, room)


def join_as_new(
    store: Store, passwords: Passwords, found: Open, login: str, shown: str, password: str, at: datetime
) -> Account:
    """The account of a new person, who is in the class now. Raises AccountError: then nothing is changed."""
    invitation = found.invitation
    account = new_account(passwords, login, shown, password, invitation.role)
    with store.writing() as connection:
        keep_in(connection, account)
        _take(connection, invitation, at)
        put_in(connection, Membership(invitation.classroom, account.id, invitation.role, at=at))
    return account


def join(store: Store, found: Open, account: str, at: datetime) -> bool:
    """Whether the account's rights on the server grew with it; a second use by the same person costs the link nothing.

    Whoever comes with a link for instructors becomes one. Raises AccountError.
    """
    invitation = found.invitation
    with store.writing() as connection:
        members = found_in(connection, Membership, classroom=invitation.classroom, account=account)
        if members and (members[0].role == "instructor" or invitation.role == "student"):
            return False
        _take(connection, invitation, at)
        if members:
            change_in(connection, Membership, {"id": members[0].id}, role=invitation.role)
        else:
            put_in(connection, Membership(invitation.classroom, account, invitation.role, at=at))
        if invitation.role == "student":
            return False
        return bool(change_in(connection, Account, {"id": account, "role": "student"}, role="instructor"))


def _take(connection: Connection, invitation: Invitation, at: datetime) -> None:
    """Takes one use of the invitation: looked at and counted in one statement, so that two cannot take the last one."""
    from chainrule.store.class_tables import INVITATIONS

    columns = INVITATIONS.c
    there = (columns["id"] == invitation.id, columns["left"] > 0, columns["expires"] > at)
    if not connection.execute(INVITATIONS.update().where(*there).values(left=columns["left"] - 1)).rowcount:
        raise AccountError(OVER)
