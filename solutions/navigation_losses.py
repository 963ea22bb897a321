"""The combined objective of a navigating agent, on a tiny network in torch: trunk, LSTM, three heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import leaf

if TYPE_CHECKING:
    from torch import Tensor

TERMS = {"depth-early": "depth", "depth-late": "depth", "stopped": "depth", "loop": "loop", "policy": "policy"}


def new_weight(g1: float, g2: float, g3: float, k1: float, k2: float, w: float, e: float) -> float:
    """A weight after one step of SGD on three losses, linear in it with the slopes g1, g2, g3, weighted 1, k1, k2."""
    import torch

    weight = leaf(float(w))
    optimiser = torch.optim.SGD([weight], lr=float(e))
    losses = [float(slope) * weight for slope in (g1, g2, g3)]
    (weight.grad,) = torch.autograd.grad(losses[0] + float(k1) * losses[1] + float(k2) * losses[2], [weight])
    optimiser.step()
    return weight.item()


def reached(term: str) -> str:
    """'head', 'trunk', 'all' or 'everything': which parts get a gradient from the loss, by autograd."""
    import torch

    parts = _parts()
    slopes = torch.autograd.grad(_loss(parts, term), list(parts.values()), allow_unused=True)
    return _name({part for part, slope in zip(parts, slopes, strict=True) if slope is not None}, term)


def reached_by_moving(term: str) -> str:
    """The same by moving each part a little and looking whether the loss changes; what is stopped does not count."""
    before = _loss(_parts(), term).item()
    moved = set()
    for name in _parts():
        parts = _parts()
        parts[name] = parts[name] + 0.01
        if abs(_loss(parts, term).item() - before) > 1e-9:
            moved.add(name)
    return _name(moved - {"trunk"} if term == "stopped" else moved, term)


def _parts() -> dict[str, Tensor]:
    """One number for each part of the network."""
    return {name: leaf(0.3 + 0.1 * i) for i, name in enumerate(("trunk", "lstm", "policy", "depth", "loop"))}


def _loss(parts: dict[str, Tensor], term: str) -> Tensor:
    """The loss of the head that the term names, for a picture of one number."""
    import torch

    features = torch.tanh(parts["trunk"] * 0.7)
    state = torch.tanh(parts["lstm"] * features)
    read = {"depth-early": features, "stopped": features.detach()}.get(term, state)
    return (parts[TERMS[term]] * read - 1).square()


def _name(found: set[str], term: str) -> str:
    named = {
        frozenset({TERMS[term]}): "head",
        frozenset({TERMS[term], "trunk"}): "trunk",
        frozenset({TERMS[term], "trunk", "lstm"}): "all",
    }
    return named.get(frozenset(found), "everything")
