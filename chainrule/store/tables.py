"""The tables of the store: one for each kind of record, a column for each of its fields.

A table's `row` counts up as records are appended and orders those of the same moment.
Changes here need a version in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table

from chainrule.store import records
from chainrule.store.columns import Finite, FreeText, Moment, Reference, Whole

METADATA = MetaData()
ROW = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up in a plain INTEGER only


def _table(name: str, *columns: Column[Any] | Index) -> Table:
    """A table with `row`, `id` and `at`, which every record has, and these columns."""
    row = Column("row", ROW, primary_key=True, autoincrement=True)
    id = Column("id", FreeText, nullable=False, unique=True)
    at = Column("at", Moment, nullable=False)
    return Table(name, METADATA, row, id, at, *columns)


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, FreeText, nullable=False, index=index)


def _number(name: str) -> Column[float]:
    return Column(name, Finite, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _of(name: str, table: str) -> Column[str]:
    """The id of a record in another table, which must be there."""
    return Column(name, FreeText, ForeignKey(f"{table}.id"), nullable=False, index=True)


EXAMS = _table(
    "exams", _text("title"), _text("blueprint"), _number("minutes"), _text("feedback"),
    _text("learner", index=True),
)  # fmt: skip

ITEMS = _table(
    "items", _text("family"), _text("version"), Column("seed", Whole, nullable=False), _text("values"),
    _text("mode"), Column("exam", Reference, ForeignKey("exams.id"), nullable=True, index=True), _count("number"),
    _text("learner"),
    Index("ix_items_learner_family", "learner", "family"),
)  # fmt: skip

ATTEMPTS = _table(
    "attempts", _of("item", "items"), _text("part"), _text("kind"), _text("answer"), _text("outcome"),
    _number("score"), _number("marks"), _text("mistake"), _text("feedback"), _text("reading"), _text("evidence"),
    _text("level"), _count("hints"), _number("seconds"),
    Index("ix_attempts_at", "at"),
)  # fmt: skip

REGRADINGS = _table(
    "regradings", _of("attempt", "attempts"), _text("version"), _text("outcome"), _number("score"),
    _text("mistake"), _text("feedback"), _text("reason"),
)  # fmt: skip

APPEALS = _table("appeals", _of("attempt", "attempts"), _text("note"))

DECISIONS = _table(
    "decisions", _of("appeal", "appeals"), Column("accepted", Boolean, nullable=False), _text("says"),
)  # fmt: skip

DRAFTS = _table("drafts", _of("item", "items"), _text("part"), _text("answer"), _number("seconds"))

ENDINGS = _table("endings", _of("exam", "exams"), _text("how"), _number("earned"), _number("possible"))

SETTINGS = _table(
    "settings", _text("name"), _text("value"), _text("learner"), Index("ix_settings_learner_name", "learner", "name"),
)  # fmt: skip

# In the order in which they may be filled: what is referred to comes first.
TABLES: Mapping[type[Any], Table] = {
    records.Exam: EXAMS,
    records.Item: ITEMS,
    records.Attempt: ATTEMPTS,
    records.Regrading: REGRADINGS,
    records.Appeal: APPEALS,
    records.Decision: DECISIONS,
    records.Draft: DRAFTS,
    records.Ending: ENDINGS,
    records.Setting: SETTINGS,
}
