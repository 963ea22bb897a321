"""Curves of trained references, as they were measured: the files are told of in `measured_values`."""

from __future__ import annotations

import math

from solutions.curve_points import level, series
from solutions.drawings import Heat, Plot, Series
from solutions.measured_values import looks, measured


def digits() -> Plot:
    """Losses on held-out digits by epoch: an MLP against a convolutional network."""
    return _plot("Digits: two networks", "held-out loss", _curve("digits-mlp", "MLP"), _curve("digits-cnn", "CNN"))


def over_fitting() -> Plot:
    """The convolutional network's loss on digits that it is trained on and on held-out ones: the gap stays."""
    both = _curve("digits-cnn", "training", "loss"), _curve("digits-cnn", "held out")
    return _plot("Digits: training and held-out loss", "loss", *both, log=True)


def depth() -> Plot:
    """Losses on held-out digits by epoch of forty layers without and with shortcuts."""
    both = _curve("deep-plain", "plain"), _curve("deep-residual", "with shortcuts")
    return _plot("Forty layers on digits", "held-out loss", *both)


def depth_gradients() -> Plot:
    """Norms of the gradient at the first and at the last of forty layers, without and with shortcuts."""
    curves = [
        _curve(name, f"{what}, {end}", f"gradient at the {place}")
        for name, what in (("deep-plain", "plain"), ("deep-residual", "shortcuts"))
        for end, place in (("first layer", "start"), ("last layer", "end"))
    ]
    return _plot("Gradients through forty layers", "norm", *curves, log=True)


def recall(symbols: int = 8) -> Plot:
    """Losses by epoch where the first of 101 symbols is to be named at the end: a simple network only guesses."""
    both = _curve("recall-rnn", "simple"), _curve("recall-lstm", "LSTM")
    guess = level("guessing", [x for x, _ in both[0].points], math.log(symbols))
    return _plot("Recall after 100 steps", "held-out loss", *both, guess)


def translation() -> Plot:
    """Losses by epoch of an LSTM that reads and one that writes, without and with attention."""
    both = _curve("pairs-plain", "last state only"), _curve("pairs-attention", "attention")
    return _plot("Translation", "held-out loss", *both)


def autoencoder() -> Plot:
    """Less the bound of the evidence, in nats an image, by epoch of a variational autoencoder on digits."""
    both = _curve("vae-digits", "training", "loss"), _curve("vae-digits", "held out")
    return _plot("A variational autoencoder on digits", "−ELBO, nats", *both)


def adversaries() -> Plot:
    """How far made numbers are from real ones by epoch of a GAN (Wasserstein-1): it does not settle."""
    made = _curve("gan-line", "made", "distance")
    real = level(
        "other real numbers", [x for x, _ in made.points], measured("gan-line").figures["distance of real numbers"]
    )
    return _plot("A GAN of two humps on a line", "distance from real numbers", made, real)


def adversaries_losses() -> Plot:
    """Summed losses of both players of the same GAN: 3·log 2 where the discriminator cannot tell, near or not."""
    found = _curve("gan-line", "both losses", "loss")
    even = level("3 log 2", [x for x, _ in found.points], 3 * math.log(2))
    return _plot("The same GAN's losses", "loss", found, even)


def attention_weights() -> Heat:
    """How much each word of a translation looks at each word read, by the trained network with attention."""
    found = looks("pairs-attention-weights")
    return Heat("Where a translation looks", found.written, found.read, found.weights, x="word read", y="word written")


def _curve(reference: str, name: str, curve: str = "held-out loss") -> Series:
    found = measured(reference)
    return series(name, found.epochs, found.curves[curve])


def _plot(title: str, y: str, *curves: Series, log: bool = False) -> Plot:
    return Plot(title, "epoch", y, curves, log=log)
