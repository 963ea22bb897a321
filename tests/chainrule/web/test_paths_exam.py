"""An exam of a class in a browser: begun, loaded again in the middle, in two windows, handed in, told, disputed."""

from __future__ import annotations

from typing import Any

from browsing import by_keyboard, fill_in, press, shortcut, watched
from exam_sites import BOTH, DAY, Exams
from web_server import serving
from web_sites import PASSWORD

SAVE_NOW = "dispatchEvent(new Event('online'))"
TYPED = "[data-input]"
STANDS = "(text) => document.querySelector('[data-input]').value === text"


def log_in(page: Any, login: str) -> None:
    """By the form."""
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    press(page, "Log in")


def right(exams: Exams, form: str, number: int) -> str:
    """The right answer to a question of an exam."""
    item = next(one for one in exams.site.store.exam_items(form) if one.number == number)
    return BOTH.family(item.family).draw(item.seed).parts[0].answer_text


def test_an_exam_on_a_phone_at_night(browser: Any, exams: Exams) -> None:
    exams.assign()
    with (
        serving(exams.school.app) as server,
        watched(browser, server, phone=True, dark=True) as page,
    ):
        page.goto("/")
        log_in(page, "sam")
        assert "Midterm of Deep Learning can be sat" in page.inner_text(".notice")
        press(page, "Look at it")
        page.click("text=Begin")
        press(page, "Begin now")
        form = page.url.rpartition("/")[2]
        press(page, "To the first question")
        page.fill(TYPED, "c*(x - t")
        page.evaluate(SAVE_NOW)
        page.wait_for_selector("[data-saved]:has-text('Saved at')")
        page.reload()
        assert page.input_value(TYPED) == "c*(x - t"
        page.fill(TYPED, right(exams, form, 1))
        page.wait_for_selector(".echo math")
        page.reload()  # before it was saved: the page is asked for before what is left behind is sent
        page.wait_for_function(STANDS, arg=right(exams, form, 1))

        other = page.context.new_page()
        page.evaluate(SAVE_NOW)
        page.wait_for_selector("[data-saved]:has-text('Saved at')")
        other.goto(page.url)
        assert other.input_value(TYPED) == right(exams, form, 1)
        other.goto("/sheets")
        assert "You are sitting an exam" in other.inner_text("main")
        assert other.locator(".topbar a", has_text="History").count() == 0

        press(page, "Question 2")
        fill_in(page, right(exams, form, 2))
        press(page, "Flag for later")
        press(page, "Question 3")
        fill_in(page, "none")
        press(page, "Hand in …")
        assert "Flagged: question 2." in page.inner_text("main")
        press(page, "Hand in now")
        assert "Results from" in page.inner_text("main")
        assert "c*(x" not in page.content()
        exams.clock.forward(9 * DAY)
        page.goto(f"/exams/{form}")
        log_in(page, "sam")
        assert page.url.endswith(f"/exams/{form}/report")
        assert "1. The gradient of a scaled square" in page.inner_text("main")
        assert page.locator("section.question .badge.outcome-right").count() == 2
        page.click("text=I think this is right")
        press(page, "Keep it")
        assert len(exams.site.store.appeals()) == 1


def test_an_exam_by_keyboard_alone(browser: Any, exams: Exams) -> None:
    exams.assign(families=("hidden.scaled-gradient", "hidden.which-rate"), feedback="outcome")
    with serving(exams.school.app) as server, watched(browser, server) as page:
        keys = page.keyboard

        def go() -> None:
            with page.expect_navigation():
                keys.press("Enter")

        page.goto("/exams")
        by_keyboard(page, "login")
        keys.type("sam")
        keys.press("Tab")
        keys.type(PASSWORD)
        go()
        by_keyboard(page, "Begin Midterm")
        keys.press("Enter")
        by_keyboard(page, "Begin now", most=1)
        go()
        form = page.url.rpartition("/")[2]
        by_keyboard(page, "To the first question")
        go()
        by_keyboard(page, "answer")
        keys.type(right(exams, form, 1))
        with page.expect_navigation():
            shortcut(page, "Control+Enter")
        assert page.url.endswith(f"{form}/1#answer-a-saved")
        assert page.locator(".badge.outcome-right").count() == 1
        with page.expect_navigation():
            shortcut(page, "n")
        for label in right(exams, form, 2).split(", "):
            page.focus("main")
            by_keyboard(page, f" {label} ")
            keys.press("Space")
        by_keyboard(page, "Hand in …")
        go()
        by_keyboard(page, "Hand in now")
        go()
        judged = exams.site.store.judged(exams.school.student.id, exam=form)
        assert [one.outcome for one in judged] == ["right", "right"]
