"""A judged job becomes an attempt: both are kept in one transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import by_id, change, change_in
from chainrule.dialogue import Given
from chainrule.recording import attempt_of
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.store.store import Store
    from questions.variant import Part, Variant

NO_ATTEMPT = frozenset({Outcome.UNREADABLE, Outcome.UNDECIDED})  # these cost nothing and are not counted


def finish(store: Store, job: Job, verdict: Verdict, item: Item, variant: Variant, part: Part) -> Job:
    """The job as done. An answer that was judged is kept as an attempt of the job's id, in an exam only at its end.

    A job that was finished before, by whomever, stays as it was.
    """
    from chainrule.store.queries import insert

    given = Given(variant, part, job.answer, verdict, job.hints, job.seconds)
    attempt = replace(attempt_of(item, given), id=job.id, at=job.at)
    done = _done(job, verdict)
    with store.writing() as connection:
        new = change_in(connection, Job, {"id": job.id, "state": "waiting"}, state="done", verdict=done.verdict)
        if new and verdict.outcome not in NO_ATTEMPT and not item.exam:
            insert(connection, [attempt])
    return done if new else by_id(store, Job, job.id)


def give_up(store: Store, job: Job, verdict: Verdict) -> Job:
    """The job as done with a verdict that says why it could not be judged, and no attempt: its question is gone."""
    done = _done(job, verdict)
    change(store, Job, {"id": job.id, "state": "waiting"}, state="done", verdict=done.verdict)
    return done


def _done(job: Job, verdict: Verdict) -> Job:
    return replace(job, state="done", verdict=json.dumps(verdict.to_json(), ensure_ascii=False))


def verdict_of_job(job: Job) -> Verdict | None:
    """The verdict of a job that is done; None while it waits, and of the end of an exam."""
    return Verdict.from_json(json.loads(job.verdict)) if job.verdict else None
