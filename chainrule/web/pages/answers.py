"""An answer that was handed in: waiting with its place, or judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from chainrule.web import answered
from chainrule.web.answered import own_attempt
from chainrule.web.people import access, person
from chainrule.web.site import site
from chainrule.web.waiting import waited
from chainrule.web.waiting_jobs import own_job

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from chainrule.classes.records import Job
    from chainrule.store.records import Item

pages = Blueprint("answers", __name__)
PATIENCE = 0.5  # seconds


@pages.get("/answers/<id>")
@access("learner")
def show(id: str) -> ResponseReturnValue:
    """To the verdict at its question; a page with the place in the queue as long as there is none. JSON for scripts."""
    job = own_job(site(), person(), id)
    if job is None:
        judged = own_attempt(site(), person(), id)
        address = _verdict(judged.item, judged.attempt.part, id)
    elif job.state == "done" or (waited(id, 0 if _json() else PATIENCE) or job).state == "done":
        address = _verdict(site().store.item(job.item), job.part, id)
    else:
        return _waiting(job)
    return jsonify(state="done", ahead=0, url=address) if _json() else redirect(address, 303)


@pages.post("/answers/<id>/appeal")
@access("learner")
def appeal(id: str) -> Response:
    """Keeps that the learner thinks the answer is right."""
    judged = own_attempt(site(), person(), id)
    answered.appeal(site(), judged, request.form.get("note", "").strip())
    flash("Kept with its question and verdict; you will see here what becomes of it.", "remark")
    return redirect(_verdict(judged.item, judged.attempt.part, id), 303)


def _waiting(job: Job) -> ResponseReturnValue:
    ahead = site().judging.ahead(job.id)
    if _json():
        return jsonify(state="waiting", ahead=ahead)
    back = url_for("practice.item", id=job.item, _anchor=f"part-{job.part}")
    return render_template("web/waiting.html", title="Being judged", job=job, ahead=ahead, back=back)


def _verdict(item: Item, part: str, id: str) -> str:
    """Where the verdict is shown."""
    if item.exam:
        return url_for("exams.report", form=item.exam)
    return url_for("practice.item", id=item.id, answer=id, _anchor=f"verdict-{part}")


def _json() -> bool:
    return request.accept_mimetypes.best == "application/json"
