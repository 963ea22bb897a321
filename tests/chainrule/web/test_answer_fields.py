"""Answer fields hold an answer, and the form that they post becomes that answer again."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from flask import Flask
from web_sites import SHIPPED
from werkzeug.datastructures import MultiDict

from chainrule.viewing import part_view
from chainrule.web.fields import answer_from, field_of
from questions.variant import Part

ONE_OF_EACH = {
    "formula": ("adversarial.best-discriminator", "objective"),
    "number": ("adversarial.density-ratio", "number"),
    "integer": ("adversarial.training-order", "count"),
    "choice": ("adversarial.notes", "line"),
    "statements": ("adversarial.statements", "a"),
    "ordering": ("adversarial.training-order", "order"),
    "shape": ("convolution.batch-norm-axes", "shape"),
    "derivation": ("adversarial.generator-gradient", "derivation"),
    "code": ("adversarial.gan-losses-code", "a"),
}


def part_of(kind: str) -> Part:
    family, part = ONE_OF_EACH[kind]
    return SHIPPED.family(family).draw(1).part(part)


def shown(app: Flask, part: Part, value: str = "", name: str = "answer") -> str:
    with app.test_request_context():
        template = app.jinja_env.from_string('{% import "web/fields.html" as fields %}{{ fields.field(f) }}')
        return template.render(f=field_of(part, part_view(part, "b"), name=name, value=value))


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_right_answer_comes_back_as_it_was(app: Flask, kind: str) -> None:
    part = part_of(kind)
    form = Posted(shown(app, part, part.answer_text)).form
    assert answer_from(form, MultiDict(), part) == part.answer_text


class Posted(HTMLParser):
    """What a browser would post from the fields of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.form: MultiDict[str, str] = MultiDict()
        self._area = ""
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area, self._text = found["name"], ""
        if tag == "input" and found["type"] != "file" and ("checked" in found or found["type"] == "text"):
            self.form.add(found["name"], found["value"])

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.form.add(self._area, self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._area = ""
