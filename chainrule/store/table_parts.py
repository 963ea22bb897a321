"""What tables are made of: the columns that every record has, and one maker for each type of field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table

from chainrule.store.columns import Finite, FreeText, Moment

METADATA = MetaData()
ROW = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up in a plain INTEGER only


def table_of(name: str, *columns: Column[Any] | Index) -> Table:
    """A table with `row`, `id` and `at`, which every record has, and these columns."""
    row = Column("row", ROW, primary_key=True, autoincrement=True)
    id = Column("id", FreeText, nullable=False, unique=True)
    at = Column("at", Moment, nullable=False)
    return Table(name, METADATA, row, id, at, *columns)


def text(name: str, *, index: bool = False) -> Column[str]:
    """A column of text that is never NULL."""
    return Column(name, FreeText, nullable=False, index=index)


def number(name: str) -> Column[float]:
    """A column of float64."""
    return Column(name, Finite, nullable=False)


def count(name: str) -> Column[int]:
    """A column of whole numbers."""
    return Column(name, Integer, nullable=False)


def yes_or_no(name: str) -> Column[bool]:
    """A column of True and False."""
    return Column(name, Boolean, nullable=False)


def moment(name: str) -> Column[datetime]:
    """A column of times."""
    return Column(name, Moment, nullable=False)


def reference(name: str, table: str) -> Column[str]:
    """The id of a record in another table, which must be there."""
    return Column(name, FreeText, ForeignKey(f"{table}.id"), nullable=False, index=True)
