"""Practice: a question with its parts, answers, hints and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from chainrule.judging import worked_view
from chainrule.web.answered import is_revealed
from chainrule.web.answering import ask, own_item, part_for, submit, variant_for
from chainrule.web.choosing import begun_item, next_item
from chainrule.web.item_views import Wish, hints_of, item_view, practice_item
from chainrule.web.open_bank import open_bank
from chainrule.web.people import access, not_yours, person
from chainrule.web.refusals import Refused
from chainrule.web.sent_answers import hints_shown, seconds_spent, sent_answer, typed_text
from chainrule.web.site import site
from chainrule.web.waiting import waited
from chainrule.web.waiting_jobs import same_sent

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from chainrule.store.records import Item

pages = Blueprint("practice", __name__)
PATIENCE = 1.0  # seconds that a page waits for a verdict
WORKED, REMEMBERED = "worked", 20  # items whose solution was shown, in the session
LONGEST_SEED = 18  # digits


@pages.post("/practice")
@access("learner")
def next() -> Response:
    """The next question of the schedule, or one of the family that was asked for."""
    if family := request.form.get("family", ""):
        return _to(begun_item(site(), person(), family))
    left = request.form.get("left", "")
    item = next_item(site(), person(), topic=_topic(), left=practice_item(site(), person(), left) if left else None)
    return _to(item)


@pages.get("/try/<family>")
@pages.get("/try/<family>/<seed>")
@access("learner")
def attempt_link(family: str, seed: str = "") -> Response:
    """A question of that family, with the values of a seed where one is named: what a shared link leads to."""
    if not seed:
        return _to(begun_item(site(), person(), family))
    if not (seed.isascii() and seed.isdigit() and len(seed) <= LONGEST_SEED):
        raise not_yours()
    return _to(ask(site(), person(), family, int(seed)))


@pages.get("/items/<id>")
@access("learner")
def item(id: str) -> ResponseReturnValue:
    """A question with its parts; the verdict of an answer where one is named."""
    shown = request.args.get("hints", "")
    hints = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 4 else 0
    wish = Wish(answer=request.args.get("answer", ""), part=request.args.get("part", ""), hints=hints)
    return _page(practice_item(site(), person(), id), wish)


@pages.post("/items/<id>/<part>")
@access("learner")
def answer(id: str, part: str) -> ResponseReturnValue:
    """Hands in an answer; one that cannot be taken comes back in its field. With `hint` only shows one more."""
    asked = practice_item(site(), person(), id)
    one = part_for(variant_for(site(), asked), part)
    hints, typed = hints_shown(request), typed_text(request, one)
    if "hint" in request.form:
        return _page(asked, Wish(part=part, hints=hints + 1, typed=typed))
    try:
        sent = sent_answer(request, asked, one)
        typed = sent.typed
        job = same_sent(site(), asked, part, sent.text) or submit(
            site(), person(), asked, part, sent.text, hints=_counted(asked, part, hints), seconds=seconds_spent(request)
        )
    except Refused as error:
        wish = Wish(part=part, hints=hints, typed=typed, refused=error.description or "")
        return _page(asked, wish, status=error.code or 409)
    for remark in sent.remarks:
        flash(remark[:300], "remark")
    done = waited(job.id, PATIENCE)
    if done is None or done.state != "done":
        return redirect(url_for("answers.show", id=job.id), 303)
    return _to(asked, part, answer=job.id)


@pages.post("/items/<id>/again")
@access("learner")
def again(id: str) -> Response:
    """Another one like this: the same family, other values."""
    return _to(ask(site(), person(), _answerable(id).family))


@pages.post("/items/<id>/same")
@access("learner")
def same(id: str) -> Response:
    """The same values once more, as a question of its own; of an exam from when its report may be seen."""
    found = _answerable(id)
    variant_for(site(), found)  # other values under the same seed are not the same
    return _to(ask(site(), person(), found.family, found.seed))


@pages.get("/items/<id>/worked")
@access("learner")
def worked(id: str) -> ResponseReturnValue:
    """The worked solution; before the first answer a warning, unless it is asked for all the same."""
    found = practice_item(site(), person(), id)
    variant = variant_for(site(), found)
    answered = bool(site().store.judged(person().id, item=found.id))
    sure = answered or "show" in request.args
    if sure and not answered:
        session[WORKED] = [*(one for one in session.get(WORKED, ()) if one != found.id), found.id][-REMEMBERED:]
    return render_template(
        "web/worked.html",
        title=variant.title,
        item=found,
        topic=_topic(),
        question=site().variants.view(found),
        worked=worked_view(1, variant) if sure else None,
        answered=answered,
    )


def _page(asked: Item, wish: Wish, *, status: int = 200) -> ResponseReturnValue:
    try:
        view = item_view(site(), person(), asked, wish)
    except Refused as error:
        known = asked.family in open_bank(site()).families
        return render_template(
            "web/changed.html", title="Changed", says=error.description, item=asked, known=known
        ), 410
    page = render_template(
        "web/item.html",
        title=view.question.title,
        view=view,
        topic=_topic(),
        topic_title=site().bank.topics()[view.topic][0],
        share=url_for("practice.attempt_link", family=asked.family, seed=asked.seed, _external=True),
        since=int(site().clock().timestamp()),
    )
    return page, status


def _to(item: Item, part: str = "", *, answer: str = "") -> Response:
    """To the page of an item, at the verdict on one of its parts."""
    address = url_for(
        "practice.item", id=item.id, answer=answer or None, topic=_topic() or None,
        _anchor=f"verdict-{part}" if part else None,
    )  # fmt: skip
    return redirect(address, 303)


def _topic() -> str:
    """The topic that is practised, as page after page says; '' for all."""
    topic = request.values.get("topic", "")
    if topic and topic not in open_bank(site()).topics():
        raise not_yours()
    return topic


def _counted(item: Item, part: str, hints: int) -> int:
    """The hints that count: whoever saw the solution first saw all of them."""
    if item.id not in session.get(WORKED, ()):
        return hints
    variant = variant_for(site(), item)
    return max(hints, 1, len(hints_of(variant, part_for(variant, part))))


def _answerable(id: str) -> Item:
    """An item of the person whose values are no secret. Raises NotFound."""
    found = own_item(site(), person(), id)
    if not is_revealed(site(), found):
        raise not_yours()
    return found
