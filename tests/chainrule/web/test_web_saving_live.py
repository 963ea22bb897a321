"""What is typed and not sent, in a browser: kept, saved while one types, tried again, and saved at the end."""

from __future__ import annotations

from typing import Any

from web_fields import Opened


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
    assert "does not answer" in page.inner_text("[data-saved]")
    assert page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    opened.kept.down = False
    page.clock.run_for(2100)
    page.wait_for_selector("text=Saved as 1.")
    assert page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    opened.broken.clear()  # the request that failed stands in the console


def test_a_session_that_was_renewed_elsewhere_saves_on(opened: Opened) -> None:
    page = opened("kind=number&save=1")
    page.context.clear_cookies()
    page.fill("#number-input", "6")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=Saved as 1.")
    opened.broken.clear()  # the request that was refused first


def test_what_is_refused_is_told_and_not_sent_again(opened: Opened) -> None:
    page = opened("kind=number&save=1")
    opened.kept.refuses = "That is too long."
    page.fill("#number-input", "6")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=Not saved: That is too long.")
    opened.kept.refuses = ""
    page.evaluate("dispatchEvent(new Event('online'))")
    page.fill("#number-input", "5")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=Saved as 1.")
    assert [save["answer"] for save in opened.kept.saves] == ["5"]
    opened.broken.clear()


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


def test_what_is_typed_before_the_scripts_are_there_is_saved(opened: Opened) -> None:
    page, held = opened.page, list[Any]()
    page.route("**/autosave.js", lambda route: held.append(route))
    page.goto(f"{opened.address}/fields?kind=number&save=1")
    page.fill("#number-input", "4")
    page.wait_for_selector(".keys-open")
    held[0].continue_()
    page.wait_for_selector("text=Not saved yet")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=Saved as 1.")
    assert [save["answer"] for save in opened.kept.saves] == ["4"]
