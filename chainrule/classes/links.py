"""Links that let somebody in once, without anything in the store: signed by the server, and worthless when used.

One to choose a new password holds a digest of the old one, so that it ends with it; the one that makes the first
instructor of a server ends when there is one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from itsdangerous import BadData, URLSafeSerializer

from chainrule.classes.accounts import keep_in, new_account, set_password
from chainrule.classes.digests import digest, new_secret
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account
from chainrule.classes.rows import first, found_in

if TYPE_CHECKING:
    from chainrule.classes.passwords import Passwords
    from chainrule.store.store import Store

RESET_FOR = timedelta(hours=24)
SET_UP_FOR = timedelta(days=7)
RESET, SET_UP = "chainrule reset", "chainrule set up"
OVER = "This link was used or is too old; ask for a new one."


def reset_link(secret: bytes, account: Account, at: datetime) -> str:
    """What a link holds after `/reset/` with which the account gets a new password, within a day and once."""
    held = {"account": account.id, "was": digest(account.password), "until": (at + RESET_FOR).timestamp()}
    return _signer(secret, RESET).dumps(held)


def to_reset(store: Store, secret: bytes, link: str, at: datetime) -> Account | None:
    """The account that the link gives a new password; None where it was used, is too old, or is none."""
    held = _read(secret, RESET, link, at)
    account = first(store, Account, id=held["account"], active=True) if held else None
    return account if account is not None and digest(account.password) == held["was"] else None


def reset(store: Store, passwords: Passwords, account: Account, password: str) -> None:
    """Gives the account of `to_reset` that password; its sessions and tokens end. Raises AccountError."""
    if not set_password(store, passwords, account, password):
        raise AccountError(OVER)


def first_instructor(store: Store, secret: bytes, at: datetime) -> str | None:
    """What a link holds after `/setup/` that makes the first instructor of a server; None where there is one."""
    if first(store, Account, role="instructor") is not None:
        return None
    return _signer(secret, SET_UP).dumps({"id": new_secret(), "until": (at + SET_UP_FOR).timestamp()})


def can_set_up(store: Store, secret: bytes, link: str, at: datetime) -> bool:
    """Whether the link makes the first instructor."""
    return _read(secret, SET_UP, link, at) != {} and first(store, Account, role="instructor") is None


def set_up(store: Store, passwords: Passwords, login: str, shown: str, password: str) -> Account:
    """The account of the first instructor, where `can_set_up` said yes. Raises AccountError."""
    account = new_account(passwords, login, shown, password, "instructor")
    with store.writing() as connection:
        keep_in(connection, account)
        if len(found_in(connection, Account, role="instructor")) > 1:
            raise AccountError(OVER)
    return account


def _read(secret: bytes, kind: str, link: str, at: datetime) -> dict[str, Any]:
    try:
        held: dict[str, Any] = _signer(secret, kind).loads(link)
    except BadData:
        return {}
    return held if at.timestamp() < held["until"] else {}


def _signer(secret: bytes, kind: str) -> URLSafeSerializer:
    import hashlib

    return URLSafeSerializer(secret, salt=kind, signer_kwargs={"digest_method": hashlib.sha256})
