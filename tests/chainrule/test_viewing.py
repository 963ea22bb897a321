"""Views of real questions and verdicts: nothing is lost, nothing fails because one key does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from markupsafe import Markup

from chainrule.grading import GradedPart
from chainrule.judging import graded_views, judged_view, worked_view
from chainrule.pages import quiz_page, report_page
from chainrule.sheet_pages import sheet_page
from chainrule.sheet_views import SheetView
from chainrule.viewing import (
    how_to_write,
    part_view,
    question_view,
    question_views,
    shape_text,
    symbol_view,
)
from chainrule.wording import defined_names, part_text
from grader.errors import AuthorError
from grader.formula import Domain, Formula, Scope, Symbol, read, read_display, read_program
from grader.keys import (
    ChoiceKey,
    CodeCase,
    CodeKey,
    FormulaKey,
    Key,
    Mistake,
    NumberKey,
    Option,
    OrderingKey,
    ShapeKey,
    StatementsKey,
)
from grader.verdict import Evidence, Feedback, Outcome, Verdict
from questions.prose import Prose
from questions.variant import Part, Variant

SCOPE = Scope(
    symbols={
        "z": Symbol("z", ("K",)),
        "y": Symbol("y", ("K",), Domain("one_hot")),
        "W": Symbol("W", ("K", "D")),
        "rate": Symbol("rate", (), Domain("interval", 0, 1)),
        "L": Symbol("L"),
    }
)
STEPS = read_program("p_hat = softmax(z)  # scores become probabilities\ndz = p_hat - y", SCOPE).lines
OPTIONS = (
    Option("a", "momentum", True, "Yes.", "momentum"),
    Option("b", "plain steps", False, "It zig-zags.", "plain"),
    Option("c", "none", False, "", "none"),
)
CHOICES = tuple((option.label, Prose([option.text, " with ", read("rate", SCOPE)])) for option in OPTIONS)
CASE = CodeCase({"x": np.zeros(2)}, (np.zeros(2),))


def shown(text: str) -> Formula:
    return read_display(text, SCOPE)


def fails() -> Key:
    raise AuthorError("a reference that the key needs is missing")


def formula_key() -> FormulaKey:
    sign = Mistake("sign", read("y - softmax(z)", SCOPE), "The sign is turned round.")
    return FormulaKey(read("softmax(z) - y", SCOPE), SCOPE, (sign,))


KEYS: dict[str, Key] = {
    "formula": formula_key(),
    "integer": NumberKey(Fraction(16), None, mistakes=(Mistake("half", Fraction(33, 2), "Round down."),)),
    "number": NumberKey(0.333, 3, mistakes=(Mistake("twice", Fraction(2, 3), "Divide by two."),)),
    "shape": ShapeKey((32, 8), (Mistake("swapped", (8, 32), "Batch first."),)),
    "choice": ChoiceKey(OPTIONS),
    "statements": StatementsKey(OPTIONS),
    "ordering": OrderingKey(OPTIONS, ("c", "a", "b")),
    "code": CodeKey("f", ("x",), ("y",), (CASE,), mistakes=(Mistake("transposed", (), "Turn it round."),)),
}


def part(kind: str, make: Callable[[], Key] | None = None) -> Part:
    return Part(
        id=f"the-{kind}",
        prompt=Prose(["Derive ", shown("dL/dz"), ", with\n", shown("L = -sum(y*log(softmax(z)))"), "\n"]),
        marks=2,
        kind=kind,
        make=make or (lambda: KEYS[kind]),
        starter="def f(x):\n    ..." if kind == "code" else "",
        choices=CHOICES if kind in {"choice", "statements", "ordering"} else (),
        model="def f(x):\n    return x\n" if kind == "code" else "",
    )


def variant(*parts: Part) -> Variant:
    hints = (Prose(["Start at ", shown("dL/dz")]),)
    return Variant("layers.softmax", "v1", 7, {}, "Softmax", 2, "Bridle 1990", parts, hints, STEPS)


def plain(html: str) -> str:
    """The text without tags."""
    return " ".join(re.sub("<[^>]*>", "", html).split())


def test_parts_have_letters_only_where_there_are_several() -> None:
    one, two = question_views([variant(part("formula")), variant(part("shape"), part("code"))])
    assert [p.letter for p in one.parts] == [""]
    assert [p.letter for p in two.parts] == ["a", "b"]
    assert (one.number, two.number, two.marks, two.seed, two.id) == (1, 2, 4, "7", "layers.softmax")


def test_a_formula_part_lists_the_symbols_that_it_uses_with_shapes_and_domains() -> None:
    rows = part_view(part("formula"), "").symbols
    assert [(plain(row.name), row.shape) for row in rows] == [
        ("z", "vector of K"),
        ("y", "vector of K"),
        ("L", "number"),
    ]
    assert rows[1].domain == "one 1, the rest 0"
    assert all("<math" in row.name for row in rows)


@pytest.mark.parametrize(
    ("shape", "words"),
    [((), "number"), ((3,), "vector of 3"), (("N", "D"), "matrix N × D"), (("N", 2, "D"), "array N × 2 × D")],
)
def test_shapes_are_told_in_words(shape: tuple[str | int, ...], words: str) -> None:
    assert shape_text(shape) == words


@pytest.mark.parametrize("kind", KEYS)
def test_every_kind_says_how_to_answer(kind: str) -> None:
    sentence = how_to_write(part(kind))
    assert sentence.endswith(".")
    assert ("3 significant digits" in sentence) == (kind == "number")


def test_a_quiz_asks_for_no_key_that_would_run_something() -> None:
    parts = [
        part(kind, make=lambda: pytest.fail("asked for a key")) for kind in ("choice", "statements", "ordering", "code")
    ]
    html = quiz_page("Q", question_views([variant(*parts)]))
    assert html.count("<li><b>") == 9


RIGHT = {
    "formula": "softmax\u2061(z)−y",
    "integer": "16",
    "number": "0.333",
    "shape": "(32, 8)",
    "choice": "a momentum with rate",
    "statements": "a momentum with rate",
    "ordering": "c none with ratea momentum with rateb plain steps with rate",
    "code": "def f(x): return x",
}


@pytest.mark.parametrize("kind", KEYS)
def test_the_right_answer_is_shown_for_every_kind(kind: str) -> None:
    [solved] = worked_view(1, variant(part(kind))).parts
    assert plain(solved.right_answer) == RIGHT[kind]


MISTAKES = {
    "formula": [("y−softmax\u2061(z)", "The sign is turned round.")],
    "integer": [("33/2", "Round down.")],
    "number": [("0.667", "Divide by two.")],
    "shape": [("(8, 32)", "Batch first.")],
    "choice": [("b", "It zig-zags.")],
    "statements": [("b", "It zig-zags.")],
    "ordering": [],
    "code": [("transposed", "Turn it round.")],
}


@pytest.mark.parametrize("kind", KEYS)
def test_typical_mistakes_are_listed_with_their_sentences(kind: str) -> None:
    [solved] = worked_view(1, variant(part(kind))).parts
    assert [(plain(m.answer), m.says) for m in solved.mistakes] == MISTAKES[kind]


def test_steps_are_equations_with_their_reasons() -> None:
    worked = worked_view(1, variant(part("formula")))
    assert [(plain(step.formula), step.comment) for step in worked.steps] == [
        ("pˆ=softmax\u2061(z)", "scores become probabilities"),
        ("dz=pˆ−y", ""),
    ]
    assert "<math" in worked.hints[0]


def graded(kind: str, answer: str, verdict: Verdict | None, **changes: Any) -> GradedPart:
    asked = part(kind, **changes)
    return GradedPart(1, variant(asked), asked, answer, verdict)


def test_an_answer_is_shown_as_typed_and_as_read() -> None:
    remark = Feedback("mistake", {"says": "The sign <turned> round."})
    verdict = Verdict(Outcome.WRONG, 0.0, (remark,), "y - softmax(z)", Evidence.SAMPLED, "sign")
    view = judged_view(graded("formula", "y-softmax( z )", verdict))
    assert plain(view.answer) == "y-softmax( z )"
    assert "<math" in view.reading
    assert plain(view.reading) == "y−softmax\u2061(z)"
    assert view.feedback == ("The sign <turned> round.",)
    assert (view.outcome, view.earned, view.mistake) == ("wrong", 0.0, "sign")
    assert view.evidence == "Sampled: compared with the key at randomly drawn points."


def test_a_reading_in_words_is_kept_as_text() -> None:
    verdict = Verdict(Outcome.RIGHT, 1.0, (), "line <a>", Evidence.PROVED)
    assert judged_view(graded("choice", "a", verdict)).reading == "line &lt;a&gt;"
    assert judged_view(graded("formula", "?", verdict)).reading == "line &lt;a&gt;"


def test_code_is_shown_highlighted_with_how_it_ran() -> None:
    verdict = Verdict(Outcome.PARTIAL, 0.5, (), "", Evidence.RUN, level="kernel")
    view = judged_view(graded("code", "def f(x):\n    return 0", verdict))
    assert '<span class="k">def</span>' in view.answer
    assert view.evidence == "Run: the code was executed and its results compared. Confinement: kernel."
    assert view.earned == 1.0


def test_a_part_without_an_answer_is_unanswered() -> None:
    view = judged_view(graded("formula", " ", None))
    assert (view.outcome, view.answer, view.reading, view.evidence, view.feedback) == ("unanswered", "", "", "", ())


def test_a_key_that_cannot_be_made_costs_one_line_and_not_the_page() -> None:
    broken = graded("formula", "z", Verdict(Outcome.FAULT, 0.0, (Feedback("fault", {"what": "x"}),)), make=fails)
    fine = GradedPart(2, variant(part("shape")), part("shape"), "(32, 8)", None)
    html = report_page("R", graded_views([broken, fine]))
    assert "Not available: the key could not be computed." in html
    assert "(32, 8)" in html


def test_graded_parts_are_gathered_by_question() -> None:
    both = variant(part("formula"), part("shape"))
    parts = [GradedPart(1, both, p, "", None) for p in both.parts]
    other = variant(part("code"))
    views = graded_views([*parts, GradedPart(2, other, other.parts[0], "", None)])
    assert [[p.part.letter for p in view.parts] for view in views] == [["a", "b"], [""]]
    assert [view.question.number for view in views] == [1, 2]


def test_every_kind_makes_all_three_pages_without_a_trace_of_tex() -> None:
    asked = variant(*map(part, KEYS))
    sheet = SheetView("layers", "Layers", Markup())
    verdict = Verdict(Outcome.RIGHT, 1.0, (), "softmax(z) - y", Evidence.PROVED)
    judged = graded_views([GradedPart(1, asked, p, "x", verdict) for p in asked.parts])
    for html in (
        quiz_page("Q", [question_view(1, asked)]),
        report_page("R", judged),
        sheet_page(sheet, [worked_view(1, asked)]),
    ):
        text = re.sub("<style>.*?</style>", "", html, flags=re.DOTALL)
        assert not re.search(r"[\\$\ue000]", text)
        assert "formula-text" not in text


@pytest.mark.parametrize(
    ("shape", "domain", "text"),
    [
        (("K",), "one_hot", "one 1, the rest 0"),
        (("N", "K"), "one_hot", "in each row one 1, the rest 0"),
        (("N", "K"), "simplex", "in each row positive, sums to 1"),
        (("N", "K"), "positive", "positive"),
    ],
)
def test_what_holds_for_each_row_of_a_matrix_says_so(shape: tuple[str, ...], domain: str, text: str) -> None:
    assert symbol_view(Symbol("T", shape, Domain(domain))).domain == text


def test_all_symbols_are_listed_where_none_is_seen_to_be_used() -> None:
    key = FormulaKey(read("2 + 3", SCOPE), SCOPE, ())
    silent = replace(part("formula", lambda: key), prompt=Prose(["Think of a number."]))
    assert [plain(row.name) for row in part_view(silent, "").symbols] == ["z", "y", "W", "rate", "L"]
    assert part_view(silent, "").symbols[3].domain == "between 0 and 1"


def test_names_of_the_program_that_the_prompt_shows_are_listed_as_text() -> None:
    scope = SCOPE.define("p_hat", read("softmax(z)", SCOPE)).define("unseen", read("2*z", SCOPE))
    scope = scope.define("loss", read("sum(p_hat*unseen)", scope))
    key = FormulaKey(read("p_hat - y", scope), scope, ())
    shown_part = replace(
        part("formula", lambda: key), prompt=Prose(["With ", read_display("p_hat = softmax(z)", scope), "."])
    )
    assert defined_names(shown_part) == ["p_hat"]
    assert part_text(shown_part).endswith("; p_hat as defined above")
