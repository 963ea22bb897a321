"""Initialisation: scales read off torch.nn.init, and the size of signals on their way through random layers.

n, m  inputs and outputs of a unit (fan-in, fan-out)     C, F, K  channels in and out, width of a kernel
v     variance of a pre-activation                       a        a slope, or a chance
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def mean_square(weights: str, net: str, D: float, H: float, s: float, K: float, M: float) -> float:
    """The mean square of an output after K linear layers (K pairs of layers where net is 'pair').

    M: mean square of the inputs, which need not be independent of each other: their second moments (D, D) are M times
    a matrix that is 1 everywhere, and what each layer makes of them is propagated whole. weights: see `_second_moment`.
    """
    sizes = [round(D)] if net == "square" else [round(D), round(H)]
    moments = np.full((sizes[0], sizes[0]), float(M))
    for i in range(round(K) * len(sizes)):
        # E[(W x)(W x).T] = E[W S W.T]; rows of W are independent with mean 0, so that only its diagonal is not 0
        spread = _second_moment(weights, float(s)) * np.eye(len(moments))  # E[w w.T] of one row
        moments = np.trace(spread @ moments) * np.eye(sizes[(i + 1) % len(sizes)])
    return float(moments[0, 0])


def mean_square_drawn(weights: str, net: str, d: int, h: int, t: float, k: int, x2: float) -> float:
    """`mean_square` for drawn numbers."""
    return mean_square(weights, net, d, h, float(t), k, float(x2))


def steady_scale(weights: str, net: str, d: int, h: int) -> float:
    """The s for which `mean_square` stays as it is, found by scaling: mean squares grow with the square of s."""
    layers = 1 if net == "square" else 2
    return float(mean_square(weights, net, d, h, 1.0, 1, 1.0) ** (-1 / (2 * layers)))


def _second_moment(weights: str, s: float) -> float:
    """E[w^2] of one weight, by torch.distributions or, for those with few values, by listing them."""
    from torch import distributions

    scale = constant(s)  # in float64, which numbers are not

    table: dict[str, Callable[[], Any]] = {
        "normal": lambda: distributions.Normal(0 * scale, scale).variance,
        "uniform": lambda: distributions.Uniform(-scale, scale).variance,
        "laplace": lambda: distributions.Laplace(0 * scale, scale).variance,
        "signs": lambda: np.mean([w**2 for w in (-s, s)]),
        "sparse": lambda: np.mean([w**2 for w in (-s, s, 0, 0, 0, 0, 0, 0)]),
        "three": lambda: np.mean([w**2 for w in (-s, 0, s)]),
    }
    return float(table[weights]())


def layer_weight(layer: str, C: float, F: float, K: float) -> Tensor:
    """The weight of a layer in the shape that PyTorch gives it; `flat` reads C maps of K x K pixels."""
    from torch import nn

    c, f, k = round(C), round(F), round(K)
    made: dict[str, Callable[[], nn.Module]] = {
        "dense": lambda: nn.Linear(c, f),
        "flat": lambda: nn.Linear(c * k * k, f),
        "line": lambda: nn.Conv1d(c, f, k),
        "image": lambda: nn.Conv2d(c, f, k),
        "row": lambda: nn.Conv2d(c, f, (1, k)),
        "volume": lambda: nn.Conv3d(c, f, k),
    }
    weight: Tensor = next(iter(made[layer]().parameters())).detach().double()
    return weight


def xavier_scale(layer: str, rule: str, C: float, F: float, K: float) -> float:
    """rule 'normal': the standard deviation of nn.init.xavier_normal_; 'variance': its square; 'uniform': the bound.

    Found by dividing what torch fills in by the standard numbers that it draws from the same seed.
    """
    import torch

    weight = layer_weight(layer, C, F, K)
    if rule == "uniform":
        filled = torch.nn.init.xavier_uniform_(weight.clone(), generator=_seeded())
        standard = torch.empty_like(weight).uniform_(-1, 1, generator=_seeded())
    else:
        filled = torch.nn.init.xavier_normal_(weight.clone(), generator=_seeded())
        standard = torch.empty_like(weight).normal_(0, 1, generator=_seeded())
    scale = float(filled.abs().sum() / standard.abs().sum())
    return scale**2 if rule == "variance" else scale


def xavier_scale_drawn(layer: str, rule: str, c: int, f: int, k: int) -> float:
    """`xavier_scale` for drawn sizes."""
    return xavier_scale(layer, rule, c, f, k)


def fan_in(layer: str, c: int, f: int, k: int) -> int:
    """Inputs that one output depends on: the fan-in that torch computes."""
    import torch

    return int(torch.nn.init._calculate_fan_in_and_fan_out(layer_weight(layer, c, f, k))[0])


def fan_out(layer: str, c: int, f: int, k: int) -> int:
    """Outputs that one input takes part in, far from the border: the fan-out that torch computes."""
    import torch

    return int(torch.nn.init._calculate_fan_in_and_fan_out(layer_weight(layer, c, f, k))[1])


def _seeded() -> Any:
    import torch

    return torch.Generator().manual_seed(7)


def xavier_weights(U: Array) -> Array:
    """Weights (F, C, K, K) of nn.init.xavier_uniform_ made from numbers U in [0, 1) of the same shape."""
    import torch

    bound = xavier_scale("image", "uniform", U.shape[1], U.shape[0], U.shape[2])
    return array(torch.lerp(constant(-bound), constant(bound), constant(U)))


def signal_sizes(x: Array, Z: Array, a: float) -> Array:
    """Mean squares (L,) of the outputs of L layers leaky_relu(W x) for x (N, D); a is the slope below 0.

    W is Z (L, D, D), drawn from a standard normal distribution, at He's scale.
    """
    import torch

    values, sizes = constant(x), []
    gain = torch.nn.init.calculate_gain("leaky_relu", float(a))
    for z in constant(Z):
        values = torch.nn.functional.leaky_relu(values @ (z * gain / z.shape[1] ** 0.5).T, float(a))
        sizes.append((values**2).mean())
    return array(torch.stack(sizes))


def symmetric_gradient(f: str, w: Array, x: Array, c: float, t: float, H: float) -> Array:
    """dL/dw_1 (D,) of H hidden units that all have the weights w (D,) in and c out; L = (y - t)^2/2, by autograd."""
    import torch

    curves: dict[str, Callable[[Tensor], Tensor]] = {
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "softplus": torch.nn.functional.softplus,
        "sine": torch.sin,
    }
    W = leaf(np.tile(w, (round(H), 1)))
    y = (float(c) * curves[f](W @ constant(x))).sum()
    return np.asarray(gradient((y - float(t)) ** 2 / 2, W)[0])


def units_left(u: Array, v: Array) -> int:
    """Different hidden units after 50 steps of training; unit i starts with u[i]/10 on each input and v[i]/10 out."""
    import torch

    source = np.random.default_rng(1)
    X, targets = constant(source.normal(size=(20, 3))), constant(source.normal(size=20))
    W, out = leaf(np.tile(np.asarray(u)[:, None] / 10, (1, 3))), leaf(np.asarray(v) / 10)
    optimiser = torch.optim.SGD([W, out], lr=0.1)
    for _ in range(50):
        loss = ((torch.tanh(X @ W.T + 0.5) @ out - targets) ** 2).mean()
        W.grad, out.grad = torch.autograd.grad(loss, [W, out])
        optimiser.step()
    rows = np.column_stack([array(W), array(out)])
    return len(np.unique(np.round(rows, 9), axis=0))
