"""How people come in: by login and password, by an invitation, by a link that works once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound

from chainrule.classes import invitations, links
from chainrule.classes.accounts import recognised
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account
from chainrule.classes.rows import by_id
from chainrule.classes.sessions import end_others
from chainrule.web.attempts import check_attempts, failed, succeeded
from chainrule.web.noting import noted
from chainrule.web.people import visitor
from chainrule.web.signing_in import sign_in, sign_out
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.classes.invitations import Open


def own_path(towards: str) -> str:
    """The address if it is a path of this server, else that of the first page: no link leads a login elsewhere.

    Browsers take two strokes for the name of a server, a backslash for a stroke, and leave out tabs and line breaks.
    """
    own = towards.startswith("/") and not towards.startswith("//") and "\\" not in towards and towards.isprintable()
    return towards if own else "/"


def log_in(login: str, password: str) -> bool:
    """Whether they belong together; then whoever asks is logged in. Raises Refused after many failures."""
    check_attempts(login)
    account = recognised(site().store, site().passwords, login, password)
    if account is None:
        failed(login)
        return False
    succeeded(login)
    _enter(account)
    return True


def log_out() -> None:
    """Ends the session of whoever asks."""
    noted("logout")
    sign_out(site())


def invited(token: str) -> Open:
    """The invitation of a link. Raises NotFound."""
    found = invitations.open_with(site().store, token, site().clock())
    if found is None:
        raise NotFound(invitations.OVER)
    return found


def join(token: str, form: Mapping[str, str]) -> str:
    """The title of the class that whoever asks was taken into, somebody unknown with a new account.

    Raises AccountError and NotFound.
    """
    found, here = invited(token), visitor()
    if here is None:
        _join_as_new(found, form)
    else:
        _join(found, here.id)
    return found.room.title


def _join_as_new(found: Open, form: Mapping[str, str]) -> None:
    typed = form.get("login", ""), form.get("shown", ""), chosen(form)
    account = invitations.join_as_new(site().store, site().passwords, found, *typed, site().clock())
    noted("account-made", account.login, who=account.id)
    noted("class-joined", found.room.title, who=account.id)
    _enter(account)


def _join(found: Open, account: str) -> None:
    grew = invitations.join(site().store, found, account, site().clock())
    noted("class-joined", found.room.title)
    if grew:
        noted("role-changed", "instructor")
        _renew(account)


def _renew(account: str) -> None:
    """Ends all sessions of the account of whoever asks, and begins a new one for them: their rights have changed."""
    end_others(site().store, account, keep="")
    sign_in(site(), by_id(site().store, Account, account))


def chosen(form: Mapping[str, str]) -> str:
    """The password that was typed twice. Raises AccountError."""
    if form.get("password", "") != form.get("again", ""):
        raise AccountError("The two passwords differ; type the same one twice.")
    return form.get("password", "")


def to_reset(link: str) -> Account:
    """The account that a link gives a new password. Raises NotFound."""
    account = links.to_reset(site().store, site().secret, link, site().clock())
    if account is None:
        raise NotFound(links.OVER)
    return account


def reset(link: str, form: Mapping[str, str]) -> None:
    """Gives it the new password and logs it in. Raises AccountError and NotFound."""
    account = to_reset(link)
    links.reset(site().store, site().passwords, account, chosen(form))
    succeeded(account.login)
    noted("password-reset", account.login, who=account.id)
    _enter(account)


def can_set_up(link: str) -> None:
    """Raises NotFound where the link does not make the first instructor."""
    if not links.can_set_up(site().store, site().secret, link, site().clock()):
        raise NotFound(links.OVER)


def set_up(link: str, form: Mapping[str, str]) -> None:
    """Makes the first instructor and logs them in. Raises AccountError and NotFound."""
    can_set_up(link)
    typed = form.get("login", ""), form.get("shown", ""), chosen(form)
    account = links.set_up(site().store, site().passwords, *typed)
    noted("account-made", account.login, who=account.id)
    _enter(account)


def _enter(account: Account) -> None:
    sign_in(site(), account)
    noted("login", who=account.id)
