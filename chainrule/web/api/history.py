"""What was answered before, the latest first."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import Field
from werkzeug.exceptions import NotFound

from chainrule.web.api.answer_models import Answer, answer_of_attempt
from chainrule.web.api.base import Given, Said
from chainrule.web.api.operations import operation
from chainrule.web.people import person
from chainrule.web.site import site
from chainrule.web.unrevealed import unrevealed

routes = Blueprint("history", __name__)


class Which(Given):
    """family: answers to this question only. before: the `next` of the page before. limit: how many at most."""

    family: str | None = None
    before: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class History(Said):
    """Answers that count. next: what to give as `before` for the next page; null on the last one."""

    answers: tuple[Answer, ...]
    next: str | None = None


@operation(routes, "GET", "/answers", refuses={404: "There is no page after that."})
def answers(query: Which) -> History:
    """Own answers that were judged, the latest first; those of an exam as soon as its report may be seen."""
    hidden = unrevealed(site(), person())
    found = site().store.judged(person().id, family=query.family)
    seen = [one for one in reversed(found) if one.item.exam not in hidden]
    ids = [one.attempt.id for one in seen]
    if query.before is not None and query.before not in ids:
        raise NotFound("There is no page after that; give the `next` of one.")
    begin = ids.index(query.before) + 1 if query.before is not None else 0
    page = seen[begin : begin + query.limit]
    appeals = {one.appeal.attempt: one for one in site().store.appeals(open_only=False, learner=person().id)}
    told = tuple(answer_of_attempt(one, appeals.get(one.attempt.id)) for one in page)
    return History(answers=told, next=ids[begin + len(page) - 1] if begin + len(page) < len(ids) else None)
