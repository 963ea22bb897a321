"""Revision sheets as pages: anchors, the index, papers with their key, words in one place."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from sample_views import sheet, worked

from chainrule.sheet_index import indexed
from chainrule.sheet_pages import cheat_page, index_page, paper_page, sheet_page
from chainrule.sheet_viewing import Anchors
from chainrule.sheet_views import IndexView
from chainrule.words import languages, words
from grader.errors import AuthorError

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_anchors_are_plain_and_given_out_once() -> None:
    anchors = Anchors()
    anchors.reserve("main")
    assert [anchors.of(text) for text in ("Löss of x²", "Main", "loss of x2", "→", "Main 2", "main")] == [
        "loss-of-x2", "main-2", "loss-of-x2-2", "entry", "main-2-2", "main-3",
    ]  # fmt: skip


def test_a_wrong_form_says_whether_the_notes_print_it() -> None:
    page = sheet_page(sheet(), ())
    labels = re.findall(r"<b>(Not|The notes print)</b>", page)
    assert labels.count("Not") == 1
    assert labels.count("The notes print") == 2  # one form of a formula, one slip in words


def test_each_formula_says_how_it_is_checked() -> None:
    page = sheet_page(sheet(), ())
    for told in ("Both sides computed and equal", "Agrees with a simulation within 2 %", ">Definition<"):
        assert told in page


def test_a_cheat_sheet_has_neither_contents_nor_a_try_it() -> None:
    page = cheat_page(sheet())
    assert "Cheat sheet" in page
    assert 'class="contents"' not in page


def test_try_it_is_a_command_or_a_link() -> None:
    assert "chainrule quiz --question" in sheet_page(sheet(), worked())
    linked = sheet_page(sheet(), worked(), link_base="http://127.0.0.1:8000/")
    [item, *_] = worked()
    assert f'href="http://127.0.0.1:8000/try/{item.question.id}/{item.question.seed}"' in linked


def test_a_paper_and_its_key_have_the_same_form_and_only_the_key_has_answers() -> None:
    paper, key = (paper_page("T", worked(), key=key) for key in (False, True))
    form = re.compile(r"<code>([0-9A-F]{4}-[0-9A-F]{4})</code>")
    assert form.findall(paper) == form.findall(key) != []
    assert 'class="display right-answer"' in key
    assert "right-answer" not in paper.partition("</style>")[2]
    assert "The sign is turned round." not in paper


def test_the_index_leads_to_what_stands_on_the_sheets() -> None:
    view = indexed(sheet(), worked(), "foundations.html", "en")
    page = index_page(IndexView("Revision sheets", (view,)))
    made = sheet_page(sheet(), worked())
    targets = re.findall(r'href="foundations.html#([^"]+)"', page)
    assert len(targets) > 10
    [contents] = re.findall("<nav.*?</nav>", page, flags=re.DOTALL)
    assert f'<a href="foundations.html">{sheet().title}</a>' in contents
    assert [name for name in targets if f'id="{name}"' not in made] == []


def test_the_policy_of_the_index_allows_its_own_script_alone() -> None:
    page = index_page(IndexView("Revision sheets", ()))
    [script] = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in page
    assert "script-src" not in sheet_page(sheet(), ())


def test_every_word_that_a_template_asks_for_is_there_and_asked_for() -> None:
    asked = set()
    for path in TEMPLATES.glob("*.html"):
        asked |= set(re.findall(r"\bw\.(\w+)|\bw\[\"(\w+)\"\]", path.read_text(encoding="utf-8")))
    names = {name for pair in asked for name in pair if name}
    for path in (TEMPLATES.parent / "chainrule").rglob("*.py"):  # in Python they are called known, or words(...)
        names |= set(re.findall(r"(?:known|words\([^()]*\))\[\"(\w+)\"\]", path.read_text(encoding="utf-8")))
    assert {language: names ^ set(words(language)) for language in languages()} == {"en": set()}


def test_an_unknown_language_names_those_that_there_are() -> None:
    assert languages() == ("en",)
    with pytest.raises(AuthorError, match="'xx'; there are: en"):
        words("xx")
