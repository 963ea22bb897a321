"""What is asked of the tables, and rows turned into records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Insert, Select, Subquery, Table, and_, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from chainrule.store.appealed import Appealed
from chainrule.store.records import Appeal, Attempt, Decision, Draft, Item, Judged, Record
from chainrule.store.tables import APPEALS, ATTEMPTS, DECISIONS, DRAFTS, ITEMS, REGRADINGS, TABLES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

Kind = TypeVar("Kind")
VERDICT = ("outcome", "score", "mistake", "feedback")  # what a regrading replaces


def insert(connection: Connection, records: Iterable[Record]) -> Mapping[type[Record], int]:
    """How many records of each kind were new; those whose id is there already are left out.

    Whatever the order of the records, those that others refer to go in first.
    """
    by_kind: dict[type[Record], list[dict[str, Any]]] = {kind: [] for kind in TABLES}
    for record in records:
        by_kind[type(record)].append(vars(record))
    new: dict[type[Record], int] = {}
    for kind, rows in by_kind.items():
        if rows:
            options = {"preserve_rowcount": True}
            statement = _insert_new(TABLES[kind], connection.dialect.name)
            new[kind] = connection.execute(statement, rows, execution_options=options).rowcount
    return new


@cache
def _insert_new(table: Table, database: str) -> Insert:
    dialect: Any = postgresql if database == "postgresql" else sqlite
    statement: Insert = dialect.insert(table).inline().on_conflict_do_nothing(index_elements=["id"])
    return statement


def columns(kind: type[Any], table: Table | Subquery | None = None) -> list[ColumnElement[Any]]:
    """The columns of a kind of record, in the order of its fields."""
    found = TABLES[kind] if table is None else table
    return [found.c[field.name] for field in fields(kind)]


@cache
def select_where(kind: Any, *names: str) -> Select[Any]:
    """The records of a kind in the order of time whose columns of these names hold what is given under them.

    Built once, like what follows: to build a statement takes longer than to have it answered.
    """
    table = TABLES[kind]
    wanted = [table.c[name] == bindparam(name) for name in names]
    return select(*columns(kind)).where(*wanted).order_by(*in_time(table))


def records(kind: type[Kind], rows: Iterable[Row[Any]]) -> tuple[Kind, ...]:
    """The rows of `select(*columns(kind))` as records."""
    made: Callable[..., Kind] = kind
    return tuple(made(*row) for row in rows)


def in_time(table: Table) -> tuple[ColumnElement[Any], ...]:
    """The order of time; records of the same moment as they were appended."""
    return table.c["at"], table.c["row"]


def latest(table: Table, *owner: str, among: ColumnElement[bool] | None = None) -> Subquery:
    """The table with a column `place`: 1 for the latest record of each owner. owner: columns that name it.

    among: which records there are; without it the whole table is read, whatever is asked of the result.
    """
    newest_first = [column.desc() for column in in_time(table)]
    place = func.row_number().over(partition_by=[table.c[name] for name in owner], order_by=newest_first)
    found = select(table, place.label("place"))
    return (found if among is None else found.where(among)).subquery()


def given(**wanted: str | None) -> dict[str, str]:
    """What is wanted of the columns of these names; None is anything."""
    return {name: value for name, value in wanted.items() if value is not None}


def conditions(table: Table, *, since: datetime | None = None, **wanted: str | None) -> list[ColumnElement[bool]]:
    """That columns hold what is wanted, None being anything, and that a record is no older than `since`."""
    found: list[ColumnElement[bool]] = [table.c[name] == value for name, value in given(**wanted).items()]
    return found if since is None else [*found, table.c["at"] >= since]


@cache
def select_drafts() -> Select[Any]:
    """The latest draft of each part that has one, of the exam that is given as `exam`."""
    asked = select(ITEMS.c["id"]).where(ITEMS.c["exam"] == bindparam("exam"))
    newest = latest(DRAFTS, "item", "part", among=DRAFTS.c["item"].in_(asked))
    return select(*columns(Draft, newest)).where(newest.c["place"] == 1)


def select_judged() -> Select[Any]:
    """Attempts with their items and latest regradings, in the order of time."""
    return select_judged_with()[0]


@cache
def select_judged_with() -> tuple[Select[Any], Subquery]:
    """The same, and the regradings in it, by whose columns more can be asked."""
    regraded = latest(REGRADINGS, "attempt")
    found = (
        select(*columns(Item), *columns(Attempt), regraded.c["id"], *(regraded.c[name] for name in VERDICT))
        .select_from(ATTEMPTS)
        .join(ITEMS, ATTEMPTS.c["item"] == ITEMS.c["id"])
        .outerjoin(regraded, and_(regraded.c["attempt"] == ATTEMPTS.c["id"], regraded.c["place"] == 1))
        .order_by(*in_time(ATTEMPTS))
    )
    return found, regraded


@cache
def select_appeals(*, open_only: bool) -> Select[Any]:
    """Appeals with their latest decisions and the attempts they are about, in the order of time."""
    decided = latest(DECISIONS, "appeal")
    found = (
        select_judged()
        .add_columns(*columns(Appeal), *columns(Decision, decided))
        .join(APPEALS, APPEALS.c["attempt"] == ATTEMPTS.c["id"])
        .outerjoin(decided, and_(decided.c["appeal"] == APPEALS.c["id"], decided.c["place"] == 1))
        .order_by(None)
        .order_by(*in_time(APPEALS))
    )
    return found.where(decided.c["id"].is_(None)) if open_only else found


def judged(rows: Iterable[Row[Any]]) -> Iterator[Judged]:
    """The rows of `select_judged`; attempts at the same item share it."""
    items: dict[str, Item] = {}
    for row in rows:
        yield _judged(row, items)


def _judged(row: Sequence[Any], items: dict[str, Item]) -> Judged:
    end, stop = len(fields(Item)), len(fields(Item)) + len(fields(Attempt))
    attempt = Attempt(*row[end:stop])
    item = items.get(attempt.item)
    if item is None:
        item = items[attempt.item] = Item(*row[:end])
    regrading, *verdict = row[stop : stop + 1 + len(VERDICT)]
    if regrading is None:
        return Judged(item, attempt, attempt.outcome, attempt.score, attempt.mistake, attempt.feedback)
    outcome, score, mistake, feedback = verdict
    return Judged(item, attempt, outcome, score, mistake, feedback, regraded=True)


def appealed(rows: Iterable[Row[Any]]) -> Iterator[Appealed]:
    """The rows of `select_appeals`."""
    start = len(fields(Item)) + len(fields(Attempt)) + 1 + len(VERDICT)
    end = start + len(fields(Appeal))
    for row in rows:
        decision = None if row[end + _id_of(Decision)] is None else Decision(*row[end:])
        yield Appealed(Appeal(*row[start:end]), _judged(row, {}), decision)


def _id_of(kind: type[Record]) -> int:
    return [field.name for field in fields(kind)].index("id")
