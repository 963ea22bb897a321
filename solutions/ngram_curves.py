"""Perplexity of n-gram models of letters: long contexts need much text."""

from __future__ import annotations

import math
from collections import Counter

from solutions.curve_points import level, series
from solutions.drawings import Plot
from solutions.trained.text import ALPHABET, entropy, sample

ORDERS = range(2, 9)
SHORT, LONG, HELD = 300, 20_000, 4000  # letters
COUNTED = 0.02  # added to each count


def perplexity_by_order() -> Plot:
    """Perplexities of n-gram models of generated text by n, on the text they count and on other; the least possible."""
    other = sample(HELD, "held out")[0]
    short, long = sample(SHORT, "short")[0], sample(LONG, "long")[0]
    curves = {
        f"on its {SHORT} letters": [perplexity(short, short, n) for n in ORDERS],
        "other text": [perplexity(short, other, n) for n in ORDERS],
        f"other text, from {LONG}": [perplexity(long, other, n) for n in ORDERS],
    }
    shown = [series(name, ORDERS, values, "path") for name, values in curves.items()]
    least = level("entropy's", ORDERS, math.exp(entropy()))
    return Plot("Perplexity by the length of n-grams", "n", "perplexity", (*shown, least))


def perplexity(text: str, asked: str, n: int) -> float:
    """exp of the mean surprise at the letters of `asked`, each given the n − 1 before it, as counted in `text`."""
    pairs = Counter(text[i : i + n] for i in range(len(text) - n + 1))
    contexts: Counter[str] = Counter()
    for gram, count in pairs.items():
        contexts[gram[:-1]] += count
    total = 0.0
    for i in range(len(asked) - n + 1):
        gram = asked[i : i + n]
        seen = contexts[gram[:-1]] + COUNTED * len(ALPHABET)
        total -= math.log((pairs[gram] + COUNTED) / seen)
    return math.exp(total / (len(asked) - n + 1))
