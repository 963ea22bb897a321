"""Sheets and progress in the server's frame: nothing inline, made once, no private family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_sites import School, log_in

from chainrule.store.records import Attempt, Item
from chainrule.web.app import create_app
from chainrule.web.sheet_pieces import Maker, Pieces
from chainrule.web.shelf import ShelfBeside, ShelfHere
from chainrule.web.site import Site
from grader.errors import AuthorError

SHORTEST = "adversarial"
OTHER = Path(__file__).parent / "private_bank"
INLINE = re.compile(r"<style|<script(?! type=\"module\" src=)| style=| on\w+=", re.IGNORECASE)


@pytest.fixture(scope="module")
def shelf() -> Iterator[ShelfHere]:
    found = ShelfHere()
    found.get(SHORTEST)
    yield found


@pytest.fixture
def reader(alone: Site, shelf: ShelfHere) -> FlaskClient:
    return create_app(replace(alone, sheets=shelf)).test_client()


def test_the_index_leads_to_every_topic_and_to_what_stands_on_made_sheets(reader: FlaskClient, alone: Site) -> None:
    page = reader.get("/sheets").text
    assert all(f'href="/sheets/{topic}"' in page for topic in alone.bank.topics())
    assert f'href="/sheets/{SHORTEST}#' in page
    assert "1 of 15 sheets are made" in page
    assert 'id="search"' in page
    assert "/search.js" in page
    assert not INLINE.search(page)


def test_a_sheet_stands_in_the_frame_with_links_to_practice(reader: FlaskClient) -> None:
    response = reader.get(f"/sheets/{SHORTEST}")
    page = response.text
    assert response.status_code == 200
    assert re.search(rf'href="/try/{SHORTEST}\.[\w-]+/0"', page)
    assert 'aria-labelledby="worked-questions"' in page
    assert 'class="contents"' in page
    assert page.count("<main") == page.count("<h1") == 1
    assert not INLINE.search(page)


def test_all_that_it_names_is_there(reader: FlaskClient) -> None:
    page = reader.get(f"/sheets/{SHORTEST}").text
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    anchors = re.findall(rf'href="/sheets/{SHORTEST}#([^"]+)"', reader.get("/sheets").text)
    assert anchors
    assert set(anchors) <= set(ids)


def test_its_cheat_sheet_stands_in_the_frame(reader: FlaskClient) -> None:
    assert f'href="/sheets/{SHORTEST}/cheat"' in reader.get(f"/sheets/{SHORTEST}").text
    page = reader.get(f"/sheets/{SHORTEST}/cheat").text
    assert '<body class="cheat size-' in page
    assert page.count("<main") == page.count("<h1") == 1
    assert "worked-questions" not in page
    assert not INLINE.search(page)


def test_a_topic_that_is_not_there_is_missing(reader: FlaskClient) -> None:
    assert reader.get("/sheets/nothing").status_code == 404


class Coming:
    """A shelf whose sheets are never done."""

    def get(self, topic: str) -> Pieces | None:
        return None

    def made(self) -> dict[str, Pieces]:
        return {}


def test_one_that_is_being_made_says_so_and_comes_by_itself(alone: Site) -> None:
    response = create_app(replace(alone, sheets=Coming())).test_client().get(f"/sheets/{SHORTEST}")
    assert response.status_code == 202
    assert response.headers["Refresh"] == "3"
    assert "is being made" in response.text


def test_private_families_have_no_sheet(school: School, shelf: ShelfHere) -> None:
    ids = frozenset(id for id in school.site.bank.families if id.startswith(f"{SHORTEST}."))
    site = replace(school.site, private=ids, sheets=shelf)
    student = log_in(replace(school, app=create_app(site)), school.student)
    assert student.get(f"/sheets/{SHORTEST}").status_code == 404
    assert SHORTEST not in student.get("/sheets").text


def test_a_process_beside_makes_what_is_asked_for_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAINRULE_CACHE", str(tmp_path))
    with ShelfBeside([OTHER], ["nothing", "hidden"]) as beside:
        assert beside.get("hidden") is None
        beside._thread.join(60)  # it ends when all are made
        assert beside.get("hidden") == Maker([OTHER]).make("hidden")
        with pytest.raises(AuthorError, match="the sheet of nothing"):
            beside.get("nothing")
        assert list(beside.made()) == ["hidden"]
        assert beside._process is None
    monkeypatch.setattr(ShelfBeside, "_started", None)  # the next server starts no process
    with ShelfBeside([OTHER], ["hidden"]) as after:
        after._thread.join(60)
        assert after.made() == beside.made()


def test_progress_of_whoever_asks(alone: Site) -> None:
    client = create_app(alone).test_client()
    before = client.get("/progress").text
    assert "Nothing was judged yet" in before
    assert "Topics" in before
    item = Item("layers.batch-layers", "v", 1, "{}", "practice")
    alone.store.add(item, Attempt(item.id, "a", "formula", "x", "wrong", 0.0, 1.0, mistake="", seconds=60))
    other = Item("layers.batch-layers", "v", 1, "{}", "practice", learner="somebody")
    alone.store.add(other, Attempt(other.id, "a", "formula", "x", "right", 1.0, 1.0))
    page = client.get("/progress").text
    assert "Nothing was judged yet" not in page
    assert 'href="/try/layers.batch-layers"' in page
    assert 'href="/topics/layers"' in page
    assert "An exam on" in page
    assert page.count("/try/") == 1
    assert not INLINE.search(page)


def test_progress_is_worked_out_once_as_long_as_it_says_the_same(alone: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from chainrule.web import progress_kept

    count = 0
    real = progress_kept.progress

    def counted(*given: object) -> object:
        nonlocal count
        count += 1
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(progress_kept, "progress", counted)
    client = create_app(alone).test_client()
    for _ in range(3):
        client.get("/progress")
    assert count == 1
    item = Item("layers.batch-layers", "v", 1, "{}", "practice")
    alone.store.add(item, Attempt(item.id, "a", "formula", "x", "wrong", 0.0, 1.0))
    client.get("/progress")
    assert count == 2
