"""The references that can be trained, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from solutions.trained.boxes import Boxes
from solutions.trained.digits import Cnn, Mlp
from solutions.trained.fitting import Recipe
from solutions.trained.gan import Gan
from solutions.trained.glimpse import Glimpse
from solutions.trained.linear import LeastSquares, Logistic
from solutions.trained.maze import Maze
from solutions.trained.mixture import Em
from solutions.trained.ngram import Ngram
from solutions.trained.pairs import Pairs
from solutions.trained.pixels import Pixels
from solutions.trained.plain_against_residual import Deep
from solutions.trained.recall import Recall
from solutions.trained.reversal import Reversal
from solutions.trained.rotated import Rotated
from solutions.trained.rows import Rows
from solutions.trained.segments import Segments
from solutions.trained.text import Text
from solutions.trained.transfer import Transfer
from solutions.trained.triplet import Triplet
from solutions.trained.vae import Vae


@dataclass(frozen=True)
class Reference:
    """what: the model in a phrase. data: what it is trained on. recipe: how, with every number that matters."""

    what: str
    data: str
    recipe: Recipe


DIGITS = "scikit-learn's 8 x 8 digits, 1437 and 360 held out"
CANCER = "scikit-learn's breast cancer data, 427 and 142 held out"
DIABETES = "scikit-learn's diabetes data, 332 and 110 held out"
RECALL = "generated: name the first of 101 symbols at the end"
TEXT = "generated text of a grammar with known entropy"
ROWS = "the digits in black and white: each row from those before it"
STRINGS = "generated: write strings of 3 to 6 symbols backwards"
FEW = "ten images of each digit from 5 to 9, anywhere on 12 x 12 pixels; 0 to 4 before that where it says so"
BOX = "generated images with one object each, 1500 and 300 held out"
SHAPES = "generated images with discs, squares and crosses, 800 and 200 held out"
TURNED = "the digits turned, shifted and scaled on 20 x 20 pixels"
SEVEN = "the digits 0 to 6, anywhere on 12 x 12 pixels; 7 to 9 to measure on"
MAZE = "200 drawn mazes of 6 x 6 cells, seen from inside, and 100 others held out; 12288 walks"
WHITE = "the digits in black and white"
SCRAPS = "the digits on 16 x 16 pixels among scraps of others"
PAIRS = "generated: translate sentences of up to three clauses; four to measure on"
POINTS = "generated points in the plane from six Gaussians, 2000 and 2000 held out"
HUMPS = "generated numbers from two Gaussians"

REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "digits-mlp": Reference("MLP with one hidden layer", DIGITS, Mlp()),
        "digits-cnn": Reference("CNN with batch normalisation and a residual block", DIGITS, Cnn()),
        "deep-plain": Reference("MLP of 40 plain layers, which is hard to train", DIGITS, Deep(shortcuts=False)),
        "deep-residual": Reference("the same 40 layers with shortcuts", DIGITS, Deep(shortcuts=True)),
        "recall-rnn": Reference("simple recurrent network, which fails here", RECALL, Recall("rnn")),
        "recall-lstm": Reference("LSTM", RECALL, Recall("lstm")),
        "text-rnn": Reference("simple recurrent network", TEXT, Text("rnn")),
        "text-lstm": Reference("LSTM", TEXT, Text("lstm")),
        "rows-rnn": Reference("simple recurrent network", ROWS, Rows("rnn")),
        "rows-lstm": Reference("LSTM", ROWS, Rows("lstm")),
        "reversal": Reference("LSTM that reads and LSTM that writes", STRINGS, Reversal()),
        "transfer-scratch": Reference("CNN that starts from nothing", FEW, Transfer(pretrained=False, pace=1.0)),
        "transfer-frozen": Reference("the same on kept features", FEW, Transfer(pretrained=True, pace=0.0)),
        "transfer-tuned": Reference("the same on slowly moving features", FEW, Transfer(pretrained=True, pace=0.1)),
        "boxes": Reference("CNN that says where the object is", BOX, Boxes()),
        "segments": Reference("fully convolutional network", SHAPES, Segments()),
        "upright": Reference("CNN that takes images as they are", TURNED, Rotated(warped=False)),
        "warped": Reference("the same behind a spatial transformer", TURNED, Rotated(warped=True)),
        "triplet": Reference("embedding by a CNN", SEVEN, Triplet()),
        "maze": Reference("recurrent actor-critic", MAZE, Maze(auxiliary=0.0)),
        "maze-auxiliary": Reference("the same with losses on depth and places seen", MAZE, Maze(auxiliary=0.1)),
        "vae-digits": Reference("variational autoencoder", WHITE, Vae()),
        "gan-line": Reference("generator against discriminator", HUMPS, Gan(saturating=False)),
        "gan-line-saturating": Reference("the same with the saturating loss", HUMPS, Gan(saturating=True)),
        "pixels-autoregressive": Reference("masked network: each pixel from those before it", WHITE, Pixels()),
        "glimpse-soft": Reference("network that sees the weighted mean of all windows", SCRAPS, Glimpse(hard=False)),
        "glimpse-hard": Reference("the same that sees one window, by REINFORCE", SCRAPS, Glimpse(hard=True)),
        "pairs-plain": Reference("LSTM that reads and LSTM that writes", PAIRS, Pairs(attends=False)),
        "pairs-attention": Reference("the same with attention", PAIRS, Pairs(attends=True)),
        "text-lbl": Reference("log-bilinear model of a window", TEXT, Ngram(bilinear=True)),
        "text-nlm": Reference("the same with a hidden layer", TEXT, Ngram(bilinear=False)),
        "mixture-em": Reference("mixture of six Gaussians by EM", POINTS, Em(batch=None)),
        "mixture-em-stochastic": Reference("the same, 50 points at a time", POINTS, Em(batch=50, power=0.6)),
        "cancer-logistic": Reference("logistic regression", CANCER, Logistic()),
        "diabetes-linear": Reference("linear regression", DIABETES, LeastSquares()),
        "diabetes-ridge": Reference("ridge regression", DIABETES, LeastSquares(penalty=0.2)),
    }
)
