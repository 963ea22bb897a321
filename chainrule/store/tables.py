"""The tables of the store: one for each kind of record, a column for each of its fields.

A table's `row` counts up as records are appended and orders those of the same moment.
Changes here need a version in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table

from chainrule.store import records
from chainrule.store.columns import Reference, Whole
from chainrule.store.table_parts import METADATA, count, number, reference, table_of, text, yes_or_no

EXAMS = table_of(
    "exams", text("title"), text("blueprint"), number("minutes"), text("feedback"),
    text("learner", index=True),
)  # fmt: skip

ITEMS = table_of(
    "items", text("family"), text("version"), Column("seed", Whole, nullable=False), text("values"),
    text("mode"), Column("exam", Reference, ForeignKey("exams.id"), nullable=True, index=True), count("number"),
    text("learner"),
    Index("ix_items_learner_family", "learner", "family"),
)  # fmt: skip

ATTEMPTS = table_of(
    "attempts", reference("item", "items"), text("part"), text("kind"), text("answer"), text("outcome"),
    number("score"), number("marks"), text("mistake"), text("feedback"), text("reading"), text("evidence"),
    text("level"), count("hints"), number("seconds"),
    Index("ix_attempts_at", "at"),
)  # fmt: skip

REGRADINGS = table_of(
    "regradings", reference("attempt", "attempts"), text("version"), text("outcome"), number("score"),
    text("mistake"), text("feedback"), text("reason"),
)  # fmt: skip

APPEALS = table_of("appeals", reference("attempt", "attempts"), text("note"))

DECISIONS = table_of(
    "decisions", reference("appeal", "appeals"), yes_or_no("accepted"), text("says"),
)  # fmt: skip

DRAFTS = table_of("drafts", reference("item", "items"), text("part"), text("answer"), number("seconds"))

ENDINGS = table_of("endings", reference("exam", "exams"), text("how"), number("earned"), number("possible"))

SETTINGS = table_of(
    "settings", text("name"), text("value"), text("learner"), Index("ix_settings_learner_name", "learner", "name"),
)  # fmt: skip

__all__ = ["METADATA", "TABLES"]

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
