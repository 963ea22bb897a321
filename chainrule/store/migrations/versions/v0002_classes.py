"""People, classes, assignments, and answers that wait to be judged."""

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

revision = "0002"
down_revision = "0001"

ROW = BigInteger().with_variant(Integer, "sqlite")
REAL: TypeEngine[float] = Double()
WHOLE, YES_OR_NO, WORDS, TIME = Integer(), Boolean(), Text(), DateTime(timezone=True)


def _make(table: str, /, *references: str, indexes: tuple[str, ...] = (), **types: TypeEngine[Any]) -> None:
    """Makes a table. references: `column -> table`; indexes: columns with one."""
    columns: list[SchemaItem] = [Column("row", ROW, nullable=False), Column("id", Text(), nullable=False)]
    columns.append(Column("at", DateTime(timezone=True), nullable=False))
    columns += [Column(name, type_, nullable=False) for name, type_ in types.items()]
    columns += [PrimaryKeyConstraint("row"), UniqueConstraint("id")]
    names = list(indexes)
    for reference in references:
        name, _, other = reference.partition(" -> ")
        columns.append(Column(name, Text(), nullable=False))
        columns.append(ForeignKeyConstraint([name], [f"{other}.id"]))
        names.append(name)
    op.create_table(table, *columns)
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def _pair(table: str, *names: str) -> None:
    """No two rows of the table may have the same values of these columns."""
    op.create_index(f"ix_{table}_both", table, list(names), unique=True)


def upgrade() -> None:
    """Makes the tables."""
    _make("accounts", login=WORDS, shown=WORDS, role=WORDS, password=WORDS, active=YES_OR_NO)
    op.create_index("ix_accounts_login", "accounts", ["login"], unique=True)
    _make("classrooms", "owner -> accounts", title=WORDS, zone=WORDS)
    _make("memberships", "classroom -> classrooms", "account -> accounts", role=WORDS, extra=REAL)
    _pair("memberships", "classroom", "account")
    _make(
        "invitations", "classroom -> classrooms", indexes=("digest",), digest=WORDS, role=WORDS, left=WHOLE,
        expires=TIME,
    )  # fmt: skip
    _make("sessions", "account -> accounts", seen=TIME, expires=TIME)
    _make("tokens", "account -> accounts", indexes=("digest",), digest=WORDS, label=WORDS, expires=TIME)
    _make(
        "assignments", "classroom -> classrooms", title=WORDS, blueprint=WORDS, opens=TIME, due=TIME, reveals=TIME,
        secret=WORDS, late_percent=REAL, late_days=WHOLE,
    )  # fmt: skip
    _make("accommodations", "assignment -> assignments", "account -> accounts", due=WORDS, extra=REAL)
    _pair("accommodations", "assignment", "account")
    _make("sittings", "assignment -> assignments", "account -> accounts", "exam -> exams")
    _pair("sittings", "assignment", "account")
    _make(
        "jobs", indexes=("item", "exam", "state"), lane=WORDS, learner=WORDS, item=WORDS, part=WORDS, answer=WORDS,
        exam=WORDS, hand_in=WORDS, hints=WHOLE, seconds=REAL, state=WORDS, verdict=WORDS,
    )  # fmt: skip
    _make("audits", indexes=("who",), who=WORDS, what=WORDS, about=WORDS, address=WORDS)
