"""The first page: what is due today, and the topics; and each topic's questions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from chainrule.news import told
from chainrule.store.records import now
from chainrule.web.people import access, person
from chainrule.web.refusals import Refused
from chainrule.web.site import site
from chainrule.web.today import today
from chainrule.web.topic_views import topic_view

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

pages = Blueprint("home", __name__)
MOST_WANTED = 100  # letters of a search


@pages.get("/")
@access("learner")
def index() -> str:
    """The first page."""
    return render_template("web/home.html", title="Today", today=today(site(), person()))


@pages.get("/topics/<topic>")
@access("learner")
def topic(topic: str) -> str:
    """The questions of a topic."""
    view = topic_view(site(), person(), topic, request.args.get("q", "")[:MOST_WANTED].strip())
    return render_template("web/topic.html", title=view.title, view=view)


@pages.post("/news")
@access("learner")
def seen() -> Response:
    """What was new up to a time was read."""
    try:
        until, anew = datetime.fromisoformat(request.form.get("until", "")), int(request.form.get("anew", "")[:9])
    except ValueError:
        raise Refused("This form is from an earlier visit; reload the page.", 422) from None
    if until.tzinfo is None or until > now() or anew < 0:
        raise Refused("This form is from an earlier visit; reload the page.", 422)
    told(site().store, until, anew, person().id)
    return redirect(url_for("home.index"), 303)
