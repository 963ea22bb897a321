"""A person's own answers: to an item, page by page, and appeals against their verdicts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import found
from chainrule.recording import verdict_of
from chainrule.store.errors import NotInStore
from chainrule.store.records import Appeal
from chainrule.web.judged import verdict_of_job
from chainrule.web.people import not_yours
from chainrule.web.refusals import Refused
from chainrule.web.sitting import may_see_report
from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.store.appealed import Appealed
    from chainrule.store.records import Item, Judged
    from chainrule.web.people import Person
    from chainrule.web.site import Site
    from grader.verdict import Verdict

MOST_NOTE = 2000  # letters


@dataclass(frozen=True)
class Answered:
    """An answer to a part. verdict: None while it waits. kept: as an attempt, which counts and can be appealed."""

    id: str
    part: str
    text: str
    at: datetime
    hints: int
    verdict: Verdict | None
    kept: bool = False
    regraded: bool = False
    appeal: Appealed | None = None


def answers_to(site: Site, person: Person, item: Item) -> Mapping[str, Sequence[Answered]]:
    """All answers to the item's parts, in the order of time: judged ones, unreadable ones, and those that wait."""
    judged = {one.attempt.id: one for one in site.store.judged(person.id, item=item.id)}
    jobs = [job for job in found(site.store, Job, item=item.id) if job.id not in judged and not job.exam]
    appeals = {one.appeal.attempt: one for one in site.store.appeals(open_only=False, item=item.id)}
    answers = [_of_attempt(one, appeals.get(id)) for id, one in judged.items()]
    answers += [Answered(j.id, j.part, j.answer, j.at, j.hints, verdict_of_job(j)) for j in jobs]
    by_part: dict[str, list[Answered]] = defaultdict(list)
    for answer in sorted(answers, key=lambda answer: answer.at):
        by_part[answer.part].append(answer)
    return by_part


def _of_attempt(one: Judged, appeal: Appealed | None) -> Answered:
    attempt = one.attempt
    return Answered(
        attempt.id,
        attempt.part,
        attempt.answer,
        attempt.at,
        attempt.hints,
        verdict_of(one),
        kept=True,
        regraded=one.regraded,
        appeal=appeal,
    )


def own_attempt(site: Site, person: Person, id: str) -> Judged:
    """An attempt of the person whose verdict may be seen. Raises NotFound."""
    try:
        judged = site.store.attempt(id)
    except NotInStore:
        raise not_yours() from None
    if judged.item.learner != person.id or not is_revealed(site, judged.item):
        raise not_yours()
    return judged


def is_revealed(site: Site, item: Item) -> bool:
    """Whether key and values of the item may be shown: always in practice, of an exam with its report."""
    return not item.exam or may_see_report(site, site.store.exam(item.exam))


def appeal(site: Site, judged: Judged, note: str) -> None:
    """Keeps that its author thinks the answer is right. Raises Refused where it counts as right, or was kept before."""
    if judged.outcome == Outcome.RIGHT:
        raise Refused("This answer counts as right already.")
    if len(note) > MOST_NOTE:
        raise Refused(f"The note has {len(note)} letters; {MOST_NOTE} are taken at most.", 413)
    if any(one.appeal.attempt == judged.attempt.id for one in site.store.appeals(open_only=False, item=judged.item.id)):
        raise Refused("It is kept already; you will see here what becomes of it.")
    site.store.add(Appeal(judged.attempt.id, note, id=_appeal_id(judged)))


def _appeal_id(judged: Judged) -> str:
    """The same for the same attempt, so that a form that is sent twice at once is kept once."""
    return hashlib.sha256(f"appeal {judged.attempt.id}".encode()).hexdigest()[:32]
