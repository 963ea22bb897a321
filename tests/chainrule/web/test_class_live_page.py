"""The page that tells how far everybody is, in a browser: it looks again by itself."""

from __future__ import annotations

from typing import Any

from browsing import by_keyboard, signed_in, watched
from exam_sites import Exams
from web_server import serving

from chainrule.web import sitting

EVERY = 15_000  # milliseconds


def test_looking_again_leaves_focus_and_choice_where_they_are(browser: Any, exams: Exams) -> None:
    given, school = exams.assign(), exams.school
    with serving(school.app) as server, watched(browser, server) as page:

        def look_again(name: str) -> None:
            page.clock.fast_forward(EVERY)
            page.wait_for_selector(f"tr:has-text('{name}'):has-text('Sitting')")

        signed_in(page, server, exams.client(school.instructor))
        page.clock.install()
        page.goto(f"/classes/{school.classroom.id}/assignments/{given.id}/live")
        by_keyboard(page, "How far each student is")
        sitting.begin_assignment(exams.site, exams.person(school.student), given.id)
        look_again("Sam")
        assert page.evaluate("document.activeElement.className") == "table-box"
        page.select_option("#whom", label="Sam (sam)")
        sitting.begin_assignment(exams.site, exams.person(school.other), given.id)
        look_again("Tom")
        assert page.locator("#whom").input_value() == school.student.id
