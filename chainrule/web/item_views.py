"""A practice question as its page shows it: each part with its field, hints, verdict and earlier answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.dialogue import CLOSED
from chainrule.markdown import inline_html
from chainrule.web.answered import answers_to
from chainrule.web.answering import own_item, variant_for
from chainrule.web.fields import field_of
from chainrule.web.people import not_yours
from chainrule.web.verdict_views import VerdictView, verdict_view

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.views import PartView, QuestionView
    from chainrule.web.answered import Answered
    from chainrule.web.fields import AnswerField
    from chainrule.web.people import Person
    from chainrule.web.site import Site
    from questions.variant import Part, Variant


EARLIER = 20  # answers that are shown: there may be thousands, each as long as code can be


@dataclass(frozen=True)
class Wish:
    """What the page should show. answer: the id of the answer whose verdict is shown. part: what the rest is about.

    hints: how many to show. typed: what stands in the field, None for the answer of last time. refused: why it was not
    taken.
    """

    answer: str = ""
    part: str = ""
    hints: int = 0
    typed: str | None = None
    refused: str = ""


@dataclass(frozen=True)
class PartOnPage:
    """A part. hints: those that are shown, of `all_hints`. verdict: of one answer.

    earlier: the latest of the other answers, of which there are `all_earlier`, latest first.

    waiting: an answer that is not judged yet, with how many are before it; None without one. done: it is right.

    came_back: its field was sent and not judged, for a hint or since it was refused.
    """

    id: str
    view: PartView
    field: AnswerField
    hints: tuple[Markup, ...]
    all_hints: int
    verdict: VerdictView | None
    earlier: tuple[VerdictView, ...]
    all_earlier: int
    waiting: tuple[str, int] | None
    done: bool
    refused: str = ""
    came_back: bool = False

    @property
    def name(self) -> str:
        """What links call it."""
        return f"part {self.view.letter}" if self.view.letter else "this question"


@dataclass(frozen=True)
class ItemView:
    """A question with its parts. next_part: the id of the first that is open, '' where all are done."""

    item: Item
    question: QuestionView
    topic: str
    parts: tuple[PartOnPage, ...]
    answered: bool

    @property
    def next_part(self) -> str:
        """The first part that is not right; '' where all are."""
        return next((part.id for part in self.parts if not part.done), "")

    @property
    def next_name(self) -> str:
        """What links call that part."""
        return next((part.name for part in self.parts if not part.done), "")


def practice_item(site: Site, person: Person, id: str) -> Item:
    """An item of the person that is not of an exam, which has pages of its own. Raises NotFound."""
    item = own_item(site, person, id)
    if item.exam:
        raise not_yours()
    return item


def item_view(site: Site, person: Person, item: Item, wish: Wish) -> ItemView:
    """The page of an item. Raises Refused where the question was changed since."""
    variant = variant_for(site, item)
    question = site.variants.view(item)
    assert question is not None
    answers = answers_to(site, person, item)
    parts = tuple(
        _part(site, variant, part, view, item, answers.get(part.id, ()), wish)
        for part, view in zip(variant.parts, question.parts, strict=True)
    )
    answered = any(one.kept for some in answers.values() for one in some)
    return ItemView(item, question, item.family.partition(".")[0], parts, answered)


def hints_of(variant: Variant, part: Part) -> tuple[Markup, ...]:
    """The hints for a part: its own, else those of the question."""
    return tuple(inline_html(hint) for hint in (part.hints or variant.hints))


def _part(
    site: Site, variant: Variant, part: Part, view: PartView, item: Item, answers: Sequence[Answered], wish: Wish
) -> PartOnPage:
    mine = wish if wish.part == part.id else replace(wish, hints=0, typed=None, refused="")
    judged = [one for one in answers if one.verdict is not None]
    shown = next((one for one in judged if one.id == wish.answer), judged[-1] if judged else None)
    others = [one for one in reversed(judged) if one is not shown]
    open_one = next((one for one in reversed(answers) if one.verdict is None), None)
    latest = open_one or shown
    typed = mine.typed if mine.typed is not None else latest.text if latest else ""
    hints = hints_of(variant, part)
    count = min(len(hints), max([mine.hints, *(one.hints for one in answers)]))
    name = f"answer-{part.id}" if len(variant.parts) > 1 else "answer"
    return PartOnPage(
        id=part.id,
        view=view,
        field=field_of(part, view, name=name, value=typed, item=item.id),
        hints=hints[:count],
        all_hints=len(hints),
        verdict=verdict_view(shown, part) if shown else None,
        earlier=tuple(verdict_view(one, part, brief=True) for one in others[:EARLIER]),
        all_earlier=len(others),
        waiting=(open_one.id, site.judging.ahead(open_one.id)) if open_one else None,
        done=any(one.verdict is not None and one.verdict.outcome in CLOSED for one in answers),
        refused=mine.refused,
        came_back=mine.typed is not None,
    )
