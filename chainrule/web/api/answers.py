"""Answers to practice questions: handed in, looked after, and appealed against."""

from __future__ import annotations

from datetime import datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Literal

from flask import Blueprint, current_app, url_for
from pydantic import ConfigDict, Field

from chainrule.classes.records import Job
from chainrule.classes.rows import first
from chainrule.recording import verdict_of
from chainrule.store.errors import NotInStore, StoreError
from chainrule.web.answering import part_for, submit, variant_for
from chainrule.web.api.base import Given, Reply, Said
from chainrule.web.api.items import GONE, practice_item
from chainrule.web.api.items import NOT_YOURS as NO_ITEM
from chainrule.web.api.keys import HEADER, SAYS, sent_key
from chainrule.web.api.operations import operation
from chainrule.web.api.verdicts import VerdictSaid, verdict_said
from chainrule.web.judged import verdict_of_job
from chainrule.web.people import not_yours, person
from chainrule.web.refusals import Refused
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.store.records import Item, Judged

routes = Blueprint("answers", __name__)
NOT_YOURS = "There is no such answer, or it is somebody else's."


class Typed(Given):
    """An answer as typed; of code its source. hints: shown before. seconds: spent on it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answer": "X.T @ (p - y)", "hints": 1, "seconds": 40.5}]}
    )

    answer: Annotated[str, Field(min_length=1, pattern=r"\S")]
    hints: Annotated[int, Field(ge=0, le=100)] = 0
    seconds: Annotated[float, Field(ge=0, le=86400)] = 0.0


class Patience(Given):
    """wait: seconds to wait for the verdict. A busy server may answer sooner."""

    wait: Annotated[int, Field(ge=0, le=10)] = 0


class Answer(Said):
    """An answer. ahead: how many are judged before it. verdict: null while it waits.

    regraded: whether the verdict is a later one than the first. url: of its page.
    """

    id: str
    item: str
    part: str
    answer: str
    at: datetime
    state: Literal["waiting", "done"]
    ahead: int = 0
    verdict: VerdictSaid | None = None
    regraded: bool = False
    url: str


@operation(
    routes, "POST", "/items/<item>/parts/<part>/answers", statuses=(202, 200), headers={HEADER: SAYS},
    refuses={404: NO_ITEM, 409: "The key was sent before, with another answer.", 410: GONE,
             413: "The answer is too long.", 429: "Too many of your answers wait."},
)  # fmt: skip
def answer(item: str, part: str, query: Patience, body: Typed) -> Reply[Answer]:
    """Hands in an answer to a part.

    202 while it waits to be judged: ask for it again under its id. 200 with the verdict.
    """
    asked = practice_item(item)
    part_for(variant_for(site(), asked), part)
    key = sent_key("answer")
    job = _before(key, asked, part, body.answer) if key else None
    if job is None:
        job = _handed_in(asked, part, body, key)
    return _reply(job, query.wait, waiting=202)


@operation(routes, "GET", "/answers/<answer>", refuses={404: NOT_YOURS, 410: GONE})
def get(answer: str, query: Patience) -> Answer:
    """An answer with its verdict, or with its place among those that wait."""
    return _reply(own_job(answer), query.wait, waiting=200).model


def own_job(id: str) -> Job:
    """An answer of whoever asks, to a practice question. Raises NotFound."""
    job = first(site().store, Job, id=id)
    if job is None or job.learner != person().id or job.exam or not job.item:
        raise not_yours()
    return job


def _before(id: str, item: Item, part: str, answer: str) -> Job | None:
    """What was handed in with that key. Raises Refused where that was something else."""
    job = first(site().store, Job, id=id)
    if job is not None and (job.item, job.part, job.answer) != (item.id, part, answer):
        raise Refused(f"This {HEADER} was sent before, with another answer; take another one.")
    return job


def _handed_in(item: Item, part: str, body: Typed, id: str) -> Job:
    try:
        return submit(site(), person(), item, part, body.answer, hints=body.hints, seconds=body.seconds, id=id)
    except StoreError:  # the same request, sent again before the first one was kept
        job = _before(id, item, part, body.answer) if id else None
        if job is None:
            raise
        return job


def _reply(job: Job, wait: int, *, waiting: int) -> Reply[Answer]:
    found = _waited(job, wait)
    status = 200 if found.state == "done" else waiting
    return Reply(_answer(found), status, {"Location": url_for("api.answers.get", answer=found.id)})


def _waited(job: Job, seconds: int) -> Job:
    """The job after so many seconds at most; no time at all where too many requests wait already."""
    places: BoundedSemaphore = current_app.extensions["chainrule_waits"]
    if not seconds or not places.acquire(blocking=False):
        return site().judging.wait(job.id, 0) or job
    try:
        return site().judging.wait(job.id, seconds) or job
    finally:
        places.release()


def _answer(job: Job) -> Answer:
    marks = part_for(variant_for(site(), site().store.item(job.item)), job.part).marks
    judged = _judged(job)
    verdict = verdict_of(judged) if judged else verdict_of_job(job)
    return Answer(
        id=job.id, item=job.item, part=job.part, answer=job.answer, at=job.at, state=job.state,
        ahead=0 if job.state == "done" else site().judging.ahead(job.id),
        verdict=verdict_said(verdict, marks) if verdict else None,
        regraded=judged is not None and judged.regraded,
        url=f"/answers/{job.id}",
    )  # fmt: skip


def _judged(job: Job) -> Judged | None:
    """The attempt that the answer became; None where it was not judged."""
    try:
        return site().store.attempt(job.id)
    except NotInStore:
        return None
