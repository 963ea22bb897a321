"""The document that describes the API, for programs."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from chainrule.web.api.document import document
from chainrule.web.api.operations import operation
from chainrule.web.site import site

routes = Blueprint("description", __name__)


@operation(routes, "GET", "/openapi.json", who="anyone")
def openapi() -> Response:
    """This document."""
    return jsonify(document(current_app._get_current_object(), classes=site().classes))  # type: ignore[attr-defined]
