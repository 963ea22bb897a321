"""The report on a class and a student's page in a real browser: nothing is cut, and there is no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graded_class import all_results, assignment, students, with_code
from headless import running_browser
from test_browser_pages import A4_TEXT, SCREENS, STICKING_OUT, opened
from test_browser_sheets import violations

from chainrule.bulk.outputs import write_outputs
from chainrule.bulk.records import Submitted

PAGES = ("report.html", "feedback/1000.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("class") / "graded"
    class_ = students(30)
    broken = Submitted(class_[0], Path(), (), ("work.zip: damaged",), late=True)
    found = [
        replace(one, outcome=("fault", "undecided")[i], score=0.0, feedback=()) if i < 2 else one
        for i, one in enumerate(all_results(class_))
    ]
    write_outputs(out, assignment(with_code(), percent=10.0, days=3), class_, found, submitted=[broken])
    return out


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_class_fits_its_screen_and_has_no_barrier(
    browser: Any, folder: Path, name: str, screen: str
) -> None:
    page, remarks = opened(browser, folder / name, **SCREENS[screen])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert remarks == []
    assert page.evaluate(STICKING_OUT) == []
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_class_fits_on_paper(browser: Any, folder: Path, name: str) -> None:
    page, _ = opened(browser, folder / name, viewport=A4_TEXT)
    page.emulate_media(media="print")
    assert page.evaluate(STICKING_OUT) == []
    page.context.close()
