"""A drawn exam in a real browser: on every screen and on paper nothing is cut, and there is no barrier."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from headless import running_browser
from test_browser_pages import A4_TEXT, SCREENS, STICKING_OUT, opened
from test_browser_sheets import violations

from chainrule.exams.blueprint import load_blueprint
from chainrule.exams.exam_paper import exam_key, exam_paper
from chainrule.exams.exam_report import exam_report
from chainrule.exams.form import draw_form
from chainrule.exams.grades import result
from chainrule.grading import GradedPart, GradedQuiz
from questions.bank import load_bank

NAMES = ("paper", "key", "report")
SYMBOL = re.compile(
    r"empty-table-header: <th[^>]*><math"
)  # a symbol in MathML is read aloud, but axe takes it for empty


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exam")
    bank = load_bank()
    form = draw_form(bank, load_blueprint("half-course", bank), chance=random.Random(2))
    parts = tuple(GradedPart(i.number, i.variant, part, "", None) for i in form.items for part in i.variant.parts)
    report = exam_report(form, GradedQuiz(form.quiz, parts), result(form, {}), seconds={1: 5000.0, 2: 61.0})
    for name, text in zip(NAMES, (exam_paper(form), exam_key(form), report), strict=True):
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_an_exam_fits_its_screen_and_has_no_barrier(
    browser: Any, folder: Path, name: str, screen: str
) -> None:
    page, remarks = opened(browser, folder / f"{name}.html", **SCREENS[screen])
    assert remarks == []
    assert page.evaluate(STICKING_OUT) == []
    assert [found for found in violations(page) if not SYMBOL.match(found)] == []
    page.context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_an_exam_fits_paper(browser: Any, folder: Path, name: str) -> None:
    page, _ = opened(browser, folder / f"{name}.html", viewport=A4_TEXT)
    page.emulate_media(media="print")
    assert page.evaluate(STICKING_OUT) == []
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    page.context.close()


def test_what_is_for_the_pen_is_seen_on_paper_alone(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "paper.html", viewport=A4_TEXT)
    for piece in (".tally", ".name-fields"):
        assert not page.locator(piece).is_visible()
    page.emulate_media(media="print")
    for piece in (".tally", ".name-fields"):
        assert page.locator(piece).is_visible()
    page.context.close()


def test_tables_of_a_report_need_no_scrolling_on_a_phone(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "report.html", **SCREENS["phone"])
    cut = (
        "[...document.querySelectorAll('.shares')].filter(t => t.scrollWidth > t.parentElement.clientWidth + 1).length"
    )
    assert page.evaluate(cut) == 0
    page.context.close()
