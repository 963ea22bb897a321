"""The class of `load.py`, written straight into the store: accounts, sessions, an assignment; and what became of it."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from chainrule.classes import sessions
from chainrule.classes.records import Account, Assignment, Classroom, Job, Membership, Sitting
from chainrule.classes.rows import found, put
from chainrule.exams.blueprint import read_blueprint
from chainrule.exams.form import class_form
from chainrule.store.records import Draft, Ending, now
from chainrule.store.store import Store
from chainrule.web.secrets_file import secret_file, secret_of
from chainrule.web.signing_in import HELD
from questions.bank import Bank

BLUEPRINT = """
title: Load
minutes: 240
feedback: outcome
sections:
  - title: Formulas
    families:
      - foundations.hidden-layer-gradient
      - foundations.value-used-twice
      - layers.batch-layers
  - title: Numbers and choices
    families: [convolution.batch-normalisation, convolution.same-padding, convolution.output-size]
  - title: Code
    families: [convolution.dilate-kernel-code]
"""


@dataclass(frozen=True)
class Question:
    """One part of one's form. right: what earns full marks."""

    number: int
    part: str
    kind: str
    right: str


@dataclass
class Student:
    """acknowledged: answers by question and part, in order, that the server said it kept."""

    id: str
    cookie: str
    questions: list[Question]
    acknowledged: defaultdict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    judged: int = 0
    handed_in: bool = False


@dataclass(frozen=True)
class School:
    assignment: str
    students: list[Student]


def new_school(store: Store, bank: Bank, count: int) -> School:
    """A class that can begin its exam now."""
    teacher = Account("teacher", "Teacher", "instructor", "")
    room = Classroom("Load", "Europe/Berlin", teacher.id)
    at = now()
    exam = Assignment(
        room.id, "Load", BLUEPRINT, at - timedelta(hours=1), at + timedelta(days=1), at + timedelta(days=2),
        secrets.token_hex(32),
    )  # fmt: skip
    accounts = [Account(f"student-{n}", f"Student {n}", "student", "") for n in range(count)]
    put(store, teacher, room, exam, *accounts, *(Membership(room.id, one.id, "student") for one in accounts))
    blueprint = read_blueprint(BLUEPRINT, bank)
    signer = _signer(secret_of(secret_file(store)))
    students = []
    for account in accounts:
        form = class_form(bank, blueprint, secret=bytes.fromhex(exam.secret), exam=exam.id, student=account.id)
        cookie = signer.dumps({HELD: sessions.begin(store, account.id, at)})  # type: ignore[no-untyped-call]
        questions = [
            Question(item.number, part.id, part.kind, part.answer_text)
            for item in form.items
            for part in item.variant.parts
        ]
        students.append(Student(account.id, f"chainrule={cookie}", questions))
    return School(exam.id, students)


def _signer(secret: bytes):  # type: ignore[no-untyped-def]
    app = Flask("load")
    app.secret_key = secret
    return SecureCookieSessionInterface().get_signing_serializer(app)


@dataclass(frozen=True)
class Found:
    """What the store holds in the end. lost: answers that were acknowledged and are not there, or not the latest."""

    drafts: int
    acknowledged: int
    lost: int
    jobs: int
    waiting: int
    sittings: int
    endings: int
    attempts: int


def check(store: Store, school: School) -> Found:
    """Compares what was acknowledged with what is there."""
    sittings = {one.account: one.exam for one in found(store, Sitting, assignment=school.assignment)}
    kept = Counter[str]()
    lost = 0
    for student in school.students:
        if student.id not in sittings:
            lost += len(student.acknowledged)
            continue
        items = {item.number: item.id for item in store.exam_items(sittings[student.id])}
        drafts = _drafts(store, list(items.values()))
        latest = store.drafts(sittings[student.id])
        for (number, part), answers in student.acknowledged.items():
            place = (items[number], part)
            there = Counter(drafts[place])
            kept["drafts"] += len(drafts[place])
            kept["acknowledged"] += len(answers)
            lost += sum(1 for answer in set(answers) if not there[answer])
            lost += latest[place].answer != answers[-1] if place in latest else 0
    jobs = found(store, Job)
    exams = set(sittings.values())
    endings = [one for exam in exams if (one := store.ending(exam)) is not None]
    assert all(isinstance(one, Ending) for one in endings)
    attempts = sum(len(store.judged(student.id)) for student in school.students)
    waiting = sum(job.state == "waiting" for job in jobs)
    return Found(kept["drafts"], kept["acknowledged"], lost, len(jobs), waiting, len(sittings), len(endings), attempts)


def _drafts(store: Store, items: list[str]) -> defaultdict[tuple[str, str], list[str]]:
    from sqlalchemy import select

    from chainrule.store.queries import columns
    from chainrule.store.tables import DRAFTS

    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    with store.reading() as connection:
        for row in connection.execute(select(*columns(Draft)).where(DRAFTS.c["item"].in_(items))):
            texts[row.item, row.part].append(row.answer)
    return texts


def endings(store: Store, school: School) -> int:
    """How many exams are graded."""
    sittings = found(store, Sitting, assignment=school.assignment)
    return sum(store.ending(one.exam) is not None for one in sittings)


def path_of(folder: str) -> Path:
    """The store of a run in that folder."""
    return Path(folder) / "load.db"
