"""Answers that are not judged yet, or were a moment ago."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import first, found
from chainrule.web.people import not_yours

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.web.people import Person
    from chainrule.web.site import Site

TWICE = timedelta(seconds=3)  # within which a second click is no second answer


def same_sent(site: Site, item: Item, part: str, answer: str) -> Job | None:
    """The job of the same answer where it waits, or was sent just now: a form is easily sent twice."""
    since = site.clock() - TWICE
    same = found(site.store, Job, item=item.id, part=part, answer=answer)
    return next((job for job in reversed(same) if job.state == "waiting" or job.at >= since), None)


def own_job(site: Site, person: Person, id: str) -> Job | None:
    """A job of the person for an answer in practice; None where there is none of that id. Raises NotFound."""
    job = first(site.store, Job, id=id)
    if job is not None and (job.learner != person.id or job.exam or not job.item):
        raise not_yours()
    return job
