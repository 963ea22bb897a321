"""How an answer is read while it is typed: quickly, at its place, and without a word that depends on what is right."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from time import thread_time
from typing import Any

import pytest
from exam_sites import PRIVATE
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from web_answers import ONE_OF_EACH, part_of
from web_sites import SHIPPED

from chainrule.recording import item_of
from chainrule.web.echo import LATER, echo_of
from chainrule.web.site import Site
from grader.formula import Scope, read
from grader.formula.symbols import Constant, Symbol
from grader.keys import DerivationKey, FormulaKey, NumberKey, OrderingKey, ShapeKey
from questions.variant import Part

MATRICES = Scope({"X": Symbol("X", ("N", "D")), "w": Symbol("w", ("D",)), "y": Symbol("y", ("N",))})


def formula_part(key: str = "X @ w") -> Part:
    return replace(part_of("formula"), make=lambda: FormulaKey(read(key, MATRICES), MATRICES, asked=("dL/dw",)))


def test_a_formula_is_drawn_with_its_shape() -> None:
    (echo,) = echo_of(formula_part(), "X.T @ (X @ w - y)")
    assert (echo.text, echo.shape, echo.error) == ("Xᵀ (X w − y)", "a vector of D", "")
    assert echo.html.startswith("<math")


@pytest.mark.parametrize(
    ("answer", "piece", "says"),
    [
        ("  X @ z + 1", "z", "`z` is not a name"),
        ("$X @ y$", "X @ y", "Cannot multiply"),
        ("dL/dw = X.T @ (y", "(", "never closed"),
        ("X @ w + 𝑥", "𝑥", "The character"),
    ],
)
def test_the_place_is_that_of_the_whole_answer(answer: str, piece: str, says: str) -> None:
    (echo,) = echo_of(formula_part(), answer)
    assert says in echo.error
    assert answer[echo.start : echo.end] == piece


def test_lines_are_read_with_the_names_above_them() -> None:
    part = part_of("derivation")
    lines = echo_of(part, part.answer_text)
    assert len(lines) == len(part.answer_text.splitlines())
    assert [line.error for line in lines] == [""] * len(lines)


def test_a_line_that_cannot_be_read_is_marked() -> None:
    answer = "alpha = 1\nbeta = alpha +\ngamma = alpha + 1"
    first, second, third = echo_of(part_of("derivation"), answer)
    assert (first.error, third.error) == ("", "")
    assert "something is missing" in second.error
    assert answer[second.start : second.end] in "beta = alpha +"


@pytest.mark.parametrize(
    ("kind", "answer", "text", "error"),
    [
        ("number", "2/3", "2 / 3 = 0.666667", ""),
        ("number", "0,5", "", "0.5"),
        ("number", "foo", "", "`foo` is not known here"),
        ("number", "1/0", "", "number"),
        ("shape", "32 x 8", "(32, 8)", ""),
        ("shape", "32 x b", "", "b"),
        ("ordering", "a", "", "b"),
        ("choice", "a", None, None),
        ("code", "def f(): ...", None, None),
    ],
)
def test_other_kinds(kind: str, answer: str, text: str | None, error: str | None) -> None:
    found = echo_of(part_of(kind), answer)
    assert (found == ()) == (text is None)
    for echo in found:
        assert echo.text == text
        assert (error in echo.error) if error else not echo.error


def test_what_is_no_formula_whatever_is_drawn_is_told_at_once() -> None:
    part = PRIVATE.family("hidden.scaled-gradient").draw(1).parts[0]  # c is drawn
    (echo,) = echo_of(part, "2*c*(x - t")
    assert "never closed" in echo.error
    assert echo.start == 4
    (echo,) = echo_of(part, "x[c]")
    assert echo.notes == (LATER,)


OTHER_KEYS: dict[str, Any] = {
    "formula": lambda key: replace(key, formula=read("1 + 1", key.scope), mistakes=()),
    "number": lambda key: replace(key, value=key.value + 7, scope=_other_values(key.scope)),
    "integer": lambda key: replace(key, value=key.value + 7, scope=_other_values(key.scope)),
    "shape": lambda key: ShapeKey((*key.shape, 5)),
    "ordering": lambda key: OrderingKey(key.options, key.order[::-1]),
}


def _other_values(scope: Scope) -> Scope:
    return replace(scope, constants={name: _other(value) for name, value in scope.constants.items()})


def _other(value: Constant) -> Constant:
    return tuple(map(_other, value)) if isinstance(value, tuple) else value * 3 + Fraction(2, 7)


@pytest.mark.parametrize("kind", OTHER_KEYS)
def test_nothing_depends_on_what_is_right(kind: str) -> None:
    part = part_of(kind)
    other = replace(part, make=lambda: OTHER_KEYS[kind](part.key))
    assert other.key != part.key
    names = list(part.key.scope.constants) if isinstance(part.key, NumberKey | FormulaKey) else []
    sums = [f"Sum(i, (i, 1, {name}))" for name in names]
    for answer in [part.answer_text, other.answer_text, "1", "(2, 3)", "b, a", *names, *sums]:
        assert echo_of(part, answer) == echo_of(other, answer)


def test_the_target_of_a_derivation_decides_nothing() -> None:
    part = part_of("derivation")
    key = part.key
    assert isinstance(key, DerivationKey)
    other = replace(part, make=lambda: replace(key, mistakes=(), wanted=key.wanted[:1]))
    assert echo_of(part, part.answer_text) == echo_of(other, part.answer_text)


HOSTILE = (
    "(" * 1000,
    "-" * 2000,
    "x" + "^T" * 900,
    "9^9^9^9^9",
    "exp(exp(exp(9)))",
    "gamma(10^30)",
    "Sum(Sum(i * j, (i, 1, 2000)), (j, 1, 2000))",
    "1+" * 999 + "1",
    "\\frac{" * 60 + "1",
    "a = 1\n" * 3000,
    "\ud800 \x00 \u202e",
    "x" * 200_000,
)


@pytest.mark.parametrize("kind", ["formula", "derivation", "number", "shape", "ordering"])
def test_hostile_answers_take_no_time(kind: str) -> None:
    part = part_of(kind)
    echo_of(part, "1")
    for answer in HOSTILE:
        start = thread_time()
        echo_of(part, answer.encode(errors="replace").decode())
        assert thread_time() - start < 0.5, answer[:40]


@settings(max_examples=150, deadline=2000)
@given(st.sampled_from(["formula", "derivation", "number", "shape", "ordering"]), st.text(max_size=80))
def test_anything_typed_is_read_or_refused_in_words(kind: str, answer: str) -> None:
    for echo in echo_of(part_of(kind), answer):
        assert echo.error or echo.html or echo.text or LATER in echo.notes
        assert echo.start <= echo.end <= len(answer)


class Reading:
    """The page `/read` with an item asked and the token of its forms."""

    def __init__(self, site: Site, client: FlaskClient, kind: str = "formula", *, learner: str = "me") -> None:
        family, self.part = ONE_OF_EACH[kind]
        self.item = replace(item_of(SHIPPED.family(family).draw(1), "practice"), learner=learner)
        site.store.add(self.item)
        self._client = client
        self._token = client.get("/").text.partition('"csrf-token" content="')[2].partition('"')[0]

    def __call__(self, answer: object, *, token: bool = True) -> tuple[int, Any]:
        response = self._client.post(
            "/read",
            data=json.dumps({"item": self.item.id, "part": self.part, "answer": answer}),
            headers={"X-CSRFToken": self._token} if token else {},
            content_type="application/json",
        )
        return response.status_code, response.get_json(silent=True)


def test_a_reading_comes_as_json(alone: Site, client: FlaskClient) -> None:
    ask = Reading(alone, client, "number")
    status, found = ask("2/3")
    assert (status, found["text"], found["notes"]) == (200, "2 / 3 = 0.666667", [])
    assert found["html"].startswith("<math")
    assert ask("2/")[1].keys() == {"error", "start", "end"}
    assert ask("  ")[1]["html"] == ""
    assert len(Reading(alone, client, "derivation")("a = 1\nb = 2")[1]["lines"]) == 2


def test_only_whoever_was_asked_reads(alone: Site, client: FlaskClient) -> None:
    assert Reading(alone, client, learner="somebody")("1")[0] == 404
    assert Reading(alone, client)("1", token=False)[0] == 400
    assert Reading(alone, client)(7)[0] == 422
    assert Reading(alone, client)("\ud800")[0] == 200


def test_a_reading_is_quick(alone: Site, client: FlaskClient) -> None:
    ask = Reading(alone, client)
    ask("1")
    times = []
    for number in range(20):
        start = thread_time()
        assert ask(f"log(1 + exp({number}.25)) / (2 + sqrt({number} + 1))")[0] == 200
        times.append(thread_time() - start)
    assert sorted(times)[10] < 0.03
