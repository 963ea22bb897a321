"""Revision sheets: an index with a search, and a page for each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template

from chainrule.web.open_bank import open_bank
from chainrule.web.people import access, not_yours
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("sheets", __name__)
AGAIN = 3  # seconds until a browser asks again for a sheet that is being made


@pages.get("/sheets")
@access("learner")
def index() -> str:
    """All sheets; what stands on those that are made, to be searched."""
    topics = {topic: title for topic, (title, _) in open_bank(site()).topics().items()}
    made = site().sheets.made()
    pieces = [made[topic] for topic in topics if topic in made]
    return render_template("web/sheets.html", title="Sheets", topics=topics, pieces=pieces)


@pages.get("/sheets/<topic>")
@access("learner")
def show(topic: str) -> ResponseReturnValue:
    """The sheet of a topic; one that is being made says so, and comes by itself."""
    return _shown(topic, "web/sheet.html")


@pages.get("/sheets/<topic>/cheat")
@access("learner")
def cheat(topic: str) -> ResponseReturnValue:
    """Its cheat sheet, which fits two pages of A4."""
    return _shown(topic, "web/cheat.html")


def _shown(topic: str, template: str) -> ResponseReturnValue:
    topics = open_bank(site()).topics()
    if topic not in topics:
        raise not_yours()
    sheet = site().sheets.get(topic)
    if sheet is not None:
        return render_template(template, title=sheet.title, sheet=sheet)
    response = make_response(render_template("web/sheet_coming.html", title=topics[topic][0]), 202)
    response.headers["Refresh"] = str(AGAIN)
    return response
