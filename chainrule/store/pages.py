"""A learner's attempts page by page, newest first, with the verdicts that count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from chainrule.store.queries import conditions, judged, select_judged_with
from chainrule.store.tables import ATTEMPTS, ITEMS

if TYPE_CHECKING:
    from sqlalchemy import Select

    from chainrule.store.records import Judged
    from chainrule.store.store import Store


@dataclass(frozen=True)
class Wanted:
    """Which attempts. topic, outcome, mode: '' for all. hidden: exams that are left out."""

    topic: str = ""
    outcome: str = ""
    mode: str = ""
    hidden: Collection[str] = ()


def attempts_page(
    store: Store, learner: str, wanted: Wanted, *, page: int, size: int
) -> tuple[tuple[Judged, ...], int]:
    """The attempts of a page, from 1 on, and how many there are in all."""
    statement = _statement(learner, wanted).order_by(None)
    newest = statement.order_by(ATTEMPTS.c["at"].desc(), ATTEMPTS.c["row"].desc())
    counted = select(func.count()).select_from(statement.with_only_columns(ATTEMPTS.c["row"]).subquery())
    with store.reading() as connection:
        rows = connection.execute(newest.limit(size).offset((page - 1) * size))
        return tuple(judged(rows)), connection.execute(counted).scalar_one()


def _statement(learner: str, wanted: Wanted) -> Select[Any]:
    statement, regraded = select_judged_with()
    statement = statement.where(*conditions(ITEMS, learner=learner, mode=wanted.mode or None))
    if wanted.topic:
        statement = statement.where(ITEMS.c["family"].startswith(f"{wanted.topic}.", autoescape=True))
    if wanted.outcome:
        counts = func.coalesce(regraded.c["outcome"], ATTEMPTS.c["outcome"])
        statement = statement.where(counts == wanted.outcome)
    if wanted.hidden:
        statement = statement.where(ITEMS.c["exam"].is_(None) | ITEMS.c["exam"].not_in(wanted.hidden))
    return statement
