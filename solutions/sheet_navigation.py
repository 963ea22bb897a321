"""Second roads for the sheet of navigation: returns move by move, losses and steps by torch, searched constants."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant
from solutions.navigation_losses import new_weight
from solutions.navigation_maze import symbolic_return


def backward_return(r: Array, gamma: float) -> float:
    """The discounted return of rewards r (T,), from the last move to the first."""
    total = 0.0
    for reward in reversed(r.tolist()):
        total = reward + gamma * total
    return total


def goal_return(R: float, gamma: float, T: float) -> float:
    """The return where move T brings R and nothing else does."""
    return symbolic_return(R, gamma, round(T), 1, "once")


def dear_return(R: float, gamma: float, T: float, c: float) -> float:
    """The same where every move costs c besides."""
    rewards = np.full(round(T), -c)
    rewards[-1] += R
    return backward_return(rewards, gamma)


def repeated_return(R: float, gamma: float, T: float, P: float) -> float:
    """The return where R comes at move T and then every P moves, without end."""
    return symbolic_return(R, gamma, round(T), round(P), "again")


def some_success(p: float, n: float) -> float:
    """The chance of a success in n independent episodes, from the distribution of their number."""
    chances = np.array([1.0])
    for _ in range(round(n)):
        chances = np.convolve(chances, [1 - p, p])
    return float(chances[1:].sum())


def depth_bin(z: float, K: float) -> int:
    """The first of K bins that ends at depth z or beyond, searched; bin k ends at (k/K)^2."""
    ends = (np.arange(1, round(K) + 1) / round(K)) ** 2
    return int(np.argmax(ends >= z)) + 1


def depth_loss(Z: Array, T: Array) -> float:
    """The mean cross-entropy of scores Z (P, K) over patches, by torch; T (P, K): one-hot bins."""
    import torch

    return float(torch.nn.functional.cross_entropy(constant(Z), torch.tensor(T.argmax(axis=1))))


def loss_of_equal_scores(K: float) -> float:
    """The cross-entropy of K equal scores, by torch."""
    import torch

    return float(torch.nn.functional.cross_entropy(constant(np.zeros((1, round(K)))), torch.tensor([0])))


def closure_loss(c: Array, q: Array) -> float:
    """The mean binary cross-entropy of probabilities q (T,), by torch; c (T,): labels."""
    import torch

    return float(torch.nn.functional.binary_cross_entropy(constant(q), constant(c)))


def best_constant(c: Array) -> float:
    """The one probability for all moves with the least loss, by bisection of its slope; c (T,): labels."""
    import torch

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = torch.full((len(c),), (low + high) / 2, dtype=torch.float64, requires_grad=True)
        loss = torch.nn.functional.binary_cross_entropy(middle, constant(c))
        (slope,) = torch.autograd.grad(loss, middle)
        low, high = (low, middle[0].item()) if slope.sum() > 0 else (middle[0].item(), high)
    return (low + high) / 2


def stepped(w: float, eta: float, x: float, y: float, z: float, b1: float, b2: float) -> float:
    """A weight after one step of torch's SGD on three losses with the slopes x, y, z and the weights 1, b1, b2."""
    return new_weight(x, y, z, b1, b2, w, eta)
