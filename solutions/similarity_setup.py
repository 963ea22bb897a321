"""Siamese networks: pairs and triplets of a training set counted one by one, and shared parameters."""

from __future__ import annotations

import itertools


def group_count(persons: int, k: int, kind: str) -> int:
    """Number of 'pairs' or 'triplets' of a set of `persons` with k pictures each: pictures listed, groups counted."""
    who = [person for person in range(int(persons)) for _ in range(int(k))]
    pairs = list(itertools.combinations(range(len(who)), 2))
    if kind == "pairs":
        return len(pairs)
    others = [sum(other != person for other in who) for person in who]
    return sum(2 * others[i] for i, j in pairs if who[i] == who[j])


def shared_parameters(f: int, d: int, copies: int) -> int:
    """Parameters that torch finds in a model whose `copies` branches end in one and the same linear layer."""
    import torch

    layer = torch.nn.Linear(int(f), int(d), device="meta")
    model = torch.nn.ModuleList([torch.nn.Sequential(layer) for _ in range(int(copies))])
    return sum(parameter.numel() for parameter in model.parameters())
