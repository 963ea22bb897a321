"""Settings of the learner, and the own records to take along."""

from __future__ import annotations

import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for

from chainrule.store.own_records import own_lines
from chainrule.web.open_bank import open_bank
from chainrule.web.own_settings import OwnSettings, change_settings, own_settings
from chainrule.web.people import access, person
from chainrule.web.site import site
from chainrule.web.unrevealed import unrevealed

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

pages = Blueprint("settings", __name__)
IN_MEMORY = 1_000_000  # bytes


@pages.get("/settings")
@access("learner")
def index() -> str:
    """The settings."""
    return _page(own_settings(site(), person()))


@pages.post("/settings")
@access("learner")
def change() -> ResponseReturnValue:
    """Keeps the settings; what cannot be used comes back with what is wrong."""
    found = change_settings(site(), person(), request.form, request.form.getlist("topics"))
    if found.faults:
        return _page(found), 422
    flash("Kept.", "remark")
    return redirect(url_for("settings.index"), 303)


@pages.get("/settings/export")
@access("learner")
def export() -> Response:
    """All own records as lines of JSON."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the response
    with closing(own_lines(site().store, person().id, unrevealed(site(), person()))) as lines:
        file.writelines(f"{line}\n".encode() for line in lines)  # at once: a slow reader must not hold the store
    file.seek(0)
    return send_file(file, "application/x-ndjson", as_attachment=True, download_name="chainrule.jsonl")


def _page(found: OwnSettings) -> str:
    topics = [(topic, title) for topic, (title, _) in open_bank(site()).topics().items()]
    return render_template("web/settings.html", title="Settings", found=found, topics=topics)
