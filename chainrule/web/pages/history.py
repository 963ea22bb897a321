"""Own answers, to look at again and to practise once more."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from chainrule.web.history_views import history_page
from chainrule.web.people import access, not_yours, person
from chainrule.web.site import site

pages = Blueprint("history", __name__)
FILTERS = ("topic", "outcome", "mode")


@pages.get("/history")
@access("learner")
def index() -> str:
    """Own answers, newest first."""
    wanted = {name: request.args.get(name, "") for name in FILTERS}
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and int(number) > 0):
        raise not_yours()
    found = history_page(site(), person(), wanted, int(number))
    return render_template("web/history.html", title="History", found=found, wanted=wanted)
