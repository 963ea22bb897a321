"""Second roads for the sheet on layers and losses: PyTorch's own functions of the same name, and its Jacobians.

x  input of a layer or a loss      p  target distribution      t  target      g  upstream gradient
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def linear(W: Array, x: Array, b: Array) -> Array:
    """The output (M,) of a linear layer."""
    return array(_functional().linear(constant(x), constant(W), constant(b)))


def linear_parameters(d: float, m: float) -> int:
    """Parameters of a linear layer from d to m units, with bias."""
    import torch

    return sum(p.numel() for p in torch.nn.Linear(int(d), int(m), device="meta").parameters())


def relu(x: Array) -> Array:
    """ReLU of every entry."""
    return array(_functional().relu(constant(x)))


def leaky_relu(x: Array, a: float) -> Array:
    """Leaky ReLU of every entry, slope a below 0."""
    return array(_functional().leaky_relu(constant(x), float(a)))


def elu(x: Array, a: float) -> Array:
    """ELU of every entry, -a far below 0."""
    return array(_functional().elu(constant(x), float(a)))


def sigmoid(x: Array) -> Array:
    """Sigmoid of every entry."""
    return array(_functional().sigmoid(constant(x)))


def tanh(x: Array) -> Array:
    """Hyperbolic tangent of every entry."""
    return array(_functional().tanh(constant(x)))


def softplus(x: Array) -> Array:
    """Softplus of every entry."""
    return array(_functional().softplus(constant(x), threshold=50))


def silu(x: Array) -> Array:
    """SiLU (swish) of every entry."""
    return array(_functional().silu(constant(x)))


def gelu(x: Array) -> Array:
    """GELU of every entry, by the error function."""
    return array(_functional().gelu(constant(x)))


def softmax(x: Array) -> Array:
    """Softmax of a vector."""
    return array(_functional().softmax(constant(x), dim=0))


def softmax_jacobian(x: Array) -> Array:
    """The Jacobian (C, C) of the softmax, a row for each output."""
    import torch

    found: Tensor = torch.autograd.functional.jacobian(  # type: ignore[no-untyped-call]
        lambda scores: torch.softmax(scores, dim=0), constant(x)
    )
    return array(found)


def cross_entropy(p: Array, x: Array) -> float:
    """Cross-entropy of the softmax of the scores x against p."""
    return float(_functional().cross_entropy(constant(x), constant(p), reduction="sum"))


def cross_entropy_of_probabilities(p: Array, x: Array) -> float:
    """Cross-entropy of the probabilities x against p, as one loss for each class, weighted."""
    import torch

    classes = torch.arange(len(p))
    logs = constant(x).log().expand(len(p), len(p))
    return float(constant(p) @ _functional().nll_loss(logs, classes, reduction="none"))


def binary_cross_entropy(x: float, t: float) -> float:
    """Binary cross-entropy of the probability x."""
    return float(_functional().binary_cross_entropy(constant(x), constant(t), reduction="sum"))


def binary_cross_entropy_of_scores(x: float, t: float) -> float:
    """Binary cross-entropy of the sigmoid of the score x."""
    return float(_functional().binary_cross_entropy_with_logits(constant(x), constant(t), reduction="sum"))


def squared(x: Array, t: Array) -> float:
    """Squared error, summed."""
    return float(_functional().mse_loss(constant(x), constant(t), reduction="sum"))


def absolute(x: float, t: float) -> float:
    """Absolute error."""
    return float(_functional().l1_loss(constant(x), constant(t), reduction="sum"))


def huber(x: float, t: float, c: float) -> float:
    """Huber's loss, quadratic up to c."""
    return float(_functional().huber_loss(constant(x), constant(t), reduction="sum", delta=float(c)))


def hinge(x: float, s: float) -> float:
    """Hinge loss of the score x; s is 1 where the label is 1 and 0 where it is -1."""
    score, label = constant(x), constant(1.0 if s else -1.0)
    loss = _functional().margin_ranking_loss(score, 0 * score, label, margin=1.0, reduction="sum")
    return float(loss)


def tied_maximum(x: Array, g: float) -> Array:
    """The gradient at x of the largest entry by torch's amax, where g arrives."""
    values = leaf(x)
    return gradient(values.amax(), values, float(g))


def entry_of_sum(x: Array, g: float) -> float:
    """The gradient at the second entry of x of the sum of its entries."""
    values = leaf(x)
    return float(gradient(values.sum(), values, float(g))[1])


def entry_of_squared(x: Array, t: Array, g: float) -> float:
    """The gradient at the second entry of x of the squared error, summed."""
    values = leaf(x)
    return float(gradient(_functional().mse_loss(values, constant(t), reduction="sum"), values, float(g))[1])


def _functional() -> Any:
    from torch.nn import functional

    return functional
