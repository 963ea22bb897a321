"""How much there is of a learner's: counted by the database, without reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from chainrule.store.tables import ATTEMPTS, ITEMS, REGRADINGS

if TYPE_CHECKING:
    from chainrule.store.store import Store


def log_size(store: Store, learner: str) -> tuple[int, int]:
    """How many attempts and how many regradings there are: as long as both stay, so does every verdict."""
    attempts = select(func.count()).select_from(ATTEMPTS).join(ITEMS, ATTEMPTS.c["item"] == ITEMS.c["id"])
    regradings = (
        select(func.count())
        .select_from(REGRADINGS)
        .join(ATTEMPTS, REGRADINGS.c["attempt"] == ATTEMPTS.c["id"])
        .join(ITEMS, ATTEMPTS.c["item"] == ITEMS.c["id"])
    )
    mine = ITEMS.c["learner"] == learner
    with store.reading() as connection:
        answered = connection.execute(attempts.where(mine)).scalar_one()
        return answered, connection.execute(regradings.where(mine)).scalar_one()


def regraded(store: Store, learner: str) -> int:
    """How many attempts were judged anew, each counted once."""
    statement = (
        select(func.count(REGRADINGS.c["attempt"].distinct()))
        .join(ATTEMPTS, REGRADINGS.c["attempt"] == ATTEMPTS.c["id"])
        .join(ITEMS, ATTEMPTS.c["item"] == ITEMS.c["id"])
    )
    with store.reading() as connection:
        return connection.execute(statement.where(ITEMS.c["learner"] == learner)).scalar_one()
