"""Assignments for tests: one that is open, sat by a student, and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from web_sites import School

from chainrule.classes.assignments import Wanted, make
from chainrule.classes.records import Account, Assignment
from chainrule.store.records import Exam
from chainrule.web.exam_beginning import begin_assignment
from chainrule.web.exam_ending import hand_in
from chainrule.web.exam_saving import save
from chainrule.web.signing_in import person_of
from chainrule.web.site import Site

FAMILIES = ("layers.relu-backward", "convolution.output-size")
BLUEPRINT = f"""title: Test
minutes: 60
grades: {{passed: 50, failed: 0}}
sections:
  - title: Questions
    families: [{", ".join(FAMILIES)}]
"""


def given(school: School, **other: object) -> Assignment:
    """An assignment of the school's class that has been open for a day and is due in a day."""
    now = school.site.clock()
    wanted = Wanted(
        "Test one", BLUEPRINT, now - timedelta(days=1), now + timedelta(days=1), now + timedelta(days=1), 10, 3
    )
    return make(school.site.store, school.classroom.id, replace(wanted, **other))  # type: ignore[arg-type]


def begun(school: School, assignment: Assignment, account: Account) -> Exam:
    """The exam that the student began."""
    return begin_assignment(school.site, person_of(account), assignment.id)


def answered(site: Site, account: Account, exam: Exam, answers: Mapping[int, str]) -> None:
    """Saves answers by the numbers of their questions, which have one part each."""
    for item in site.store.exam_items(exam.id):
        if item.number in answers:
            variant = site.variants.of(item)
            assert variant is not None
            save(site, person_of(account), exam, item.number, variant.parts[0].id, answers[item.number])


def right(site: Site, exam: Exam, number: int) -> str:
    """The right answer to a question of the exam."""
    item = next(item for item in site.store.exam_items(exam.id) if item.number == number)
    variant = site.variants.of(item)
    assert variant is not None
    return variant.parts[0].answer_text


def sat(school: School, assignment: Assignment, account: Account, answers: Mapping[int, str]) -> Exam:
    """The exam that the student began, answered and handed in."""
    exam = begun(school, assignment, account)
    answered(school.site, account, exam, answers)
    hand_in(school.site, person_of(account), exam)
    return exam
