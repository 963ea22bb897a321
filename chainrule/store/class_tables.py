"""The tables behind `chainrule.classes.records`, in the same database as the store's.

They stand beside the records of answers so that one backup holds both. An export holds answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Index, Table

from chainrule.classes import records
from chainrule.store.table_parts import count, moment, number, reference, table_of, text, yes_or_no

ACCOUNTS = table_of(
    "accounts", text("login"), text("shown"), text("role"), text("password"), yes_or_no("active"),
    Index("ix_accounts_login", "login", unique=True),
)  # fmt: skip

CLASSROOMS = table_of("classrooms", text("title"), text("zone"), reference("owner", "accounts"))

MEMBERSHIPS = table_of(
    "memberships", reference("classroom", "classrooms"), reference("account", "accounts"), text("role"),
    number("extra"),
    Index("ix_memberships_both", "classroom", "account", unique=True),
)  # fmt: skip

INVITATIONS = table_of(
    "invitations", text("digest", index=True), reference("classroom", "classrooms"), text("role"), count("left"),
    moment("expires"),
)  # fmt: skip

SESSIONS = table_of("sessions", reference("account", "accounts"), moment("seen"), moment("expires"))

TOKENS = table_of(
    "tokens", reference("account", "accounts"), text("digest", index=True), text("label"), moment("expires"),
)  # fmt: skip

ASSIGNMENTS = table_of(
    "assignments", reference("classroom", "classrooms"), text("title"), text("blueprint"), moment("opens"),
    moment("due"), moment("reveals"), text("secret"), number("late_percent"), count("late_days"),
)  # fmt: skip

ACCOMMODATIONS = table_of(
    "accommodations", reference("assignment", "assignments"), reference("account", "accounts"), text("due"),
    number("extra"), number("more"), yes_or_no("held"),
    Index("ix_accommodations_both", "assignment", "account", unique=True),
)  # fmt: skip

SITTINGS = table_of(
    "sittings", reference("assignment", "assignments"), reference("account", "accounts"), reference("exam", "exams"),
    Index("ix_sittings_both", "assignment", "account", unique=True),
)  # fmt: skip

JOBS = table_of(
    "jobs", text("lane"), text("learner"), text("item", index=True), text("part"), text("answer"),
    text("exam", index=True), text("hand_in"), count("hints"), number("seconds"), text("state", index=True),
    text("verdict"),
)  # fmt: skip

AUDITS = table_of(
    "audits", text("who", index=True), text("what"), text("about"), text("address"), text("whom", index=True),
)  # fmt: skip

# In the order in which they may be filled: what is referred to comes first.
CLASS_TABLES: Mapping[type[Any], Table] = {
    records.Account: ACCOUNTS,
    records.Classroom: CLASSROOMS,
    records.Membership: MEMBERSHIPS,
    records.Invitation: INVITATIONS,
    records.Session: SESSIONS,
    records.Token: TOKENS,
    records.Assignment: ASSIGNMENTS,
    records.Accommodation: ACCOMMODATIONS,
    records.Sitting: SITTINGS,
    records.Job: JOBS,
    records.Audit: AUDITS,
}
