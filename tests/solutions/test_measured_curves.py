"""What is stored of trained references: its form, what it says, and that training gives the same anew."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from solutions import measured_curves
from solutions.measured_values import HOME, MOST_POINTS, kept, looks, measured, rounded
from solutions.trained.table import REFERENCES

ALL = sorted(HOME.glob("*.yaml"))
CURVES = [path.stem for path in ALL if not path.stem.endswith("-weights")]
CHEAPEST = "digits-mlp"
ACCURACY, LOSS = 0.02, 0.05  # how far two machines may be from each other


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_file_begins_with_the_command_that_makes_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    name = path.stem.removesuffix("-weights")
    assert first == f"# python benchmarks/measured_curves.py {name}" and name in REFERENCES


@pytest.mark.parametrize("name", CURVES)
def test_curves_have_a_value_for_each_epoch_that_is_kept(name: str) -> None:
    found = measured(name)
    assert found.epochs == kept(REFERENCES[name].recipe.epochs)  # type: ignore[attr-defined]
    assert 2 <= len(found.epochs) <= MOST_POINTS
    for values in (*found.curves.values(), found.figures.values()):
        assert rounded(values) == list(values) and all(map(math.isfinite, values))
    assert {len(values) for values in found.curves.values()} == {len(found.epochs)}
    assert found.figures["loss"] == found.curves["held-out loss"][-1]


@pytest.mark.parametrize(
    ("count", "epochs"),
    [(3, (1, 2, 3)), (40, tuple(range(1, 41))), (41, tuple(range(1, 42, 2))), (60, (*range(1, 60, 2), 60))],
)
def test_long_curves_are_thinned_out_and_keep_their_end(count: int, epochs: tuple[int, ...]) -> None:
    assert kept(count) == epochs


def test_training_gives_what_is_stored() -> None:
    fitted, stored = REFERENCES[CHEAPEST].recipe.fit("cpu", silent), measured(CHEAPEST)
    assert fitted.figures["accuracy"] == pytest.approx(stored.figures["accuracy"], abs=ACCURACY)
    assert fitted.figures["loss"] == pytest.approx(stored.figures["loss"], abs=LOSS)
    for name, values in stored.curves.items():
        assert fitted.curves[name][-1] == pytest.approx(values[-1], abs=LOSS)


def test_weights_of_attention_add_up_to_one_for_each_word_written() -> None:
    found = looks("pairs-attention-weights")
    assert np.sum(found.weights, axis=1) == pytest.approx(1, abs=0.003)
    assert measured_curves.attention_weights().values == found.weights


def test_the_translation_follows_the_rules_and_looks_back_out_of_order() -> None:
    found = looks("pairs-attention-weights")
    first, noun, verb, second, thing = (word.lower() for word in found.read)
    assert found.written == (noun, first, thing, second, verb, "end")
    places = np.argmax(found.weights, axis=1)
    assert places[2] > places[4] and found.read[places[4]].lower() == verb  # the verb stands last, and was read before


def test_what_is_claimed_of_references_is_seen_in_their_curves() -> None:
    def ends(first: str, second: str) -> tuple[float, float]:
        return measured(first).figures["loss"], measured(second).figures["loss"]

    for worse, better in (
        ("digits-mlp", "digits-cnn"),
        ("deep-plain", "deep-residual"),
        ("pairs-plain", "pairs-attention"),
    ):
        high, low = ends(worse, better)
        assert high > 3 * low
    simple, lstm = ends("recall-rnn", "recall-lstm")
    assert simple == pytest.approx(math.log(8), abs=0.2) and lstm < 0.1
    start, end = (measured("deep-plain").curves[f"gradient at the {place}"] for place in ("start", "end"))
    assert all(100 * one < 2 * other for one, other in zip(start, end, strict=True))
    scratch, tuned = (min(measured(f"transfer-{name}").curves["held-out loss"]) for name in ("scratch", "tuned"))
    assert tuned < scratch - 0.3 and measured("warped").figures["loss"] < measured("upright").figures["loss"] / 2
    for reference in ("text-rnn", "text-lstm", "text-lbl", "text-nlm"):
        figures = measured(reference).figures
        assert figures["entropy"] < figures["loss"] < figures["entropy"] + 0.02
    quick, slow = (measured(f"mixture-em{kind}").curves["evidence"][0] for kind in ("-stochastic", ""))
    assert quick > slow + 0.5
    walks = [measured(name).figures["success"] for name in ("maze", "maze-auxiliary")]
    assert walks[0] == pytest.approx(walks[1], abs=0.05)  # auxiliary losses do not help through these mazes
    distance = np.array(measured("gan-line").curves["distance"])
    assert (distance > 5 * measured("gan-line").figures["distance of real numbers"]).all()
    assert distance[-20:].max() > 2 * distance[-20:].min()  # it does not settle


def test_guessing_is_drawn_at_the_entropy_of_eight_symbols() -> None:
    guess = measured_curves.recall().series[-1]
    assert guess.name == "guessing" and guess.points[0][1] == pytest.approx(math.log(8), abs=1e-3)
