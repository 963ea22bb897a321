"""Derivations of a family: mistakes are lines in which drawn texts stand."""

from __future__ import annotations

from families import family

from grader.answers import judge
from grader.keys import DerivationKey
from grader.verdict import Outcome
from questions.check import check_family

DRAWN = """
draw: {act: {choice: [{f: tanh, slope: "1 - h**2"}, {f: sigmoid, slope: "h*(1 - h)"}]}}
symbols: {x: [D], W: [H, D], t: [H]}
forward: |
  z = W @ x
  h = {f}(z)
  L = sum((h - t)**2)/2
prompt: "{forward}"
answer: {derivation: {of: L, with_respect_to: [W]}}
mistakes:
  - {name: twice, key: "dz = (h - t)*({slope})*2", says: "Twice."}
  - {name: squared, key: "dz = (h - t)*{slope}**2", says: "Squared."}
hints: [Look., Think.]
"""


def test_a_mistaken_line_holds_drawn_texts_and_is_recognised() -> None:
    made = family(DRAWN)
    assert [str(broken) for broken in check_family(made, range(6)).broken] == []
    for seed in range(6):
        key = made.draw(seed).parts[0].key
        assert isinstance(key, DerivationKey)
        assert [mistake.typed for mistake in key.mistakes if "{" in mistake.typed] == []
        assert len(key.mistakes) == 2
        verdict = judge("dh = h - t\n" + key.mistakes[1].typed, key)
        assert verdict.outcome is not Outcome.RIGHT
        assert verdict.mistake == "squared"
