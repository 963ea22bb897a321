"""The keys of the deep-learning groups once more, from the forward computation in torch.

A key that is a gradient is compared with autograd's, any other with torch's own function or a plain loop. Each entry
takes a group's symbols (and sizes of dimensions) by name, as float64 tensors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
import torch.nn.functional as F

Tensor = torch.Tensor
# ruff: noqa: E741  a group's symbols keep their names


def gradient(loss: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """The gradient of a loss at a point; a loss with entries is summed."""
    leaf = at.clone().requires_grad_(True)
    (found,) = torch.autograd.grad(loss(leaf).sum(), leaf)
    return found


def jacobian(function: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    return torch.autograd.functional.jacobian(function, at)


def hessian(loss: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    return torch.autograd.functional.hessian(loss, at)


def conv1d(x: Tensor, w: Tensor) -> Tensor:
    return F.conv1d(x[None, None], w[None, None])[0, 0]


def convolved(x: Tensor, w: Tensor) -> Tensor:
    return F.conv2d(x[None, None], w[None, None])[0, 0]


def batch_norm(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: Tensor) -> Tensor:
    return F.batch_norm(x[:, None], None, None, gamma[None], beta[None], training=True, eps=float(epsilon))[:, 0]


def two_layers(X: Tensor, V: Tensor, W: Tensor, Y: Tensor) -> Tensor:
    return F.cross_entropy(torch.tanh(X @ V.T) @ W.T, Y)


def rnn_two_steps(w: Tensor, u: Tensor, x: Tensor, h: Tensor) -> Tensor:
    for t in range(2):
        h = torch.tanh(w * h + u * x[t])
    return h


def linear_rnn(w: Tensor, x: Tensor, h0: Tensor) -> Tensor:
    for value in x:
        h0 = w * h0 + value
    return h0


def smoothed(g: Tensor, b: Tensor) -> Tensor:
    m = torch.zeros((), dtype=torch.float64)
    for value in g:
        m = b * m + (1 - b) * value
    return m


def optimiser_step(kind: type[torch.optim.Optimizer], w: Tensor, g: Tensor, **settings: Any) -> Tensor:
    """The parameter after one step of a torch optimiser with that gradient."""
    parameter = torch.nn.Parameter(w.clone())
    parameter.grad = g.clone()
    kind([parameter], **settings).step()
    return parameter.detach()


def momentum_step(w: Tensor, v: Tensor, g: Tensor, mu: Tensor, eta: Tensor) -> Tensor:
    """SGD with a momentum buffer that already holds v."""
    parameter = torch.nn.Parameter(w.clone())
    parameter.grad = g.clone()
    optimiser = torch.optim.SGD([parameter], lr=float(eta), momentum=float(mu))
    optimiser.state[parameter]["momentum_buffer"] = v.clone()
    optimiser.step()
    return parameter.detach()


def rmsprop_step(w: Tensor, s: Tensor, g: Tensor, rho: Tensor, eta: Tensor, epsilon: Tensor) -> Tensor:
    parameter = torch.nn.Parameter(w.clone())
    parameter.grad = g.clone()
    optimiser = torch.optim.RMSprop([parameter], lr=float(eta), alpha=float(rho), eps=float(epsilon))
    optimiser.state[parameter] = {"step": torch.tensor(1.0), "square_avg": s.clone()}
    optimiser.step()
    return parameter.detach()


def normal(mean: Tensor, deviation: Tensor) -> torch.distributions.Normal:
    return torch.distributions.Normal(mean, deviation)


KEYS: Mapping[str, Callable[..., Tensor]] = {
    # ---- elementary
    "sigmoid-derivative": lambda z: gradient(torch.sigmoid, z),
    "sigmoid": lambda x: torch.sigmoid(x),
    "softplus": lambda x: F.softplus(x, threshold=1e6),
    "tanh": lambda x: torch.tanh(x),
    "tanh-derivative": lambda a: gradient(torch.tanh, a),
    "relu": lambda x: F.relu(x),
    "leaky-relu": lambda x, a: F.leaky_relu(x, float(a)),
    "abs-derivative": lambda x: gradient(torch.abs, x),
    "swish": lambda x: gradient(F.silu, x),
    "gelu": lambda x: F.gelu(x),
    "elu": lambda x, a: F.elu(x, float(a)),
    "hard-sigmoid": lambda x: F.hardsigmoid(x),
    "huber": lambda r, d: F.huber_loss(r, torch.zeros_like(r), delta=float(d)),
    "logit": lambda p: torch.logit(p),
    # ---- linear algebra
    "quadratic-form-gradient": lambda x, A: gradient(lambda v: v @ A @ v, x),
    "quadratic-form-gradient-symmetric": lambda x, S: gradient(lambda v: v @ S @ v, x),
    "only-for-square": lambda W, g, x: gradient(lambda v: g @ (W @ v), x),
    "trace-cycle": lambda A, B, C: torch.einsum("nd,dk,kn->", A, B, C),
    "trace-cycle-square": lambda A, B, C: torch.einsum("nd,dk,kn->", A, B, C),
    "transpose-of-product": lambda A, B: torch.einsum("nd,dk->kn", A, B),
    "woodbury": lambda x, A: torch.linalg.inv(A + torch.outer(x, x)),
    "push-through": lambda X, y, l: torch.linalg.solve(X.T @ X + l * torch.eye(X.shape[1]).double(), X.T @ y),
    "determinant": lambda A, B: torch.linalg.det(A @ B),
    "frobenius": lambda A: torch.linalg.matrix_norm(A) ** 2,
    "vec-kron": lambda A, X, B: (A @ X @ B).T.reshape(-1),
    "cosine": lambda a, b: F.cosine_similarity(a, b, dim=0),
    "distance": lambda a, b: torch.dist(a, b) ** 2,
    "norm-gradient": lambda x: gradient(torch.linalg.vector_norm, x),
    "covariance": lambda X: torch.cov(X.T, correction=0),
    # ---- losses
    "least-squares-gradient": lambda X, w, y: gradient(lambda v: F.mse_loss(X @ v, y) / 2, w),
    "least-squares-sum": lambda X, w, y: F.mse_loss(X @ w, y, reduction="sum") / 2,
    "ridge-gradient": lambda X, w, y, lambda_: gradient(lambda v: F.mse_loss(X @ v, y) / 2 + lambda_ * v @ v / 2, w),
    "softmax": lambda z: F.softmax(z, -1),
    "softmax-xent-gradient": lambda z, y: gradient(lambda v: F.cross_entropy(v, y), z),
    "softmax-xent-soft-labels": lambda z, t: gradient(lambda v: F.cross_entropy(v, t), z),
    "softmax-xent-any-weights": lambda z, c: gradient(lambda v: -c @ F.log_softmax(v, -1), z),
    "cross-entropy": lambda z, y: F.cross_entropy(z, y),
    "cross-entropy-batch": lambda Z, Y: gradient(lambda v: F.cross_entropy(v, Y), Z),
    "softmax-jacobian": lambda z: jacobian(lambda v: F.softmax(v, -1), z),
    "softmax-jacobian-indexed": lambda p: jacobian(lambda v: F.softmax(v, -1), p.log()),
    "logistic-gradient": lambda X, w, y: gradient(lambda v: F.binary_cross_entropy_with_logits(X @ v, y), w),
    "logistic-hessian": lambda X, w: hessian(lambda v: F.softplus(X @ v).sum(), w),
    "binary-cross-entropy": lambda z, y: F.binary_cross_entropy_with_logits(z, y),
    "bce-unit-gradient": lambda p, t: gradient(lambda v: F.binary_cross_entropy(v, t), p),
    "hinge": lambda w, x, y: torch.clamp(1 - y * torch.dot(w, x), min=0),
    "hinge-subgradient": lambda w, x, y: gradient(lambda v: F.relu(1 - y * torch.dot(v, x)), w),
    "label-smoothing": lambda z, y, a: gradient(
        lambda v: F.cross_entropy(v[None], y.argmax()[None], label_smoothing=float(a)), z
    ),
    "kl-categorical": lambda p, q: F.kl_div(q.log(), p, reduction="sum"),
    "entropy-gradient": lambda z: gradient(lambda v: torch.distributions.Categorical(logits=v).entropy(), z),
    "focal": lambda p, g: gradient(lambda s: s * (1 - p) ** g * -p.log(), torch.ones_like(p)),
    "info-nce": lambda s: F.cross_entropy(s[None], torch.tensor([0])),
    "mean-squared-error": lambda Y, T: gradient(lambda v: F.mse_loss(v, T), Y),
    # ---- layers
    "dense-weight-gradient": lambda W, x, g: gradient(lambda v: g @ F.linear(x, v), W),
    "dense-weight-gradient-indexed": lambda W, x, g: gradient(lambda v: g @ F.linear(x, v), W),
    "dense-batch": lambda X, W, b, G: gradient(lambda v: (G * F.linear(X, v, b)).sum(), W),
    "dense-bias-gradient": lambda G, b: gradient(lambda v: (G * (torch.zeros_like(G) + v)).sum(), b),
    "dense-input-gradient": lambda X, W, G: gradient(lambda v: (G * F.linear(v, W)).sum(), X),
    "dense-sigmoid-backward": lambda W, x, b, g: gradient(lambda v: g @ torch.sigmoid(F.linear(v, W, b)), x),
    "relu-backward": lambda W, x, g: gradient(lambda v: g @ F.relu(v @ x), W),
    "two-layer-hidden-gradient": lambda X, V, W, Y: gradient(lambda v: two_layers(X, v, W, Y), V),
    "convolution-one-dimension": lambda x, w: conv1d(x, w),
    "convolution-weight-gradient": lambda x, g: gradient(lambda v: g @ conv1d(x, v), torch.zeros(3).double()),
    "convolution-input-gradient": lambda w, g: gradient(lambda v: g @ conv1d(v, w), torch.zeros(8).double()),
    "convolution-two-dimensions": lambda X, W: convolved(X, W),
    "batch-norm-forward": lambda x, gamma, beta, epsilon: batch_norm(x, gamma, beta, epsilon),
    "batch-norm-backward": lambda x, g, gamma, epsilon: gradient(
        lambda v: g @ batch_norm(v, gamma, torch.zeros(()).double(), epsilon), x
    ),
    "batch-norm-gamma": lambda X, G, epsilon: gradient(
        lambda v: (G * F.batch_norm(X, None, None, v, training=True, eps=float(epsilon))).sum(),
        torch.ones(X.shape[1]).double(),
    ),
    "layer-norm": lambda X, g, b, e: F.layer_norm(X, X.shape[1:], g, b, eps=float(e)),
    "rms-norm-backward": lambda x, g: gradient(lambda v: g @ F.rms_norm(v, v.shape, eps=0.0), x),
    "attention": lambda Q, K, V: F.scaled_dot_product_attention(Q[None], K[None], V[None])[0],
    "attention-values-gradient": lambda A, G, V: gradient(lambda z: (G * (F.softmax(z, -1) @ V)).sum(), A.log()),
    "residual": lambda x, W, g: gradient(lambda v: g @ (v + F.relu(W @ v)), x),
    "skip-gram": lambda v, U, y: gradient(lambda c: F.cross_entropy(U @ c, y), v),
    "negative-sampling": lambda u, v, W: gradient(lambda c: -F.logsigmoid(u @ c) - F.logsigmoid(-(W @ c)).sum(), v),
    # ---- recurrent
    "rnn-step": lambda W_hh, W_xh, h_prev, x, b_h: torch.rnn_tanh_cell(
        x[None], h_prev[None], W_xh, W_hh, b_h, torch.zeros_like(b_h)
    )[0],
    "rnn-through-time": lambda w, u, x, h, g: gradient(lambda v: g * rnn_two_steps(v, u, x, h), w),
    "bptt-linear": lambda w, x, h0: linear_rnn(w, x, h0),
    "bptt-linear-gradient": lambda w, T, h: gradient(lambda v: v**T * h, w),
    "bptt-hidden-gradient": lambda W, h, g: gradient(
        lambda v: g @ torch.tanh(torch.atanh(h) + W @ v), torch.zeros_like(h)
    ),
    "bptt-weight-gradient": lambda D, h: gradient(
        lambda v: sum(d @ (v @ s) for d, s in zip(D, h, strict=True)), torch.zeros(D.shape[1], h.shape[1]).double()
    ),
    "lstm-cell": lambda f, i, o, c_prev, a: o * torch.tanh(f * c_prev + i * torch.tanh(a)),
    "lstm-forget-gradient": lambda o, f, c, c_prev, g: gradient(
        lambda s: g @ (o * torch.tanh(c - f * c_prev + torch.sigmoid(s) * c_prev)), torch.logit(f)
    ),
    "gru": lambda z, h_prev, n: torch.lerp(n, h_prev, z),
    "perplexity": lambda p: torch.exp(F.nll_loss(p.log()[:, None], torch.zeros(len(p), dtype=torch.long))),
    # ---- optimisers
    "sgd-step": lambda w, g, eta: optimiser_step(torch.optim.SGD, w, g, lr=float(eta)),
    "weight-decay": lambda w, g, eta, lambda_: optimiser_step(
        torch.optim.SGD, w, g, lr=float(eta), weight_decay=float(lambda_)
    ),
    "momentum": lambda w, v, g, mu, eta: momentum_step(w, v, g, mu, eta),
    "rmsprop": lambda w, s, g, rho, eta, epsilon: rmsprop_step(w, s, g, rho, eta, epsilon),
    "adam-first-step": lambda g, a, b, e: (
        -optimiser_step(torch.optim.Adam, torch.zeros_like(g), g, lr=1.0, betas=(float(a), float(b)), eps=float(e))
    ),
    "adam-moments": lambda g, b: smoothed(g, b),
    "newton-quadratic": lambda A, b: torch.cholesky_solve(b[:, None], torch.linalg.cholesky(A))[:, 0],
    "gauss-newton": lambda J, r, l: (
        -torch.linalg.lstsq(
            torch.cat([J, l.sqrt() * torch.eye(J.shape[1]).double()]), torch.cat([r, torch.zeros(J.shape[1]).double()])
        ).solution
    ),
    "soft-threshold": lambda x, l: F.softshrink(x, float(l)),
    "maximum-likelihood-variance": lambda x: torch.var(x, correction=0),
    # ---- generative
    "vae-kl": lambda mu, s: torch.distributions.kl_divergence(
        normal(mu, s), normal(torch.zeros_like(mu), torch.ones_like(s))
    ).sum(),
    "kl-gaussians": lambda a, b, s, t: torch.distributions.kl_divergence(normal(a, s), normal(b, t)),
    "gaussian-log-density": lambda x, m, s: normal(m, s).log_prob(x).sum(),
    "gaussian-score": lambda x, m, S: gradient(torch.distributions.MultivariateNormal(m, S).log_prob, x),
    "non-saturating": lambda a: gradient(lambda v: -F.logsigmoid(v), a),
    "affine-flow": lambda s, z: (
        torch.distributions.TransformedDistribution(
            normal(torch.zeros_like(z), torch.ones_like(z)),
            [torch.distributions.AffineTransform(0.0, s.exp())],
        )
        .log_prob(z * s.exp())
        .sum()
    ),
    "policy-gradient": lambda z, a, r, b: gradient(
        lambda v: (r - b) * torch.distributions.Categorical(logits=v).log_prob(a.argmax()), z
    ),
    "temperature": lambda z, T: torch.distributions.Categorical(logits=z / T).probs,
    "distillation-gradient": lambda z, v, T: gradient(lambda u: F.cross_entropy(u / T, F.softmax(v / T, -1)), z),
    "fast-gradient-sign": lambda x, w, b, y, epsilon: (
        x + epsilon * gradient(lambda v: F.binary_cross_entropy_with_logits(w @ v + b, y), x).sign()
    ),
}
