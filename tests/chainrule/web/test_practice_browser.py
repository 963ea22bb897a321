"""Practice in a browser, on a phone and on a desktop: no fault by axe, nothing wider than the screen, no error told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from headless import running_browser
from web_learner import Learner
from web_server import serving
from web_sites import SHIPPED, new_site

from chainrule.classes.records import Job
from chainrule.classes.rows import put
from chainrule.grading import Grader
from chainrule.web.app import create_app
from chainrule.web.inline import InlineJudging
from chainrule.web.site import Site

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "color_scheme": "light"}
DESKTOP = {"viewport": {"width": 1200, "height": 900}, "color_scheme": "dark"}
FAMILY, PART = "adversarial.best-discriminator", "objective"


class Later(InlineJudging):
    """Judges what it took when it is told to."""

    def submit(self, job: Job) -> None:
        """Keeps the job."""
        put(self._store, job)

    def now(self, job: Job) -> None:
        """Judges it."""
        self._judge(job)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, grader: Grader) -> Iterator[Site]:
    with new_site(tmp_path_factory.mktemp("practice"), grader, SHIPPED) as found:
        yield found


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    """An address of every view, with something to show on each."""
    learner = Learner(create_app(site).test_client())
    unread, judged, derived = (learner.ask(family, 3) for family in (FAMILY, FAMILY, "adversarial.generator-gradient"))
    learner.answer(unread, PART, "p*log(D) + ((1-p", hints="1")
    learner.answer(judged, PART, "p*q")
    learner.post(f"/answers/{site.store.judged()[0].attempt.id}/appeal", note="It is.")
    learner.answer(judged, PART, SHIPPED.family(FAMILY).draw(3).part(PART).answer_text)
    learner.answer(derived, "derivation", "ds = 1\ndA = 2")
    return {
        "today": "/",
        "topic": "/topics/adversarial",
        "question": learner.ask("supervised.cross-entropy-by-hand", 4),
        "code": learner.ask("adversarial.gan-losses-code", 1),
        "unreadable": unread,
        "verdicts": judged,
        "derivation": derived,
        "warning": f"{learner.ask('convolution.output-size', 8)}/worked",
        "worked": f"{derived}/worked",
        "history": "/history",
        "settings": "/settings",
        "changed": "/items/" + _changed(site),
    }


def _changed(site: Site) -> str:
    from chainrule.store.records import Item

    item = Item(FAMILY, "old", 1, "{}", "practice")
    site.store.add(item)
    return item.id


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as found:
        yield found


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_view_is_without_fault(browser: Any, site: Site, pages: dict[str, str], screen: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with serving(create_app(site)) as server:
        page = browser.new_context(**screen).new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: told.append(request.url) if not request.url.startswith(server) else None)
        for name, address in pages.items():
            page.goto(server + address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            faults = axe.run(page).response["violations"]
            assert not [(name, one["id"], one["nodes"][0]["html"][:200]) for one in faults]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.close()
    assert [text for text in told if "410" not in text and not text.startswith("data:")] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_page_of_an_answer_that_waits_goes_to_its_verdict(
    browser: Any, site: Site, grader: Grader, scripts: bool
) -> None:
    later = Later(site.store, site.bank, grader)
    with serving(create_app(replace(site, judging=later))) as server:
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.goto(f"{server}/try/convolution.output-size")
        page.get_by_label("Your answer").fill("12")
        page.get_by_role("button", name="Check").click()
        page.wait_for_url("**/answers/*")
        assert page.get_by_text("Your answer is being judged.").is_visible()
        job = later.wait(page.url.partition("/answers/")[2].partition("#")[0], 0)
        assert job is not None
        later.now(job)
        page.wait_for_url("**/items/*")
        assert page.get_by_role("heading", name="right").is_visible()
        page.close()
