"""The references that can be trained, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from solutions.trained.digits import Cnn, Mlp
from solutions.trained.fitting import Recipe
from solutions.trained.linear import LeastSquares, Logistic
from solutions.trained.plain_against_residual import Deep
from solutions.trained.recall import Recall
from solutions.trained.text import Text


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
        "cancer-logistic": Reference("logistic regression", CANCER, Logistic()),
        "diabetes-linear": Reference("linear regression", DIABETES, LeastSquares()),
        "diabetes-ridge": Reference("ridge regression", DIABETES, LeastSquares(penalty=0.2)),
    }
)
