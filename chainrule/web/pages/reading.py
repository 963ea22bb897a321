"""How a formula is read while it is typed: from its text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify

from chainrule.web.answering import own_item, part_for, variant_for
from chainrule.web.echo import echo_of
from chainrule.web.people import access, person
from chainrule.web.refusals import Refused
from chainrule.web.sent_json import sent_fields
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask import Response

pages = Blueprint("reading", __name__)
ASKED = ("item", "part", "answer")


@pages.post("/read")
@access("learner")
def read() -> Response:
    """The reading as JSON: {html, text, shape, notes} or {error, start, end}; {lines: [...]} for a derivation."""
    item, id, answer = _sent()
    part = part_for(variant_for(site(), own_item(site(), person(), item)), id)
    found = [one.to_json() for one in echo_of(part, answer)]
    if part.kind == "derivation":
        return jsonify({"lines": found})
    return jsonify(found[0] if found else {"html": "", "text": "", "shape": "", "notes": []})


def _sent() -> list[str]:
    """What was asked about. Raises Refused."""
    sent = sent_fields()
    texts = [sent.get(name) for name in ASKED]
    found = [text.encode(errors="replace").decode() for text in texts if isinstance(text, str)]  # no half of a pair
    if len(found) < len(ASKED):
        raise Refused(f"Send JSON with the texts {', '.join(ASKED)}.", 422)
    return found
