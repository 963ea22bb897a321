"""The API for people who write programs: every operation with its parameters, an example and what it answers."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from chainrule.markdown import prose_html
from chainrule.web.api.document import document
from chainrule.web.api.told import groups, models
from chainrule.web.people import access
from chainrule.web.site import site
from questions.prose import Prose

pages = Blueprint("programs", __name__)


@pages.get("/api")
@access("anyone")
def index() -> str:
    """The page."""
    found = document(current_app._get_current_object(), classes=site().classes)  # type: ignore[attr-defined]
    return render_template(
        "web/api.html",
        title="For programs",
        introduction=prose_html(Prose((found["info"]["description"],))),
        groups=groups(found, request.host_url),
        models=models(found),
    )
