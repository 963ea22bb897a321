"""Answer fields in a browser: echo, signs, order, code, keys and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from headless import running_browser
from web_fields import Kept, app_with_fields
from web_server import serving
from web_sites import SHIPPED, new_site

from chainrule.grading import Grader


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as found:
        yield found


class Opened:
    """Pages of a server with fields, and what it was sent."""

    def __init__(self, browser: Any, address: str, kept: Kept) -> None:
        self.address, self.kept = address, kept
        self.page = browser.new_page()
        self.page.set_default_timeout(4000)
        self.broken: list[str] = []
        self.page.on("console", lambda said: self.broken.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))

    def __call__(self, query: str) -> Any:
        self.page.goto(f"{self.address}/fields?{query}")
        self.page.wait_for_selector(".keys-open")
        return self.page


@pytest.fixture(scope="module")
def served(grader: Grader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Kept]]:
    with new_site(tmp_path_factory.mktemp("fields"), grader, SHIPPED) as site:
        app, kept = app_with_fields(site)
        with serving(app) as address:
            yield address, kept


@pytest.fixture
def opened(browser: Any, served: tuple[str, Kept]) -> Iterator[Opened]:
    address, kept = served
    kept.forget()
    found = Opened(browser, address, kept)
    yield found
    assert found.broken == []
    found.page.context.close()


def focused(page: Any) -> str:
    """The name of the field that has the focus."""
    return str(page.evaluate("document.activeElement.name || document.activeElement.tagName"))


def test_the_reading_follows_what_is_typed(opened: Opened) -> None:
    page = opened("kind=formula&kind=number&value=1%2F3")
    page.wait_for_selector("#number-echo math")  # what stands there at first is read too
    page.fill("#formula-input", "1/(1 + x^2")
    page.wait_for_selector("#formula-echo mark")
    assert page.inner_text("#formula-echo mark") == "("
    assert "never closed" in page.inner_text("#formula-echo")
    page.fill("#formula-input", "<img src=x onerror=alert(1)>")
    page.wait_for_selector("#formula-echo .echo-error")
    assert page.locator("#formula-echo img").count() == 0
    page.fill("#formula-input", "1/(1 + p^2)")
    page.wait_for_selector("#formula-echo math mfrac")
    assert "a number" in page.inner_text("#formula-echo")


def test_each_line_of_a_derivation_is_read(opened: Opened) -> None:
    page = opened("kind=derivation")
    page.fill("#derivation-input", "a = 1\nb = a +\n")
    page.wait_for_selector("#derivation-echo mark")
    assert page.locator("#derivation-echo .echo-line").count() == 2


def test_signs_are_typed_where_one_is(opened: Opened) -> None:
    page = opened("kind=formula")
    page.fill("#formula-input", "1 + p")
    page.click("summary:has-text('Signs')")
    page.evaluate("document.querySelector('#formula-input').setSelectionRange(4, 5)")
    page.click(".palette-signs button:has-text('square root')")
    assert page.input_value("#formula-input") == "1 + sqrt(p)"
    page.click(".palette-signs button:has-text('exponential')")
    page.click(".symbols button.insert:has-text('q')")
    assert page.input_value("#formula-input") == "1 + sqrt(p)exp(q)"
    page.keyboard.press("Control+z")
    assert page.input_value("#formula-input") != "1 + sqrt(p)exp(q)"


def test_lines_are_ordered_by_keyboard(opened: Opened) -> None:
    page = opened("kind=ordering")
    page.focus("[data-label=c] button[aria-label='c up']")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    assert page.input_value("#ordering-input").startswith("c, a, b")
    assert focused(page) == "BUTTON"
    assert page.inner_text("#said") == "c is now 1 of 6"
    page.keyboard.press("ArrowUp")
    assert page.input_value("#ordering-input").startswith("c, a, b")
    page.fill("#ordering-input", "f, b")
    assert page.locator("[data-ordering] > li").first.get_attribute("data-label") == "f"
    page.click("text=Check")
    assert opened.kept.forms == ["f, b"]


def test_lines_are_ordered_by_dragging(opened: Opened) -> None:
    page = opened("kind=ordering")
    start, end = (page.locator(f"[data-label={label}] .ordering-grip").bounding_box() for label in "ad")
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(start["x"] + 5, start["y"] + (end["y"] + end["height"] - start["y"]) * step / 10)
    page.mouse.up()
    assert page.input_value("#ordering-input") == "b, c, d, a, e, f"
    assert page.locator(".dragged").count() == 0
    page.click("text=Check")
    assert opened.kept.forms == ["b, c, d, a, e, f"]


def test_the_order_that_is_shown_is_sent(opened: Opened) -> None:
    page = opened("kind=ordering")
    page.click("text=Check")
    assert opened.kept.forms == ["a, b, c, d, e, f"]


def test_tab_indents_code_and_escape_leaves(opened: Opened) -> None:
    page = opened("kind=code")
    page.fill("#code-input", "")
    page.focus("#code-input")
    page.keyboard.type("def f(x):\nreturn x")
    assert page.input_value("#code-input") == "def f(x):\n    return x"
    page.keyboard.press("Shift+Tab")
    assert page.input_value("#code-input") == "def f(x):\nreturn x"
    page.keyboard.press("Control+a")
    page.keyboard.press("Tab")
    assert page.input_value("#code-input") == "    def f(x):\n    return x"
    assert page.inner_text(".code-numbers").split() == ["1", "2"]
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert focused(page) == "code.file"


def test_keys_are_shown_and_do_nothing_while_one_types(opened: Opened) -> None:
    page = opened("kind=number&kind=code")
    page.focus("#number-input")
    page.keyboard.type("?gh")
    assert page.input_value("#number-input") == "?gh"
    assert page.locator("dialog").count() == 0
    page.focus("main")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    assert "leave the code" in page.inner_text("dialog")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("?")
    assert page.locator("dialog").count() == 0
    page.evaluate("localStorage.clear()")
    page.focus("#number-input")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/fields/number")
    assert opened.kept.forms == ["?gh"]


def test_the_keys_lead_home(opened: Opened) -> None:
    page = opened("kind=number")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(f"{opened.address}/")


def test_what_was_not_sent_is_there_after_loading_again(opened: Opened) -> None:
    page = opened("kind=derivation&kind=statements&kind=choice")
    page.fill("#derivation-input", "a = 1\nb = 2")
    page.check(".field-statements input[value=b]")
    page.check(".field-statements input[data-none]")
    page.check(".field-choice input[value=c]")
    page.reload()
    page.wait_for_selector(".keys-open")
    assert page.input_value("#derivation-input") == "a = 1\nb = 2"
    assert page.locator(".field-statements input:checked").get_attribute("value") == "none"
    assert page.is_checked(".field-choice input[value=c]")
    page.click(".field-choice ~ .actions button")
    page.wait_for_url("**/fields/choice")
    page = opened("kind=choice")
    assert page.locator("input:checked").count() == 0


def test_answers_are_saved_while_one_types(opened: Opened) -> None:
    page = opened("kind=number&kind=code&save=1")
    page.clock.install()
    page = opened("kind=number&kind=code&save=1")
    page.fill("#number-input", "1/2")
    assert page.inner_text(".field-number [data-saved]") == "Not saved yet"
    page.clock.run_for(1900)
    assert opened.kept.saves == []
    page.clock.run_for(200)
    page.wait_for_selector("text=Saved as 1.")
    assert [save["answer"] for save in opened.kept.saves] == ["1/2"]
    assert 1.9 < opened.kept.saves[0]["seconds"] < 60
    for _ in range(8):  # typing without a pause is saved all the same
        page.locator("#number-input").press_sequentially("1")
        page.clock.run_for(1500)
    page.clock.run_for(2100)
    page.wait_for_selector("text=/Saved as [23]./")
    answers = [save["answer"] for save in opened.kept.saves]
    assert len(answers) > 2
    assert answers[1] in "1/211111111"
    assert answers[-1] == "1/211111111"


def test_what_cannot_be_saved_is_tried_again(opened: Opened) -> None:
    page = opened("kind=number&save=1")
    page.clock.install()
    page = opened("kind=number&save=1")
    opened.kept.down = True
    page.fill("#number-input", "7")
    page.clock.run_for(2100)
    page.wait_for_selector(".saved-not")
    assert "no connection" in page.inner_text("[data-saved]")
    assert page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    opened.kept.down = False
    page.clock.run_for(2100)
    page.wait_for_selector("text=Saved as 1.")
    assert page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    opened.broken.clear()  # the request that failed stands in the console


def test_leaving_saves(opened: Opened) -> None:
    page = opened("kind=number&save=1")
    page.fill("#number-input", "8")
    with page.expect_response("**/saves/number"):
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert [save["answer"] for save in opened.kept.saves] == ["8"]


def test_the_clock_warns_and_saves_at_the_end(opened: Opened) -> None:
    opened("kind=number")
    opened.page.clock.install()
    page = opened("kind=number&save=1&clock=2026-01-01T10:00:00Z/2026-01-01T10:05:02Z")
    assert page.inner_text(".timer") == "5:02 left"
    page.clock.run_for(3000)
    assert page.inner_text("#said") == "5 minutes left"
    page.fill("#number-input", "9")
    page.clock.run_for(500)
    with page.expect_navigation():
        page.clock.fast_forward(300_000)
    assert [save["answer"] for save in opened.kept.saves] == ["9"]
