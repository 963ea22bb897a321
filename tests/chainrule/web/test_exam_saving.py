"""Answers of an exam that are saved: the later counts, none after the end, two windows take nothing from each other."""

from __future__ import annotations

import pytest
from exam_sites import HOUR, MINUTE, Exams
from werkzeug.exceptions import NotFound

from chainrule.store.records import Exam
from chainrule.web import sitting
from chainrule.web.exam_saving import NOTHING
from chainrule.web.refusals import Refused
from chainrule.web.site import Site


def answers(site: Site, exam: Exam) -> dict[str, str]:
    """What is kept, by number and part."""
    places = sitting.running(site, exam).places
    drafts = site.store.drafts(exam.id)
    return {place.name: drafts[place.key].answer for place in places if place.key in drafts}


def test_the_later_answer_counts_and_is_kept_once(exams: Exams) -> None:
    sam, exam = exams.begin()
    for answer in ("x", "c*(x - t)", "c*(x - t)"):
        sitting.save(exams.site, sam, exam, 1, "a", answer)
        exams.clock.forward(MINUTE)
    assert answers(exams.site, exam) == {"1": "c*(x - t)"}


def test_seconds_add_up_to_no_more_than_has_passed(exams: Exams) -> None:
    sam, exam = exams.begin()
    exams.clock.forward(MINUTE)
    for _ in range(3):  # a request that comes three times
        sitting.save(exams.site, sam, exam, 1, "a", "x", 45.0)
    exams.clock.forward(MINUTE)
    sitting.save(exams.site, sam, exam, 1, "a", "x", 500.0)
    sitting.save(exams.site, sam, exam, 2, "a", "1", 500.0)
    seconds = {draft.answer: draft.seconds for draft in exams.site.store.drafts(exam.id).values()}
    assert seconds == {"x": 105.0, "1": 0.0}


def test_an_answer_after_the_end_is_refused_and_given_back(exams: Exams) -> None:
    sam, exam = exams.begin()
    exams.clock.forward(HOUR)
    with pytest.raises(sitting.TooLate, match="The time was over at 11:00:00") as refused:
        sitting.save(exams.site, sam, exam, 1, "a", "too late")
    assert refused.value.answer == "too late"
    assert answers(exams.site, exam) == {}


def test_an_answer_after_the_hand_in_is_refused(exams: Exams) -> None:
    sam, exam = exams.begin()
    sitting.hand_in(exams.site, sam, exam)
    with pytest.raises(sitting.TooLate, match="handed in"):
        sitting.save(exams.site, sam, exam, 1, "a", "x")


def test_an_answer_that_is_too_long_is_refused(exams: Exams) -> None:
    sam, exam = exams.begin()
    with pytest.raises(Refused, match="200001 letters"):
        sitting.save(exams.site, sam, exam, 1, "a", "x" * 200_001)


@pytest.mark.parametrize(("number", "part"), [(9, "a"), (1, "z")])
def test_a_part_that_is_none_is_not_there(exams: Exams, number: int, part: str) -> None:
    sam, exam = exams.begin()
    with pytest.raises(NotFound):
        sitting.save(exams.site, sam, exam, number, part, "x")


def test_of_two_windows_the_later_counts_and_is_told_of_the_other(exams: Exams) -> None:
    sam, exam = exams.begin()
    mine = sitting.save(exams.site, sam, exam, 1, "a", "first", seen=NOTHING)
    assert mine.elsewhere == ""
    other = sitting.save(exams.site, sam, exam, 1, "a", "second", seen=NOTHING)
    assert (other.answer, other.elsewhere) == ("second", "first")
    assert sitting.save(exams.site, sam, exam, 1, "a", "third", seen=other.draft).elsewhere == ""


def test_a_window_in_which_nothing_was_typed_keeps_what_the_other_saved(exams: Exams) -> None:
    sam, exam = exams.begin()
    seen = sitting.save(exams.site, sam, exam, 1, "a", "first", seen=NOTHING).draft
    sitting.save(exams.site, sam, exam, 1, "a", "second", seen=seen)
    assert sitting.save(exams.site, sam, exam, 1, "a", "first", seen=seen).answer == "second"
    assert sitting.save(exams.site, sam, exam, 1, "a", "", seen=NOTHING).answer == "second"
    assert answers(exams.site, exam) == {"1": "second"}
