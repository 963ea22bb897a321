"""Other roads to the formulas on the sheet of cheap curvature: dense matrices, counts, enumeration, torch.optim."""

from __future__ import annotations

import itertools

import numpy as np

from solutions import curvature_costs, quasi_newton_adaptive, quasi_newton_pairs, quasi_newton_secant
from solutions.arrays import Array, array, constant, leaf


def full_inversion(n: float) -> float:
    """Multiplications of Gauss-Jordan elimination on an n x n matrix, counted row by row."""
    size, count = int(n), 0
    for _pivot in range(size):
        for _row in range(size):  # its own row is scaled, every other one is reduced
            count += size
    return float(count)


def blocks_stored(m: float, b: float) -> float:
    """Entries of m dense blocks of side b."""
    return float(sum(np.zeros((int(b), int(b))).size for _ in range(int(m))))


def blocks_inverted(m: float, b: float) -> float:
    """Multiplications that invert m dense blocks of side b."""
    return sum(full_inversion(b) for _ in range(int(m)))


def kron_stored(m: float, w: float) -> float:
    """Entries of two factors for each of m square layers of width s."""
    return curvature_costs.square_formula(m, w, "kron", "stored")


def kron_inverted(m: float, w: float) -> float:
    """Multiplications that invert two factors for each of m square layers of width s."""
    return curvature_costs.square_formula(m, w, "kron", "invert")


def core_formed(n: float, r: float) -> float:
    """Multiplications that form and invert the core of the Woodbury identity, counted product by product.

    The diagonal's inverse scales the rows of U, the product with U has r x r entries of n products each.
    """
    count = 0
    for _column in range(int(r)):
        count += int(n)
        for _other in range(int(r)):
            count += int(n)
    return count + full_inversion(r)


def two_loops(n: float, r: float) -> float:
    """Multiplications of the two loops of L-BFGS over r pairs."""
    return float(quasi_newton_secant.multiplications(int(n), int(r)))


def square_average(A: Array, s: Array, beta: float) -> Array:
    """What RMSProp of torch keeps (n,) after a step for the mean loss over the rows of A, single gradients."""
    import torch

    theta = leaf(np.zeros(A.shape[1]))
    optimiser = torch.optim.RMSprop([theta], alpha=beta)
    optimiser.state[theta] = {"step": constant(0), "square_avg": constant(s).clone()}
    (constant(A) @ theta).mean().backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return array(optimiser.state[theta]["square_avg"])


def squared_mean(mu: float, v: float, M: float) -> float:
    """The mean over all minibatches of M of the squared minibatch mean."""
    return quasi_newton_adaptive.minibatch_moment(mu, v, M, "ratio")


def adam_first_step(g: Array, alpha: float, beta_1: float, beta_2: float, epsilon: float) -> Array:
    """The change (n,) in Adam's first step."""
    import torch

    theta = leaf(np.zeros(len(g)))
    optimiser = torch.optim.Adam([theta], lr=alpha, betas=(beta_1, beta_2), eps=epsilon)
    theta.grad = constant(g)
    optimiser.step()
    return array(theta)


def running_mean(g: float, beta: float, t: float) -> float:
    """The running mean of a constant g after t steps from 0."""
    m = 0.0
    for _ in range(int(t)):
        m = beta * m + (1 - beta) * g
    return m


def updated_inverse(P: Array, H: Array, s: Array) -> Array:
    """The inverse of the direct BFGS update of inv(P) for the pair s and y = H s."""
    y, B = H @ s, np.linalg.inv(P)
    direct = B - np.outer(B @ s, B @ s) / (s @ B @ s) + np.outer(y, y) / (y @ s)
    return np.asarray(np.linalg.inv(direct))


def two_loop_step(g: Array, H: Array, s: Array, gamma: float) -> Array:
    """Minus the estimate (n, n) of BFGS from gamma times the identity and the pair s, y = H s, times g."""
    return -np.asarray(quasi_newton_pairs.one_pair(s, H @ s, g, gamma, "product"))


def start_scale(H: Array, s: Array) -> float:
    """The number that takes y = H s nearest to s, by least squares."""
    return float(np.linalg.lstsq((H @ s)[:, None], s, rcond=None)[0][0])


def kronecker_step(G: Array, X: Array, D: Array, rho: float) -> Array:
    """Minus the preconditioned gradient (k, d), by solving with the whole damped Kronecker product."""
    (N, d), k = X.shape, D.shape[1]
    A, S = (np.einsum("ni,nj->ij", rows, rows) / N for rows in (X, D))
    block = np.kron(A + rho * np.eye(d), S + rho * np.eye(k))
    return np.asarray(-np.linalg.solve(block, G.T.reshape(-1)).reshape(d, k).T)


def batch_variance(a: Array, M: float) -> float:
    """The variance of the mean of M draws from the entries of a with replacement, over all draws."""
    means = [np.mean(batch) for batch in itertools.product(a.tolist(), repeat=int(M))]
    return float(np.mean(np.square(means)) - np.mean(means) ** 2)
