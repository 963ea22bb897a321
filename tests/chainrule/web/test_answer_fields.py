"""Answer fields hold an answer, and the form that they post becomes that answer again."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_answers import ONE_OF_EACH, part_of
from werkzeug.datastructures import FileStorage, MultiDict

from chainrule.viewing import part_view
from chainrule.web.fields import answer_from, field_of
from chainrule.web.palette import Entry, entries_for
from chainrule.web.refusals import Refused
from grader.errors import LearnerError
from grader.formula import Scope, Symbol, read
from questions.variant import Part

PLAIN = re.compile(r"[\x00-\x08\x0b-\x1f]")  # what no browser sends


def shown(app: Flask, part: Part, value: str = "", name: str = "answer") -> str:
    with app.test_request_context():
        template = app.jinja_env.from_string('{% import "web/fields.html" as fields %}{{ fields.field(f) }}')
        return template.render(f=field_of(part, part_view(part, "b"), name=name, value=value))


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_right_answer_comes_back_as_it_was(app: Flask, kind: str) -> None:
    part = part_of(kind)
    form = Posted(shown(app, part, part.answer_text)).form
    assert answer_from(form, MultiDict(), part) == part.answer_text


TYPED = {
    "choice": (("B)", "b"), ("b, a", ""), ("", "")),
    "statements": (("c a", "a, c"), ("none of them", "none"), ("", "")),
    "ordering": (("b > a", "b, a"), ("", "")),
}


@pytest.mark.parametrize("kind", TYPED)
def test_an_answer_that_was_typed_elsewhere_is_marked(app: Flask, kind: str) -> None:
    part = part_of(kind)
    for typed, comes_back in TYPED[kind]:
        assert answer_from(Posted(shown(app, part, typed)).form, MultiDict(), part) == comes_back


@settings(max_examples=60, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["formula", "number", "shape", "derivation", "code"]), st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_as_it_was(app: Flask, kind: str, text: str) -> None:
    part, value = part_of(kind), PLAIN.sub(" ", text)
    value = value if kind in {"derivation", "code"} else value.replace("\n", " ")
    assert answer_from(Posted(shown(app, part, value)).form, MultiDict(), part) == value


@pytest.mark.parametrize("kind", ["statements", "ordering", "choice"])
@settings(max_examples=30, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_choice_comes_back_as_it_was(app: Flask, kind: str, data: st.DataObject) -> None:
    part = part_of(kind)
    labels = [label for label, _ in part.choices]
    drawn = {
        "choice": st.sampled_from(labels),
        "statements": st.sets(st.sampled_from(labels)).map(lambda marked: ", ".join(sorted(marked)) or "none"),
        "ordering": st.permutations(labels).map(", ".join),
    }
    answer = data.draw(drawn[kind])
    assert answer_from(Posted(shown(app, part, answer)).form, MultiDict(), part) == answer


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_every_field_has_a_label_and_a_name_of_its_own(app: Flask, kind: str) -> None:
    page = Posted(shown(app, part_of(kind), name="answer-b"))
    assert "Your answer to part b" in page.text
    assert page.names <= {"answer-b", "answer-b.file"}
    assert page.names
    assert page.unlabelled == []


@pytest.mark.parametrize("entry", entries_for("formula"))
def test_every_sign_can_be_read(entry: Entry) -> None:
    vectors, matrices = (
        Scope({name: Symbol(name, big.get(name, ())) for name in "abnixyAX"}, indices={"i": "K"})
        for big in ({"x": ("K",), "y": ("K",)}, {"x": ("K", "K"), "A": ("K", "K"), "X": ("K", "K"), "b": ("K",)})
    )
    read_in = [scope for scope in (vectors, matrices) if reads(entry.example, scope)]
    assert read_in, entry.example


def reads(text: str, scope: Scope) -> bool:
    try:
        read(text, scope)
    except LearnerError:
        return False
    return True


def test_the_starter_is_no_answer(app: Flask) -> None:
    part = part_of("code")
    form = Posted(shown(app, part)).form
    assert form["answer"].replace("\r\n", "\n") == part.starter
    assert answer_from(form, MultiDict(), part) == ""


def sent(name: str, data: bytes) -> MultiDict[str, FileStorage]:
    return MultiDict({"answer.file": FileStorage(BytesIO(data), filename=name)})


def test_a_file_is_taken_before_what_was_typed(app: Flask) -> None:
    part = part_of("code")
    typed: MultiDict[str, str] = MultiDict({"answer": "old"})
    notebook = {"cells": [{"cell_type": "code", "source": part.model, "metadata": {}}], "nbformat": 4, "metadata": {}}
    with app.test_request_context():
        assert answer_from(typed, sent("a.py", b"def f():\r\n  pass\n"), part) == "def f():\n  pass\n"
        assert answer_from(typed, sent("a.ipynb", json.dumps(notebook).encode()), part).strip() == part.model.strip()
        assert answer_from(typed, sent("", b""), part) == "old"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("../../etc/x.sh", b"x", "neither Python"),
        ("a.py", b"\xff\xfe\x00", "That file"),
        ("a.py", b"x" * 1_000_001, "more than"),
        ("a.py", b"x" * 300_000, "letters"),
        ("a.ipynb", b"{", "That file"),
    ],
)
def test_a_file_that_is_no_code_is_refused(app: Flask, name: str, data: bytes, says: str) -> None:
    with app.test_request_context(), pytest.raises(Refused, match=says) as refused:
        answer_from(MultiDict(), sent(name, data), part_of("code"))
    assert "/tmp" not in str(refused.value)


class Posted(HTMLParser):
    """What a browser would post from the fields of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.form: MultiDict[str, str] = MultiDict()
        self.names: set[str] = set()
        self.text = ""
        self._area = self._typed = ""
        self._labels: set[str] = set()
        self._fields: list[str] = []
        self._inside = False
        self.feed(page)

    @property
    def unlabelled(self) -> list[str]:
        """Fields without a label."""
        return [id for id in self._fields if id not in self._labels]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "label":
            self._labels.add(found.get("for", ""))
            self._inside = "for" not in found
        if tag in {"input", "textarea"}:
            self.names.add(found["name"])
            if not self._inside:
                self._fields.append(found["id"])
        if tag == "textarea":
            self._area, self._typed = found["name"], ""
        if tag == "input" and found["type"] != "file" and ("checked" in found or found["type"] == "text"):
            self.form.add(found["name"], found["value"])

    def handle_data(self, data: str) -> None:
        self.text += data
        self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._inside = False
        if tag == "textarea":
            self.form.add(self._area, self._typed.removeprefix("\n").replace("\n", "\r\n"))
            self._area = ""
