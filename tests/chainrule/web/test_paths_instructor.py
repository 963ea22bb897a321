"""An instructor's path in a browser, from the first link to a decided appeal, with students who join and sit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from browsing import fill_in, press, watched
from exam_sites import BOTH, PRIVATE, Hands
from web_server import serving
from web_sites import PASSWORD, new_site

from chainrule.classes import links
from chainrule.grading import Grader
from chainrule.web.app import create_app
from chainrule.web.site import Site

OWN = """title: Written by hand
minutes: 20
sections:
  - title: A
    families: [hidden.scaled-gradient, hidden.which-rate]
"""
LOCAL = "%Y-%m-%dT%H:%M"


@pytest.fixture
def site(tmp_path: Path, grader: Grader) -> Iterator[Site]:
    """A server for a class that nobody knows yet, with private questions and a clock that is moved by hand."""
    with new_site(tmp_path, grader, BOTH, classes=True) as found:
        yield replace(found, clock=Hands(), private=frozenset(PRIVATE.families))


def make_account(page: Any, login: str) -> None:
    """In the form that a link leads to."""
    page.fill("[name=login]", login)
    page.fill("[name=shown]", login.title())
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.locator("main form").last.get_by_role("button").last.click()


def begin(page: Any) -> str:
    """Begins the one exam that can be sat, and gives its address."""
    page.goto("/exams")
    page.click("text=Begin")
    press(page, "Begin now")
    return str(page.url)


def test_from_the_first_link_to_a_decided_appeal(browser: Any, site: Site) -> None:
    link = links.first_instructor(site.store, site.secret, site.clock())
    with (
        serving(create_app(site)) as server,
        watched(browser, server, refused=True) as ivy,
        watched(browser, server, phone=True, dark=True) as sam,
        watched(browser, server, dark=True) as tom,
    ):
        ivy.goto(f"/setup/{link}")
        make_account(ivy, "ivy")
        ivy.wait_for_url("**/classes")
        ivy.fill("[name=title]", "Deep <b>Learning</b>")
        ivy.fill("[name=zone]", "Mars/Olympus")
        press(ivy, "Make the class")
        assert "choose a zone of the list" in ivy.inner_text(".form-error")
        ivy.fill("[name=zone]", "UTC")
        press(ivy, "Make the class")
        assert ivy.inner_text("h1") == "Deep <b>Learning</b>"
        room = ivy.url

        press(ivy, "People", within=".tabs")
        press(ivy, "Make the link")
        invitation = re.search(r"/join/[\w-]+", ivy.content())
        assert invitation is not None
        for student, login in ((sam, "sam"), (tom, "tom")):
            student.goto(invitation[0])
            make_account(student, login)
            student.wait_for_selector("text=You are in the class")

        now = site.clock()
        ivy.goto(f"{room}/assignments/new")
        ivy.fill("[name=title]", "Midterm")
        ivy.fill("[name=blueprint]", OWN.replace("which-rate", "nothing"))
        ivy.fill("[name=opens]", now.strftime(LOCAL))
        for field in ("due", "reveals"):
            ivy.fill(f"[name={field}]", (now + timedelta(hours=2)).strftime(LOCAL))
        press(ivy, "Make the assignment")
        assert "hidden.nothing" in ivy.inner_text(".form-error")
        ivy.fill("[name=blueprint]", OWN)
        press(ivy, "Make the assignment")
        ivy.select_option("[name=account]", label="Sam (sam)")
        ivy.fill("[name=extra]", "1.5")
        press(ivy, "Give it")
        assert "Sam has own terms now." in ivy.inner_text(".notice")

        form = begin(sam)
        assert "30:00 left" in sam.inner_text("main")
        assert "20:00 left" in (begin(tom), tom.inner_text("main"))[1]
        press(sam, "To the first question")
        fill_in(sam, "2*c*(x - t)")
        press(sam, "Question 2")
        press(ivy, "How far they are")
        assert "1 of 2" in ivy.inner_text("tr:has-text('Sam')")
        sam.reload()
        item = next(one for one in site.store.exam_items(form.rpartition("/")[2]) if one.number == 2)
        fill_in(sam, BOTH.family(item.family).draw(item.seed).parts[0].answer_text)
        press(sam, "Hand in …")
        press(sam, "Hand in now")

        site.clock.forward(timedelta(hours=3))  # type: ignore[attr-defined]
        tom.goto("/exams")  # it is over for whoever did not hand in
        ivy.goto(f"{room}/gradebook")
        assert "1 of 2" in ivy.inner_text("tr:has-text('Sam')")
        assert "0 of 2" in ivy.inner_text("tr:has-text('Tom')")
        with ivy.expect_download() as table:
            ivy.click("text=Download as CSV")
        assert "sam,Sam,1,2" in table.value.path().read_text(encoding="utf-8")
        press(ivy, "Mistakes", within=".tabs")
        assert "half-forgotten" in ivy.inner_text("main")
        ivy.goto("/preview/hidden.scaled-gradient/3")
        fill_in(ivy, "2*c*(x - t)")
        press(ivy, "Judge it")
        assert "The factor 2 of the square cancels the half." in ivy.inner_text("main")

        sam.goto(f"{form}/report")
        sam.click("text=I think this is right")
        sam.fill("textarea[name=note]", "It is twice that.")
        press(sam, "Keep it")
        press(ivy, "Appeals", within=".topbar")
        press(ivy, "The gradient of a scaled square")
        assert "It is twice that." in ivy.inner_text("main")
        ivy.fill("[name=says]", "Half of it is right.")
        ivy.fill("[name=percent]", "50")
        press(ivy, "Accept")
        ivy.goto(f"{room}/gradebook")
        assert "1.5 of 2" in ivy.inner_text("tr:has-text('Sam')")
        sam.goto("/")
        assert "Half of it is right." in sam.inner_text(".notice")
