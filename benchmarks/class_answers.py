"""What the students of `class.py` answer: texts for each part and each outcome, and how often each is given.

`§` stands for a number of each student's own, so that hardly two answers are the same text and none is judged for two;
the names in code are drawn too. A mistake is one that the question declares, by its name.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

QUESTIONS = (
    "convolution.size-formula@3",
    "supervised.logistic-regression-gradient@5",
    "layers.softmax-backward@3",
    "layers.cross-entropy-code@1",
)
SHARES = {"right": 60, "mistake": 20, "wrong": 8, "unreadable": 6, "unanswered": 6}  # of answers, in percent

Place = tuple[int, str]


@dataclass(frozen=True)
class Texts:
    """Texts for one part. mistakes: by name. partial: outcome of the mistakes is `partial`, with those names or ''."""

    right: tuple[str, ...]
    mistakes: Mapping[str, tuple[str, ...]]
    wrong: tuple[str, ...]
    unreadable: tuple[str, ...]
    partial: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """What a part is planned to come to: one of the outcomes, with the mistake where one is told; None for any."""

    outcomes: tuple[str, ...]
    mistake: str | None = ""


COVER = "r*(k - 1) - 1 + § - §"
SIZE = Texts(
    (
        f"floor((N + p + q - {COVER})/s) + 1",
        "1 + floor((N + (q + p) - (1 + r*(k - 1)) + § - §)/s)",
        "floor((N + p + q - r*k + r - 1)/s + §) - § + 1",
        f"floor((N + p + q + s - {COVER})/s)",
        r"\lfloor \frac{N + p + q - r (k - 1) - 1}{s} + § \rfloor - § + 1",
    ),
    {
        "rounded-up": (f"ceil((N + p + q - {COVER})/s) + 1",),
        "padding": (f"floor((N + 2*p - {COVER})/s) + 1",),
        "no-start": (f"floor((N + p + q - {COVER})/s)",),
        "not-rounded": ("(N + p + q - r*(k - 1) - 1)*§/(§*s) + 1",),
    },
    ("floor((N*p + §*q - r*k)/s) + s*k",),
    ("floor((N + p + q - r*(k - 1) - §)/s + 1", "N + * § / s"),
)
NUMBER = Texts(("12",), {"rounded-up": (), "no-start": ("11",)}, ("1§",), ("twelve §",))
GRADIENT = Texts(
    (
        "X.T @ (sigmoid(X @ w) - y)*§/§",
        "X.T @ (1/(1 + exp(-X @ w)) - y + § - §)",
        "X' (sigmoid(X w) - y + § - §)",
        "(§*X.T @ sigmoid(X @ w) - §*X.T @ y)/§",
        r"X^\top (\sigma(X w) - y) \cdot \frac{§}{§}",
    ),
    {
        "sign": ("X.T @ (y - sigmoid(X @ w))*§/§", "§/§*X.T @ (y - 1/(1 + exp(-X @ w)))"),
        "no-sigmoid": ("X.T @ (X @ w - y)*§/§",),
        "mean": ("§*X.T @ (sigmoid(X @ w) - y)/(§*N)",),
    },
    ("X.T @ (sigmoid(§*X @ w) + y*y + exp(X @ w))",),
    ("X.T @ (sigmoid(X @ w) - y*§", "X @ X @ X + § w"),
)
HEAD = "import numpy as np\n\n\n"
LOGISTIC = HEAD + "def logistic_gradient(X, y, w):\n    # student §\n"
GRADIENT_CODE = Texts(
    (
        LOGISTIC + "    $a = 1 / (1 + np.exp(-(X @ w)))\n    return X.T @ ($a - y)\n",
        LOGISTIC + "    $a = X.dot(w)\n    $b = 0.5 * (1 + np.tanh(0.5 * $a)) - y\n    return $b @ X\n",
    ),
    {
        "code-sign": (LOGISTIC + "    $a = 1 / (1 + np.exp(-(X @ w)))\n    return X.T @ (y - $a)\n",),
        "code-mean": (LOGISTIC + "    $a = 1 / (1 + np.exp(-(X @ w)))\n    return X.T @ ($a - y) / len(y)\n",),
    },
    (LOGISTIC + "    $a = np.tanh(X @ w)\n    return § + X.T @ $a\n", LOGISTIC + "    return $a + §\n"),
    (LOGISTIC + "    $a = 1 / (1 + np.exp(-(X @ w))\n    return X.T @ ($a - y)\n",),
)
SOFTMAX = HEAD + "def softmax_backward(z, g):\n    # student §\n"
POWERS = "    $a = np.exp(z - z.max(axis=1, keepdims=True))\n    $b = $a / $a.sum(axis=1, keepdims=True)\n"
SOFTMAX_CODE = Texts(
    (
        SOFTMAX + POWERS + "    return $b * (g - (g * $b).sum(axis=1, keepdims=True))\n",
        SOFTMAX + POWERS + "    $c = np.einsum('nc,nc->n', g, $b)\n    return $b * g - $b * $c[:, None]\n",
    ),
    {
        "diagonal": (SOFTMAX + POWERS + "    return g * $b * (1 - $b)\n",),
        "negated": (SOFTMAX + POWERS + "    return $b * ((g * $b).sum(axis=1, keepdims=True) - g)\n",),
        "batch-mixed": (SOFTMAX + POWERS + "    return $b * (g - (g * $b).sum())\n",),
    },
    (SOFTMAX + POWERS + "    return $b + § * g\n", SOFTMAX + POWERS + "    return $b.sum(axis=§)\n"),
    (SOFTMAX + POWERS + "    return $b * (g - (g * $b).sum(axis=1, keepdims=True)\n",),
)
ENTROPY = HEAD + "def cross_entropy(z, t):\n    # student §\n"
LOGS = "    $a = z - z.max(axis=1, keepdims=True)\n    $b = $a - np.log(np.exp($a).sum(axis=1, keepdims=True))\n"
ENTROPY_CODE = Texts(
    (
        ENTROPY + LOGS + "    $c = len(z)\n    return -(t * $b).sum() / $c, (np.exp($b) - t) / $c\n",
        ENTROPY + LOGS + "    return -np.mean(np.sum(t * $b, axis=1)), (np.exp($b) - t) / z.shape[0]\n",
    ),
    {},
    (ENTROPY + "    z += §\n    return np.zeros(§), z\n",),
    (ENTROPY + LOGS + "    return -(t * $b).sum() / len(z), (np.exp($b) - t) / len(z\n",),
    {
        "": (ENTROPY + "    $a = np.exp(z)\n    $b = $a / $a.sum(1, keepdims=True)\n"
             "    return -(t * np.log($b)).sum() / len(z), ($b - t) / len(z)\n",),
        "gradient-of-sum": (ENTROPY + LOGS + "    return -(t * $b).sum() / len(z), np.exp($b) - t\n",),
        "sign": (ENTROPY + LOGS + "    return -(t * $b).sum() / len(z), (t - np.exp($b)) / len(z)\n",),
    },
)  # fmt: skip
PARTS: Mapping[Place, Texts] = {
    (1, "formula"): SIZE,
    (1, "number"): NUMBER,
    (2, "formula"): GRADIENT,
    (2, "code"): GRADIENT_CODE,
    (3, "a"): SOFTMAX_CODE,
    (4, "a"): ENTROPY_CODE,
}
CODE: Mapping[Place, str] = {
    (2, "code"): "supervised.logistic-regression-gradient",
    (3, "a"): "layers.softmax-backward",
    (4, "a"): "layers.cross-entropy-code",
}
NAMES = "p prob q out probs soft u v e total scores h act tmp res val inner first second shifted norm aux".split()


def drawn(chance: random.Random) -> tuple[dict[Place, str], dict[Place, Planned]]:
    """The answers of an ordinary student, and what each part is planned to come to."""
    own = str(chance.randrange(10**6, 10**7))
    answers, plan = {}, {}
    for place, texts in PARTS.items():
        answers[place], plan[place] = own_text(texts, own, chance)
    return answers, plan


def own_text(texts: Texts, own: str, chance: random.Random) -> tuple[str, Planned]:
    """An answer with a student's own number and names, and what it is planned to come to."""
    text, planned = _answer(texts, chance)
    names = iter(chance.sample(NAMES, 3))
    for letter in "abc":
        text = text.replace(f"${letter}", next(names))
    return text.replace("§", own), planned


def _answer(texts: Texts, chance: random.Random) -> tuple[str, Planned]:
    (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
    if kind == "unanswered":
        return "", Planned(("unanswered",))
    if kind == "mistake":
        given = {**texts.mistakes, **texts.partial}
        name = chance.choice([name for name in given if given[name]])
        outcome = "partial" if name in texts.partial else "wrong"
        return chance.choice(given[name]), Planned((outcome,), name)
    several: Mapping[str, tuple[str, ...]] = {
        "right": texts.right, "wrong": texts.wrong, "unreadable": texts.unreadable,
    }  # fmt: skip
    return chance.choice(several[kind]), Planned((kind,))
