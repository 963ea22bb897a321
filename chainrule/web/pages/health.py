"""Whether the server is well, for whoever watches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify

from chainrule.web.condition import condition
from chainrule.web.people import access
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@access("anyone")
def show() -> ResponseReturnValue:
    """200 where all is well, else 503, with what is not."""
    found = condition(site())
    return jsonify(found.to_json()), 200 if found.well else 503
