"""A further right answer in a family's file: read back as it was, right by then, and for no variant too many."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.also import add_also, with_also
from chainrule.files import InputError
from grader.answers.also import same_as_one
from grader.keys import CodeKey, ShapeKey
from questions.family import Family, read_family

HEAD = """
title: Twice
course: [supervised.gradient-descent]
level: 2
source: "nobody"
draw: {n: {integer: [3, 90]}}
"""
NUMBER = f"""{HEAD}
prompt: What is twice {{n}}?
answer: {{integer: "2*n"}}
"""
CHOICE = f"""{HEAD}
prompt: What is twice {{n}}?
answer:
  choice:
    right: twice
    options:
      - {{name: once, text: "{{n}}"}}
      - {{name: twice, text: "twice {{n}}"}}
"""
VECTOR = f"""{HEAD}
symbols: {{w: [D], g: [D]}}
prompt: Write the sum.
answer: {{formula: "w + g"}}
"""


def family(text: str) -> Family:
    return read_family(text, "f.yaml", topic="up", name="f")


@pytest.mark.parametrize(
    "text", ['"quoted" \\ back', "a: b # c", "{n}", "\ttab", "two\nlines", "\x7f", "\x85 next", "\u2028 line", "😀"]
)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    again = family(with_also(family(NUMBER), NUMBER, part="a", answer=text, why=text, seed=None))
    assert (again.spec.also[0].answer, again.spec.also[0].why) == (text, text)


@pytest.mark.parametrize(
    "entries",
    [
        'also:\n- {answer: "1", why: "w"}\n',
        'also:  # given by learners\n    # the first\n    - answer: "1"\n      why: w\n',
    ],
)
def test_a_further_entry_is_indented_like_the_others(entries: str) -> None:
    text = with_also(family(NUMBER), NUMBER + entries, part="a", answer="2", why="w", seed=3)
    assert [(one.answer, one.seed) for one in family(text).spec.also] == [("2", 3), ("1", None)]


def test_letters_and_numbers_are_right_for_their_variant_alone(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    for text, answer in ((NUMBER, "1"), (CHOICE, wrong_letter())):
        path.write_text(text)
        with pytest.raises(InputError, match="without --for-all"):
            add_also(family(text), path, part="a", answer=answer, why="w", seed=1, for_all=True)
        assert path.read_text() == text
        add_also(family(text), path, part="a", answer=answer, why="w", seed=1)
        assert "seed: 1, answer:" in path.read_text()


def wrong_letter() -> str:
    return next(label for label in "abc" if label != family(CHOICE).draw(1).parts[0].answer_text)


def test_an_answer_that_would_not_become_right_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(VECTOR)
    with pytest.raises(InputError, match="repair the question itself"):
        add_also(family(VECTOR), path, part="a", answer="sum(w)", why="w", seed=1)
    assert path.read_text() == VECTOR


def test_an_answer_that_is_right_already_is_not_added(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(VECTOR)
    found = family(VECTOR)
    assert add_also(found, path, part="a", answer="g + w", why="w", seed=1) is found
    assert path.read_text() == VECTOR


def test_numbers_beside_each_other_do_not_run_together() -> None:
    key = ShapeKey((2, 3))
    assert same_as_one("( 12,3 )", ["(12, 3)"], key)
    assert not same_as_one("1 23", ["12 3"], key)


def test_code_is_the_same_only_with_its_indentation() -> None:
    key = CodeKey("f", ("x",), ("y",), ())
    given = "def f(x):\n    if x > 0:\n        x = 1\n    return x"
    assert same_as_one(f"{given}\n\n", [given], key)
    assert not same_as_one(given.replace("    return", "        return"), [given], key)
