"""Settings of the learner, and the own records to take along."""

from __future__ import annotations

import tempfile
from contextlib import closing
from typing import IO, TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from chainrule.store.own_records import own_lines
from chainrule.web.open_bank import open_bank
from chainrule.web.own_settings import OwnSettings, change_settings, own_settings
from chainrule.web.people import access, person
from chainrule.web.site import site
from chainrule.web.unrevealed import unrevealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

pages = Blueprint("settings", __name__)
IN_MEMORY, BLOCK = 1_000_000, 65_536  # bytes


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
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it was read
    with closing(own_lines(site().store, person().id, unrevealed(site(), person()))) as lines:
        file.writelines(f"{line}\n".encode() for line in lines)  # at once: a slow reader must not hold the store
    file.seek(0)
    headers = {"Content-Disposition": "attachment; filename=chainrule.jsonl"}
    return Response(_read(file), mimetype="application/x-ndjson", headers=headers)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    """What stands in it, in blocks."""
    with file:
        while block := file.read(BLOCK):
            yield block


def _page(found: OwnSettings) -> str:
    topics = [(topic, title) for topic, (title, _) in open_bank(site()).topics().items()]
    return render_template("web/settings.html", title="Settings", found=found, topics=topics)
