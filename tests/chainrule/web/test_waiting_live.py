"""An answer that waits to be judged, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from web_server import serving
from web_sites import SHIPPED, new_site

from chainrule.classes.records import Job
from chainrule.classes.rows import put
from chainrule.grading import Grader
from chainrule.web.app import create_app
from chainrule.web.inline import InlineJudging
from chainrule.web.site import Site


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
