"""Worked solutions of practice questions."""

from __future__ import annotations

from flask import Blueprint

from chainrule.judging import worked_view
from chainrule.markdown import inline_html
from chainrule.records import step_texts
from chainrule.web.answering import variant_for
from chainrule.web.api.base import Said
from chainrule.web.api.items import GONE, NOT_YOURS
from chainrule.web.api.operations import operation
from chainrule.web.api.questions import Prompt
from chainrule.web.item_views import practice_item
from chainrule.web.people import person
from chainrule.web.refusals import Refused
from chainrule.web.site import site
from chainrule.wording import plain_prose

routes = Blueprint("worked", __name__)


class WrongAnswer(Said):
    """A typical wrong answer. html: the answer; says: the sentence that corrects it."""

    name: str
    html: str
    says: str


class SolvedPart(Said):
    """A part with its right answer: html as it is printed, text as it is typed."""

    id: str
    letter: str
    right: Prompt
    mistakes: tuple[WrongAnswer, ...]


class Step(Said):
    """One step. html: `name = formula`. value: in the example, '' where there is none."""

    html: str
    comment: str
    value: str


class Worked(Said):
    """A question worked through. lines: the steps as text. given: what letters stand for. picture: SVG, '' for none."""

    parts: tuple[SolvedPart, ...]
    steps: tuple[Step, ...]
    lines: tuple[str, ...]
    hints: tuple[Prompt, ...]
    given: tuple[str, ...]
    picture: str


@operation(
    routes, "GET", "/items/<item>/worked",
    refuses={404: NOT_YOURS, 409: "It has no answer that was judged so far.", 410: GONE},
)  # fmt: skip
def worked(item: str) -> Worked:
    """The worked solution of a practice question, after the first answer to it."""
    asked = practice_item(site(), person(), item)
    variant = variant_for(site(), asked)
    if not site().store.judged(person().id, item=asked.id):
        raise Refused("Answer it first; after that its solution is told.")
    view = worked_view(1, variant)
    parts = tuple(
        SolvedPart(
            id=part.id,
            letter=solved.part.letter,
            right=Prompt(html=solved.right_answer, text=part.answer_text),
            mistakes=tuple(WrongAnswer(name=one.name, html=one.answer, says=one.says) for one in solved.mistakes),
        )
        for part, solved in zip(variant.parts, view.parts, strict=True)
    )
    example = view.example
    return Worked(
        parts=parts,
        steps=tuple(Step(html=step.formula, comment=step.comment, value=step.value) for step in view.steps),
        lines=tuple(step_texts(variant)),
        hints=tuple(Prompt(html=inline_html(hint), text=plain_prose(hint)) for hint in variant.hints),
        given=example.given if example else (),
        picture=(example.graph or example.picture or "") if example else "",
    )
