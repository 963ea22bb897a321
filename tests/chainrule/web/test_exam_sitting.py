"""Exams that are sat on a server: begun once, saved, ended by the clock, handed in once, reported when it is time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import inf

import pytest
from exam_sites import BOTH, DAY, HOUR, MINUTE, Exams
from sqlalchemy.exc import SQLAlchemyError
from web_sites import School, add_member
from werkzeug.exceptions import NotFound

from chainrule.classes.records import Assignment, Job, Membership, Sitting
from chainrule.classes.rows import change, found
from chainrule.store.errors import StoreError
from chainrule.store.records import Exam
from chainrule.web import exam_beginning, sitting
from chainrule.web.people import OWNER, Person
from chainrule.web.refusals import Refused
from chainrule.web.site import Site


def test_begun_twice_it_is_the_same_exam(exams: Exams) -> None:
    assignment = exams.assign()
    sam = exams.person(exams.school.student)
    first = sitting.begin_assignment(exams.site, sam, assignment.id)
    assert sitting.begin_assignment(exams.site, sam, assignment.id) == first
    assert len(found(exams.site.store, Sitting)) == 1
    assert len(exams.site.store.exam_items(first.id)) == 3


def test_begun_in_two_windows_at_the_same_moment_it_is_one_exam(exams: Exams, monkeypatch: pytest.MonkeyPatch) -> None:
    assignment, sam = exams.assign(), exams.person(exams.school.student)
    others: list[Exam] = []

    def slowly(site: Site, person: Person, given: Assignment) -> Exam:
        if not others:  # the other window is quicker
            others.append(Exam("", "", "", 0))
            others[0] = sitting.begin_assignment(site, person, given.id)
        return real(site, person, given)

    real = exam_beginning._begun
    monkeypatch.setattr(exam_beginning, "_begun", slowly)
    assert sitting.begin_assignment(exams.site, sam, assignment.id) == others[0]
    assert len(exams.site.store.exams(sam.id)) == 1


def test_students_of_one_class_get_the_same_questions_with_numbers_of_their_own(exams: Exams) -> None:
    assignment = exams.assign(families=("hidden.two-steps-down", "layers.linear-numbers"))
    items = []
    for account in (exams.school.student, exams.school.other):
        exam = sitting.begin_assignment(exams.site, exams.person(account), assignment.id)
        items.append(exams.site.store.exam_items(exam.id))
    assert [one.family for one in items[0]] == [one.family for one in items[1]]
    assert {one.seed for one in items[0]}.isdisjoint(one.seed for one in items[1])


def test_only_students_of_the_class_begin_it(exams: Exams) -> None:
    assignment = exams.assign()
    stranger = add_member(exams.site, None, "eve")
    for account in (stranger, exams.school.instructor):
        with pytest.raises(NotFound):
            sitting.begin_assignment(exams.site, exams.person(account), assignment.id)
    with pytest.raises(NotFound):
        sitting.begin_assignment(exams.site, exams.person(exams.school.student), "none")


@pytest.mark.parametrize(
    ("shift", "says"), [(-2 * HOUR, "can be begun from"), (7 * DAY, "It cannot be begun any more")]
)
def test_it_is_begun_within_its_times(exams: Exams, shift: timedelta, says: str) -> None:
    assignment = exams.assign()
    exams.clock.forward(shift)
    with pytest.raises(Refused, match=says):
        sitting.begin_assignment(exams.site, exams.person(exams.school.student), assignment.id)


def test_an_exam_begun_before_it_closed_is_still_found_after(exams: Exams) -> None:
    sam, exam = exams.begin()
    exams.clock.forward(30 * DAY)
    assignment = found(exams.site.store, Assignment)[0]
    assert sitting.begin_assignment(exams.site, sam, assignment.id) == exam


def test_others_exams_are_not_there(exams: Exams) -> None:
    _, exam = exams.begin()
    with pytest.raises(NotFound):
        sitting.own_exam(exams.site, exams.person(exams.school.other), exam.id)


def test_the_clock_is_the_exams_minutes(exams: Exams) -> None:
    _, exam = exams.begin()
    exams.clock.forward(20 * MINUTE)
    assert sitting.left(exams.site, exam) == 40 * 60
    assert sitting.ends(exams.site, exam) == exam.at + HOUR


def test_extra_time_counts_at_once(exams: Exams) -> None:
    _, exam = exams.begin()
    assignment = found(exams.site.store, Assignment)[0]
    change(exams.site.store, Membership, {"account": exam.learner}, extra=1.25)
    assert sitting.left(exams.site, exam) == 75 * 60
    exams.accommodate(assignment, exams.school.student, extra=2.0)
    assert sitting.left(exams.site, exam) == 120 * 60


def test_no_exam_goes_on_after_its_assignment_closes(exams: Exams) -> None:
    _, exam = exams.begin(due=exams.clock() + 10 * MINUTE)
    assert sitting.left(exams.site, exam) == 10 * 60
    assignment = found(exams.site.store, Assignment)[0]
    exams.accommodate(assignment, exams.school.student, due=(exam.at + 30 * MINUTE).isoformat())
    assert sitting.left(exams.site, exam) == 30 * 60


def test_without_minutes_an_assignment_ends_when_it_closes(exams: Exams) -> None:
    _, exam = exams.begin(minutes=0)
    assert sitting.ends(exams.site, exam) == found(exams.site.store, Assignment)[0].due


def test_an_own_exam_without_minutes_never_ends(alone: Site) -> None:
    exam = replace(sitting.begin(alone, OWNER, "ten-minutes"), minutes=0)
    assert sitting.ends(alone, exam) is None
    assert sitting.left(alone, exam) == inf


def test_handed_in_twice_it_is_graded_once(exams: Exams) -> None:
    sam, exam = exams.begin()
    sitting.save(exams.site, sam, exam, 1, "a", "c*(x - t)")
    exams.clock.forward(MINUTE)
    first = sitting.hand_in(exams.site, sam, exam)
    exams.clock.forward(MINUTE)
    again = sitting.hand_in(exams.site, sam, exam)
    assert (again.id, again.at) == (first.id, first.at)
    assert [job.id for job in found(exams.site.store, Job)] == [first.id]
    ending = exams.site.store.ending(exam.id)
    assert ending is not None
    assert (ending.how, ending.at, ending.earned) == ("handed-in", exam.at + MINUTE, 1.0)


def test_handed_in_after_its_time_it_counts_as_of_its_end(exams: Exams) -> None:
    sam, exam = exams.begin()
    exams.clock.forward(2 * HOUR)
    job = sitting.hand_in(exams.site, sam, exam)
    assert (job.hand_in, job.at) == ("time", exam.at + HOUR)


def test_the_sweep_hands_in_what_is_over_as_of_its_end(exams: Exams) -> None:
    sam, exam = exams.begin()
    assert sitting.hand_in_overdue(exams.site) == 0
    exams.clock.forward(61 * MINUTE)
    assert sitting.hand_in_overdue(exams.site) == 1
    assert sitting.hand_in_overdue(exams.site) == 0
    ending = exams.site.store.ending(exam.id)
    assert ending is not None
    assert (ending.how, ending.at) == ("time", exam.at + HOUR)
    assert sitting.open_assignment(exams.site, sam) is None


def test_a_hand_in_that_another_request_was_quicker_with_is_the_same(
    exams: Exams, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam, exam = exams.begin()
    real = exams.site.judging.submit

    def twice(job: Job) -> None:
        real(job)
        real(job)

    monkeypatch.setattr(exams.site.judging, "submit", twice)
    assert sitting.hand_in(exams.site, sam, exam).exam == exam.id
    with pytest.raises((StoreError, SQLAlchemyError)):
        twice(Job("code", sam.id, exam=exam.id, hand_in="time", id=found(exams.site.store, Job)[0].id))


def test_the_open_assignment_is_the_one_that_runs(exams: Exams) -> None:
    sam, exam = exams.begin()
    assert sitting.open_assignment(exams.site, sam) == exam
    assert sitting.open_assignment(exams.site, exams.person(exams.school.other)) is None
    exams.clock.forward(HOUR)
    assert sitting.open_assignment(exams.site, sam) is None
    assert exams.site.store.ending(exam.id) is not None


def test_a_report_is_seen_from_when_the_assignment_reveals_it(exams: Exams) -> None:
    sam, exam = exams.begin()
    assert not sitting.may_see_report(exams.site, exam)
    sitting.hand_in(exams.site, sam, exam)
    assert not sitting.may_see_report(exams.site, exam)
    exams.clock.forward(8 * DAY)
    assert sitting.may_see_report(exams.site, exam)


def test_lateness_costs_its_share_of_what_was_earned(exams: Exams) -> None:
    now = exams.clock()
    sam, exam = exams.begin(due=now + MINUTE, late_percent=20.0, late_days=2)
    exams.clock.forward(30 * MINUTE)
    at = sitting.hand_in(exams.site, sam, exam).at
    assert sitting.late_marks(exams.site, exam, 10.0, at) == pytest.approx(2.0)
    assert sitting.late_marks(exams.site, exam, 10.0, now) == 0.0


def test_own_exams_ask_nothing_private_and_close_nothing(exams: Exams) -> None:
    sam = exams.person(exams.school.student)
    site = replace(exams.site, private=frozenset(id for id in BOTH.families if id.startswith(("hidden.", "vision."))))
    families = {item.family for item in site.store.exam_items(sitting.begin(site, sam, "course").id)}
    assert len(families) == 15
    assert families.isdisjoint(site.private)
    assert sitting.open_assignment(site, sam) is None


def test_an_own_exam_begun_twice_is_the_same_and_another_waits(alone: Site) -> None:
    exam = sitting.begin(alone, OWNER, "ten-minutes")
    assert sitting.begin(alone, OWNER, "ten-minutes") == exam
    with pytest.raises(Refused, match="Ten minutes is open"):
        sitting.begin(alone, OWNER, "course")
    sitting.hand_in(alone, OWNER, exam)
    assert sitting.begin(alone, OWNER, "course").title != exam.title
    assert sitting.may_see_report(alone, exam)


@pytest.mark.parametrize("name", ["none", "../secret", "/etc/passwd"])
def test_a_blueprint_is_named_never_a_file(alone: Site, name: str) -> None:
    with pytest.raises(NotFound):
        sitting.begin(alone, OWNER, name)


def test_a_school_has_its_exams_apart(school: School) -> None:
    sam = Person(school.student.id, "Sam", "student")
    exam = sitting.begin(school.site, sam, "ten-minutes")
    change(school.site.store, Membership, {"account": sam.id}, extra=1.5)
    assert sitting.ends(school.site, exam) == exam.at + 15 * MINUTE
