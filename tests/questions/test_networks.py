"""Drawn networks: as many as promised, each within its limits, the same for the same seed."""

from __future__ import annotations

import random

import pytest

from grader.formula import read_program
from grader.formula.symbols import Scope
from questions.bank import load_bank
from questions.networks import Network, draw_network
from questions.schema_network import NetworkSpec

WIDE = NetworkSpec(
    depth=(1, 3),
    activations=("sigmoid", "tanh", "relu", "leaky_relu"),
    losses=("half-square", "cross-entropy", "logits", "logistic"),
    connections=("plain", "residual", "gate", "product"),
    batch=True,
    shared=True,
    penalty=True,
)


def drawn(seed: int, spec: NetworkSpec = WIDE) -> Network:
    return draw_network(spec, random.Random(seed))


def test_thousands_of_different_networks_are_drawn() -> None:
    assert len({drawn(seed).forward for seed in range(3000)}) > 2000


def test_a_network_reads_as_a_program_over_its_symbols() -> None:
    for seed in range(300):
        network = drawn(seed)
        program = read_program(network.forward, Scope(network.symbols))
        assert program["L"].shape == ()
        assert set(network.parameters) <= set(network.symbols)
        assert network.asked in network.parameters
        for name in network.parameters:
            assert name in network.forward


def test_what_may_happen_does_happen_and_nothing_else() -> None:
    texts = [drawn(seed).forward for seed in range(300)]
    assert any("axis" in text or "/N" in text or "/(2*N)" in text for text in texts)
    assert any("lambda" in text for text in texts)
    plain = NetworkSpec(depth=(2, 2), activations=("tanh",), losses=("half-square",), bias=False)
    for seed in range(50):
        network = drawn(seed, plain)
        assert network.forward.count("tanh") == 2
        assert len(network.parameters) == 2
        assert "T" not in network.symbols
        assert "lambda" not in network.forward


def test_the_same_seed_gives_the_same_network() -> None:
    assert [drawn(seed).forward for seed in range(20)] == [drawn(seed).forward for seed in range(20)]


@pytest.mark.parametrize("depth", [(0, 2), (3, 2), (1, 9)])
def test_a_depth_without_sense_is_refused(depth: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected 1 to 6 layers"):
        NetworkSpec(depth=depth, activations=("tanh",), losses=("square",))


def test_the_families_with_networks_ask_for_what_was_drawn() -> None:
    family = load_bank().families["foundations.deep-network-derivation"]
    for seed in range(5):
        (part,) = family.draw(seed).parts
        assert part.derived is not None
        assert f"`{', '.join(part.derived.wanted)}`" in part.prompt.text()
        assert [line.name for line in part.steps][-1].startswith("d")
