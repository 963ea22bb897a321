"""Prose: templates parsed once, values and formulas filled in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from questions.prose import Mathematics, Prose, TemplateError, Value, Words, fill, joined, parse_template


def spelt(text: str, offset: int) -> Any:
    """Stands in for a formula."""
    return SimpleNamespace(unicode=lambda: f"<{text}@{offset}>")


def test_a_template_is_words_values_and_mathematics() -> None:
    assert parse_template("Take {n}, then $x + {f}$ of {{1}}, \\$5.") == (
        Words("Take "),
        Value("n", 5),
        Words(", then "),
        Mathematics("x + {f}", 16),
        Words(" of "),
        Words("{"),
        Words("1"),
        Words("}"),
        Words(", "),
        Words("$"),
        Words("5."),
    )


def test_neighbouring_texts_are_one_piece() -> None:
    prose = fill(parse_template("{{ {n} of $x$"), {"n": "−3"}, spelt, Prose())
    assert prose[0] == "{ −3 of "
    assert len(prose) == 2
    assert str(prose) == prose.text() == "{ −3 of <x@11>"


def test_the_program_stands_where_forward_does() -> None:
    program = Prose(["y = x", "  \n", "L = y"])
    assert fill(parse_template("A:\n\n{forward}\n\nB"), {}, spelt, program).text() == "A:\n\ny = x  \nL = y\n\nB"


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("a {n", 2, "a brace opens here"),
        ("a } b", 2, "closes here that was never opened"),
        ("cost: 5$", 7, "this dollar has no partner on its line"),
        ("$a\nb$", 0, "this dollar has no partner"),
        ("{1}", 0, "a brace opens here"),
        ("$$", 0, "this dollar has no partner"),
    ],
)
def test_a_lone_brace_or_dollar_is_refused_with_its_place(text: str, offset: int, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        parse_template(text)
    assert caught.value.offset == offset


def test_a_name_without_a_value_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"\{m\} has no drawn value; the drawn names are k, n"):
        fill(parse_template("Take {m}"), {"n": "1", "k": "2"}, spelt, Prose())


def test_two_texts_are_joined_by_one_blank_line() -> None:
    assert str(joined(Prose(("First.\n\n",)), Prose(("Second.",)))) == "First.\n\nSecond."
