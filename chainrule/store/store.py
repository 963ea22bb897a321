"""The store: records are appended in transactions and read back in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select, union
from sqlalchemy.exc import DBAPIError

from chainrule.store.appealed import Appealed
from chainrule.store.engines import WRITES
from chainrule.store.errors import NotInStore, explained
from chainrule.store.queries import (
    Kind,
    appealed,
    conditions,
    given,
    insert,
    judged,
    records,
    select_appeals,
    select_drafts,
    select_judged,
    select_where,
)
from chainrule.store.records import ME, Draft, Ending, Exam, Item, Judged, Mode, Record, Setting
from chainrule.store.tables import ATTEMPTS, EXAMS, ITEMS, SETTINGS, TABLES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Store:
    """What was asked, answered, judged and decided; `chainrule.store.opening.open_store` gives one.

    name: what messages call it. Methods raise StoreError where the database fails. It may be used from several threads.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self._engine = engine
        snapshots = {"isolation_level": "REPEATABLE READ"} if engine.name == "postgresql" else {}
        self._reader = engine.execution_options(**snapshots)
        self._writer = engine.execution_options(**{WRITES: True})
        # SQLite lets one write at a time, and has the others look again after naps: threads that queue here wait less.
        self._turn: AbstractContextManager[object] = Lock() if engine.name == "sqlite" else nullcontext()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the store as it is now, whatever others write meanwhile."""
        with self._said(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction: committed, and on the disk, where the block ends well; else undone."""
        with self._said(), self._turn, self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise explained(error, self.name) from None

    def add(self, *records: Record) -> int:
        """How many of the records were new; all are in the store, and on the disk, when this returns, or none is.

        A record whose id is there already is left out: adding twice changes nothing. Their order is of no account.
        """
        with self.writing() as connection:
            return sum(insert(connection, records).values())

    def items(
        self,
        learner: str | None = ME,
        *,
        family: str | None = None,
        mode: Mode | None = None,
        exam: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Item, ...]:
        """What was asked, in the order of time. learner: None for all. since: the earliest time."""
        return self._all(Item, since, **given(learner=learner, family=family, mode=mode, exam=exam))

    def judged(
        self,
        learner: str | None = ME,
        *,
        family: str | None = None,
        mode: Mode | None = None,
        exam: str | None = None,
        item: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Judged, ...]:
        """Attempts with their items and the verdicts that count, in the order of time. since: the earliest attempt."""
        wanted = conditions(ITEMS, learner=learner, family=family, mode=mode, exam=exam, id=item)
        statement = select_judged().where(*wanted, *conditions(ATTEMPTS, since=since))
        with self.reading() as connection:
            return tuple(judged(connection.execute(statement)))

    def item(self, id: str) -> Item:
        """The item of that id. Raises NotInStore."""
        return self._one(Item, id)

    def attempt(self, id: str) -> Judged:
        """The attempt of that id with its item and the verdict that counts. Raises NotInStore."""
        with self.reading() as connection:
            for found in judged(connection.execute(select_judged().where(ATTEMPTS.c["id"] == id))):
                return found
        raise NotInStore(f"{self.name}: there is no attempt {id!r}")

    def exams(self, learner: str | None = ME) -> tuple[Exam, ...]:
        """The exams that were begun, in the order of time."""
        return self._all(Exam, **given(learner=learner))

    def exam(self, id: str) -> Exam:
        """The exam of that id. Raises NotInStore."""
        return self._one(Exam, id)

    def exam_items(self, id: str) -> tuple[Item, ...]:
        """What an exam asks, by number."""
        return tuple(sorted(self._all(Item, exam=id), key=lambda item: item.number))

    def drafts(self, exam: str) -> Mapping[tuple[str, str], Draft]:
        """The latest draft of each part that has one, by the item's id and the part's."""
        with self.reading() as connection:
            rows = connection.execute(select_drafts(), {"exam": exam})
            return {(row.item, row.part): Draft(*row) for row in rows}

    def ending(self, exam: str) -> Ending | None:
        """The end of an exam, the first where two processes ended it; None while it runs."""
        found = self._all(Ending, exam=exam)
        return found[0] if found else None

    def appeals(
        self, *, open_only: bool = True, learner: str | None = None, item: str | None = None
    ) -> tuple[Appealed, ...]:
        """Appeals with what they are about, in the order of time. open_only: those without a decision."""
        wanted = conditions(ITEMS, learner=learner, id=item)
        with self.reading() as connection:
            return tuple(appealed(connection.execute(select_appeals(open_only=open_only).where(*wanted))))

    def setting(self, name: str, learner: str = ME) -> str | None:
        """The latest value of a learner's setting; None where it was never set."""
        found = self._all(Setting, name=name, learner=learner)
        return found[-1].value if found else None

    def learners(self) -> tuple[str, ...]:
        """All who were asked something, began an exam or set something, by name."""
        named = [select(table.c["learner"]) for table in (ITEMS, EXAMS, SETTINGS)]
        with self.reading() as connection:
            return tuple(sorted(connection.execute(union(*named)).scalars()))

    def _all(self, kind: type[Kind], since: datetime | None = None, /, **wanted: str) -> tuple[Kind, ...]:
        of: Any = kind  # which mypy does not take for something that a cache can hold
        statement = select_where(of, *wanted)
        if since is not None:
            statement = statement.where(TABLES[kind].c["at"] >= since)
        with self.reading() as connection:
            return records(kind, connection.execute(statement, wanted))

    def _one(self, kind: type[Kind], id: str) -> Kind:
        found = self._all(kind, id=id)
        if not found:
            raise NotInStore(f"{self.name}: there is no {kind.__name__.lower()} {id!r}")
        return found[0]
