"""Accounts: made, recognised by login and password, changed and closed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from chainrule.classes.errors import AccountError
from chainrule.classes.password_rules import check_password
from chainrule.classes.records import Account, Role, Session, Token
from chainrule.classes.rows import change, change_in, first, put_in, remove_in
from chainrule.classes.sessions import end_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.classes.passwords import Passwords
    from chainrule.store.store import Store

LONGEST_LOGIN, LONGEST_NAME = 64, 80
MOST_TYPED = 1000  # letters that are looked at: finding the spelling of very many marks on a letter takes minutes
ALSO_IN_LOGINS = "._-@+"
TAKEN = "This login is taken; choose another."


def login_of(typed: str) -> str:
    """The login as it is kept: one spelling for upper and lower case, wide letters and blanks around."""
    looked_at = typed.strip()[:MOST_TYPED]  # a longer one is no login, and stays too long
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", looked_at).casefold()).strip()


def new_account(passwords: Passwords, login: str, shown: str, password: str, role: Role = "student") -> Account:
    """An account that is not kept yet. Raises AccountError for a login, name or password that cannot be taken."""
    login = _check_login(login_of(login))
    check_password(password, login)
    return Account(login, check_name(shown), role, passwords.hash(password))


def _check_login(login: str) -> str:
    if not 2 <= len(login) <= LONGEST_LOGIN:
        raise AccountError(f"A login has 2 to {LONGEST_LOGIN} letters; this one has {len(login)}.")
    for letter in login:
        if not (letter.isalnum() or letter in ALSO_IN_LOGINS):
            raise AccountError(f"A login is made of letters, digits and {' '.join(ALSO_IN_LOGINS)}, not of {letter!r}.")
    return login


def check_name(shown: str) -> str:
    """The name that others see, with single blanks. Raises AccountError."""
    shown = " ".join(unicodedata.normalize("NFC", shown.strip()[:MOST_TYPED]).split())
    if not 1 <= len(shown) <= LONGEST_NAME:
        raise AccountError(f"A name has 1 to {LONGEST_NAME} letters; this one has {len(shown)}.")
    if not shown.isprintable():
        raise AccountError("A name is made of letters that can be seen.")
    return shown


def keep_in(connection: Connection, account: Account) -> None:
    """Keeps a new account within an open transaction, which must be left where this raises AccountError."""
    try:
        put_in(connection, account)
    except IntegrityError:
        raise AccountError(TAKEN) from None


def add_account(
    store: Store, passwords: Passwords, login: str, shown: str, password: str, role: Role = "student"
) -> Account:
    """A new account, kept. Raises AccountError."""
    account = new_account(passwords, login, shown, password, role)
    with store.writing() as connection:
        keep_in(connection, account)
    return account


def recognised(store: Store, passwords: Passwords, login: str, password: str) -> Account | None:
    """The account of that login, where the password is its own and it is not closed; otherwise None.

    It takes as long where there is no such login. A hash with parameters of the past is replaced.
    """
    account = first(store, Account, login=login_of(login))
    kept = account.password if account is not None and account.active else ""
    if not passwords.matches(kept, password) or account is None:
        return None
    if passwords.stale(kept):
        account = replace(account, password=passwords.hash(password))
        change(store, Account, {"id": account.id, "password": kept}, password=account.password)
    return account


def set_password(store: Store, passwords: Passwords, account: Account, password: str, *, keep: str = "") -> bool:
    """Whether the password was changed; False where another change came first.

    All tokens of the account end with it, and all sessions except the one of the id `keep`: whoever knew the old one
    may have made them. Raises AccountError for one that is too weak.
    """
    check_password(password, account.login)
    kept = passwords.hash(password)
    with store.writing() as connection:
        changed = change_in(connection, Account, {"id": account.id, "password": account.password}, password=kept)
        if changed:
            end_in(connection, account.id, keep=keep)
            remove_in(connection, Token, account=account.id)
    return bool(changed)


def deactivate(store: Store, account: Account) -> None:
    """Closes an account: its sessions and tokens end at once, its records stay."""
    with store.writing() as connection:
        change_in(connection, Account, {"id": account.id}, active=False)
        remove_in(connection, Session, account=account.id)
        remove_in(connection, Token, account=account.id)


def activate(store: Store, account: Account) -> None:
    """Opens a closed account again."""
    change(store, Account, {"id": account.id}, active=True)


def account_of(store: Store, login: str) -> Account:
    """The account of that login. Raises AccountError."""
    account = first(store, Account, login=login_of(login))
    if account is None:
        raise AccountError(f"There is no account with the login {login!r}.")
    return account
