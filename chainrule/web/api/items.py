"""Practice: questions that are asked, with their hints."""

from __future__ import annotations

from datetime import datetime
from string import ascii_lowercase
from typing import Annotated

from flask import Blueprint
from pydantic import ConfigDict, Field
from werkzeug.exceptions import NotFound

from chainrule.markdown import inline_html
from chainrule.store.errors import NotInStore
from chainrule.store.records import Item
from chainrule.web.answering import ask, part_for, variant_for
from chainrule.web.api.base import Given, Reply, Said, Whole
from chainrule.web.api.keys import HEADER, SAYS, sent_key
from chainrule.web.api.operations import operation
from chainrule.web.api.questions import Prompt, QuestionPart, question_part
from chainrule.web.choosing import next_item
from chainrule.web.item_views import practice_item
from chainrule.web.open_bank import open_bank
from chainrule.web.people import person
from chainrule.web.refusals import Refused
from chainrule.web.site import site
from chainrule.wording import plain_prose

routes = Blueprint("items", __name__)
GONE = "The question was changed since it was asked."
NOT_YOURS = "There is no such item, or it is somebody else's."


class Ask(Given):
    """family: its id, such as `convolution.output-size`. seed: left out for new values."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"family": "convolution.output-size", "seed": 7}]})

    family: Annotated[str, Field(min_length=1, max_length=200)]
    seed: Whole | None = None


class Next(Given):
    """topic: of this one, or of what it builds on; left out for all."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"topic": "convolution"}]})

    topic: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class HowMany(Given):
    """count: of the hints to show."""

    count: Annotated[int, Field(ge=0, le=100)] = 1


class Hints(Said):
    """all: how many there are."""

    hints: tuple[Prompt, ...]
    all: int


class Question(Said):
    """A question that was asked for practice. seed: the same one gives the same values again. url: of its page."""

    id: str
    family: str
    version: str
    seed: int
    title: str
    level: int
    source: str
    marks: float
    at: datetime
    url: str
    parts: tuple[QuestionPart, ...]


@operation(
    routes, "POST", "/items", statuses=(201, 200), headers={HEADER: SAYS},
    refuses={404: "There is no such question.", 409: "The key was sent before, with another question."},
)  # fmt: skip
def ask_family(body: Ask) -> Reply[Question]:
    """Asks a question, with new values or those of a seed.

    200 where the same was asked before: by the same key, or with the same seed and without an answer so far.
    """
    key = sent_key("item")
    if key and (before := _before(key, body)) is not None:
        return Reply(question(before), 200)
    begun = site().clock()
    item = ask(site(), person(), body.family, body.seed, id=key)
    return Reply(question(item), 201 if item.at >= begun else 200)


@operation(routes, "GET", "/items/<item>", refuses={404: NOT_YOURS, 410: GONE})
def item(item: str) -> Question:
    """A question that was asked before."""
    return question(practice_item(site(), person(), item))


@operation(
    routes, "POST", "/items/next", refuses={404: "There is no such topic.", 409: "Nothing is due and nothing is new."}
)
def next_one(body: Next) -> Question:
    """Asks what the schedule has next.

    What was asked today and has no answer so far comes again.
    """
    if body.topic is not None and body.topic not in open_bank(site()).topics():
        raise NotFound("There is no such topic.")
    return question(next_item(site(), person(), topic=body.topic or ""))


@operation(routes, "GET", "/items/<item>/parts/<part>/hints", refuses={404: NOT_YOURS, 410: GONE})
def hints(item: str, part: str, query: HowMany) -> Hints:
    """The first hints of a part. Say with the answer how many were shown."""
    variant = variant_for(site(), practice_item(site(), person(), item))
    asked = part_for(variant, part)
    found = asked.hints or variant.hints
    shown = tuple(Prompt(html=inline_html(hint), text=plain_prose(hint)) for hint in found[: query.count])
    return Hints(hints=shown, all=len(found))


def question(item: Item) -> Question:
    """The item as JSON. Raises Refused where the question was changed since."""
    variant = variant_for(site(), item)
    letters = ascii_lowercase if len(variant.parts) > 1 else ("",)
    return Question(
        id=item.id, family=item.family, version=item.version, seed=item.seed, title=variant.title,
        level=variant.level, source=variant.source, marks=sum(part.marks for part in variant.parts), at=item.at,
        url=f"/items/{item.id}",
        parts=tuple(question_part(part, letter) for part, letter in zip(variant.parts, letters, strict=False)),
    )  # fmt: skip


def _before(id: str, wanted: Ask) -> Item | None:
    """What was asked with that key. Raises Refused where that was something else."""
    try:
        found = site().store.item(id)
    except NotInStore:
        return None
    if found.family != wanted.family or wanted.seed not in (None, found.seed):
        raise Refused(f"This {HEADER} was sent before, to ask {found.family}; take another one.")
    return found
