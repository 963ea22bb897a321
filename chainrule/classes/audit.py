"""The log of what people did that others may ask about later: who, what, about whom or what, from where.

It holds ids, titles and logins, never an answer, a password or anything else by which somebody is let in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from chainrule.classes.records import Account, Audit
from chainrule.classes.rows import put
from chainrule.store.records import now

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from chainrule.store.store import Store

What: TypeAlias = Literal[
    "login",
    "login-failed",
    "logout",
    "session-ended",
    "account-made",
    "account-closed",
    "account-opened",
    "name-changed",
    "password-changed",
    "reset-link-made",
    "password-reset",
    "class-made",
    "class-changed",
    "class-joined",
    "class-left",
    "invitation-made",
    "invitation-ended",
    "role-changed",
    "token-made",
    "token-revoked",
    "assignment-made",
    "assignment-changed",
    "assignment-deleted",
    "accommodation-changed",
    "exam-begun",
    "exam-handed-in",
    "key-seen",
    "appeal-decided",
    "gradebook-taken",
    "backup",
    "restore",
]
WORDS: tuple[What, ...] = get_args(What)
LONGEST = 200  # letters of `about`: what strangers type as a login may be anything


@dataclass(frozen=True)
class Entry:
    """A line of the log as it is shown. who: login and name, '' for who did it on the server's machine."""

    at: datetime
    what: str
    who: str
    about: str
    address: str


def note(
    store: Store,
    who: str,
    what: What,
    about: str = "",
    address: str = "",
    *,
    whom: str = "",
    at: datetime | None = None,
) -> None:
    """Adds to the log. who: an account's id, '' for nobody known. at: now, where nothing else is said.

    whom: the account to which it was done, where that is somebody else's; '' for none.
    """
    put(store, Audit(who, what, _plain(about), _plain(address), whom if whom != who else "", at=at or now()))


def _plain(text: str) -> str:
    """One line without letters that cannot be seen, so that no text can look like another line."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:LONGEST]


def log_of(
    store: Store, people: Collection[str], *, what: str = "", who: str = "", before: datetime | None = None, most: int
) -> tuple[Entry, ...]:
    """The newest lines about these accounts, newest first: what they did, and what was done to them.

    what, who: only of that word, that account. From where somebody else did something is left out.
    """
    from sqlalchemy import or_, select

    from chainrule.store.class_tables import ACCOUNTS, AUDITS

    about = [who] if who in people else list(people)
    wanted: list[ColumnElement[bool]] = [or_(AUDITS.c["who"].in_(about), AUDITS.c["whom"].in_(about))]
    if what:
        wanted.append(AUDITS.c["what"] == what)
    if before is not None:
        wanted.append(AUDITS.c["at"] < before)
    columns = [AUDITS.c[name] for name in ("at", "who", "what", "about", "address")]
    statement = (
        select(*columns, ACCOUNTS.c["login"], ACCOUNTS.c["shown"])
        .outerjoin(ACCOUNTS, ACCOUNTS.c["id"] == AUDITS.c["who"])
        .where(*wanted)
        .order_by(AUDITS.c["at"].desc(), AUDITS.c["row"].desc())
        .limit(most)
    )
    with store.reading() as connection:
        return tuple(
            Entry(
                row.at,
                row.what,
                named(row.login, row.shown) if row.login else "",
                row.about,
                row.address if row.who in people else "",
            )
            for row in connection.execute(statement)
        )


def named(login: str, shown: str) -> str:
    """A person in one line."""
    return f"{shown} ({login})"


def name_of(account: Account) -> str:
    """The account in one line."""
    return named(account.login, account.shown)
