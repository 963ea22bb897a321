"""The pages in a real browser: light, dark, on a phone, by keyboard, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from headless import running_browser
from sample_views import graded_items, quiz_items, sheet, worked

from chainrule.font import font_path
from chainrule.pages import quiz_page, report_page
from chainrule.sheet_pages import sheet_page

SCREENS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "tablet": {"viewport": {"width": 820, "height": 1100}},
    "phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
}
A4_TEXT = {"width": 680, "height": 1000}  # 180 mm between the margins, at 96 pixels an inch
NAMES = ("quiz", "report", "sheet")
VISIBLE = "checkVisibility()"
PNG, PDF = b"\x89PNG", b"%PDF-"

# The elements that stick out of the page to the right and are not scrolled within a box of their own.
STICKING_OUT = """
[...document.querySelectorAll("body *")].filter(element => {
  if (element.getBoundingClientRect().right <= document.documentElement.clientWidth + 1) return false;
  for (let box = element.parentElement; box; box = box.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(box).overflowX)) return false;
  return true;
}).map(element => element.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    made = (
        quiz_page("Practice quiz", quiz_items()),
        report_page("Practice quiz", graded_items(), lost=("Item 9: there is no such question.",)),
        sheet_page(sheet(), worked()),
    )
    for name, text in zip(NAMES, made, strict=True):
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def opened(browser: Any, path: Path, **options: Any) -> tuple[Any, list[str]]:
    """The page, loaded, and what it complained about or asked for."""
    remarks: list[str] = []
    page = browser.new_context(**options).new_page()
    page.on("console", lambda message: remarks.append(message.text))
    page.on("pageerror", lambda error: remarks.append(str(error)))
    page.on("request", lambda request: remarks.append(request.url))
    page.goto(path.as_uri())
    # The page itself and the font within it are all that may be asked for.
    return page, [remark for remark in remarks if remark != path.as_uri() and not remark.startswith("data:font/")]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_its_screen_and_asks_for_nothing(browser: Any, folder: Path, name: str, screen: str) -> None:
    page, remarks = opened(browser, folder / f"{name}.html", **SCREENS[screen])
    shot = page.screenshot(full_page=True, path=folder / f"{name}-{screen}.png")
    assert shot.startswith(PNG)
    assert remarks == []
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.context.close()


@pytest.mark.parametrize("name", NAMES)
def test_paper_holds_everything_with_the_folds_open(browser: Any, folder: Path, name: str) -> None:
    page, _ = opened(browser, folder / f"{name}.html", viewport=A4_TEXT)
    page.emulate_media(media="print")
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(f"[...document.querySelectorAll('details .fold')].every(fold => fold.{VISIBLE})")
    assert page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True).startswith(PDF)
    page.context.close()


def test_folds_are_closed_on_a_screen_and_open_by_keyboard(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "report.html", **SCREENS["light"])
    fold = page.locator("details").first
    assert not fold.evaluate(f"details => details.querySelector('.fold').{VISIBLE}")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.evaluate(f"details => details.querySelector('.fold').{VISIBLE}")
    page.context.close()


def test_the_first_key_reaches_a_visible_skip_link(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "quiz.html", **SCREENS["light"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_dark_is_dark_and_light_is_light(browser: Any, folder: Path) -> None:
    grounds = []
    for screen in ("light", "dark"):
        page, _ = opened(browser, folder / "sheet.html", **SCREENS[screen])
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    light, dark = [sum(map(int, ground.removeprefix("rgb(").removesuffix(")").split(","))) for ground in grounds]
    assert light > 700
    assert dark < 80


@pytest.mark.skipif(font_path() is None, reason="the extra `full` (ziamath, fonttools) is not installed")
def test_mathematics_is_drawn_with_the_font_of_the_page(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "sheet.html", **SCREENS["light"])
    assert page.evaluate("[...document.fonts].map(face => [face.family, face.status])") == [
        ["Chainrule Math", "loaded"]
    ]
    # A displayed sum is drawn about twice as tall as a line of text only by a font that has a tall one.
    signs = "[...document.querySelectorAll('.main-formula munderover > mo')]"
    height = f"Math.max(...{signs}.map(sign => sign.getBoundingClientRect().height))"
    size = "parseFloat(getComputedStyle(document.querySelector('.main-formula math')).fontSize)"
    assert page.evaluate(height) > 1.3 * page.evaluate(size)
    page.context.close()


def test_a_wide_formula_scrolls_in_its_own_box(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "sheet.html", **SCREENS["phone"])
    wide = "[...document.querySelectorAll('.main-formula')].filter(box => box.scrollWidth > box.clientWidth + 50)"
    assert page.evaluate(f"{wide}.length") == 1
    for _ in range(20):  # the keyboard reaches the box, so that it can be scrolled without a finger
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement === {wide}[0]"):
            break
    page.keyboard.press("ArrowRight")
    for _ in range(60):  # scrolling is smooth; the page's policy forbids a predicate that the page itself would poll
        if page.evaluate(f"{wide}[0].scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(f"{wide}[0].scrollLeft") > 0
    page.context.close()
