"""Own answers, newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from string import ascii_lowercase
from textwrap import shorten
from typing import TYPE_CHECKING

from chainrule.store.pages import Wanted, attempts_page
from chainrule.web.clocks import zone_of
from chainrule.web.open_bank import open_bank
from chainrule.web.people import not_yours
from chainrule.web.unrevealed import unrevealed
from chainrule.web.verdict_views import TITLES
from grader.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chainrule.store.appealed import Appealed
    from chainrule.store.records import Judged
    from chainrule.web.people import Person
    from chainrule.web.site import Site

SIZE = 50
SHOWN = 90  # letters of an answer
OUTCOMES = (Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG, Outcome.FAULT)
MODES = {"practice": "practice", "exam": "exams"}


@dataclass(frozen=True)
class AnswerLine:
    """An answer. at: in the learner's zone. part: its letter, '' where it is the only one. open: may be practised."""

    judged: Judged
    at: datetime
    title: str
    part: str
    answer: str
    outcome: str
    word: str
    appeal: Appealed | None
    may_appeal: bool
    open: bool


@dataclass(frozen=True)
class HistoryPage:
    """topics, outcomes, modes: (value, words) to filter by. page: from 1 to `pages`."""

    lines: tuple[AnswerLine, ...]
    count: int
    page: int
    pages: int
    topics: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    modes: tuple[tuple[str, str], ...]


def history_page(site: Site, person: Person, wanted: Mapping[str, str], page: int) -> HistoryPage:
    """The answers of a page. wanted: topic, outcome, mode. Raises NotFound for a filter or a page that is not there."""
    topics = tuple((topic, title) for topic, (title, _) in open_bank(site).topics().items())
    outcomes = tuple((one.value, TITLES[one]) for one in OUTCOMES)
    modes = tuple(MODES.items())
    for name, known in (("topic", topics), ("outcome", outcomes), ("mode", modes)):
        if wanted[name] and wanted[name] not in dict(known):
            raise not_yours()
    chosen = Wanted(**wanted, hidden=unrevealed(site, person))
    found, count = attempts_page(site.store, person.id, chosen, page=page, size=SIZE)
    pages = max(1, -(-count // SIZE))
    if page > pages:
        raise not_yours()
    return HistoryPage(_lines(site, person, found), count, page, pages, topics, outcomes, modes)


def _lines(site: Site, person: Person, found: tuple[Judged, ...]) -> tuple[AnswerLine, ...]:
    appeals = {one.appeal.attempt: one for one in site.store.appeals(open_only=False, learner=person.id)}
    zone, bank = zone_of(site, person), open_bank(site)
    return tuple(
        AnswerLine(
            judged=one,
            at=one.attempt.at.astimezone(zone),
            title=site.bank.families[one.item.family].title if one.item.family in site.bank.families else "",
            part=_letter(site, one),
            answer=shorten(one.attempt.answer, SHOWN, placeholder=" …") or one.attempt.answer[:SHOWN],
            outcome=one.outcome,
            word=TITLES[Outcome(one.outcome)],
            appeal=appeals.get(one.attempt.id),
            may_appeal=one.attempt.id not in appeals and one.outcome != Outcome.RIGHT,
            open=one.item.family in bank.families,
        )
        for one in found
    )


def _letter(site: Site, one: Judged) -> str:
    """The letter of the part as pages have it."""
    family = site.bank.families.get(one.item.family)
    ids = [part.id for part, _ in family.parts()] if family else []
    if len(ids) < 2 or one.attempt.part not in ids:
        return ""
    return ascii_lowercase[ids.index(one.attempt.part)]
