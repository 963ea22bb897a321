"""Linear regression by roads of its own: least squares by QR, likelihoods by torch's distributions, losses by torch.

X  (N, D)  inputs, one example a row      w  (D,)  weights
y  (N,)    targets                        u, t     one feature and its targets, the numbers of a small example
"""

from __future__ import annotations

from typing import Any

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


def coefficient_slope(
    x: Array, y: Array, w0: float, w1: float, w2: float, p: str, q: str, coef: str, kind: str
) -> float:
    """dL/d(coef), a number, by autograd through the design matrix. kind: 'half', 'sum' or 'mean'."""
    import torch

    weights = leaf([w0, w1, w2])
    predicted = constant(_design(x, p, q)) @ weights
    loss = torch.nn.functional.mse_loss(predicted, constant(y), reduction="mean" if kind == "mean" else "sum")
    slopes = gradient(loss / 2 if kind == "half" else loss, weights)
    return float(slopes[["w0", "w1", "w2"].index(coef)])


def curve(a0: float, a1: float, a2: float, v: float, p: str, q: str) -> float:
    """The curve with these coefficients at v, as a row of the design matrix times the weights."""
    return float((_design(np.array([v], dtype=np.float64), p, q) @ np.array([a0, a1, a2]))[0])


def gram_entry(u: Array, p: str, q: str, coef: str) -> float:
    """The entry of the matrix of the normal equations in the row of `coef` and the column of w2."""
    design = _design(u, p, q)
    return float((design.T @ design)[["w0", "w1", "w2"].index(coef), 2])


def _design(x: Array, p: str, q: str) -> Array:
    """The design matrix (N, 3)."""
    columns = {
        "x": x, "x**2": np.square(x), "x**3": np.power(x, 3), "x**4": np.power(x, 4), "abs(x)": np.abs(x),
        "relu(x - 1)": np.clip(x - 1, 0, None), "relu(x)": np.clip(x, 0, None), "relu(-x)": np.clip(-x, 0, None),
        "(x - 1)**2": np.square(x - 1), "2**x": np.exp2(x),
    }  # fmt: skip
    return np.stack([np.ones_like(x), columns[p], columns[q]], axis=1)


def fit_polynomial(x: Array, y: Array, degree: int, q: Array) -> tuple[Array, Array]:
    """Least-squares coefficients (D,), constant first, D = degree + 1, and the polynomial at q (M,)."""
    powers = np.arange(int(degree) + 1)
    w = _solved(np.power(x[:, None], powers), y)
    return w, np.asarray(np.polynomial.polynomial.polyval(q, w), dtype=np.float64)


def polynomial_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `fit_polynomial`, always with more points than coefficients."""
    draw, calls = np.random.default_rng([seed, 5]), []
    for n, degree, m in ((4, 1, 2), (6, 2, 3), (9, 3, 4), (8, 2, 1)):
        x = 0.5 + np.linspace(-1.5, 1.5, n) + draw.uniform(-0.1, 0.1, size=n)
        y = 1 + 2 * x - x**degree + 0.5 * draw.normal(size=n)
        calls.append({"x": x, "y": y, "degree": degree, "q": draw.uniform(-1, 2, size=m)})
    return calls
