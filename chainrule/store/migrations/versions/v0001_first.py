"""The first tables: items, attempts and what is said about them later, exams, settings."""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

ROW = BigInteger().with_variant(Integer, "sqlite")
REAL: TypeEngine[float] = Double()
WHOLE, YES_OR_NO, WORDS = Integer(), Boolean(), Text()


def _make(table: str, /, *references: str, **types: TypeEngine[Any]) -> None:
    """Makes a table. references: `column -> table`, with `?` behind a column that may be empty."""
    columns: list[SchemaItem] = [Column("row", ROW, nullable=False), Column("id", Text(), nullable=False)]
    columns.append(Column("at", DateTime(timezone=True), nullable=False))
    columns += [Column(name, type_, nullable=False) for name, type_ in types.items()]
    columns += [PrimaryKeyConstraint("row"), UniqueConstraint("id")]
    for reference in references:
        name, _, other = reference.partition(" -> ")
        columns.append(Column(name.rstrip("?"), Text(), nullable=name.endswith("?")))
        columns.append(ForeignKeyConstraint([name.rstrip("?")], [f"{other}.id"]))
    op.create_table(table, *columns)
    for reference in references:
        name = reference.partition(" -> ")[0].rstrip("?")
        op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    """Makes all tables."""
    _make("exams", title=WORDS, blueprint=WORDS, minutes=REAL, feedback=WORDS, learner=WORDS)
    op.create_index("ix_exams_learner", "exams", ["learner"])
    _make(
        "items", "exam? -> exams",
        family=WORDS, version=WORDS, seed=WORDS, values=WORDS, mode=WORDS, number=WHOLE, learner=WORDS,
    )  # fmt: skip
    op.create_index("ix_items_learner_family", "items", ["learner", "family"])
    _make(
        "attempts", "item -> items",
        part=WORDS, kind=WORDS, answer=WORDS, outcome=WORDS, score=REAL, marks=REAL, mistake=WORDS, feedback=WORDS,
        reading=WORDS, evidence=WORDS, level=WORDS, hints=WHOLE, seconds=REAL,
    )  # fmt: skip
    op.create_index("ix_attempts_at", "attempts", ["at"])
    _make(
        "regradings", "attempt -> attempts",
        version=WORDS, outcome=WORDS, score=REAL, mistake=WORDS, feedback=WORDS, reason=WORDS,
    )  # fmt: skip
    _make("appeals", "attempt -> attempts", note=WORDS)
    _make("decisions", "appeal -> appeals", accepted=YES_OR_NO, says=WORDS)
    _make("drafts", "item -> items", part=WORDS, answer=WORDS, seconds=REAL)
    _make("endings", "exam -> exams", how=WORDS, earned=REAL, possible=REAL)
    _make("settings", name=WORDS, value=WORDS, learner=WORDS)
    op.create_index("ix_settings_learner_name", "settings", ["learner", "name"])
