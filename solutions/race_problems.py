"""Problems for optimisers to race on: a drawn quadratic, Rosenbrock's valley, logistic regression, an MLP on digits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import torch
from torch import Tensor, nn

from solutions.digits import split
from solutions.trained.linear import cancer


@dataclass(frozen=True)
class Problem:
    """loss: of parameters (D,) and rows, None for all of them. start: (D,). target: the loss that is to be reached.

    budget: gradient evaluations after which a race ends. batches: rows of each minibatch, without end, the same each
    time; None where every gradient is of all examples. parts: minibatches that a gradient of all examples costs.
    """

    name: str
    loss: Callable[[Tensor, Tensor | None], Tensor]
    start: Tensor
    target: float
    budget: int = 2000
    batches: Callable[[], Iterator[Tensor]] | None = None
    parts: int = 1


def quadratic(condition: float, size: int = 20, seed: int = 0) -> Problem:
    """w.A.w/2 with eigenvalues of A evenly apart in logarithm from 1/condition to 1, in drawn directions.

    It starts a distance of 1 from the minimum along each of them; a millionth of the loss there is to be reached.
    """
    source = torch.Generator().manual_seed(seed)
    directions = torch.linalg.qr(torch.randn(size, size, generator=source, dtype=torch.float64)).Q  # (D, D)
    values = torch.logspace(-math.log10(condition), 0, size, dtype=torch.float64)
    matrix = directions @ torch.diag(values) @ directions.T
    signs = torch.randint(2, (size,), generator=source) * 2.0 - 1
    start = directions @ signs.to(torch.float64)
    target = 1e-6 * float(start @ matrix @ start) / 2
    return Problem(f"quadratic, condition {condition:g}", lambda w, _: w @ matrix @ w / 2, start, target)


def rosenbrock() -> Problem:
    """(1 - x)^2 + 100 (y - x^2)^2 from (-1.2, 1), the usual start; a loss of 1e-6 is to be reached."""

    def loss(w: Tensor, _: Tensor | None) -> Tensor:
        return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2

    return Problem("Rosenbrock", loss, torch.tensor([-1.2, 1.0], dtype=torch.float64), 1e-6)


def logistic(penalty: float = 0.01) -> Problem:
    """Mean cross-entropy + penalty/2 |w|^2 on the breast cancer data, from zero; w (30,), then the bias.

    A hundred-thousandth above the minimum is to be reached. The minimum is by Newton's method, to machine precision.
    """
    data = cancer(0)
    inputs = torch.tensor(data.x_train)  # (N, 30)
    signs = 2 * torch.tensor(data.y_train) - 1

    def loss(w: Tensor, _: Tensor | None) -> Tensor:
        margins = signs * (inputs @ w[:-1] + w[-1])
        return nn.functional.softplus(-margins).mean() + penalty / 2 * w[:-1] @ w[:-1]

    lowest = start = torch.zeros(31, dtype=torch.float64)
    for _ in range(12):
        gradient, hessian = derivatives(lambda w: loss(w, None), lowest)
        lowest = lowest - torch.linalg.solve(hessian, gradient)
    return Problem("logistic, breast cancer", loss, start, float(loss(lowest, None)) + 1e-5)


def digits_mlp(hidden: int = 32, batch: int = 64) -> Problem:
    """Mean cross-entropy of a network with one hidden layer on the digits in minibatches; 0.05 is to be reached.

    Its parameters in one vector: (64, hidden), (hidden,), (hidden, 10) and (10,), weights drawn by He's rule.
    """
    data = split(0)
    inputs, labels = torch.tensor(data.x_train).flatten(1), torch.tensor(data.y_train)
    shapes = [(64, hidden), (hidden,), (hidden, 10), (10,)]
    sizes = [math.prod(shape) for shape in shapes]
    source = torch.Generator().manual_seed(0)
    drawn = [torch.randn(shape, generator=source, dtype=torch.float64) * (2 / shape[0]) ** 0.5 for shape in shapes[::2]]
    zeros = [torch.zeros(shape, dtype=torch.float64) for shape in shapes[1::2]]
    start = torch.cat([part.flatten() for pair in zip(drawn, zeros, strict=True) for part in pair])

    def loss(w: Tensor, rows: Tensor | None) -> Tensor:
        first, bias, second, offset = (
            part.view(shape) for part, shape in zip(torch.split(w, sizes), shapes, strict=True)
        )
        x, y = (inputs, labels) if rows is None else (inputs[rows], labels[rows])
        return nn.functional.cross_entropy((x @ first + bias).relu() @ second + offset, y)

    def batches() -> Iterator[Tensor]:
        for epoch in count():
            order = torch.randperm(len(inputs), generator=torch.Generator().manual_seed(epoch))
            yield from torch.split(order, batch)

    return Problem("MLP, digits", loss, start, 0.05, batches=batches, parts=math.ceil(len(inputs) / batch))


def derivatives(loss: Callable[[Tensor], Tensor], w: Tensor) -> tuple[Tensor, Tensor]:
    """The gradient (D,) and the Hessian (D, D) at w, by autograd."""
    at = w.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(loss(at), at, create_graph=True)
    columns = [torch.autograd.grad(one, at, retain_graph=True)[0] for one in gradient]
    return gradient.detach(), torch.stack(columns)
