"""Who a request comes from in a class, and how a browser is logged in and out.

The cookie is Flask's: signed, for scripts out of reach; beside the token of forms it holds the secret of a session
whose digest is in the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, has_request_context, request, session

from chainrule.classes import sessions, tokens
from chainrule.classes.digests import digest
from chainrule.web.people import Person

if TYPE_CHECKING:
    from chainrule.classes.records import Account
    from chainrule.web.site import Site

HELD = "session"  # the name of the secret within the cookie


def who(site: Site) -> Person | None:
    """The person whose session the request belongs to; `g.session` is then its id."""
    held = session.get(HELD)
    found = sessions.recall(site.store, held, site.clock()) if isinstance(held, str) else None
    if found is None:
        return None
    g.session = found[0].id
    return person_of(found[1])


def who_by_token(site: Site) -> Person | None:
    """The person whose token the request carries; `g.by_token` then says that no form's token is needed."""
    scheme, _, held = request.headers.get("Authorization", "").partition(" ")
    found = tokens.recall(site.store, held.strip(), site.clock()) if scheme.casefold() == "bearer" else None
    if found is None:
        return None
    g.by_token = True
    return person_of(found)


def person_of(account: Account) -> Person:
    """The person as pages know them."""
    return Person(account.id, account.shown, account.role)


def sign_in(site: Site, account: Account) -> None:
    """Begins a session for the browser that asks; whatever it held before is worth nothing from now on."""
    _end_own(site)
    session.clear()  # with the token of forms: pages that were open before cannot send them for somebody else
    session[HELD] = sessions.begin(site.store, account.id, site.clock())
    g.session = digest(session[HELD])


def sign_out(site: Site) -> None:
    """Ends the session of the browser that asks."""
    _end_own(site)
    session.clear()


def own_session() -> str:
    """The id of the session that asks, '' where a token does."""
    found: str = g.get("session", "")
    return found


def _end_own(site: Site) -> None:
    held = session.get(HELD)
    found = sessions.recall(site.store, held, site.clock()) if isinstance(held, str) else None
    if found is not None and isinstance(held, str):
        sessions.end(site.store, found[1].id, digest(held))


def address() -> str:
    """Where the request comes from, as far as the server was told; '' where it does something by itself."""
    return (request.remote_addr or "") if has_request_context() else ""
