"""Draws: exact, within their bounds, and the same on every machine."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from questions.draws import Drawn, draw, exactly, names, spelling, structures
from questions.schema_draw import Draw


def specs(**fields: Any) -> dict[str, Draw]:
    return {name: Draw.model_validate(spec) for name, spec in fields.items()}


def drawn(seed: int, **fields: Any) -> Drawn:
    return draw(specs(**fields), random.Random(f"test:{seed}"))


EVERYTHING: dict[str, Any] = {
    "n": {"integer": [2, 9]},
    "a": {"decimal": [0.1, 0.9]},
    "b": {"decimal": [-1, 1], "step": 0.25},
    "q": {"rational": [-2, 2], "denominators": [2, 3]},
    "f": {"choice": ["sigmoid", "tanh"]},
    "pair": {"choice": [{"g": "relu", "k": 1}, {"g": "tanh", "k": 0.5}]},
    "who": {"text": ["one", "two"]},
    "some": {"subset": [1, 2, 3, 4], "size": 2},
    "order": {"permutation": ["x", "y", "z"]},
    "x": {"array": {"shape": ["n"], "entries": {"integer": [-9, 9]}, "distinct": True}},
    "M": {"array": {"shape": [2, 3], "entries": {"decimal": [0, 1]}}},
}


def test_a_seed_gives_the_same_values_everywhere() -> None:
    assert drawn(0, **EVERYTHING).spelled == GOLDEN


GOLDEN = {
    "n": "6",
    "a": "0.9",
    "b": "0",
    "q": "-1/3",
    "f": "sigmoid",
    "g": "tanh",
    "k": "0.5",
    "who": "one",
    "some": "[1, 4]",
    "order": "z, y, x",
    "x": "[-4, 3, 9, -2, -9, -1]",
    "M": "[[0.2, 0.7, 0], [0.1, 0.9, 0.3]]",
}


@pytest.mark.parametrize("seed", range(50))
def test_values_are_exact_and_within_bounds(seed: int) -> None:
    found = drawn(seed, **EVERYTHING)
    number: dict[str, Any] = dict(found.numbers)
    assert 2 <= number["n"] <= 9 and number["n"].denominator == 1
    assert number["a"] * 10 in range(1, 10)
    assert number["b"] * 4 in range(-4, 5)
    assert abs(number["q"]) <= 2 and number["q"].denominator in (1, 2, 3)
    assert found.texts["f"] in ("sigmoid", "tanh")
    assert (found.texts["g"], number["k"]) in {("relu", 1), ("tanh", Fraction(1, 2))}
    assert "who" not in found.texts and found.spelled["who"] in ("one", "two")  # for prose only
    assert number["some"] == tuple(sorted(number["some"])) and len(number["some"]) == 2
    assert sorted(found.spelled["order"].split(", ")) == ["x", "y", "z"]
    assert len(set(number["x"])) == number["n"] == len(number["x"])
    assert [len(row) for row in number["M"]] == [3, 3]


def test_every_value_of_a_draw_comes() -> None:
    seen = {drawn(seed, n={"integer": [1, 3]}).numbers["n"] for seed in range(60)}
    assert seen == {1, 2, 3}
    both = {drawn(seed, a={"decimal": [0.1, 0.3]}).numbers["a"] for seed in range(60)}
    assert both == {Fraction(1, 10), Fraction(1, 5), Fraction(3, 10)}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7), "7"),
        (Fraction(-3, 2), "-1.5"),
        (Fraction(1, 20), "0.05"),
        (Fraction(2, 3), "2/3"),
        (Fraction(-1, 10**7), "-1/10000000"),
        ((Fraction(1), Fraction(-1, 2)), "[1, -0.5]"),
        (((Fraction(1),), (Fraction(2),)), "[[1], [2]]"),
    ],
)
def test_numbers_are_spelled_as_the_formula_language_writes_them(value: Any, text: str) -> None:
    assert spelling(value) == text


def test_a_drawn_fraction_stays_a_fraction() -> None:
    found = drawn(1, q={"rational": [1, 1], "denominators": [2]}, r={"rational": [1, 2], "denominators": [2]})
    assert found.spelled["q"] == "1"
    halves = {drawn(s, q={"rational": [0, 1], "denominators": [2]}).spelled["q"] for s in range(30)}
    assert halves == {"0", "1/2", "1"}


def test_decimals_of_the_file_are_exact() -> None:
    assert exactly(0.1) == Fraction(1, 10)
    assert exactly(1e-5) == Fraction(1, 100_000)


def test_an_array_wants_sizes_and_enough_values() -> None:
    with pytest.raises(ValueError, match="the size 'm' is no whole number"):
        drawn(0, x={"array": {"shape": ["m"], "entries": {"integer": [0, 1]}}})
    with pytest.raises(ValueError, match="5 different entries did not come in 1000 draws"):
        drawn(0, x={"array": {"shape": [5], "entries": {"integer": [0, 1]}, "distinct": True}})
    with pytest.raises(ValueError, match="an array of 4096 entries; at most 400 are drawn"):
        drawn(0, x={"array": {"shape": [64, 64], "entries": {"integer": [0, 1]}}})


def test_structures_are_the_combinations_of_texts() -> None:
    found = structures(specs(f={"choice": ["a", "b"]}, n={"choice": [1, 2, 3]}, p={"choice": [{"g": "x"}, {"g": "y"}]}))
    assert found == [{"f": f, "g": g} for f in "ab" for g in "xy"]
    assert structures(specs(n={"integer": [1, 3]})) == [{}]
    wide = {f"f{i}": {"choice": list("abcdefgh")} for i in range(5)}
    assert 200 <= len(structures(specs(**wide))) <= 256


def test_a_forced_record_decides_the_size_of_a_later_array() -> None:
    record = {"choice": [{"g": "x", "k": 2}, {"g": "y", "k": 5}]}
    fields = specs(p=record, v={"array": {"shape": ["k"], "entries": {"integer": [0, 9]}}})
    for g, k in (("x", 2), ("y", 5)):
        found = draw(fields, random.Random(1), {"g": g, "k": k})
        assert (found.spelled["k"], found.spelled["v"].count(",")) == (str(k), k - 1)


def test_records_define_their_fields() -> None:
    assert names(specs(pair=EVERYTHING["pair"], n=EVERYTHING["n"])) == ["g", "k", "n"]
