"""What one knows, and what an exam would bring."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.progress_page import curve_svg, strip_svg
from chainrule.web.people import access, person
from chainrule.web.site import site

pages = Blueprint("progress", __name__)


@pages.get("/progress")
@access("learner")
def index() -> str:
    """The progress of whoever asks."""
    shown = site().progress.of(site(), person())
    return render_template(
        "web/progress.html",
        title="Progress",
        progress=shown.progress,
        exam=shown.stand.exam,
        at=shown.stand.at,
        strip=strip_svg(shown.progress.days),
        curve=curve_svg(shown.progress, shown.stand.at),
    )
