"""How much there is of a learner's: counted by the database, and what came since."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from chainrule.store.queries import judged, select_judged
from chainrule.store.tables import ATTEMPTS, ITEMS, REGRADINGS

if TYPE_CHECKING:
    from chainrule.store.records import Judged
    from chainrule.store.store import Store

_MINE = ITEMS.c["learner"] == bindparam("learner")


class LogSize(NamedTuple):
    """Attempts and regradings: as long as both stay, so does every verdict. row: of the attempt appended last."""

    attempts: int
    regradings: int
    row: int


def log_size(store: Store, learner: str) -> LogSize:
    """How much of a log the learner has."""
    with store.reading() as connection:
        count, row = connection.execute(_select_attempts(), {"learner": learner}).one()
        return LogSize(count, connection.execute(_select_regradings(), {"learner": learner}).scalar_one(), row)


@cache
def _select_attempts() -> Select[Any]:
    counted = select(func.count(), func.coalesce(func.max(ATTEMPTS.c["row"]), 0)).select_from(ATTEMPTS)
    return counted.join(ITEMS).where(_MINE)


@cache
def _select_regradings() -> Select[Any]:
    return select(func.count()).select_from(REGRADINGS).join(ATTEMPTS).join(ITEMS).where(_MINE)


def judged_since(store: Store, learner: str, row: int) -> tuple[tuple[Judged, ...], int]:
    """All attempts at the items that have an attempt appended after that row, and how many were appended after it."""
    newer = select(ATTEMPTS.c["item"]).join(ITEMS).where(ITEMS.c["learner"] == learner, ATTEMPTS.c["row"] > row)
    with store.reading() as connection:
        items = list(connection.execute(newer).scalars())
        found = tuple(judged(connection.execute(select_judged().where(ITEMS.c["id"].in_(newer)))))
    return found, len(items)


def regraded(store: Store, learner: str) -> int:
    """How many attempts were judged anew, each counted once."""
    with store.reading() as connection:
        count: int = connection.execute(_select_regraded(), {"learner": learner}).scalar_one()
        return count


@cache
def _select_regraded() -> Select[Any]:
    counted = select(func.count(REGRADINGS.c["attempt"].distinct())).select_from(REGRADINGS)
    return counted.join(ATTEMPTS).join(ITEMS).where(_MINE)
