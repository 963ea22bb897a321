"""What an exam says at once about an answer, where its blueprint wants that: right or wrong, or the whole verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import found
from chainrule.judging import line_views
from chainrule.web.judged import verdict_of_job
from chainrule.web.waiting import waited
from chainrule.wording import LINE
from grader.sentences import sentence

if TYPE_CHECKING:
    from chainrule.examining import Running
    from chainrule.store.records import Draft
    from chainrule.views import LineView
    from chainrule.web.site import Site

PATIENCE = 0.8  # seconds that a page waits for a verdict before it is shown without


@dataclass(frozen=True)
class Told:
    """outcome: '' while it waits. says, lines: only where the whole verdict is told. ahead: judged before it."""

    outcome: str = ""
    says: tuple[str, ...] = ()
    lines: tuple[LineView, ...] = ()
    ahead: int = 0


def told_of(site: Site, running: Running, drafts: Mapping[tuple[str, str], Draft], number: int) -> Mapping[str, Told]:
    """What is said of each part of a question whose latest answer was sent to be judged, by the part's id."""
    if running.exam.feedback == "none":
        return {}
    item = next(item for item in running.items if item.number == number)
    latest = {job.part: job for job in found(site.store, Job, item=item.id, exam=running.exam.id)}
    return {
        part: _told(site, job, whole=running.exam.feedback == "full")
        for part, job in latest.items()
        if (draft := drafts.get((item.id, part))) is not None and draft.answer == job.answer
    }


def _told(site: Site, job: Job, *, whole: bool) -> Told:
    done = job if job.state == "done" else waited(job.id, PATIENCE)
    verdict = verdict_of_job(done) if done is not None else None
    if verdict is None:
        return Told(ahead=site.judging.ahead(job.id))
    if not whole:
        return Told(verdict.outcome.value)
    says = tuple(sentence(one) for one in verdict.feedback if one.code != LINE)
    return Told(verdict.outcome.value, says, line_views(verdict))
