"""Asking and answering practice questions: what pages and API do alike."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.classes.records import Job, Lane
from chainrule.quiz import SEEDS
from chainrule.recording import item_of
from chainrule.store.errors import NotInStore
from chainrule.web.limiting import count_kept, limiting
from chainrule.web.people import not_yours
from chainrule.web.refusals import Refused
from questions.bank import UnknownId

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.web.people import Person
    from chainrule.web.site import Site
    from questions.family import Family
    from questions.variant import Part, Variant

NOTHING_YET = {
    "choice": "Nothing was chosen; choose one of the answers first.",
    "statements": "Nothing was marked; mark every true statement, or that none of them is true.",
    "ordering": "Nothing was put in order; do so first.",
    "code": "Nothing was written; write the function first, or choose a file.",
}


def open_family(site: Site, id: str) -> Family:
    """A family that may be practised. Raises UnknownId; for one that is private the same as for one that is not."""
    if id in site.private:
        raise UnknownId(id, ())
    return site.bank.family(id)


def ask(site: Site, person: Person, family: str, seed: int | None = None, *, id: str = "") -> Item:
    """A practice question, kept as asked; one of the same seed that has no answer yet is taken again.

    seed: None for a fresh one. id: of a new item, '' for a random one.
    Raises UnknownId where nobody can practise such a family, AuthorError where it is broken.
    """
    found = open_family(site, family)
    if seed is not None and not id:
        for item in reversed(site.store.items(person.id, family=family, mode="practice")):
            if item.seed == seed and not site.store.judged(person.id, item=item.id):
                return item
    drawn = found.draw(random.SystemRandom().randrange(SEEDS) if seed is None else seed)
    item = item_of(drawn, "practice", learner=person.id)
    item = replace(item, id=id) if id else item
    site.store.add(item)
    return item


def own_item(site: Site, person: Person, id: str) -> Item:
    """An item of that person. Raises NotFound, for somebody else's as for none."""
    try:
        item = site.store.item(id)
    except NotInStore:
        raise not_yours() from None
    if item.learner != person.id:
        raise not_yours()
    return item


def variant_for(site: Site, item: Item) -> Variant:
    """The variant that was asked. Raises Refused where the question was changed since."""
    variant = site.variants.of(item)
    if variant is None:
        if item.exam:  # whose families are nobody's business while it is sat
            raise Refused("This question was changed since you got it.", 410)
        raise Refused(f"{item.family} was changed since you got it; take another one like it.", 410)
    return variant


def part_for(variant: Variant, id: str) -> Part:
    """The part of that id. Raises NotFound."""
    for part in variant.parts:
        if part.id == id:
            return part
    raise not_yours()


def submit(
    site: Site,
    person: Person,
    item: Item,
    part: str,
    answer: str,
    *,
    hints: int = 0,
    seconds: float = 0.0,
    id: str = "",
) -> Job:
    """An answer to a practice question, kept and on its way to be judged. id: of the job, '' for a random one.

    Raises Refused where it cannot be taken.
    """
    asked = part_for(variant_for(site, item), part)
    check_answer(site, person, asked, answer)
    if site.classes:
        limiting().count("judged", person.id)
    count_kept(site, person.id, answer)
    lane: Lane = "code" if asked.kind == "code" else "quick"
    job = Job(lane, person.id, item.id, part, answer, hints=max(0, hints), seconds=max(0.0, min(seconds, 86400.0)))
    job = replace(job, id=id) if id else job
    site.judging.submit(job)
    return job


def check_answer(site: Site, person: Person, part: Part, answer: str) -> None:
    """Raises Refused for an answer that is empty or too long, and where too many of that person's wait."""
    if not answer.strip():
        raise Refused(NOTHING_YET.get(part.kind, "Nothing was typed; write an answer first."), 422)
    if len(answer) > site.limits.answer:
        raise Refused(f"The answer has {len(answer)} letters; {site.limits.answer} are taken at most.", 413)
    if site.judging.waiting(person.id) >= site.limits.waiting:
        raise Refused(f"{site.limits.waiting} of your answers are being judged; send the next one after that.", 429)
