"""The diagram of a variational autoencoder draws z = μ + σ ε, with the noise from outside."""

from __future__ import annotations

from diagram_layout import flaws
from diagram_values import sources, value

from solutions.generative_pictures import autoencoder


def test_the_sample_is_mean_plus_deviation_times_noise() -> None:
    given = {"mu": 0.5, "sigma": 2.0, "noise": -1.5}
    assert value(autoencoder(), "z", given, {"z": float}) == 0.5 + 2.0 * -1.5


def test_the_noise_depends_on_nothing_and_mean_and_deviation_on_the_input_alone() -> None:
    diagram = autoencoder()
    assert sources(diagram, "noise") == []
    assert sources(diagram, "mu") == sources(diagram, "sigma") == ["encoder"]
    assert sources(diagram, "encoder") == ["x"] and sources(diagram, "decoder") == ["z"]
    assert sources(diagram, "divergence") == ["q"]


def test_nothing_overlaps() -> None:
    assert flaws(autoencoder()) == []
