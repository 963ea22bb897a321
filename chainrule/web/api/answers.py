"""Answers to practice questions: handed in, and looked after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from flask import Blueprint, url_for
from pydantic import ConfigDict, Field
from werkzeug.exceptions import NotFound

from chainrule.classes.records import Job
from chainrule.classes.rows import first
from chainrule.store.errors import StoreError
from chainrule.web.answered import appeal, own_attempt
from chainrule.web.answering import part_for, submit, variant_for
from chainrule.web.api.answer_models import Answer, answer_of_attempt, answer_of_job
from chainrule.web.api.base import WHOLE, Given, Reply
from chainrule.web.api.items import GONE
from chainrule.web.api.items import NOT_YOURS as NO_ITEM
from chainrule.web.api.keys import HEADER, SAYS, sent_key
from chainrule.web.api.operations import operation
from chainrule.web.item_views import practice_item
from chainrule.web.people import not_yours, person
from chainrule.web.refusals import Refused
from chainrule.web.site import site
from chainrule.web.waiting import waited

if TYPE_CHECKING:
    from chainrule.store.records import Item

routes = Blueprint("answers", __name__)
NOT_YOURS = "There is no such answer, or it is somebody else's."


class Typed(Given):
    """An answer as typed; of code its source. hints: shown before. seconds: spent on it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "X.T @ (p - y)", "seconds": 40.5}]})

    answer: Annotated[str, Field(min_length=1, pattern=r"\S")]
    hints: Annotated[int, Field(ge=0, le=100), WHOLE] = 0
    seconds: Annotated[float, Field(ge=0, le=86400)] = 0.0


class Patience(Given):
    """wait: seconds to wait for the verdict. A busy server may answer sooner."""

    wait: Annotated[int, Field(ge=0, le=10)] = 0


class Note(Given):
    """note: why the answer is right, for whoever decides."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "X'(p - y) is the same, written out."}]})

    note: Annotated[str, Field(max_length=2000)] = ""


@operation(
    routes, "POST", "/items/<item>/parts/<part>/answers", statuses=(202, 200), headers={HEADER: SAYS},
    refuses={404: NO_ITEM, 409: "The key was sent before, with another answer.", 410: GONE,
             413: "The answer is too long.", 429: "Too many of your answers wait, or too many came at once."},
)  # fmt: skip
def answer(item: str, part: str, query: Patience, body: Typed) -> Reply[Answer]:
    """Hands in an answer to a part.

    202 while it waits to be judged: ask for it again under its id. 200 with the verdict.
    """
    asked = practice_item(site(), person(), item)
    part_for(variant_for(site(), asked), part)
    key = sent_key("answer")
    job = _before(key, asked, part, body.answer) if key else None
    if job is None:
        job = _handed_in(asked, part, body, key)
    found = _waited(job, query.wait)
    status = 200 if found.state == "done" else 202
    return Reply(own_answer(found), status, {"Location": url_for("api.answers.get", answer=found.id)})


@operation(routes, "GET", "/answers/<answer>", refuses={404: NOT_YOURS, 410: GONE})
def get(answer: str, query: Patience) -> Answer:
    """An answer with its verdict, or with its place among those that wait."""
    job = first(site().store, Job, id=answer)
    if job is None or job.exam:
        return own_answer(answer)
    if job.learner != person().id:
        raise not_yours()
    return own_answer(_waited(job, query.wait))


@operation(
    routes, "POST", "/answers/<answer>/appeal", statuses=(201,),
    refuses={404: NOT_YOURS, 409: "It counts as right already, or you said so before."},
)  # fmt: skip
def appeal_against(answer: str, body: Note) -> Answer:
    """Says that an answer is right although it does not count so; somebody will decide."""
    appeal(site(), own_attempt(site(), person(), answer), body.note)
    return own_answer(answer)


def own_answer(what: Job | str) -> Answer:
    """An answer of whoever asks, as it stands: by its job, or by the id of an attempt. Raises NotFound."""
    id = what if isinstance(what, str) else what.id
    try:
        judged = own_attempt(site(), person(), id)
    except NotFound:
        if isinstance(what, str):
            raise
        return answer_of_job(what)  # it waits, or was not judged
    appeals = site().store.appeals(open_only=False, item=judged.item.id)
    return answer_of_attempt(judged, next((one for one in appeals if one.appeal.attempt == id), None))


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


def _waited(job: Job, seconds: int) -> Job:
    """The job after so many seconds at most; no time at all where too many requests wait already."""
    return (waited(job.id, seconds, long=True) if seconds else site().judging.wait(job.id, 0)) or job
