"""What people change about their own account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chainrule.classes import sessions, tokens
from chainrule.classes.accounts import check_name, recognised, set_password
from chainrule.classes.audit import Entry, log_of
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account, Session, Token
from chainrule.classes.rows import by_id, change, found
from chainrule.web.attempts import check_attempts, failed, succeeded
from chainrule.web.entering import chosen
from chainrule.web.noting import noted
from chainrule.web.people import not_yours, person
from chainrule.web.signing_in import own_session, sign_in
from chainrule.web.site import site

SHOWN = 20  # lines of the log


@dataclass(frozen=True)
class OwnAccount:
    """An account as its holder sees it. here: the session of the browser that asks. done: with it, the newest first."""

    account: Account
    sessions: Sequence[Session]
    here: str
    tokens: Sequence[Token]
    done: Sequence[Entry]


def own_account() -> OwnAccount:
    """The account of whoever asks."""
    store, at, id = site().store, site().clock(), person().id
    done = log_of(store, [id], most=SHOWN)
    return OwnAccount(mine(), sessions.of(store, id, at), own_session(), tokens.of(store, id, at), done)


def mine() -> Account:
    """The account of whoever asks."""
    return by_id(site().store, Account, person().id)


def change_name(shown: str) -> None:
    """Changes the name that others see. Raises AccountError."""
    shown = check_name(shown)
    change(site().store, Account, {"id": person().id}, shown=shown)
    noted("name-changed", shown)


def change_password(form: Mapping[str, str]) -> None:
    """Changes the password, of which the present one must be known; all other sessions end, and this one begins anew.

    Raises AccountError, and Refused after many failures.
    """
    login = mine().login
    check_attempts(login)
    account = recognised(site().store, site().passwords, login, form.get("present", ""))
    if account is None:
        failed(login)
        raise AccountError("That is not your present password.")
    if not set_password(site().store, site().passwords, account, chosen(form)):
        raise AccountError("Your password was changed elsewhere meanwhile.")
    succeeded(login)
    noted("password-changed")
    sign_in(site(), account)


def end_session(id: str) -> None:
    """Ends one session. Raises NotFound for one of somebody else."""
    if not sessions.end(site().store, person().id, id):
        raise not_yours()
    noted("session-ended")


def end_other_sessions() -> None:
    """Ends all sessions but that of the browser that asks."""
    sessions.end_others(site().store, person().id, own_session())
    noted("session-ended", "all others")


def make_token(form: Mapping[str, str]) -> str:
    """A new token for the API, as its holder sends it. Raises AccountError."""
    days = form.get("days", "")
    if not (days.isascii() and days.isdigit() and len(days) < 6):
        raise AccountError(f"A token is for 1 to {tokens.MOST_DAYS} days, written in digits.")
    made, secret = tokens.new(site().store, person().id, form.get("label", ""), int(days), site().clock())
    noted("token-made", made.label)
    return secret


def revoke_token(id: str) -> None:
    """Has a token open nothing any more. Raises NotFound for one of somebody else."""
    labels = [one.label for one in found(site().store, Token, account=person().id, id=id)]
    if not tokens.revoke(site().store, person().id, id):
        raise not_yours()
    noted("token-revoked", ", ".join(labels))
