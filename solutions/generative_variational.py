"""Variational parameters: how many there are, gradients by the logits of q, and what mean field does to variances."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf


def count(kind: str, N: int, D: int, K: int, H: int) -> int:
    """Free numbers of q, by making the arrays of one q and counting entries.

    N observations, D inputs, H latent dimensions, K values of a discrete latent variable.
    """
    n, d, k, h = int(N), int(D), int(K), int(H)
    arrays: dict[str, list[Array]] = {
        "factorised": n * [np.zeros(h), np.zeros(h)],
        "full": n * [np.zeros(h), np.zeros(h)] + n * [np.tril(np.ones((h, h)), -1)[np.tril_indices(h, -1)]],
        "discrete": n * [np.zeros(k - 1)],
        "pairs": n * [np.zeros(k * k - 1)],
        "encoder": [np.zeros((2 * h, d)), np.zeros(2 * h)],
        "shared": n * [np.zeros(h)] + [np.zeros(h)],
    }
    return int(sum(block.size for block in arrays[kind]))


def ascent(form: str, l: Array, p: Array, a: Array) -> Array:  # noqa: E741
    """The gradient (K,) of the bound of q by its logits a, by autograd; p prior, l likelihoods, each (K,).

    form: 'plain' q = softmax(a); 'cold' q = softmax(2 a); 'twice' two observations with the same l share one z;
    'weighted' the KL term counts twice; 'pull' minus half the squared norm of a.
    """
    import torch

    logits = leaf(a)
    law = torch.softmax(2 * logits if form == "cold" else logits, dim=0)
    fit = torch.dot(law, constant(l).log()) * (2 if form == "twice" else 1)
    cost = torch.nn.functional.kl_div(constant(p).log(), law, reduction="sum") * (2 if form == "weighted" else 1)
    total = fit - cost - (logits.square().sum() / 2 if form == "pull" else 0)
    return gradient(total, logits)


def drawn_step(P: Array, f: Array, eta: float) -> float:
    """q of the first value after one step of gradient ascent on the bound, from logits 0."""
    import torch

    k = len(f)
    slope = ascent("plain", np.asarray(f, float), np.asarray(P, float) / 10, np.zeros(k))
    return float(array(torch.softmax(constant(float(eta) * slope), dim=0))[0])


def mean_field(asked: str, a: float, b: float, c: float) -> float:
    """What `asked` says of the best factorised q for a normal posterior with variances a, b and covariance c.

    From the inverse covariance matrix.
    'variance': the variance of q's first factor; 'ratio': that over the true one; 'sum': the variance of the sum of
    both under q; 'gap': KL from q to the posterior; 'precision': the first factor's precision.
    """
    covariance = np.array([[a, c], [c, b]], dtype=float)
    precision = np.linalg.inv(covariance)
    variances = np.array([1 / precision[0, 0], 1 / precision[1, 1]])
    answers = {
        "variance": variances[0], "ratio": variances[0] / a, "sum": variances.sum(), "precision": precision[0, 0],
        "gap": _normal_kl(np.diag(variances), covariance),
    }  # fmt: skip
    return float(answers[asked])


def _normal_kl(first: Array, second: Array) -> float:
    ratio = np.linalg.solve(second, first)
    return float(np.trace(ratio) - len(ratio) - np.linalg.slogdet(ratio)[1]) / 2


def drawn_variance(A: float, B: float, C: float) -> float:
    """The variance of the first factor, as the conditional variance of the first number given the second."""
    return float(A) - float(C) ** 2 / float(B)


def fitted(kind: str, N: int, K: int, D: int) -> int:
    """Numbers fitted for a mixture of K unit Gaussians in D dimensions on N points, by counting the arrays."""
    n, k, d = int(N), int(K), int(D)
    responsibilities, weights, means = np.zeros((n, k - 1)), np.zeros(k - 1), np.zeros((k, d))
    blocks = {
        "em": [responsibilities, weights, means],
        "bayes": [responsibilities, np.zeros(k), means, np.zeros((k, d))],
        "bayes-means": [responsibilities, weights, means, np.zeros((k, d))],
        "ml": [weights, means],
        "hard": [np.zeros(n), weights, means],
    }
    return int(sum(block.size for block in blocks[kind]))


def treatment(latent: int, weights: int, sampled: int) -> str:
    """The name of the method that treats the latent variables and the parameters so (1: by a distribution q)."""
    if sampled:
        return "sampling"
    table = {(1, 0): "em", (1, 1): "bayes", (0, 0): "likelihood", (0, 1): "weights"}
    return table[int(latent), int(weights)]


def declared(method: str) -> str:
    """The name that the author gives to the method."""
    return method


def drawn_head(coin: str, n: int, k: int, a: int, b: int) -> float:
    """Chance of heads after k heads in n tosses, by a grid or by quadrature over it, with the prior Beta(a, b).

    coin: 'point' the top of the likelihood, 'bayes' the mean of the posterior, 'map' its top.
    """
    nodes, weights = np.polynomial.legendre.leggauss(30)
    t, n, k = (nodes + 1) / 2, int(n), int(k)
    if coin == "point":
        fine = np.linspace(0, 1, 100 * n + 1)
        return float(fine[np.argmax(fine**k * (1 - fine) ** (n - k))])
    if coin == "map":
        fine = np.linspace(0, 1, 100 * (n + int(a) + int(b) - 2) + 1)
        return float(fine[np.argmax(fine ** (k + int(a) - 1) * (1 - fine) ** (n - k + int(b) - 1))])
    law = weights * t ** (k + int(a) - 1) * (1 - t) ** (n - k + int(b) - 1)
    return float(law @ t / law.sum())
