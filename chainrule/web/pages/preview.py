"""Any variant of any question, for instructors: with its key, its mistakes and a field that keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from chainrule.grading import GradedPart
from chainrule.judging import judged_view, worked_view
from chainrule.numbers import numbers_text
from chainrule.quiz import SEEDS
from chainrule.viewing import question_view
from chainrule.web.fields import answer_from, field_of
from chainrule.web.people import access, not_yours, person
from chainrule.web.refusals import Refused
from chainrule.web.site import site
from chainrule.web.waiting import place, places

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from grader.verdict import Verdict
    from questions.variant import Part, Variant

pages = Blueprint("preview", __name__)
SECONDS = 20.0  # that a page waits for a verdict
LONGEST = 100  # letters of what is searched for


@pages.get("/preview")
@access("instructor")
def index() -> str:
    """All questions, by topic; those whose title, id or source hold what was searched for."""
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST]
    found = []
    for title, ids in site().bank.topics().values():
        families = [site().bank.family(id) for id in ids]
        families = [one for one in families if _holds(f"{one.title} {one.id} {one.source}", wanted)]
        if families:
            found.append((title, families))
    count = sum(len(families) for _, families in found)
    return render_template(
        "web/preview_list.html", title="Questions", topics=found, wanted=wanted, count=count, private=site().private
    )


def _holds(text: str, wanted: str) -> bool:
    return all(word in text.casefold() for word in wanted.casefold().split())


@pages.get("/preview/<family>")
@access("instructor")
def family(family: str) -> ResponseReturnValue:
    """The variant of the first seed."""
    site().bank.family(family)
    return redirect(url_for("preview.show", family=family, seed=1))


@pages.get("/preview/<family>/<int:seed>")
@access("instructor")
def show(family: str, seed: int) -> str:
    """One variant with everything that belongs to it."""
    return _shown(_variant(family, seed))


@pages.post("/preview/<family>/<int:seed>/<part>")
@access("instructor")
def judge(family: str, seed: int, part: str) -> str:
    """The same with the verdict on an answer, which is not kept."""
    variant = _variant(family, seed)
    asked = next((one for one in variant.parts if one.id == part), None)
    if asked is None:
        raise not_yours()
    answer = answer_from(request.form, request.files, asked, name=f"answer-{part}")
    if len(answer) > site().limits.answer:
        raise Refused(f"The answer has {len(answer)} letters; {site().limits.answer} are taken at most.", 413)
    return _shown(variant, asked, answer)


def _variant(family: str, seed: int) -> Variant:
    found = site().bank.family(family)
    if seed >= SEEDS:
        raise Refused(f"Seeds go from 0 to {SEEDS - 1}.", 404)
    return found.draw(seed)


def _shown(variant: Variant, asked: Part | None = None, answer: str = "") -> str:
    question = question_view(1, variant)
    names = {part.id: f"answer-{part.id}" for part in variant.parts}
    fields = {
        part.id: field_of(part, view, name=names[part.id], value=answer if part is asked else "")
        for part, view in zip(variant.parts, question.parts, strict=True)
    }
    graded = None
    if asked is not None and answer.strip():
        graded = judged_view(GradedPart(1, variant, asked, answer, _verdict(variant, asked, answer)))
    return render_template(
        "web/preview.html",
        title=variant.title,
        variant=variant,
        question=question,
        fields_of=fields,
        worked=worked_view(1, variant),
        drawn=[(name, _told(value)) for name, value in variant.values.items()],
        asked=asked,
        graded=graded,
        private=variant.family in site().private,
        last=SEEDS - 1,
    )


def _verdict(variant: Variant, asked: Part, answer: str) -> Verdict:
    """By the judges of the server. Raises Refused where they are busy."""
    with place(places().long) as free:
        if not free:
            raise Refused("Too many answers are being judged; try again in a moment.", 429)
        bank_family = site().bank.family(variant.family)
        found = site().judging.look(person().id, bank_family, variant.seed, asked, answer, SECONDS)
    if found is None:
        raise Refused(f"It was not judged within {SECONDS:g} seconds; the judges are busy. Try again.", 503)
    return found


def _told(value: object) -> str:
    try:
        return numbers_text(value)
    except (TypeError, ValueError):
        return str(value)
