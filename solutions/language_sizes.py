"""Numbers of trained parameters of language models, counted from torch's layers.

V words, vectors of size D, windows of n - 1 words, K hidden units.
"""

from __future__ import annotations


def parameters(model: str, v: int, d: int, n: int, k: int) -> int:
    """Trained numbers of a 'bilinear', 'neural', 'direct', 'tied' or 'recurrent' model."""
    from torch import nn

    V, D, m, K = int(v), int(d), int(n) - 1, int(k)

    def linear(inputs: int, outputs: int, bias: bool = True) -> nn.Module:
        return nn.Linear(inputs, outputs, bias=bias, device="meta")

    layers: dict[str, list[nn.Module]] = {
        "bilinear": [*(linear(D, D, bias=False) for _ in range(m)), linear(D, V)],
        "neural": [linear(m * D, K), linear(K, V)],
        "direct": [linear(m * D, K), linear(K, V), linear(m * D, V, bias=False)],
        "tied": [linear(m * D, D), linear(V, 1, bias=False)],  # the biases of the scores stand in one row
        "recurrent": [linear(K + D, K), linear(K, V)],
    }
    table = nn.Embedding(V, D, device="meta")
    return sum(p.numel() for layer in [table, *layers[model]] for p in layer.parameters())


def growth(model: str, v: int, d: int, n: int, k: int) -> int:
    """How many more there are with one context word more."""
    return parameters(model, v, d, int(n) + 1, k) - parameters(model, v, d, n, k)


def sizes(v: int, d: int, n: int, k: int) -> tuple[int, ...]:
    """Sizes of four models in the order of the question, and of a table of trigrams."""
    table = int(v) * len(range(int(v) * int(v)))
    return (*(parameters(m, v, d, n, k) for m in ("bilinear", "neural", "direct", "recurrent")), table)
