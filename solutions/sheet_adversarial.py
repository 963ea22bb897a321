"""Second roads for the sheet on adversarial learning: Bayes' rule undone, PyTorch's losses and its optimiser.

p, q  densities of data and samples    D, E  outputs on data and samples    s, u  their logits    w  share of data
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.adversarial_optimum import best_value
from solutions.adversarial_ratios import from_output
from solutions.adversarial_value import climbed
from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def ratio(D: float, w: float) -> float:
    """p/q for which Bayes' rule gives the output D, where a share w of the examples is data."""
    return from_output(D, 0.0, w, 0.0, 0.0, "D", "ratio", "share")


def log_ratio(s: float, w: float) -> float:
    """log(p/q) for which Bayes' rule gives the logit s."""
    return from_output(0.0, s, w, 0.0, 0.0, "s", "log", "share")


def counted_ratio(D: float, n: float, k: float) -> float:
    """p/q from the output D of a classifier of n data examples and k samples."""
    return from_output(D, 0.0, 0.0, n, k, "D", "ratio", "numbers")


def value(D: Array, E: Array) -> float:
    """The value of outputs D (N,) on data and E (M,) on samples: less torch's two cross-entropies."""
    import torch

    loss = torch.nn.functional.binary_cross_entropy
    data, samples = constant(D), constant(E)
    return -float(loss(data, torch.ones_like(data)) + loss(samples, torch.zeros_like(samples)))


def discriminator_loss(s: Array, u: Array) -> float:
    """The discriminator's loss for logits s (N,) on data and u (M,) on samples, by torch."""
    return float(_cross_entropy(constant(s), 1.0) + _cross_entropy(constant(u), 0.0))


def best_output(p: float, q: float) -> float:
    """The output at which the slope of p log D + q log(1 - D) is zero."""
    return best_value(p, q, 0.5, "standard")


def best_for_share(p: float, q: float, w: float) -> float:
    """The same where a share w of the examples is data."""
    return best_value(p, q, w, "share")


def best_game(p: Array, q: Array) -> float:
    """The value (probabilities p, q (K,) of data and samples) at the best discriminator, by climbing."""
    return climbed(p, q)


def discriminator_step(X: Array, Y: Array, w: Array, eta: float) -> Array:
    """Weights (D,) after one step of torch's SGD, which maximises the value, on data X and samples Y."""
    import torch

    weights = leaf(w)
    climber = torch.optim.SGD([weights], lr=float(eta), maximize=True)
    loss = _cross_entropy(constant(X) @ weights, 1.0) + _cross_entropy(constant(Y) @ weights, 0.0)
    (-loss).backward()
    climber.step()
    return array(weights)


def generator_step(A: Array, Z: Array, w: Array, eta: float) -> Array:
    """Generator (D, K) after one step of torch's SGD on the mean of log(1 - D) over the noise Z (M, K)."""
    import torch

    maker = leaf(A)
    walker = torch.optim.SGD([maker], lr=float(eta))
    (-_cross_entropy(constant(Z) @ maker.T @ constant(w), 0.0)).backward()
    walker.step()
    return array(maker)


def _cross_entropy(logits: Tensor, label: float) -> Any:
    import torch

    return torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))
