"""Tokens: keys to the API that people make for their programs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chainrule.classes.digests import digest, new_secret
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account, Token
from chainrule.classes.rows import found, found_in, put, remove

if TYPE_CHECKING:
    from chainrule.store.store import Store

BEGINS = "chainrule_"  # so that one is recognised where it should not be, as in a file that is handed in
MOST, MOST_DAYS, LONGEST_LABEL = 20, 365, 80


def new(store: Store, account: str, label: str, days: int, at: datetime) -> tuple[Token, str]:
    """A new token, and what its holder sends: that is known now and never again. Raises AccountError."""
    label = " ".join(label.split())
    if not 1 <= len(label) <= LONGEST_LABEL or not label.isprintable():
        raise AccountError(f"Say in 1 to {LONGEST_LABEL} letters what the token is for.")
    if not 1 <= days <= MOST_DAYS:
        raise AccountError(f"A token is for 1 to {MOST_DAYS} days, not {days}.")
    if len(of(store, account, at)) >= MOST:
        raise AccountError(f"There are {MOST} tokens already; revoke one that is not used.")
    secret = BEGINS + new_secret()
    token = Token(account, digest(secret), label, at + timedelta(days=days), at=at)
    put(store, token)
    return token, secret


def of(store: Store, account: str, at: datetime) -> tuple[Token, ...]:
    """The tokens of an account that are not over."""
    return tuple(token for token in found(store, Token, account=account) if at < token.expires)


def recall(store: Store, secret: str, at: datetime) -> Account | None:
    """The account of a token; None where it is over, revoked or none, or the account is closed."""
    with store.reading() as connection:
        tokens = found_in(connection, Token, digest=digest(secret))
        if not tokens or at >= tokens[0].expires:
            return None
        accounts = found_in(connection, Account, id=tokens[0].account, active=True)
    return accounts[0] if accounts else None


def revoke(store: Store, account: str, id: str) -> bool:
    """Whether that account had such a token; it opens nothing any more."""
    return bool(remove(store, Token, account=account, id=id))
