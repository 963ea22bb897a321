"""A student's path through practice in a browser: on both screens, by day and by night, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from browsing import by_keyboard, fill_in, press, shortcut, watched
from test_practice_answers import UNREADABLE, wrong_for
from web_answers import ONE_OF_EACH, part_of
from web_server import serving
from web_sites import SHIPPED

from chainrule.web.app import create_app
from chainrule.web.site import Site

FAMILY, PART = ONE_OF_EACH["formula"]
SCREENS = [
    (True, False, ("formula", "choice", "ordering", "code")),
    (False, True, ("derivation", "shape", "statements")),
    (True, True, ("number", "integer")),
]
IN_SIGHT = """(place) => {
  const box = document.querySelector(place).getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}"""
CHOSEN = {"choice", "statements"}  # nothing that cannot be read can be sent by their boxes


@dataclass(frozen=True)
class Here:
    """A server for one person."""

    site: Site
    address: str

    def right(self, item: str, part: str) -> str:
        """The right answer to a part of the question at that address."""
        asked = self.site.store.item(item.partition("/items/")[2].partition("?")[0].partition("#")[0])
        return SHIPPED.family(asked.family).draw(asked.seed).part(part).answer_text


@pytest.fixture
def here(alone: Site) -> Iterator[Here]:
    with serving(create_app(alone)) as address:
        yield Here(alone, address)


def outcome(page: Any, part: str) -> str:
    """What the verdict of the part says first."""
    return str(page.inner_text(f"#part-{part} .verdict-head .badge"))


def test_no_kind_of_answer_is_left_out() -> None:
    assert sorted(kind for _, _, kinds in SCREENS for kind in kinds) == sorted(ONE_OF_EACH)


@pytest.mark.parametrize(
    ("phone", "dark", "kinds"),
    SCREENS,
    ids=["phone by day", "desktop by night", "phone by night"],
)
def test_answers_of_each_kind(browser: Any, here: Here, phone: bool, dark: bool, kinds: tuple[str, ...]) -> None:
    with watched(browser, here.address, phone=phone, dark=dark) as page:
        for kind in kinds:
            family, part = ONE_OF_EACH[kind]
            unreadable = [] if kind in CHOSEN else [(UNREADABLE[kind], "Cannot be read")]
            page.goto(f"/try/{family}/1")
            for typed, says in [*unreadable, (wrong_for(kind), "Not right"), (part_of(kind).answer_text, "Right")]:
                fill_in(page, typed, within=f"#part-{part}")
                press(page, "Check", within=f"#part-{part}")
                assert (kind, outcome(page, part)) == (kind, says)
            assert page.locator(f"#part-{part} .earlier li").count() == len(unreadable) + 1


def test_a_day_of_practice(browser: Any, here: Here) -> None:
    with watched(browser, here.address, phone=True, dark=True) as page:
        page.goto("/")
        assert "Welcome." in page.inner_text("main")
        press(page, "Adversarial learning")
        press(page, "Start The best discriminator", exact=True)
        fill_in(page, "p*q", within=f"#part-{PART}")
        press(page, "Show a hint")
        assert page.evaluate(IN_SIGHT, ".hint-list li")
        assert page.input_value(f"[name='answer-{PART}']") == "p*q"
        press(page, "Check part a")
        assert page.evaluate(IN_SIGHT, ".verdict-head")
        page.click("text=I think this is right")
        page.fill("textarea[name=note]", "It is <b>symmetric</b>.")
        press(page, "Keep it")
        assert "you will see here what becomes of it" in page.inner_text("main")
        fill_in(page, here.right(page.url, PART), within=f"#part-{PART}")
        press(page, "Check part a")
        assert outcome(page, PART) == "Right"
        page.click("text=Share this question")
        shared = page.locator(".share-link input").input_value()
        press(page, "Another one like this")
        press(page, "Worked solution")
        assert "You have not answered yet." in page.inner_text("main")
        press(page, "Show it all the same")
        assert "Worked steps" in page.inner_text("main")
        page.goto(shared)
        assert page.locator("h1").inner_text() == "The best discriminator"
        page.click("text=Menu")
        press(page, "History", within=".topbar")
        assert "2 answers" in page.inner_text("main")
        page.click("text=Menu")
        press(page, "Settings", within=".topbar")
        page.fill("[name=minutes]", "25")
        press(page, "Keep")
        page.click("text=Menu")
        press(page, "Progress", within=".topbar")
        assert "The best discriminator" in page.inner_text("main")
        page.goto("/")
        assert "of 25 min" in page.inner_text("main")


def test_by_keyboard_alone(browser: Any, here: Here) -> None:
    with watched(browser, here.address) as page:
        page.goto("/topics/adversarial")
        keys = page.keyboard
        by_keyboard(page, FAMILY)
        with page.expect_navigation():
            keys.press("Enter")
        by_keyboard(page, f"answer-{PART}")
        keys.type(here.right(page.url, PART))
        with page.expect_navigation():
            shortcut(page, "Control+Enter")
        assert outcome(page, PART) == "Right"
        by_keyboard(page, "On to part b")
        keys.press("Enter")
        by_keyboard(page, "Check part b", most=12)
        with page.expect_navigation():
            shortcut(page, "n")
        assert page.locator("h1").inner_text() != "The best discriminator"
        shortcut(page, "?")
        page.wait_for_selector("dialog[open]")
        keys.press("Escape")
        with page.expect_navigation():
            shortcut(page, "g", "h")
        by_keyboard(page, "Skip to the content", most=1)
        keys.press("Enter")
        by_keyboard(page, "Practise", most=1)
        with page.expect_navigation():
            shortcut(page, "g", "y")
        assert "1 answer" in page.inner_text("main")


def test_sent_twice_gone_back_and_opened_again(browser: Any, here: Here) -> None:
    with watched(browser, here.address, dark=True) as page:
        page.goto("/try/convolution.output-size/8")
        item = page.url
        page.fill("input[type=text]", "12")
        page.get_by_role("button", name="Check").dblclick()
        page.wait_for_url("**answer=*")
        assert len(here.site.store.judged()) == 1
        page.go_back()
        assert page.input_value("input[type=text]") == "12"
        press(page, "Show a hint")
        assert page.url != item
        other = page.context.new_page()  # a browser that is started again asks for the address of the form
        other.goto(page.url)
        assert other.url.partition("#")[0] == item
