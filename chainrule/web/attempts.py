"""Attempts to name a password: how many may fail, and what is kept of those that do."""

from __future__ import annotations

from chainrule.classes.accounts import login_of
from chainrule.classes.records import Account
from chainrule.classes.rows import first
from chainrule.web.limiting import limiting
from chainrule.web.noting import noted
from chainrule.web.signing_in import address
from chainrule.web.site import site


def check_attempts(login: str) -> None:
    """Raises Refused where there were too many failures with this login, or from where the request comes."""
    limiting().check("login", login_of(login))
    limiting().check("address", address())


def failed(login: str) -> None:
    """Counts a failure, and notes it; about what was typed only where that is a login: else it may be a password."""
    known = first(site().store, Account, login=login_of(login))
    noted("login-failed", who=known.id if known else "")
    limiting().count("login", login_of(login))
    limiting().count("address", address())


def succeeded(login: str) -> None:
    """Forgets the failures with this login."""
    limiting().forget("login", login_of(login))
