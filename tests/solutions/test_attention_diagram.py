"""The diagram of attention computes what torch's scaled dot-product attention computes."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from diagram_layout import flaws
from diagram_values import sources

from solutions.attention_pictures import query_key_value


def test_the_boxes_compute_attention() -> None:
    Q, K, V = (torch.randn(n, d, generator=torch.Generator().manual_seed(n)) for n, d in ((3, 4), (5, 4), (5, 2)))
    rules: dict[str, Callable[..., torch.Tensor]] = {
        "scores": lambda q, k: q @ k.T, "scaled": lambda s: s / math.sqrt(4),
        "weights": lambda s: s.softmax(dim=1), "mixed": lambda v, a: a @ v, "out": lambda o: o,
    }  # fmt: skip
    found = {"Q": Q, "K": K, "V": V}
    for name, rule in rules.items():
        found[name] = rule(*(found[source] for source in sources(query_key_value(), name)))
    expected = torch.nn.functional.scaled_dot_product_attention(Q[None], K[None], V[None])[0]
    assert torch.allclose(found["out"], expected, atol=1e-6)


def test_nothing_overlaps() -> None:
    assert flaws(query_key_value()) == []
