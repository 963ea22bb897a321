"""Answer fields in a browser: echo, signs, order, code, keys, and all of it without scripts."""

from __future__ import annotations

from typing import Any

from web_fields import Kept, Opened

from chainrule.web.uploads import MOST_BYTES


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


def test_a_file_that_is_too_large_is_said_before_it_is_sent(opened: Opened) -> None:
    """A server ends the connection over it, of which browsers say that it broke and nothing else."""
    page = opened("kind=code")

    def choose(size: int) -> None:
        page.set_input_files("#code-file", {"name": "a.py", "mimeType": "text/plain", "buffer": b"#" * size})

    said = "document.querySelector('#code-file').validationMessage"
    choose(MOST_BYTES + 1)
    page.wait_for_function(f"{said}.includes('clear a notebook')")
    page.click("button:has-text('Check')")
    assert opened.kept.forms == []
    choose(MOST_BYTES)
    assert page.evaluate(said) == ""
    choose(100)
    page.click("button:has-text('Check')")
    page.wait_for_url("**/fields/code")
    assert opened.kept.forms == ["#" * 100]


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


def test_without_scripts_everything_can_be_answered(browser: Any, served: tuple[str, Kept]) -> None:
    address, kept = served
    kept.forget()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind, field, typed in (
        ("ordering", "#ordering-input", "b, a, c"),
        ("statements", "input[value=b]", ""),
        ("choice", "input[value=c]", ""),
        ("code", "#code-input", "def f():\n    pass"),
    ):
        page.goto(f"{address}/fields?kind={kind}")
        page.fill(field, typed) if typed else page.check(field)
        page.click("text=Check")
    assert kept.forms == ["b, a, c", "b", "c", "def f():\n    pass"]
    page.goto(f"{address}/fields?kind=formula")
    page.click("summary:has-text('Signs')")
    assert page.locator(".palette button").count() == 0
    assert "sqrt(x)" in page.inner_text(".palette")
    context.close()
