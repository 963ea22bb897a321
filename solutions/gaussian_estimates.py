"""One-sample estimates of the bound of latent Gaussian models, with torch's distributions."""

from __future__ import annotations

from typing import Any

from solutions.arrays import Array, constant


def estimate(
    mu: Array, s: Array, l: Array, t: Array, r: Array, V: Array, b: Array,  # noqa: E741
    x: Array, k: Array, y: Array, u: Array, c: float, decoder: str, par: str,
) -> float:  # fmt: skip
    """log p(x | z) at the sample of q made with the noise r (D,), less the KL of q to N(0, I).

    mu (D,) means; s, l or t (D,): standard deviations, or logs of variances or deviations; V (P, D), b (P,).
    x, k, y, u (P,): what is observed, for each decoder.
    """
    import torch

    law: Any = torch.distributions
    spread = {"s": lambda: constant(s), "l": lambda: constant(l).exp().sqrt(), "t": lambda: constant(t).exp()}
    q = law.Normal(constant(mu), spread[par]())
    z = q.icdf(law.Normal(0.0, 1.0).cdf(constant(r)))
    o = constant(V) @ z + constant(b)
    seen = constant({"bernoulli": x, "poisson": k, "categorical": y, "normal": u}[decoder])
    laws = {
        "bernoulli": lambda: law.Bernoulli(logits=o).log_prob(seen).sum(),
        "poisson": lambda: law.Poisson(o.exp()).log_prob(seen).sum() + torch.lgamma(seen + 1).sum(),
        "categorical": lambda: law.Categorical(logits=o).log_prob(seen.argmax()),
        "normal": lambda: law.Normal(o, constant(c).sqrt()).log_prob(seen).sum(),
    }
    return float(laws[decoder]() - law.kl_divergence(q, law.Normal(0.0, 1.0)).sum())


def number(
    m0: float, s0: float, e0: float, w1: float, w2: float, b1: float, x1: int, x2: int
) -> float:  # fmt: skip
    """The estimate for one latent and two binary observed variables with the logits w1 z + b1 and w2 z."""
    one = ([float(m0)], [float(s0)], [0.0], [0.0], [float(e0)])
    mu, s, l, t, e = (constant(value).numpy() for value in one)  # noqa: E741
    V, b, x = (constant(value).numpy() for value in ([[float(w1)], [float(w2)]], [float(b1), 0.0], [x1, x2]))
    return estimate(mu, s, l, t, e, V, b, x, x, x, x, 1.0, "bernoulli", "s")
