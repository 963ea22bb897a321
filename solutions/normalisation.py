"""Batch normalisation by PyTorch: layouts, running statistics, gradients, and folding it into its neighbours.

mu, v: mean and variance; t: number of batches; alpha: weight of a new batch in the running statistics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import nn

_LAYOUTS = {
    "features": ("b", "c"),
    "sequence": ("b", "c", "w"),
    "steps": ("b", "w", "c"),
    "maps": ("b", "c", "h", "w"),
    "last": ("b", "h", "w", "c"),
    "volumes": ("b", "c", "d", "h", "w"),
}


def statistics_shape(layout: str, b: int, c: int, h: int, w: int, d: int) -> Array:
    """The shape of the running mean of PyTorch's layer for that layout."""
    return np.array(_layer(layout, c).running_mean.shape)  # type: ignore[union-attr]


def parameter_count(layout: str, c: int) -> int:
    """Learned numbers of PyTorch's layer."""
    return sum(p.numel() for p in _layer(layout, c).parameters())


def values_averaged(layout: str, b: int, c: int, h: int, w: int, d: int) -> int:
    """How many inputs one mean is taken over: those that move the running mean of the first channel."""
    import torch

    axes = _LAYOUTS[layout]
    sizes = {"b": int(b), "c": int(c), "h": int(h), "w": int(w), "d": int(d)}
    x = torch.zeros([sizes[axis] for axis in axes])
    front = x.movedim(axes.index("c"), 1).clone()  # channels second, as torch wants them
    front[:, 0] = 1
    layer = _layer(layout, c)
    layer.momentum = 1.0
    moved = layer.train()(front)
    assert float(layer.running_mean[0]) == 1 and not bool(layer.running_mean[1:].any())  # type: ignore[index]
    return int((front == 1).sum()) if moved.shape == front.shape else 0


def _layer(layout: str, c: int) -> nn.modules.batchnorm._BatchNorm:
    from torch import nn

    kind = {"maps": nn.BatchNorm2d, "last": nn.BatchNorm2d, "volumes": nn.BatchNorm3d}.get(layout, nn.BatchNorm1d)
    return kind(int(c))


def running_after(which: str, alpha: float, t: float, mu: float, v: float) -> float:
    """The running mean or variance of torch after t batches with mean mu and unbiased variance v; starts 0 and 1."""
    import torch

    r = float(v) ** 0.5 * np.array([-1.0, 0.0, 1.0])  # unbiased variance v
    batch, kept = constant(mu + r)[:, None], (constant([0.0]), constant([1.0]))
    for _ in range(round(t)):
        torch.nn.functional.batch_norm(batch, *kept, training=True, momentum=float(alpha))
    return float(kept[0] if which == "mean" else kept[1])


def after_two(which: str, x: Array, y: Array, weight: float) -> float:
    """The running mean or variance after the batches x (m,) and y (m,), by torch."""
    return float(_seen([x, y], weight)[which == "variance"])


def test_output(x: Array, y: Array, weight: float, z: float, gain: float, shift: float) -> float:
    """The output for the value z at test time, after training on the batches x and y."""
    import torch

    mean, var = _seen([x, y], weight)
    out = torch.nn.functional.batch_norm(
        constant([[float(z)]]), mean, var, constant([float(gain)]), constant([float(shift)]), training=False, eps=0.0
    )
    return float(out)


def _seen(batches: list[Array], weight: float) -> tuple[Any, Any]:
    import torch

    kept = constant([0.0]), constant([1.0])
    for batch in batches:
        torch.nn.functional.batch_norm(constant(batch)[:, None], *kept, training=True, momentum=float(weight))
    return kept


def first_gradient(kind: str, x: Array, g: Array, gamma: float) -> float:
    """dL/dx_1 of gamma times the normalised x (m,), g (m,) arriving; kind as in `_normalised`."""
    values = leaf(x)
    return float(gradient(float(gamma) * _normalised(kind, values), values, g)[0])


def gain_gradient(kind: str, x: Array, g: Array, gamma: float) -> float:
    """dL/dgamma for the same layer."""
    gain = leaf(float(gamma))
    return float(gradient(gain * _normalised(kind, constant(x)), gain, g))


def _normalised(kind: str, x: Any) -> Any:
    """'batch': batch norm; 'test': mean 1, variance 4; 'centred': no division; 'rms': over the root mean square."""
    import torch

    if kind == "centred":
        return x - x.mean()
    if kind == "rms":
        return torch.nn.functional.rms_norm(x, [len(x)], eps=0.0)
    kept = (constant([1.0]), constant([4.0]))
    column = torch.nn.functional.batch_norm(x[:, None], *kept, training=kind == "batch", eps=1e-14)
    return column[:, 0]


def single_example(layout: str) -> str:
    """What a batch of one example does in training mode, tried: 'zero' where torch refuses it, else 'instance'."""
    import torch

    x = torch.arange(6.0).reshape([1, 2, 3, 1, 1][: len(_LAYOUTS[layout])] if layout != "features" else [1, 6])
    try:
        _layer(layout, x.shape[1]).train()(x)
    except ValueError:
        return "zero"
    return "instance"


def single_by_axes(axes: str) -> str:
    """The same by the axes that a mean is taken over, as declared."""
    return "zero" if axes == "batch" else "instance"
