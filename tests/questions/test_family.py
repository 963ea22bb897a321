"""Families: variants, their keys, and which mistakes count in them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from families import SOFTMAX, SUM, family

from grader.answers import judge
from grader.keys import ChoiceKey, FormulaKey, NumberKey, OrderingKey, ShapeKey, StatementsKey
from grader.verdict import Outcome
from questions.faults import FaultError


def test_a_variant_is_a_pure_function_of_file_and_seed() -> None:
    first, again = family(SUM).draw(3), family(SUM).draw(3)
    assert first == again
    assert first.parts[0].key == again.parts[0].key
    assert len({family(SUM).draw(seed).values["n"] for seed in range(40)}) > 3


def test_a_changed_file_has_another_version() -> None:
    assert family(SUM).version != family(SUM + "level: 2\n").version


def test_prose_shows_values_and_formulas() -> None:
    variant = family(SUM).draw(0)
    n, m = variant.values["n"], variant.values["m"]
    assert variant.parts[0].prompt.text() == f"What is n + m for {n} and {m}?"


def test_a_number_has_an_exact_key_and_its_mistakes() -> None:
    variant = family(SUM).draw(0)
    key, n, m = variant.parts[0].key, variant.values["n"], variant.values["m"]
    assert isinstance(key, NumberKey)
    assert (key.value, key.digits) == (n + m, None)
    assert [(mistake.name, mistake.key) for mistake in key.mistakes] == [("product", n * m), ("difference", n - m)]
    assert key.mistakes[0].says == f"Add {n} and {m}."


def test_a_mistake_that_equals_the_key_is_inactive() -> None:
    body = SUM.replace("where", "").replace("{integer: [2, 9]}", "{integer: [2, 2]}")
    assert family(body).draw(0).parts[0].active == ("difference",)  # 2 + 2 = 2*2


def test_a_draw_without_an_active_mistake_is_drawn_again() -> None:
    body = SUM.replace('  - {name: difference, key: "n - m", says: "Do not subtract."}\n', "").replace("9]", "3]")
    pairs = {(v["n"], v["m"]) for v in (family(body).draw(seed).values for seed in range(60))}
    assert pairs == {(2, 3), (3, 2), (3, 3)}  # never (2, 2)
    with pytest.raises(FaultError, match="500 draws in a row were refused"):
        family(body.replace("3]", "2]")).draw(0)


def test_a_condition_is_tested_before_values_that_it_does_not_name() -> None:
    made = family('let: {share: "1/n"}\nwhere: ["share < 1", "n > 0"]\n' + SUM.replace("[2, 9]", "[0, 3]"))
    values = [made.draw(seed).values for seed in range(30)]  # 1/n has no value for n = 0
    assert {one["n"] for one in values} == {2, 3}
    assert all(one["share"] == Fraction(1, one["n"]) for one in values)


def test_mistakes_about_formulas_are_active_by_structure() -> None:
    made = family(SOFTMAX)
    active: dict[Any, set[tuple[str, ...]]] = {}
    for seed in range(12):
        variant = made.draw(seed)
        active.setdefault(variant.values["f"], set()).add(variant.parts[0].active)
    # for tanh the second is the key itself; for sigmoid the third merges with the second
    assert active == {"tanh": {("sign",)}, "sigmoid": {("sign", "tanh-always")}}


def test_drawn_texts_are_grafted_not_pasted() -> None:
    body = """
draw: {s: {choice: ["a + b", "a - b"]}}
symbols: {a: [], b: []}
prompt: Write twice $ {s} $.
answer: {formula: "2*{s}"}
"""
    key = family(body).draw(0).parts[0].key
    assert isinstance(key, FormulaKey)
    assert key.formula.text() in ("2 * (a + b)", "2 * (a - b)")


def test_the_forward_program_is_shown_and_its_names_may_be_used() -> None:
    variant = family(SOFTMAX).draw(0)
    f = {"sigmoid": "σ", "tanh": "tanh"}[variant.values["f"]]
    assert f"y = {f}(z)  \nL = sum(g ⊙ y)" in variant.parts[0].prompt.text()
    slope = {"sigmoid": "y*(1 - y)", "tanh": "1 - y**2"}[variant.values["f"]]
    assert judge(f"g*({slope})", variant.parts[0].key).outcome is Outcome.RIGHT


def test_let_where_and_arrays_are_exact() -> None:
    body = """
draw:
  x: {array: {shape: [3], entries: {decimal: [0.1, 0.9]}, distinct: true}}
let: {total: "sum(x)", shifted: "x - mean(x)"}
where: ["total > 1.5", "x[0] < x[1]"]
prompt: Add $x = {x}$ to {total}; {shifted}.
answer: {number: {key: "sum(x**2)", exact: true}}
"""
    for seed in range(10):
        values = family(body).draw(seed).values
        assert sum(values["x"]) == values["total"] > Fraction(3, 2)
        assert sum(values["shifted"]) == 0
        assert values["x"][0] < values["x"][1]


def test_conditions_on_drawn_texts() -> None:
    body = """
draw: {f: {choice: [sigmoid, tanh, relu]}, n: {integer: [1, 3]}}
where: ["f != tanh", "f == relu or n > 2", "f == sigmoid or n < 3 and n > 1"]
prompt: Say {n}.
answer: {integer: "n"}
"""
    drawn = {(v["f"], v["n"]) for v in (family(body).draw(seed).values for seed in range(60))}
    assert drawn == {("relu", 2), ("sigmoid", 3)}


def test_what_let_names_cannot_be_typed_as_the_answer() -> None:
    body = 'draw: {n: {integer: [2, 9]}}\nlet: {twice: "2*n"}\nprompt: "n = {n}. Twice?"\nanswer: {integer: "twice"}\n'
    key = family(body).draw(0).parts[0].key
    assert judge("2*n", key).outcome is Outcome.RIGHT
    assert judge("twice", key).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("given", ["n = {n}", "`n` = {n}", "**n** is {n}", "$n = {n}$", "with n={n},"])
def test_a_number_that_the_text_gives_by_name_may_be_typed(given: str) -> None:
    body = f'draw: {{n: {{integer: [2, 9]}}}}\nprompt: "Here {given}. Twice?"\nanswer: {{integer: "2*n"}}\n'
    assert judge("2*n", family(body).draw(0).parts[0].key).outcome is Outcome.RIGHT


@pytest.mark.parametrize("given", ["{n} of n", "m = {n}, n", "$n$, which is in the picture", "man = {n}"])
def test_a_number_that_has_no_name_in_the_text_cannot_be_typed(given: str) -> None:
    body = f'draw: {{n: {{integer: [2, 9]}}}}\nprompt: "Here {given}. Which?"\nanswer: {{integer: "n"}}\n'
    assert judge("n", family(body).draw(0).parts[0].key).outcome is Outcome.UNREADABLE


def test_numbers_are_typed_to_their_digits() -> None:
    body = 'draw: {n: {integer: [7, 7]}}\nprompt: The root of {n}?\nanswer: {number: {key: "sqrt(n)/100", digits: 4}}\n'
    part = family(body).draw(0).parts[0]
    assert part.answer_text == "0.02646"
    assert judge(part.answer_text, part.key).outcome is Outcome.RIGHT


def test_a_key_that_is_not_whole_is_the_authors_fault() -> None:
    body = 'draw: {n: {integer: [3, 3]}}\nprompt: Half of {n}?\nanswer: {integer: "n/2"}\n'
    with pytest.raises(FaultError, match=r"nn/test.yaml:6:19: the key is 3/2 here; `integer` promises a whole number"):
        family(body).draw(0)


def test_a_key_without_a_value_names_the_draw() -> None:
    body = 'draw: {n: {integer: [3, 3]}}\nprompt: One over?\nanswer: {number: "1/(n - 3)"}\n'
    with pytest.raises(FaultError, match=r"1/\(n - 3\) has no value for n = 3 .*exclude that in `where`"):
        family(body).draw(0)


SHAPE = """
draw: {n: {integer: [4, 9]}}
prompt: Which shape?
answer: {shape: ["n", "2*n", 3]}
mistakes:
  - {name: turned, key: ["2*n", "n", 3], says: "Rows first."}
"""


def test_a_shape_comes_with_its_mistakes() -> None:
    variant = family(SHAPE).draw(0)
    n = int(variant.values["n"])
    key = variant.parts[0].key
    assert isinstance(key, ShapeKey)
    assert (key.shape, key.mistakes[0].key) == ((n, 2 * n, 3), (2 * n, n, 3))
    assert variant.parts[0].answer_text == f"({n}, {2 * n}, 3)"


CHOICE = """
draw: {n: {integer: [2, 4]}}
symbols: {g: [K], J: [K, K]}
prompt: Which?
answer: {choice: {key: "J.T @ g", from: mistakes}}
mistakes:
  - {name: not-transposed, key: "J @ g", says: "Transpose."}
  - {name: plain, key: "g", says: "No Jacobian."}
  - {name: same, key: "(g.T @ J).T", says: "Never shown."}
"""


def test_options_are_made_from_active_mistakes_and_shuffled() -> None:
    made = family(CHOICE)
    labels = set()
    for seed in range(20):
        part = made.draw(seed).parts[0]
        key = part.key
        assert isinstance(key, ChoiceKey)
        assert sorted(o.name for o in key.options) == ["", "not-transposed", "plain"]
        assert [o.label for o in key.options] == ["a", "b", "c"]
        right = next(o for o in key.options if o.right)
        assert right.text == "Jᵀ g"
        assert dict(part.choices)[right.label].text() == right.text
        labels.add(part.answer_text)
    assert labels == {"a", "b", "c"}


def test_a_slip_among_formula_options_is_found() -> None:
    with pytest.raises(FaultError, match=r"nn/test.yaml:11:25: `h` is not a name of this question"):
        family(CHOICE.replace('key: "g"', 'key: "h"')).draw(0)


def test_options_may_be_words_or_values() -> None:
    words = CHOICE.replace('"J.T @ g"', '"adam"').replace('"J @ g"', '"sgd"').replace('"g"', '"none"')
    key = family(words.replace('"(g.T @ J).T"', '"adam"')).draw(0).parts[0].key
    assert isinstance(key, ChoiceKey)
    assert sorted(o.text for o in key.options) == ["adam", "none", "sgd"]
    values = """
draw: {n: {integer: [3, 3]}}
prompt: Which?
answer: {choice: {key: "n/2", from: mistakes, show: value}}
mistakes: [{name: whole, key: "n", says: "Halve."}, {name: same, key: "3/2", says: "Never."}]
"""
    key = family(values).draw(0).parts[0].key
    assert isinstance(key, ChoiceKey)
    assert sorted(o.text for o in key.options) == ["1.5", "3"]


DECIDE = """
draw: {a: {integer: [9, 9]}, b: {integer: [9, 9]}, c: {integer: [6, 6]}}
prompt: Which?
answer:
  choice:
    options:
      - {name: gradient-descent, text: "Plain with $2/(a + b)$"}
      - {name: momentum, text: "Momentum", says: "Too slow."}
      - {name: per-coordinate, text: "Scaled"}
      - {name: long-step, text: "Long"}
    decide: optimisation.fastest_by_running
"""


def test_a_choice_may_be_decided_by_a_run() -> None:
    part = family(DECIDE).draw(0).parts[0]
    key = part.key
    assert isinstance(key, ChoiceKey)
    right = next(option for option in key.options if option.right)
    assert right.name == part.key.options[[o.right for o in key.options].index(True)].name
    with pytest.raises(
        FaultError, match=r"says 'gradient-descent', which is no option. Did you mean 'gradient-decent'"
    ):
        _ = family(DECIDE.replace("name: gradient-descent", "name: gradient-decent")).draw(0).parts[0].key


def test_statements_are_drawn_and_computed() -> None:
    body = """
draw: {n: {integer: [2, 9]}}
prompt: Which hold?
answer:
  statements:
    show: 3
    of:
      - {text: "{n} is more than 5", true_if: "n > 5", says: "Compare."}
      - {text: "{n} is at most 5", true_if: "n <= 5"}
      - {text: "The sky is blue", true: true, cite: "somebody"}
      - {text: "The sky is green", true: false, cite: "somebody"}
"""
    shown = set()
    for seed in range(30):
        variant = family(body).draw(seed)
        key, n = variant.parts[0].key, variant.values["n"]
        assert isinstance(key, StatementsKey) and len(key.options) == 3
        truth = {f"{n} is more than 5": n > 5, f"{n} is at most 5": n <= 5, "The sky is blue": True}
        assert all(option.right == truth.get(option.text, False) for option in key.options)
        shown |= {option.name for option in key.options}
    assert shown == {"0", "1", "2", "3"}


def test_an_order_ascends_by_value_and_has_no_ties() -> None:
    body = """
draw: {n: {integer: [1, 4]}}
prompt: Order.
answer:
  ordering:
    - {name: n, text: "{n}", value: "n"}
    - {name: two, text: "two", value: "2"}
    - {name: root, text: "the root of eleven", value: "sqrt(11)"}
"""
    for seed in range(20):
        variant = family(body).draw(seed)
        key = variant.parts[0].key
        assert isinstance(key, OrderingKey)
        values = {"n": float(variant.values["n"]), "two": 2.0, "root": 11**0.5}
        names = {option.label: option.name for option in key.options}
        assert [names[label] for label in key.order] == sorted(values, key=lambda name: values[name])
        assert variant.values["n"] != 2
    assert judge(family(body).draw(1).parts[0].answer_text, family(body).draw(1).parts[0].key).score == 1


def test_parts_share_a_draw_and_an_introduction() -> None:
    body = """
draw: {n: {integer: [2, 9]}}
prompt: We have {n} apples.
hints: ["Count {n}."]
parts:
  - {id: one, prompt: "Twice?", answer: {integer: "2*n"}, hints: ["Double."], marks: 2}
  - {id: two, after: one, prompt: "Thrice?", answer: {integer: "3*n"}}
"""
    variant = family(body).draw(0)
    n = variant.values["n"]
    assert [part.prompt.text() for part in variant.parts] == [f"We have {n} apples.\n\nTwice?", "Thrice?"]
    assert [str(hint) for hint in variant.hints] == [f"Count {n}.", "Double."]
    assert [(part.id, part.marks, part.after) for part in variant.parts] == [("one", 2, ""), ("two", 1, "one")]


def test_domains_reach_the_scope() -> None:
    body = """
symbols: {p: {shape: [K], domain: simplex}, h: {shape: [T], first: 0}, c: {shape: [], domain: {interval: [0, 0.5]}}}
prompt: Write.
answer: {formula: "p*sum(p)*c"}
"""
    key = family(body).draw(0).parts[0].key
    assert isinstance(key, FormulaKey)
    symbols = key.scope.symbols
    assert (symbols["p"].domain.kind, symbols["h"].first) == ("simplex", 0)
    assert (symbols["c"].domain.kind, symbols["c"].domain.high) == ("interval", 0.5)
    assert judge("c*p", key).outcome is Outcome.RIGHT


def test_irrational_mistakes_that_are_one_number_count_once() -> None:
    """They are compared as numbers: typed out, thirty digits may be too long to be read."""
    made = family(
        'draw: {n: {integer: [2, 30]}}\nprompt: A root of {n}?\nanswer: {number: "sqrt(n)/10"}\nmistakes:\n'
        '  - {name: first, key: "log(5)/log(70) + n", says: One.}\n'
        '  - {name: again, key: "log(25)/log(4900) + n", says: Two.}\n'
        '  - {name: key, key: "sqrt(4*n)/20", says: Three.}\n'
    )
    assert all(made.draw(seed).parts[0].active == ("first",) for seed in range(9))


def test_an_order_is_never_shown_already_right() -> None:
    items = ", ".join(f"{{name: {letter}, text: {letter}, value: '{rank}'}}" for rank, letter in enumerate("abc"))
    body = f"prompt: Order.\nanswer: {{ordering: [{items}]}}\n"
    keys = [family(body).draw(seed).part("a").key for seed in range(60)]
    found = [(key.order, tuple(option.label for option in key.options)) for key in keys if isinstance(key, OrderingKey)]
    assert len(found) == 60 and all(order != shown for order, shown in found)
    assert len({order for order, _ in found}) == 5
