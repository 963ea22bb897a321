"""The shipped sheets in a real browser: nothing cut, nothing asked for, no barrier, cheat sheets of two pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from headless import running_browser
from test_browser_pages import SCREENS, STICKING_OUT, opened

from chainrule.sheet_folder import Written, write_folder
from chainrule.sheets import Choice
from questions.topics import shipped_topics

TOPICS = [topic.id for topic in shipped_topics()]
LOOKED_AT = ("layers", "recurrent", "optimisation", "generative")
MOST_BYTES = 600_000
A4_TEXT = {"width": 680, "height": 1000}
PAGE = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, ...]:
    return write_folder(tmp_path_factory.mktemp("sheets"), TOPICS, None, Choice(), jobs=1)


@pytest.fixture(scope="module")
def folder(written: tuple[Written, ...]) -> Path:
    return written[0].path.parent


@pytest.fixture(scope="module")
def cheats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cheats")
    write_folder(out, TOPICS, None, Choice(compact=True), jobs=1)
    return out


def violations(page: Any) -> list[str]:
    """What axe-core finds with every fold open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    found = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_each_sheet_is_small(written: tuple[Written, ...]) -> None:
    assert {page.path.stem for page in written} == {*TOPICS, "index"}
    assert [f"{page.path.name}: {page.size}" for page in written if page.size >= MOST_BYTES] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_a_sheet_fits_a_phone_and_paper_and_asks_for_nothing(browser: Any, folder: Path, topic: str) -> None:
    page, remarks = opened(browser, folder / f"{topic}.html", **SCREENS["phone"])
    assert remarks == []
    assert page.evaluate(STICKING_OUT) == []
    page.context.close()
    page, _ = opened(browser, folder / f"{topic}.html", viewport=A4_TEXT)
    page.emulate_media(media="print")
    assert page.evaluate(STICKING_OUT) == []
    page.context.close()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_cheat_sheet_is_two_pages_of_a4(browser: Any, cheats: Path, topic: str) -> None:
    page, remarks = opened(browser, cheats / f"{topic}.html", viewport=A4_TEXT)
    assert remarks == []
    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) <= 2
    page.emulate_media(media="print")
    assert page.evaluate(STICKING_OUT) == []
    page.context.close()


# By turns, since a search takes seconds: all sheets are made of the same pieces.
@pytest.mark.parametrize(("topic", "screen"), list(zip(LOOKED_AT, cycle(["light", "dark", "phone"]), strict=False)))
def test_a_sheet_has_no_barrier(browser: Any, folder: Path, topic: str, screen: str) -> None:
    page, _ = opened(browser, folder / f"{topic}.html", **SCREENS[screen])
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize(
    ("path", "screen"),
    [("index.html", "light"), ("index.html", "phone"), ("layers.html", "dark"), ("layers.html", "phone")],
)
def test_index_and_cheat_sheet_have_no_barrier(
    browser: Any, folder: Path, cheats: Path, path: str, screen: str
) -> None:
    page, _ = opened(browser, (folder if path == "index.html" else cheats) / path, **SCREENS[screen])
    assert violations(page) == []
    page.context.close()


def test_the_index_searches_without_a_network_and_is_whole_without_a_script(browser: Any, folder: Path) -> None:
    page, remarks = opened(browser, folder / "index.html", **SCREENS["light"])
    shown = "[...document.querySelectorAll('[data-line]')].filter(line => line.checkVisibility()).length"
    everything = page.evaluate(shown)
    page.keyboard.press("/")
    page.keyboard.type("adam")
    assert 1 <= page.evaluate(shown) < everything / 10
    assert "found" in page.locator("#found").inner_text()
    page.keyboard.press("Tab")  # what is found comes next
    assert page.evaluate("document.activeElement.closest('[data-sheet]') !== null")
    page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.type("step supervised minibatches")  # words of a line, of its heading and of its topic
    assert page.locator("[data-line]:visible").all_inner_texts()[0] == "Step"
    page.keyboard.press("Control+A")
    page.keyboard.type("xyzzy")
    assert page.evaluate(shown) == 0
    assert remarks == []
    page.context.close()
    page, _ = opened(browser, folder / "index.html", java_script_enabled=False, **SCREENS["light"])
    assert page.locator("[data-line]").count() == everything
    assert not page.locator("#search").is_visible()
    page.context.close()


def test_a_line_of_the_index_leads_to_its_entry(browser: Any, folder: Path) -> None:
    page, _ = opened(browser, folder / "index.html", **SCREENS["light"])
    page.get_by_role("link", name="Adam", exact=True).first.click()
    page.wait_for_selector(":target")
    assert page.url.endswith("optimisation.html#adam")
    assert page.evaluate("document.querySelector(':target').textContent") == "Adam"
    page.context.close()
