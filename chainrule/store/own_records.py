"""One learner's records as lines of JSON, for the learner to keep."""

from __future__ import annotations

from collections.abc import Collection, Generator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from chainrule.store import records, wire
from chainrule.store.exchange import BATCH
from chainrule.store.queries import columns
from chainrule.store.queries import records as made
from chainrule.store.tables import (
    APPEALS,
    ATTEMPTS,
    DECISIONS,
    DRAFTS,
    ENDINGS,
    EXAMS,
    ITEMS,
    REGRADINGS,
    SETTINGS,
    TABLES,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from chainrule.store.store import Store


def own_lines(store: Store, learner: str, hidden: Collection[str] = ()) -> Generator[str]:
    """The lines of an export of that learner's records, as `imported` reads them. hidden: exams that are left out.

    They show one moment of the store. Who stops early closes the generator.
    """
    yield wire.header()
    with store.reading() as connection:
        for kind, wanted in _conditions(learner, hidden).items():
            statement = select(*columns(kind)).where(wanted).order_by(TABLES[kind].c["row"])
            with connection.execution_options(yield_per=BATCH).execute(statement) as rows:
                for some in rows.partitions():
                    yield from map(wire.line, made(kind, some))


def _conditions(learner: str, hidden: Collection[str]) -> dict[type[Any], ColumnElement[bool]]:
    """What belongs to the learner, by kind, in the order in which it may be read back."""
    exams = EXAMS.c["learner"] == learner
    items = ITEMS.c["learner"] == learner
    if hidden:
        exams &= EXAMS.c["id"].not_in(hidden)
        items &= ITEMS.c["exam"].is_(None) | ITEMS.c["exam"].not_in(hidden)
    own_items = select(ITEMS.c["id"]).where(items)
    attempts = ATTEMPTS.c["item"].in_(own_items)
    own_attempts = select(ATTEMPTS.c["id"]).where(attempts)
    appeals = APPEALS.c["attempt"].in_(own_attempts)
    own_appeals: Select[Any] = select(APPEALS.c["id"]).where(appeals)
    return {
        records.Exam: exams,
        records.Item: items,
        records.Attempt: attempts,
        records.Regrading: REGRADINGS.c["attempt"].in_(own_attempts),
        records.Appeal: appeals,
        records.Decision: DECISIONS.c["appeal"].in_(own_appeals),
        records.Draft: DRAFTS.c["item"].in_(own_items),
        records.Ending: ENDINGS.c["exam"].in_(select(EXAMS.c["id"]).where(exams)),
        records.Setting: SETTINGS.c["learner"] == learner,
    }
