"""Answers as JSON: from those that wait, and from those that are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from chainrule.recording import verdict_of
from chainrule.web.answering import part_for, variant_for
from chainrule.web.api.base import Said
from chainrule.web.api.verdicts import VerdictSaid, verdict_said
from chainrule.web.judged import verdict_of_job
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.classes.records import Job
    from chainrule.store.appealed import Appealed
    from chainrule.store.records import Judged


class AppealSaid(Said):
    """That its author thinks the answer is right, and what became of it. says: the reasons of the decision."""

    at: datetime
    note: str
    state: Literal["open", "accepted", "refused"]
    says: str = ""


class Answer(Said):
    """An answer. ahead: how many are judged before it. verdict: null while it waits. exam: its form, '' in practice.

    regraded: whether the verdict is a later one than the first. url: of its page.
    """

    id: str
    family: str
    item: str
    part: str
    exam: str = ""
    answer: str
    at: datetime
    state: Literal["waiting", "done"] = "done"
    ahead: int = 0
    verdict: VerdictSaid | None = None
    regraded: bool = False
    appeal: AppealSaid | None = None
    url: str


def answer_of_job(job: Job) -> Answer:
    """An answer that became no attempt, or not yet."""
    item = site().store.item(job.item)
    verdict = verdict_of_job(job)
    marks = part_for(variant_for(site(), item), job.part).marks if verdict else 0.0
    return Answer(
        id=job.id, family=item.family, item=job.item, part=job.part, answer=job.answer, at=job.at, state=job.state,
        ahead=0 if job.state == "done" else site().judging.ahead(job.id),
        verdict=verdict_said(verdict, marks) if verdict else None, url=f"/answers/{job.id}",
    )  # fmt: skip


def answer_of_attempt(judged: Judged, appeal: Appealed | None) -> Answer:
    """An answer that counts."""
    item, attempt = judged.item, judged.attempt
    return Answer(
        id=attempt.id, family=item.family, item=item.id, part=attempt.part, exam=item.exam, answer=attempt.answer,
        at=attempt.at, verdict=verdict_said(verdict_of(judged), attempt.marks), regraded=judged.regraded,
        appeal=appeal_said(appeal) if appeal else None, url=f"/answers/{attempt.id}",
    )  # fmt: skip


def appeal_said(one: Appealed) -> AppealSaid:
    """The appeal with its decision."""
    if one.decision is None:
        return AppealSaid(at=one.appeal.at, note=one.appeal.note, state="open")
    state: Literal["accepted", "refused"] = "accepted" if one.decision.accepted else "refused"
    return AppealSaid(at=one.appeal.at, note=one.appeal.note, state=state, says=one.decision.says)
