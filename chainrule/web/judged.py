"""A judged job becomes an attempt: both are kept in one transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import change_in
from chainrule.dialogue import Given
from chainrule.recording import attempt_of
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.store.store import Store
    from questions.variant import Part, Variant

NO_ATTEMPT = frozenset({Outcome.UNREADABLE, Outcome.UNDECIDED})  # these cost nothing and are not counted


def finish(store: Store, job: Job, verdict: Verdict, item: Item, variant: Variant, part: Part) -> Job:
    """The job as done. An answer that was judged is kept as an attempt of the job's id, in an exam only at its end."""
    from chainrule.store.queries import insert

    text = json.dumps(verdict.to_json(), ensure_ascii=False)
    given = Given(variant, part, job.answer, verdict, job.hints, job.seconds)
    attempt = replace(attempt_of(item, given), id=job.id, at=job.at)
    with store.writing() as connection:
        if verdict.outcome not in NO_ATTEMPT and not item.exam:
            insert(connection, [attempt])
        change_in(connection, Job, {"id": job.id}, state="done", verdict=text)
    return replace(job, state="done", verdict=text)


def verdict_of_job(job: Job) -> Verdict | None:
    """The verdict of a job that is done; None while it waits, and of the end of an exam."""
    return Verdict.from_json(json.loads(job.verdict)) if job.verdict else None
