"""Numbers of single layers worked by hand: outputs and entries of gradients, on torch tensors.

W (2, 3) weights, x inputs, b biases, t targets; i, k, p, q count entries, rows and columns from 0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def linear_output(W: Array, x: Array, b: Array, turned: int, i: int) -> float:
    """Output i of the linear layer with W, or with its transpose where `turned` is 1."""
    return float(_linear(constant(W), constant(x), constant(b), turned)[i])


def linear_bias_gradient(W: Array, x: Array, b: Array, t: Array, turned: int, loss: str, i: int) -> float:
    """dL/db at output i."""
    return float(_linear_gradients(W, x, b, t, turned, loss)[1][i])


def linear_weight_gradient(W: Array, x: Array, b: Array, t: Array, turned: int, loss: str, p: int, q: int) -> float:
    """dL/dW at row p, column q."""
    return float(_linear_gradients(W, x, b, t, turned, loss)[0][p, q])


def linear_input_gradient(W: Array, x: Array, b: Array, t: Array, turned: int, loss: str, k: int) -> float:
    """dL/dx at input k."""
    return float(_linear_gradients(W, x, b, t, turned, loss)[2][k])


def _linear(W: Tensor, x: Tensor, b: Tensor, turned: int) -> Tensor:
    import torch

    return torch.nn.functional.linear(x, W.T if turned else W, b)


def _linear_gradients(W: Array, x: Array, b: Array, t: Array, turned: int, loss: str) -> tuple[Array, Array, Array]:
    """dL/dW, dL/db, dL/dx. loss: its formula; it ends in /2, or begins with mean."""
    import torch

    leaves = leaf(W), leaf(b), leaf(x)
    y = _linear(leaves[0], leaves[2], leaves[1], turned)
    kind = "mean" if loss.startswith("mean") else "sum"
    value = torch.nn.functional.mse_loss(y, constant(t), reduction=kind)
    dW, db, dx = torch.autograd.grad(value / 2 if loss.endswith("/2") else value, leaves)
    return array(dW), array(db), array(dx)


def batch_bias_gradient(X: Array, W: Array, G: Array, told: str, turned: int, p: int) -> float:
    """dL/db at output p of a linear layer on a batch; see `_batch_gradients`."""
    return float(_batch_gradients(X, W, G, told, turned)[1][p])


def batch_weight_gradient(X: Array, W: Array, G: Array, told: str, turned: int, p: int, q: int) -> float:
    """dL/dW at row p, column q."""
    return float(_batch_gradients(X, W, G, told, turned)[0][p, q])


def batch_input_gradient(X: Array, W: Array, G: Array, told: str, turned: int, n: int, p: int) -> float:
    """dL/dX at example n, feature p."""
    return float(_batch_gradients(X, W, G, told, turned)[2][n, p])


def _batch_gradients(X: Array, W: Array, G: Array, told: str, turned: int) -> tuple[Array, Array, Array]:
    """dL/dW (2, 2), dL/db (2,), dL/dX (3, 2), with a loss for each example that has the slopes G (3, 2).

    told: 'the sum' or 'the mean' of these losses. turned: 1 for X @ W.T + b, 0 for X @ W + b.
    """
    import torch

    leaves = leaf(W), leaf([0.0, 0.0]), leaf(X)
    rows = [torch.nn.functional.linear(x, leaves[0] if turned else leaves[0].T, leaves[1]) for x in leaves[2]]
    losses = torch.stack([(constant(g) * y).sum() for g, y in zip(G, rows, strict=True)])
    dW, db, dX = torch.autograd.grad(losses.mean() if told == "the mean" else losses.sum(), leaves)
    return array(dW), array(db), array(dX)


def two_layer_parameters(d: int, h: int, c: int, first: int, second: int) -> int:
    """Parameters of linear layers from d to h and from h to c; first, second: 1 where the layer has a bias."""
    import torch

    layers = torch.nn.Linear(d, h, bias=bool(first)), torch.nn.Linear(h, c, bias=bool(second))
    return sum(p.numel() for layer in layers for p in layer.parameters())


def first_weight_shape(N: int, d: int, h: int, turned: int) -> Array:
    """Shape of dL/dW for the weights between d inputs and h units, on a batch of N."""
    import torch

    W = torch.zeros((h, d) if turned else (d, h), requires_grad=True)
    out = torch.ones(N, d) @ (W.T if turned else W)
    (found,) = torch.autograd.grad(out.sum(), W)
    return constant(found.shape).numpy()


def hidden_shape(N: int, d: int, h: int, c: int) -> Array:
    """Shape of dL/dh at the output of the ReLU of a network from d over h to c, on a batch of N."""
    import torch

    hidden = torch.relu(torch.nn.Linear(d, h)(torch.ones(N, d)))
    (found,) = torch.autograd.grad(torch.nn.Linear(h, c)(hidden).sum(), hidden)
    return constant(found.shape).numpy()


def activation_sum(x: Array, unit: str, leak: int) -> float:
    """Sum of the outputs of a unit on x (5,); see `_activation`."""
    return float(_activation(constant(x), unit, leak).sum())


def activation_gradient_sum(x: Array, g: Array, unit: str, leak: int) -> float:
    """Sum of dL/dx (5,), where g (5,) arrives."""
    values = leaf(x)
    return float(gradient(_activation(values, unit, leak), values, g).sum())


def _activation(x: Tensor, unit: str, leak: int) -> Tensor:
    """relu, leaky (slope 1/leak below zero), turned (-relu(-x)), clipped at 3, or absolute."""
    import torch

    match unit:
        case "leaky":
            return torch.nn.functional.leaky_relu(x, 1 / leak)
        case "turned":
            return -torch.relu(-x)
        case "clipped":
            return torch.nn.functional.hardtanh(x, 0, 3)
        case "absolute":
            return x.abs()
    return torch.relu(x)


def identity(s: float, kind: str, want: str) -> float:
    """What is wanted of x, where s is sigmoid(x) or tanh(x), by `kind`: x is recovered, then torch computes."""
    import torch

    x = (torch.logit if kind == "sigmoid" else torch.atanh)(constant(s)).requires_grad_()
    softplus = torch.nn.functional.softplus
    match want:
        case "minus":
            return float(torch.sigmoid(-x).item())
        case "power":
            return float(x.exp().item())
        case "double":
            return float(torch.sigmoid(2 * x).item())
        case "half_tanh" | "tanh" | "tanh_double":
            factor = {"half_tanh": 0.5, "tanh": 1.0, "tanh_double": 2.0}[want]
            return float(torch.tanh(factor * x).item())
        case "slope" | "slope_minus" | "slope_double":
            inner = ({"slope": 1.0, "slope_minus": -1.0, "slope_double": 2.0}[want] * x).detach().requires_grad_()
            return float(gradient(torch.sigmoid(inner), inner))
        case "log_slope" | "loss_slope":
            return float(gradient(torch.nn.functional.logsigmoid(x) if want == "log_slope" else softplus(-x), x))
        case "tanh_slope":
            return float(gradient(torch.tanh(x), x))
        case _:
            (slope,) = torch.autograd.grad((torch.sigmoid if want == "second" else torch.tanh)(x), x, create_graph=True)
            return float(gradient(slope, x))


def identity_value(v: float, kind: str, want: str) -> float:
    """`identity` at the known value v."""
    return identity(v, kind, want)
