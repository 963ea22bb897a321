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


def language_models() -> Plot:
    """Losses in nats a letter on generated text by epoch of four models: none can be below the entropy."""
    names = {"text-rnn": "simple RNN", "text-lstm": "LSTM", "text-lbl": "log-bilinear", "text-nlm": "neural window"}
    curves = [_curve(reference, name) for reference, name in names.items()]
    least = level("entropy", measured("text-lbl").epochs, measured("text-lbl").figures["entropy"])
    return _plot("Models of text", "held-out loss", *curves, least)


def transfer() -> Plot:
    """Losses on few images of new digits by epoch: from nothing, on frozen features, on features that are tuned."""
    names = {"transfer-scratch": "from nothing", "transfer-frozen": "frozen", "transfer-tuned": "fine-tuned"}
    return _plot("Few images of new classes", "held-out loss", *(_curve(key, name) for key, name in names.items()))


def spatial_transformer() -> Plot:
    """Losses on turned digits by epoch, without and with a spatial transformer in front."""
    both = _curve("upright", "as they are"), _curve("warped", "spatial transformer")
    return _plot("Digits turned, shifted and scaled", "held-out loss", *both)


def maze() -> Plot:
    """Shares of unseen mazes in which the goal is found by epoch, without and with auxiliary losses: no help here."""
    both = _curve("maze", "reward only", "success"), _curve("maze-auxiliary", "with auxiliary losses", "success")
    return _plot("Walks through unseen mazes", "goal found", *both)


def stochastic_em() -> Plot:
    """How far held-out evidence is below that of the true law by pass of EM over the data: minibatches are sooner."""
    names = {"mixture-em": "all data", "mixture-em-stochastic": "50 at a time"}
    shown = []
    for reference, name in names.items():
        found = measured(reference)
        below = [found.figures["true evidence"] - value for value in found.curves["evidence"]]
        shown.append(series(name, found.epochs, below))
    plot = _plot("EM on all data and in minibatches", "nats below the truth", *shown)
    return Plot(plot.title, "pass", plot.y, plot.series)


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
