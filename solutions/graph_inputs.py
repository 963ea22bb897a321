"""What scaling an input does: standardising by torch, and the curvatures of a line's loss by autograd."""

from __future__ import annotations

from solutions.arrays import Array, constant


def standardised(x: Array, fresh: float) -> float:
    """The test value after batch normalisation by the statistics of the training values x (4,)."""
    import torch

    training = constant(x)
    mean, variance = training.mean()[None], training.var(unbiased=False)[None]
    return float(torch.nn.functional.batch_norm(constant([[fresh]]), mean, variance, eps=0.0))


def condition(x: Array, prepared: str) -> float:
    """Largest over smallest eigenvalue of the Hessian of half the mean squared error, by weight and bias."""
    import torch

    values = constant(x)
    feature = {"raw": values, "centred": values - values.mean(), "divided": values / values.abs().max()}
    chosen = {**feature, "halved": values / 2}[prepared]

    def loss(line: torch.Tensor) -> torch.Tensor:
        return ((line[0] * chosen + line[1]) ** 2).mean() / 2

    hessian = torch.autograd.functional.hessian(loss, constant([0.0, 0.0]))  # type: ignore[no-untyped-call]
    curvatures = torch.linalg.eigvalsh(hessian)
    return float(curvatures[1] / curvatures[0])
