"""Exams in the log: that one was begun, and how it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from web_world import kept_world

from chainrule.classes.records import Audit
from chainrule.classes.rows import found
from chainrule.grading import Grader
from chainrule.web import sitting
from chainrule.web.signing_in import person_of


@pytest.mark.parametrize(("after", "about"), [(5, "Midterm"), (31, "Midterm: the time was over")])
def test_beginning_and_end_are_noted_once(tmp_path: Path, grader: Grader, after: int, about: str) -> None:
    with kept_world(tmp_path, grader) as world:
        school, person = world.school, person_of(world.school.student)
        begun = school.site.clock()
        later = replace(school.site, clock=lambda: begun + timedelta(minutes=after))
        for _ in range(2):
            sitting.begin_assignment(school.site, person, world.ids["assignment"])
            sitting.hand_in(later, person, school.site.store.exam(world.ids["exam"]))
        lines = [(line.what, line.about) for line in found(school.site.store, Audit, who=person.id)]
        assert lines == [("exam-begun", "Midterm"), ("exam-handed-in", about)]
