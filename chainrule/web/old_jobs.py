"""Jobs that nobody asks for any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chainrule.store.records import now

if TYPE_CHECKING:
    from chainrule.store.store import Store

KEPT = timedelta(days=1)


def remove_old_jobs(store: Store) -> int:
    """How many jobs are gone: those that were done a day ago; what became of them are attempts and endings.

    Answers of an exam that is open stay: their verdicts are nowhere else.
    """
    from sqlalchemy import select

    from chainrule.store.class_tables import JOBS
    from chainrule.store.tables import ENDINGS, EXAMS

    ended = select(ENDINGS.c["exam"])
    open_exams = select(EXAMS.c["id"]).where(EXAMS.c["id"].not_in(ended))
    old = JOBS.delete().where(JOBS.c["state"] == "done", JOBS.c["at"] < now() - KEPT)
    with store.writing() as connection:
        return connection.execute(old.where(JOBS.c["exam"].not_in(open_exams))).rowcount
