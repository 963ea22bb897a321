"""Wrong references for code on EM and on E steps by gradient, each one slip away from the right one."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array


def _joint(x: Array, w: Array, mu: Array, var: Array) -> Array:
    logs = np.log(w) - np.log(2 * np.pi * var) / 2 - (x[:, None] - mu) ** 2 / (2 * var)
    return np.asarray(logs)


def _em(
    x: Array, w: Array, mu: Array, var: Array, *, axis: int = 1, prior: bool = True, old: bool = False, by: str = "r"
) -> tuple[Array, Array, Array, np.float64]:
    logs = _joint(x, w, mu, var)
    top = logs.max(axis=1, keepdims=True)
    evidence = np.sum(np.log(np.exp(logs - top).sum(1, keepdims=True)) + top)
    if not prior:
        logs = logs - np.log(w)
    r = np.exp(logs - logs.max(axis=axis, keepdims=True))
    r = r / r.sum(axis=axis, keepdims=True)
    count = r.sum(0) if by == "r" else np.full(len(w), float(len(x)))
    mean = r.T @ x / count
    variance = (r * (x[:, None] - (mu if old else mean)) ** 2).sum(0) / count
    return r.mean(0), mean, variance, evidence


def em_over_data(x: Array, w: Array, mu: Array, var: Array) -> Any:
    """Normalises over the data, not over the components."""
    return _em(x, w, mu, var, axis=0)


def em_without_weights(x: Array, w: Array, mu: Array, var: Array) -> Any:
    """Leaves the weights out of the responsibilities."""
    return _em(x, w, mu, var, prior=False)


def em_old_mean(x: Array, w: Array, mu: Array, var: Array) -> Any:
    """Takes the variance around the old means."""
    return _em(x, w, mu, var, old=True)


def em_by_count(x: Array, w: Array, mu: Array, var: Array) -> Any:
    """Divides the moments by the number of points."""
    return _em(x, w, mu, var, by="N")


def em_naive(x: Array, w: Array, mu: Array, var: Array) -> Any:
    """Exponentiates without a shift: densities of far points become zero."""
    joint = np.exp(_joint(x, w, mu, var))
    with np.errstate(all="ignore"):
        r = joint / joint.sum(1, keepdims=True)
        mean = r.T @ x / r.sum(0)
        variance = (r * (x[:, None] - mean) ** 2).sum(0) / r.sum(0)
        return r.mean(0), mean, variance, np.log(joint.sum(1)).sum()


def _online(x: Array, w: Array, mu: Array, rates: Array, *, keep: str = "", turned: bool = False) -> Any:
    counts, sums, rows = w, w * mu, []
    first = (w, mu)
    for batch, rate in zip(x, rates, strict=True):
        at = first if keep == "first" else (w, mu)
        logs = _joint(batch, at[0], at[1], np.ones(len(w)))
        r = np.exp(logs - logs.max(1, keepdims=True))
        r = r / r.sum(1, keepdims=True)
        new = (r.mean(0), (r * batch[:, None]).mean(0))
        step = 1.0 if keep == "batch" else float(1 - rate if turned else rate)
        if keep == "parameters":
            w, mu = (1 - rate) * w + rate * new[0], (1 - rate) * mu + rate * new[1] / new[0]
        else:
            counts, sums = (1 - step) * counts + step * new[0], (1 - step) * sums + step * new[1]
            w, mu = counts, sums / counts
        rows.append((w, mu))
    return np.stack([row[0] for row in rows]), np.stack([row[1] for row in rows])


def online_batch_alone(x: Array, w: Array, mu: Array, rates: Array) -> Any:
    """A full M step from each batch."""
    return _online(x, w, mu, rates, keep="batch")


def online_parameters(x: Array, w: Array, mu: Array, rates: Array) -> Any:
    """Averages parameters, not statistics."""
    return _online(x, w, mu, rates, keep="parameters")


def online_turned(x: Array, w: Array, mu: Array, rates: Array) -> Any:
    """Gives the old average the share of the new batch."""
    return _online(x, w, mu, rates, turned=True)


def online_first_responsibilities(x: Array, w: Array, mu: Array, rates: Array) -> Any:
    """Computes all responsibilities with the parameters of the start."""
    return _online(x, w, mu, rates, keep="first")


def _ascend(
    scores: Array, prior: Array, phi: Array, eta: float, steps: int, *, sign: float = 1, assign: bool = False,
    entropy: bool = True, centred: bool = True,
) -> Any:  # fmt: skip
    path, bounds = [], []

    def parts(phi: Array) -> tuple[Array, Array, Array]:
        logq = phi - np.log(np.exp(phi).sum(1, keepdims=True))
        full = scores + np.log(prior) - logq
        return np.exp(logq), full, full if entropy else full + logq

    for _ in range(steps):
        q, _, gain = parts(phi)
        slope = q * (gain - (q * gain).sum(1, keepdims=True)) if centred else q * (gain - 1)
        phi = eta * slope if assign else phi + sign * eta * slope
        q, full, _ = parts(phi)
        path.append(phi)
        bounds.append((q * full).sum())
    return np.stack(path), np.array(bounds)


def e_step_descent(scores: Array, prior: Array, phi: Array, eta: float, steps: int) -> Any:
    """Steps down the bound."""
    return _ascend(scores, prior, phi, eta, steps, sign=-1)


def e_step_assigned(scores: Array, prior: Array, phi: Array, eta: float, steps: int) -> Any:
    """Replaces the logits by eta times the gradient."""
    return _ascend(scores, prior, phi, eta, steps, assign=True)


def e_step_no_entropy(scores: Array, prior: Array, phi: Array, eta: float, steps: int) -> Any:
    """Leaves the entropy of q out of the gradient."""
    return _ascend(scores, prior, phi, eta, steps, entropy=False)


def e_step_uncentred(scores: Array, prior: Array, phi: Array, eta: float, steps: int) -> Any:
    """Takes the gradient by the probabilities, without the softmax's normalisation."""
    return _ascend(scores, prior, phi, eta, steps, centred=False)
