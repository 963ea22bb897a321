"""Answers that students think are right, and what an instructor decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from chainrule.also import LETTERED, add_also
from chainrule.classes.class_appeals import Decided, Reach, accept, appeals_of, decline, own_file, same_answers
from chainrule.classes.records import Account, Assignment, Sitting
from chainrule.classes.rows import first, found
from chainrule.grading import GradedPart
from chainrule.judging import judged_view
from chainrule.recording import verdict_of
from chainrule.web.form_fields import Typed
from chainrule.web.noting import noted
from chainrule.web.own import exams_elsewhere, own_learners
from chainrule.web.people import access, not_yours, person
from chainrule.web.site import site
from chainrule.wording import counted
from grader.errors import ChainruleError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from chainrule.store.appealed import Appealed
    from chainrule.store.records import Item

pages = Blueprint("appeals", __name__)
LONGEST = 1000  # letters of a reason
SHOWN = 100  # decided ones, the latest


@pages.get("/appeals")
@access("instructor")
def index() -> str:
    """Those of the instructor's classes that wait, the oldest first; with `all`, those that are decided, too."""
    everything = request.args.get("all") == "1"
    all_of = appeals_of(site().store, _reach(), open_only=not everything)
    listed = [one for one in all_of if (one.decision is not None) == everything]
    names = _names(listed)
    rows = [(one, names[one.judged.item.learner], _title(one.judged.item)) for one in listed[-SHOWN:]]
    return render_template("web/appeals.html", title="Appeals", rows=rows, everything=everything)


def _reach() -> Reach:
    """Practice and own exams of the instructor's students, and exams of the instructor's classes."""
    return Reach(own_learners(site(), person()), exams_elsewhere(site(), person()))


def _names(listed: list[Appealed]) -> dict[str, str]:
    ids = list({one.judged.item.learner for one in listed})
    return {one.id: one.shown for one in found(site().store, Account, id=ids)}


def _title(item: Item) -> str:
    family = site().bank.families.get(item.family)
    return family.title if family else item.family


@pages.get("/appeals/<id>")
@access("instructor")
def show(id: str) -> str:
    """One appeal with the question, the answer and its verdict."""
    return _show(_own(id), Typed({"percent": "100"}))


def _own(id: str) -> Appealed:
    """An appeal that the instructor may decide about. Raises NotFound."""
    for one in appeals_of(site().store, _reach(), open_only=False):
        if one.appeal.id == id:
            return one
    raise not_yours()


def _show(one: Appealed, typed: Typed) -> str:
    item, attempt = one.judged.item, one.judged.attempt
    variant = site().variants.of(item)
    part = next((part for part in variant.parts if part.id == attempt.part), None) if variant else None
    graded = None
    if variant is not None and part is not None:
        graded = judged_view(GradedPart(1, variant, part, attempt.answer, verdict_of(one.judged)))
    path = own_file(item.family, site().folders) if part is not None else None
    return render_template(
        "web/appeal.html",
        title=_title(item),
        one=one,
        who=_names([one])[item.learner],
        where=_where(item),
        graded=graded,
        same=len(same_answers(site().store, one.judged, _reach())),
        file=path.name if path else "",
        lettered=attempt.kind in LETTERED,
        typed=typed,
    )


def _where(item: Item) -> str:
    sitting = first(site().store, Sitting, exam=item.exam) if item.exam else None
    given = first(site().store, Assignment, id=sitting.assignment) if sitting else None
    return given.title if given else {"exam": "an exam of their own"}.get(item.mode, "practice")


@pages.post("/appeals/<id>")
@access("instructor")
def decide(id: str) -> ResponseReturnValue:
    """Accepts or declines; the student is told the reason."""
    one = _own(id)
    typed = Typed(request.form)
    says = typed.text("says", "a sentence; the student is told it", most=LONGEST)
    what = typed.choice("what", ("accept", "decline"), "accept or decline")
    share = typed.number("percent", 1, 100, empty=100) / 100
    if typed.faults:
        return _show(one, typed), 422
    try:
        done = _accept(one, says, share) if what == "accept" else _decline(one, says)
    except Decided:
        flash("Somebody decided about it before.", "fault")
        return redirect(url_for("appeals.show", id=id), 303)
    except ChainruleError as error:  # the question's file cannot take the answer; nothing is decided
        typed.faults["also"] = str(error)
        return _show(one, typed), 422
    about = f"{one.judged.item.family}, {'accepted' if what == 'accept' else 'declined'}"
    if what == "accept":
        about += f" for {share:.0%} of the marks{', and the question takes it from now on' if _wants_also() else ''}"
    noted("appeal-decided", about)  # the student is told otherwise, and not by the name of a question
    flash(done)
    return redirect(url_for("appeals.index"), 303)


def _accept(one: Appealed, says: str, share: float) -> str:
    if one.decision is not None:
        raise Decided
    if _wants_also():
        _also(one, says)
    others = same_answers(site().store, one.judged, _reach()) if request.form.get("same") else ()
    count = accept(site().store, one, says, score=share, others=others)
    return f"Accepted; {counted(count, 'answer')} {'is' if count == 1 else 'are'} worth more now."


def _wants_also() -> bool:
    """Whether the question itself is to take the answer from now on."""
    return bool(request.form.get("also"))


def _also(one: Appealed, says: str) -> None:
    """Takes the answer into the question's file, from now on right for everybody. Raises ChainruleError."""
    item, attempt = one.judged.item, one.judged.attempt
    path = own_file(item.family, site().folders)
    if path is None or site().variants.of(item) is None:
        raise not_yours()
    repaired = add_also(
        site().bank.family(item.family),
        path,
        part=attempt.part,
        answer=attempt.answer.strip(),
        why=says,
        seed=item.seed,
        for_all=bool(request.form.get("for_all")),
    )
    site().bank.families[item.family] = repaired  # the judges get the file's text with each answer


def _decline(one: Appealed, says: str) -> str:
    decline(site().store, one, says)
    return "The verdict stands; the student is told why."
