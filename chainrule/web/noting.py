"""The log of what is done, from within a request: it knows who asks and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.classes.audit import note
from chainrule.web.people import person
from chainrule.web.signing_in import address
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.classes.audit import What


def noted(what: What, about: str = "", *, who: str | None = None, whom: str = "") -> None:
    """Adds to the log what this request does; nothing where one person uses their own machine.

    who: an account's id, '' for nobody known; None for whoever asks. whom: somebody else's to whom it was done.
    """
    if site().classes:
        note(site().store, person().id if who is None else who, what, about, address(), whom=whom, at=site().clock())
