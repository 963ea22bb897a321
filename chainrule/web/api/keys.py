"""Ids that follow from a key of the client's own, so that a request that is sent again does nothing again."""

from __future__ import annotations

import hashlib
import re

from flask import request

from chainrule.web.people import person
from chainrule.web.refusals import Refused

HEADER = "Idempotency-Key"
SAYS = "A word of your own; a request that is sent again with the same one does nothing again, and says the same."
FORM = re.compile(r"[!-~]{8,200}")


def sent_key(what: str) -> str:
    """The id that follows from person and key; '' where none was sent. Raises Refused for a key of another form."""
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not FORM.fullmatch(key):
        details = [(f"header.{HEADER}", "expected 8 to 200 letters, digits and signs of ASCII, without spaces")]
        raise Refused("The key cannot be used; send a random one.", 422, details=details)
    return hashlib.sha256(f"{what}\n{person().id}\n{key}".encode()).hexdigest()[:32]
