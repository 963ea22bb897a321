"""Linear regression by roads of its own: least squares by QR, likelihoods by torch's distributions, losses by torch.

X  (N, D)  inputs, one example a row      w  (D,)  weights
y  (N,)    targets                        u, t     one feature and its targets, the numbers of a small example
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf


def least_squares(X: Array, y: Array, c: Array, kind: str) -> Array:
    """The weights (D,) that minimise a sum of squares, by QR. c (N,): weights, offsets or second targets, by `kind`."""
    rows, targets = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if kind == "weighted":
        roots = np.sqrt(c)
        rows, targets = roots[:, None] * rows, roots * targets
    if kind == "offset":
        targets = targets - c
    if kind == "scaled":
        rows = c[:, None] * rows
    if kind == "twice":
        rows, targets = np.concatenate([rows, rows]), np.concatenate([targets, c])
    return _solved(rows, targets)


def line_slope(u: Array, t: Array, line: str) -> float:
    """The slope of the line of least squares. line: 'origin', 'free' or 'fixed' (through (0, 1))."""
    columns = [u, np.ones_like(u)] if line == "free" else [u]
    return float(_solved(np.stack(columns, axis=1), t - 1 if line == "fixed" else t)[0])


def line_error(u: Array, t: Array, line: str) -> float:
    """The least sum of squared errors of that line."""
    height = 1.0 if line == "fixed" else 0.0
    columns = [u, np.ones_like(u)] if line == "free" else [u]
    rows = np.stack(columns, axis=1)
    return float(np.sum((rows @ _solved(rows, t - height) + height - t) ** 2))


def ridge_weights(X: Array, y: Array, rho: float, data: str, halved: int) -> Array:
    """The weights (D,) of least penalised loss, by one Newton step on the quadratic loss from zero."""
    import torch

    rows, targets = constant(X), constant(y)
    scale = {"half": 0.5, "sum": 1.0, "mean": 1 / len(y), "half-mean": 0.5 / len(y)}[data]

    def loss(w: torch.Tensor) -> torch.Tensor:
        return scale * ((rows @ w - targets) ** 2).sum() + rho / halved * (w**2).sum()

    start = torch.zeros(rows.shape[1], dtype=torch.float64, requires_grad=True)
    slope = constant(gradient(loss(start), start))
    hessian = torch.autograd.functional.hessian(loss, start)  # type: ignore[no-untyped-call]
    return array(-torch.linalg.solve(hessian, slope))


def ridge_slope(u: Array, t: Array, strength: float, data: str, halved: int) -> float:
    """The one weight of ridge regression with one feature and no bias."""
    return float(ridge_weights(u[:, None], t, float(strength), data, halved)[0])


def squared_loss(u: Array, t: Array, a: float, b: float, reduction: str) -> float:
    """The loss of the line a*u + b, by torch."""
    return float(_loss(u, t, a, b, reduction)[0])


def squared_slope(u: Array, t: Array, a: float, b: float, reduction: str, asked: str) -> float:
    """Its derivative by the line's slope or intercept, by autograd."""
    return _loss(u, t, a, b, reduction)[1][asked]


def squared_step(u: Array, t: Array, a: float, b: float, reduction: str, asked: str, rate: float) -> float:
    """The slope or the intercept after one step of torch's SGD on both."""
    import torch

    values = {"slope": leaf(a), "intercept": leaf(b)}
    slopes = _loss(u, t, a, b, reduction)[1]
    for name, value in values.items():
        value.grad = constant(slopes[name])
    torch.optim.SGD(list(values.values()), lr=float(rate)).step()
    return float(values[asked].detach())


def _loss(u: Array, t: Array, a: float, b: float, reduction: str) -> tuple[float, dict[str, float]]:
    """Loss and derivatives. reduction: 'half', 'sum', 'mean' or 'half-mean'."""
    import torch

    slope, intercept = leaf(a), leaf(b)
    kind = "mean" if reduction.endswith("mean") else "sum"
    loss = torch.nn.functional.mse_loss(slope * constant(u) + intercept, constant(t), reduction=kind)
    loss = loss / 2 if reduction.startswith("half") else loss
    found = torch.autograd.grad(loss, [slope, intercept])
    return float(loss.detach()), {"slope": float(found[0]), "intercept": float(found[1])}


def _solved(rows: Array, targets: Array) -> Array:
    """The weights of least squares, by torch."""
    import torch

    return array(torch.linalg.lstsq(constant(rows), constant(targets)[:, None]).solution[:, 0])
