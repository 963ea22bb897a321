"""The token of programs where one person uses the server: it follows from the server's secret."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from flask import g, request

from chainrule.web.people import OWNER

if TYPE_CHECKING:
    from chainrule.web.people import Person
    from chainrule.web.site import Site

BEGINS = "chainrule_"  # as those of a class begin


def own_token(secret: bytes) -> str:
    """The token; another secret gives another one."""
    found = hmac.new(secret, b"the token of the owner's programs", hashlib.sha256).digest()
    return BEGINS + urlsafe_b64encode(found).decode().rstrip("=")


def owner_by_token(site: Site) -> Person | None:
    """The owner, where the request carries the token; `g.by_token` then says that no form's token is needed."""
    scheme, _, held = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not _same(held.strip(), own_token(site.secret)):
        return None
    g.by_token = True
    return OWNER


def _same(sent: str, right: str) -> bool:
    return hmac.compare_digest(sent.encode("utf-8", "replace"), right.encode())
