"""The promises, each seen broken: a check that cannot fail checks nothing."""

from __future__ import annotations

import random
import re

import pytest
from families import COUNT, SOFTMAX, family

import questions.family
from grader.formula.reading import Formula
from grader.prover import Prover
from grader.sandbox import Sandbox
from grader.verdict import Evidence
from questions.broken import grouped
from questions.check import check_family

LIVE = "".join(line for line in SOFTMAX.splitlines(keepends=True) if "tanh-again" not in line)
SHARED = random.Random(1)  # a source that no seed resets


def with_first(key: str) -> str:
    """COUNT with one more mistake before the other."""
    return COUNT.replace("mistakes:\n", f"mistakes:\n  - {{name: first, key: {key}, says: Perhaps.}}\n")


def said(body: str, seeds: int = 2) -> list[str]:
    return [str(broken) for broken in check_family(family(body), range(seeds)).broken]


def test_families_that_keep_their_promises_are_left_alone() -> None:
    assert said(COUNT) == said(LIVE, 4) == []


def test_promise_1_a_key_against_its_oracle() -> None:
    (first, _) = said(COUNT.replace('"filters*(c*k**2 + 1)"', '"filters*(c*k**2) + 1"').replace("steps: |", "hints: |"))
    assert first.startswith("nn/test.yaml:7: nn.test, part a, seed 0: promise 1 (the key equals the oracle): ")
    assert "convolution.parameter_count disagrees: expected " in first


def test_promise_1_a_sign_in_a_gradient() -> None:
    (first, *_) = said(SOFTMAX.replace('formula: "g*where', 'formula: "-g*where'))
    assert "nn/test.yaml:16: nn.test, part a, seed 0: promise 1" in first
    assert "autograd disagrees at K = " in first


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("oracle: convolution.parameter_count\n", "", "the key has no second road; name an `oracle`"),
        ("parameter_count", "parameter_cont", "did you mean parameter_count"),
        ("parameter_count", "output_width", "it asks for 'n'; the names here are c, filters, k."),
    ],
)
def test_promise_1_an_oracle_that_cannot_be_asked(old: str, new: str, told: str) -> None:
    assert told in said(COUNT.replace(old, new), 1)[0]


def test_promise_1_a_formula_against_a_function() -> None:
    body = """
symbols: {x: [K], g: [K]}
prompt: Write.
answer: {formula: "g*(x > 0)"}
oracle: [layers.relu_backward, layers.sigmoid_backward]
"""
    (only,) = said(body)
    assert "layers.sigmoid_backward disagrees at K = " in only
    assert "has another shape" in said(body.replace('"g*(x > 0)"', '"sum(g*(x > 0))"'))[0]


def test_promise_1_an_order_and_a_shape() -> None:
    order = """
draw: {c: {integer: [8, 8]}, f: {integer: [16, 16]}, n: {integer: [9, 9]}, k: {integer: [3, 3]}}
prompt: Order.
answer:
  ordering:
    - {name: depthwise, text: "A", value: "c*(k**2 + 1)"}
    - {name: full, text: "B", value: "f*(c*k**2 + 1)"}
    - {name: pointwise, text: "C", value: "f*(c + 1)"}
    - {name: dense, text: "D", value: "f*(c*n**2 + 1)"}
oracle: convolution.layer_parameter_counts
"""
    good = said(order)
    turned = said(order.replace('"f*(c + 1)"', '"f*(c + 2)"'))
    assert good != turned and "disagrees" in turned[0]
    shape = """
draw: {batch: {integer: [8, 8]}, c: {integer: [3, 3]}, n: {integer: [9, 9]}, m: {integer: [7, 7]},
  filters: {integer: [6, 6]}, k: {integer: [3, 3]}, p: {integer: [1, 1]}, s: {integer: [1, 1]}}
prompt: Which shape?
answer: {shape: [batch, filters, n, m]}
oracle: convolution.batch_shape
"""
    assert said(shape) == []
    assert "disagrees: expected (8, 6, 7, 9)" in said(shape.replace("n, m]", "m, n]"))[0]


def test_promise_2_the_last_step_and_the_named_intermediates() -> None:
    (first, _) = said(COUNT.replace("filters*(weights + 1)\n", "filters*(weights + 2)\n"))
    assert "nn/test.yaml:11: nn.test, part a, seed 0: promise 2" in first and "the last step is not the key" in first
    wrong = SOFTMAX + "steps: |\n  y = {f}(z) + 1\n  dz = g*where({f}(0) == 0, 1 - {f}(z)**2, {f}(z)*(1 - {f}(z)))\n"
    assert "the step y is not that line of `forward`" in said(wrong, 1)[0]


def test_promise_3_a_mistake_that_nobody_can_be_told_about() -> None:
    nowhere = SOFTMAX.replace('key: "-g*where({f}(0) == 0, 1 - y**2, y*(1 - y))"', 'key: "g*sqrt(-1 - g**2)"')
    (first, *_) = said(nowhere, 1)
    assert "nn/test.yaml:19: nn.test, part a, seed 0: promise 3" in first
    assert "the mistake 'sign', typed as 'g * sqrt(-1 - g**2)': expected The sign., got undecided" in first


def test_promise_3_rare_mistakes_and_values_that_never_come() -> None:
    rare = COUNT.replace('key: "filters*c*k**2"', 'key: "filters*(c*k**2 + 1) + (c == 9)*(filters == 9)"')
    told = said(rare.replace("mistakes:", "distinct: 0\nmistakes:"), 60)
    assert any("promise 3" in one and "the mistake 'no-bias' differs from the key in " in one for one in told)
    assert any("k = 5 never survives the conditions" in one for one in said(COUNT + 'where: ["k < 5"]\n', 60))


def test_promise_3_a_mistake_that_is_never_active() -> None:
    (same,) = said(with_first('"filters*(1 + c*k*k)"'), 1)
    assert "nn/test.yaml:10:" in same and "the mistake `first` is the key itself in all 50 variants" in same
    (again,) = said(SOFTMAX, 3)
    assert "the mistake `tanh-again` is the key itself, or a mistake before it, in all 50 variants" in again


def test_promise_3_a_mistake_that_is_rarely_active_is_no_dead_one() -> None:
    made = family(COUNT)
    other = next(
        v for seed in range(1, 20) if (v := made.draw(seed).values["filters"]) != made.draw(0).values["filters"]
    )
    rare = with_first(f'"filters*(c*k**2 + 1) + (filters == {other})"')
    assert check_family(family(rare), [0]).active["a"]["first"] == 0
    assert said(rare, 1) == []


def test_equal_breaks_are_one_line_with_four_digits() -> None:
    wrong = LIVE.replace('formula: "g*where', 'formula: "-g*where')
    broken = [each for each in check_family(family(wrong), range(3)).broken if each.promise == 1]
    assert len(broken) > 1
    (line,) = grouped(broken, 3)
    assert f"in {len(broken)} of 3 variants, first seed 0: promise 1" in line
    assert max(len(number) for number in re.findall(r"[\d.]+", line.partition("expected")[2])) <= 7
    assert "part a, seed 0: promise 1" in grouped(broken[:1], 3)[0]


def test_promise_5_a_draw_that_is_not_fixed_by_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    made, drawn = family(COUNT), questions.family.draws_of
    monkeypatch.setattr(questions.family, "draws_of", lambda family, _: drawn(family, SHARED))
    assert any("two draws of one seed differ" in str(broken) for broken in check_family(made, [0]).broken)


def test_promise_5_a_program_that_is_not_finite() -> None:
    told = said(SOFTMAX.replace("L = sum(g*y)", "L = sum(g*log(z))"), 1)
    assert any("promise 5" in one and "L of `forward` is not finite on a case" in one for one in told)


def test_promise_5_a_placeholder_inside_a_drawn_text() -> None:
    body = COUNT.replace("k: {choice: [3, 5]}", 'k: {choice: [3, 5]}, who: {text: ["{c} cats", "{c} dogs"]}')
    assert "{c} stands unfilled in a text" in said(body.replace("How many", "Of {who}, how many"), 1)[0]


def test_promise_6_course_ids_belong_to_a_topic() -> None:
    made = family(COUNT.replace("draw:", "level: 2\ndraw:"))
    assert [str(b) for b in check_family(made, [0]).broken] == []
    from questions.coverage import misplaced

    assert misplaced(["conv.params", "cnv.params", "conv"]) == [
        ("cnv.params", "no topic covers 'cnv'. Did you mean 'conv'?"),
        ("conv", "expected a course-map id such as conv.size.general"),
    ]


def test_what_only_a_draw_shows_is_reported_and_not_raised() -> None:
    (only,) = said('draw: {n: {integer: [3, 3]}}\nprompt: Half?\nanswer: {integer: "n/2"}\n')
    assert "nn/test.yaml:6:19: nn.test, seed 0: promise 5" in only and "the key is 3/2 here" in only


CODE = """
prompt: Write it.
answer:
  code:
    entry: softmax_backward
    parameters: {z: [N, C], g: [N, C]}
    returns: {dz: [N, C]}
    reference: layers.softmax_backward
oracle: worked_basics.softmax_backward
"""


def test_promise_1_and_4_for_code() -> None:
    with Sandbox() as sandbox:
        assert check_family(family(CODE), [0], sandbox=sandbox).broken == ()
        other = CODE.replace("layers.softmax_backward", "layers_mistakes.softmax_backward_negated")
        first, second = (str(broken) for broken in check_family(family(other), [0], sandbox=sandbox).broken)
    assert "worked_basics.softmax_backward disagrees with the reference on dz of case 0" in first
    assert "promise 4" in second and "the model answer (as a student types it): expected full marks" in second


def test_promise_3_for_code_a_mistake_that_no_case_tells_from_the_key() -> None:
    slip = "mistakes:\n  - {name: wrong, reference: layers_mistakes.softmax_backward_negated, says: Mind the sign.}\n"
    assert said(CODE + slip, 1) == []
    (only,) = said(CODE + slip.replace("layers_mistakes.softmax_backward_negated", "worked_basics.softmax_backward"), 1)
    assert "promise 3" in only and "the mistake 'wrong' returns in every case what is right" in only


def test_proofs_and_shares_are_reported() -> None:
    steps = "steps: |\n  slope = where({f}(0) == 0, 1 - y**2, y*(1 - y))\n  dz = g*slope\n"
    with Prover() as prover:
        report = check_family(family(LIVE + steps), range(6), prover=prover)
    assert report.ok
    assert report.proofs["a"] in {Evidence.PROVED, Evidence.SAMPLED}
    assert report.active["a"]["sign"] == 1.0
    assert 0 < report.active["a"]["tanh-always"] < 1


def test_the_printed_latex_has_to_earn_full_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.formula.reading import Formula

    monkeypatch.setattr(Formula, "latex", lambda formula: r"\nosuchcommand{z}")
    told = said(LIVE, 1)
    assert any("promise 4" in one and "(LaTeX): expected full marks" in one for one in told)


def test_a_summary_never_says_more_than_was_checked() -> None:
    from chainrule.commands.bank.check import _summary
    from questions.checking import Checked

    report = check_family(family(COUNT), [0])
    assert _summary([Checked(report)], 1, unloaded=0).endswith("; every promise kept")
    assert _summary([Checked(report)], 1, unloaded=2).endswith("kept by those that were loaded; files not loaded: 2")
    assert "nothing was checked" in _summary([], 1, unloaded=1) and "every" not in _summary([], 1, unloaded=1)


class _Forgetful(Prover):
    """Shows nothing, and counts how often it is asked."""

    asked = 0

    def proves(self, answer: Formula, key: Formula) -> bool:
        self.asked += 1
        return False


def test_what_is_not_proved_once_is_not_tried_again() -> None:
    steps = "steps: |\n  slope = where({f}(0) == 0, 1 - y**2, y*(1 - y))\n  dz = g*slope\n"  # of two structures
    with _Forgetful() as prover:
        report = check_family(family(LIVE + steps), range(6), prover=prover)
    assert report.proofs["a"] is Evidence.SAMPLED
    assert prover.asked == 1
